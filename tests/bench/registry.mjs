// A registry of 10,000 keys of 10,000 parties in wasm: how long it takes to open, and then from QR text to verdict, warm.
//   node tests/bench/registry.mjs [--json] [--entries N]
// Medians in ms; the office's signature over the whole registry is part of opening it.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Device, arrivals } from '../../web/bridge/inquiry.mjs';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, entries: { type: 'string', default: '10000' } } });
const entries = Number(values.entries);
const project = fileURLToPath(new URL('../../', import.meta.url));
const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
const wasm = process.env.PIPA_BENCH_WASM ?? path.join(project, 'build/wasm/site/verify.wasm');

const folder = mkdtempSync(path.join(tmpdir(), 'pipa-bench-'));
const at = (/** @type {string} */ name) => path.join(folder, 'demo', name);
execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo')], { stdio: 'pipe' });
const demo = JSON.parse(readFileSync(at('certificates.json'), 'utf8'));
const registry = JSON.parse(readFileSync(at('registry.json'), 'utf8'));
for (let id = 100_000; registry.keys.length < entries; ++id) {
  registry.parties.push({ ...registry.parties[0], id });
  registry.keys.push({ ...registry.keys[0], party: id, public_key: randomBytes(32).toString('hex') });
}
writeFileSync(at('large.json'), JSON.stringify(registry));
execFileSync(pipa, ['trust', 'make', '--registry', at('large.json'), '--key', at('keys/office.key'), '--out', at('large.cose'), '--allow-invalid'], { stdio: 'pipe' });
const pack = readFileSync(at('large.cose'));
rmSync(folder, { recursive: true, force: true });

const key = Buffer.from(demo.office_key, 'hex');
const device = await Device.open(readFileSync(wasm), { kind: 'pack', bytes: key });
device.addCatalogue('zh-Hans', JSON.parse(readFileSync(path.join(project, 'assets/i18n/zh-Hans.json'), 'utf8')));
const { text } = demo.cases.find((/** @type {{id: string}} */ one) => one.id === 'C01');
const now = Date.parse(demo.now) / 1000;

/** @param {number} rounds @param {number} warm @param {() => void} run */
function median(rounds, warm, run) {
  const times = [];
  for (let i = 0; i < warm + rounds; ++i) {
    const began = performance.now();
    run();
    if (i >= warm) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}
const first = median(1, 0, () => device.takeTrust({ arrival: arrivals.here, content: pack }));
const open = median(21, 3, () => device.takeTrust({ arrival: arrivals.here, content: pack }));
const verdict = median(1000, 300, () => {
  const inquiry = device.ask(text, now);
  if (inquiry.view('zh-Hans').view.verdict.code !== 'genuine') throw new Error('not genuine');
  inquiry.close();
});
const result = { entries, bytes: pack.length, first_open_ms: first, open_ms: open, verdict_ms: verdict };
if (values.json) console.log(JSON.stringify(result));
else console.log(`${entries} keys, ${pack.length} bytes: opened in ${open.toFixed(1)} ms (the first time ${first.toFixed(1)}); QR text to verdict ${verdict.toFixed(3)} ms`);
