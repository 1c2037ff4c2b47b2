// The dearest dossiers that fit (tests/support/worst_dossiers.hpp), judged in wasm: read, every signature checked, every rule run (cold), and
// once more in the same session (warm). Beside them as many Ed25519 verifications on their own as the dossier has statements.
//   node tests/bench/worst.mjs [--json]
// Prints medians in ms of this process, so that other work on the machine does not count.

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Device, arrivals } from '../../web/bridge/inquiry.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));
const wasm = process.env.PIPA_BENCH_WASM ?? path.join(project, 'build/wasm/bin/verify_bench.wasm');
const [rounds, now] = [5, Date.parse('2026-11-13T00:00:00Z') / 1000];

const folder = mkdtempSync(path.join(tmpdir(), 'pipa-worst-'));
execFileSync(path.join(project, 'build/release/bin/pipa_write_worst'), [folder]);
const file = (/** @type {string} */ name) => readFileSync(path.join(folder, name));
const trust = file('trust.cose');
const device = await Device.open(readFileSync(wasm), { kind: 'pack', bytes: file('office.pub') });
const { module, handle } = device;

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const message = randomBytes(180);
const signature = sign(null, message, privateKey);
const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);

const spent = () => (({ user, system }) => (user + system) / 1000)(process.cpuUsage());
const timed = (/** @type {() => void} */ run) => {
  const began = spent();
  run();
  return spent() - began;
};
const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[list.length >> 1];
const rows = ['plots', 'rechecks', 'notices', 'upstream_plots', 'upstream_rechecks'].map((name) => {
  const [text, dossier] = [file(`${name}.txt`).toString(), file(`${name}.dossier`)];
  let statements = 0;
  const judge = () => { statements = module.number('pipa_bench_judge', handle, text, now, dossier); };
  const verify = () => { for (let i = 0; i < statements; ++i) if (module.number('pipa_bench_verify', key, message, signature) !== 1) throw new Error('verify'); };
  /** @type {[number[], number[], number[]]} */
  const [cold, warm, raw] = [[], [], []];
  for (let i = 0; i < rounds; ++i) {
    device.takeTrust({ arrival: arrivals.here, content: trust }); // forgets every signature that was verified before
    cold.push(timed(judge));
    warm.push(timed(judge));
    raw.push(timed(verify));
  }
  if (statements === 0) throw new Error(`${name}: no dossier was judged`);
  return { name, bytes: dossier.length, statements, cold_ms: Math.round(median(cold)), warm_ms: Math.round(median(warm)), raw_ms: Math.round(median(raw)) };
});
rmSync(folder, { recursive: true, force: true });
if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
else console.table(rows);
