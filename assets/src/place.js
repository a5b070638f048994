// Where a label stands beside its point: where it hides the least of the line.

const GAP = 9; // px between point and label

// The candidates, best first: direction of the label's box from the point.
const SIDES = [
  { position: 'top', align: 'center', dx: -0.5, dy: -1, ox: 0, oy: -GAP },
  { position: 'bottom', align: 'center', dx: -0.5, dy: 0, ox: 0, oy: GAP },
  { position: 'top', align: 'right', dx: -1, dy: -1, ox: 4, oy: -GAP },
  { position: 'top', align: 'left', dx: 0, dy: -1, ox: -4, oy: -GAP },
  { position: 'bottom', align: 'right', dx: -1, dy: 0, ox: 4, oy: GAP },
  { position: 'bottom', align: 'left', dx: 0, dy: 0, ox: -4, oy: GAP },
];

// place gives the side for a text of that size at a point, inside the box and off the line's pixels.
export function place(point, size, box, line) {
  let best = null;
  SIDES.forEach((side, rank) => {
    const x = point.x + side.dx * size.width + side.ox;
    const y = point.y + side.dy * size.height + side.oy;
    const cost = 1000 * outside(x, y, size, box) + 10 * line.filter((p) => inside(p, x, y, size)).length + rank;
    if (!best || cost < best.cost) best = { cost, side };
  });
  return best.side;
}

// asOption is a side as ECharts takes it.
export const asOption = ({ position, align, ox }) => ({ show: true, position, align, offset: [ox, 0], distance: GAP - 3 });

// asPixels is the middle of the text's end, or of its middle, for a host that draws the text itself.
export const asPixels = ({ position, align, ox }, point, height) => ({
  align,
  x: point.x + ox,
  y: point.y + (position === 'top' ? -1 : 1) * (GAP + 3 + height / 2),
});

const outside = (x, y, size, box) =>
  Math.max(0, box.left - x) + Math.max(0, x + size.width - box.right) + Math.max(0, box.top - y) + Math.max(0, y + size.height - box.bottom);

const inside = (p, x, y, size) => p.x >= x && p.x <= x + size.width && p.y >= y - 2 && p.y <= y + size.height + 2;
