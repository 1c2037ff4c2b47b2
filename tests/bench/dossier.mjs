// Dossiers of 20 and of 200 statements in wasm: judged the first time (cold: read, signatures checked, rules run), judged again in the same
// session (warm), all that a page gets of it (shown: texts, JSON, and the object that JS makes of it), and as many Ed25519
// verifications as it has signatures, with its manifest's and its certificate's, on their own in the same module and run.
//   node tests/bench/dossier.mjs [--json]
// Prints medians in ms, and the fastest beside them, which is what a busy machine disturbs least.

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Device, arrivals } from '../../web/bridge/inquiry.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));
const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
const wasm = process.env.PIPA_BENCH_WASM ?? path.join(project, 'build/wasm/bin/verify_bench.wasm');
const sizes = [20, 200];

const folder = mkdtempSync(path.join(tmpdir(), 'pipa-bench-'));
const demoFolder = path.join(folder, 'demo');
execFileSync(pipa, ['demo', 'make', '--out', demoFolder], { stdio: 'pipe' });
const demo = JSON.parse(readFileSync(path.join(demoFolder, 'certificates.json'), 'utf8'));
const { text } = demo.cases.find((/** @type {{id: string}} */ one) => one.id === 'C01');
const { uscc: producer } = JSON.parse(readFileSync(path.join(demoFolder, 'registry.json'), 'utf8')).parties.find((/** @type {{id: number}} */ { id }) => id === 1); // of C01
const files = [];
for (let i = 0; i < Math.max(...sizes); ++i) {
  const json = path.join(folder, 'one.json');
  const signed = path.join(folder, `${i}.cose`);
  writeFileSync(json, JSON.stringify({ id: `B-${i}`, issued: '2026-05-21T10:00:00+08:00', producer, lots: ['LOT-01'], kind: 'commissioned', method: 'GB 23200.121-2021', reported: '2026-05-21', verdict: 'pass',
    items: [{ analyte: '啶虫脒', value: '0.031', unit: 'mg/kg', limit: '2' }] }));
  execFileSync(pipa, ['sign', 'test', json, '--key', path.join(demoFolder, 'keys/laboratory.key'), '--out', signed], { stdio: 'pipe' });
  files.push(signed);
}
const dossierFile = path.join(folder, 'one.dossier');
const trustOptions = ['--trust', path.join(demoFolder, 'trust.cose'), '--office-key', path.join(demoFolder, 'office.pub')];
const dossiers = sizes.map((statements) => {
  execFileSync(pipa, ['dossier', 'make', '--certificate', text, ...files.slice(0, statements).flatMap((file) => ['--statement', file]), '--key', path.join(demoFolder, 'keys/bureau.key'),
    '--issued', demo.now, '--out', dossierFile, ...trustOptions], { stdio: 'pipe' });
  const dossier = readFileSync(dossierFile);
  rmSync(dossierFile);
  return { statements, dossier };
});
const trust = readFileSync(path.join(demoFolder, 'trust.cose'));
rmSync(folder, { recursive: true, force: true });

const device = await Device.open(readFileSync(wasm), { kind: 'pack', bytes: Buffer.from(demo.office_key, 'hex') });
const { module, handle } = device;
device.addCatalogue('zh-Hans', JSON.parse(readFileSync(path.join(project, 'assets/i18n/zh-Hans.json'), 'utf8')));
const now = Date.parse(demo.now) / 1000;

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const message = randomBytes(180);
const signature = sign(null, message, privateKey);
const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);

const timed = (/** @type {() => void} */ run) => {
  const began = performance.now();
  run();
  return performance.now() - began;
};
const median = (/** @type {number[]} */ sorted) => sorted[sorted.length >> 1];
const both = (/** @type {number[]} */ sorted) => `${median(sorted).toFixed(1)} ms (${sorted[0].toFixed(1)})`;

/** @param {{statements: number, dossier: Buffer}} of */
function measure({ statements, dossier }) {
  const [signatures, rounds] = [statements + 2, 6200 / statements];
  const whole = (/** @type {number} */ told) => { if (told !== statements) throw new Error('not the whole dossier'); };
  const judge = () => whole(module.number('pipa_bench_judge', handle, text, now, dossier));
  const show = () => whole(module.json('pipa_bench_show', handle, text, now, dossier, 'zh-Hans').judgement.dossier.statements.length);
  const verify = () => { for (let i = 0; i < signatures; ++i) if (module.number('pipa_bench_verify', key, message, signature) !== 1) throw new Error('verify'); };
  /** @type {{cold: number[], warm: number[], shown: number[], verify: number[]}} */
  const times = { cold: [], warm: [], shown: [], verify: [] };
  for (let i = 0; i < rounds; ++i) {
    device.takeTrust({ arrival: arrivals.here, content: trust }); // forgets every signature that was verified before
    times.cold.push(timed(judge));
    times.warm.push(timed(judge));
    times.shown.push(timed(show));
    times.verify.push(timed(verify));
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  const medians = Object.fromEntries(Object.entries(times).map(([name, list]) => [`${name}_ms`, median(list)]));
  const fastest = Object.fromEntries(Object.entries(times).map(([name, list]) => [`${name}_ms`, list[0]]));
  const ratios = { cold_ratio: medians.cold_ms / medians.verify_ms, fastest_cold_ratio: fastest.cold_ms / fastest.verify_ms };
  const line = `${statements} statements (${dossier.length} bytes): judged cold ${both(times.cold)}, warm ${both(times.warm)}, shown ${both(times.shown)}; ${signatures} raw verifications ${both(times.verify)}; cold is ${ratios.cold_ratio.toFixed(2)} of them (${ratios.fastest_cold_ratio.toFixed(2)})`;
  return { line, result: { statements, bytes: dossier.length, ...medians, ...ratios, fastest } };
}

const measured = dossiers.map(measure);
if (process.argv.includes('--json')) console.log(JSON.stringify(measured.map(({ result }) => result)));
else for (const { line } of measured) console.log(line);
