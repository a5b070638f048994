// What ECharts expects of its host and a bare JavaScript engine lacks. Drawing is synchronous: a timer never fires.
const g = globalThis;
for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame']) g[name] ??= () => 0;
for (const name of ['clearTimeout', 'clearInterval', 'cancelAnimationFrame']) g[name] ??= () => {};
g.console ??= Object.fromEntries(['log', 'info', 'warn', 'error', 'debug'].map((name) => [name, () => {}]));
