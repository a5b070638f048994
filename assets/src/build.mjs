// Builds what package assets embeds from the versions that package-lock.json pins. Run by `make assets`; the results
// are committed, and `make check` builds them again to see that they are what these sources give.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, inflateSync } from 'node:zlib';
import { build } from 'esbuild';

const out = new URL('../', import.meta.url).pathname;
const here = new URL('./', import.meta.url).pathname;
const versionOf = (name) => JSON.parse(readFileSync(`${here}node_modules/${name}/package.json`, 'utf8')).version;

mkdirSync(`${out}engine`, { recursive: true });

const bundle = (entry, outfile, target) =>
  build({
    entryPoints: [here + entry],
    outfile: out + outfile,
    absWorkingDir: here,
    bundle: true,
    minify: true,
    format: 'iife',
    target,
    charset: 'utf8',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: `/* Apache ECharts ${versionOf('echarts')} (Apache-2.0), zrender (BSD-3-Clause), tslib (0BSD) and Beleg; see LICENSES.md */` },
    logLevel: 'warning',
  });

await bundle('browser.js', 'static/charts.js', 'es2020');
await bundle('server.js', 'engine/charts.js', 'es2022');

// palette.json → custom properties and the classes that the SVGs use.
const palette = JSON.parse(readFileSync(`${here}../../internal/chart/palette.json`, 'utf8'));
const roles = Object.keys(palette);
const properties = (scheme) => roles.map((role) => `  --chart-${role}: ${palette[role][scheme]};`).join('\n');
const classes = roles.map((role) => `.chart-f-${role} { fill: var(--chart-${role}); }\n.chart-s-${role} { stroke: var(--chart-${role}); }`).join('\n');
const css = readFileSync(`${here}charts.css`, 'utf8')
  .replace('/* light */', properties('light').trim())
  .replaceAll('/* dark */', properties('dark').trim())
  .replace('/* classes */', classes);
writeFileSync(`${out}static/charts.css`, css);

// The fonts, unpacked for measuring and for PNG.
function unpack(woff) {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const [tag, offset, packed, length, checksum] = [0, 4, 8, 12, 16].map((at) => woff.readUInt32BE(44 + 20 * i + at));
    const bytes = woff.subarray(offset, offset + packed);
    return { tag, checksum, bytes: packed < length ? inflateSync(bytes) : bytes };
  });
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + 16 * count);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  [count, power * 16, Math.log2(power), (count - power) * 16].forEach((v, i) => head.writeUInt16BE(v, 4 + 2 * i));
  let offset = head.length;
  const parts = [head];
  tables.forEach(({ tag, checksum, bytes }, i) => {
    [tag, checksum, offset, bytes.length].forEach((v, j) => head.writeUInt32BE(v, 12 + 16 * i + 4 * j));
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
    bytes.copy(padded);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

for (const weight of [400, 600]) {
  const source = `${here}node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-${weight}-normal`;
  writeFileSync(`${out}engine/plex-sans-${weight}.ttf`, unpack(readFileSync(`${source}.woff`)));
}

const wasm = readFileSync(`${here}node_modules/@resvg/resvg-wasm/index_bg.wasm`);
writeFileSync(
  `${out}engine/resvg.wasm.br`,
  brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length } }),
);

// The licences under which all this is passed on, as they come.
mkdirSync(`${out}licenses`, { recursive: true });
const licenses = {
  'echarts.txt': ['echarts/LICENSE', 'echarts/NOTICE', 'echarts/licenses/LICENSE-d3'],
  'zrender.txt': ['zrender/LICENSE'],
  'tslib.txt': ['tslib/LICENSE.txt'],
  'plex-sans.txt': ['@fontsource/ibm-plex-sans/LICENSE'],
};
for (const [name, files] of Object.entries(licenses)) {
  writeFileSync(`${out}licenses/${name}`, files.map((file) => readFileSync(`${here}node_modules/${file}`, 'utf8').trimEnd()).join('\n\n') + '\n');
}

const made = ['static/charts.js', 'static/charts.css', 'engine/charts.js', 'engine/resvg.wasm.br', 'engine/plex-sans-400.ttf', 'engine/plex-sans-600.ttf'];
const versions = ['echarts', 'zrender', 'tslib', 'esbuild', '@resvg/resvg-wasm', '@fontsource/ibm-plex-sans'].map((name) => `${name} ${versionOf(name)}`);
const sums = made.map((name) => `${createHash('sha256').update(readFileSync(out + name)).digest('hex')}  ${name}`);
writeFileSync(`${out}VERSIONS`, [...versions, '', ...sums, ''].join('\n'));
