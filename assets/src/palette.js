// Colours by the part they play. An option names them "$ink"; they are looked up when it is drawn.
import palette from '../../internal/chart/palette.json';

export const light = (role) => palette[role].light;

// themed reads the page's custom properties, and falls back to the own colours for the scheme.
export function themed(element, dark) {
  const style = getComputedStyle(element);
  return (role) => style.getPropertyValue('--chart-' + role).trim() || palette[role][dark ? 'dark' : 'light'];
}
