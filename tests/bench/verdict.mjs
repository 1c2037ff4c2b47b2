// From QR text to verdict in wasm, warm, and one libsodium verification in the same module and the same run.
//   node tests/bench/verdict.mjs [--json]
// Prints medians in ms over 2,000 rounds, taken turn by turn so that a busy machine touches both alike.

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Device, inquire } from '../../web/bridge/inquiry.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));
const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
const wasm = process.env.PIPA_BENCH_WASM ?? path.join(project, 'build/wasm/bin/verify_bench.wasm');
const [warm, rounds] = [500, 2000];

const folder = mkdtempSync(path.join(tmpdir(), 'pipa-bench-'));
execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo')], { stdio: 'pipe' });
const demo = JSON.parse(readFileSync(path.join(folder, 'demo/certificates.json'), 'utf8'));
const trust = readFileSync(path.join(folder, 'demo/trust.cose'));
rmSync(folder, { recursive: true, force: true });

const device = await Device.open(readFileSync(wasm), { kind: 'pack', bytes: Buffer.from(demo.office_key, 'hex') });
const { module } = device;
device.addCatalogue('zh-Hans', JSON.parse(readFileSync(path.join(project, 'assets/i18n/zh-Hans.json'), 'utf8')));
const { text } = demo.cases.find((/** @type {{id: string}} */ one) => one.id === 'C01');
const now = Date.parse(demo.now) / 1000;
(await inquire(device, '', now, '', { fetch: async () => new Response(trust) })).close();

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const message = randomBytes(180); // about what a certificate signs
const signature = sign(null, message, privateKey);
const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);

const judge = () => {
  const inquiry = device.ask(text, now);
  const { code } = inquiry.view('zh-Hans').view.verdict;
  inquiry.close();
  return code === 'genuine';
};
const verify = () => module.number('pipa_bench_verify', key, message, signature) === 1;
/** @type {{judge: number[], verify: number[]}} */
const times = { judge: [], verify: [] };
for (let i = 0; i < warm + rounds; ++i) {
  for (const [name, run] of /** @type {const} */ ([['judge', judge], ['verify', verify]])) {
    const began = performance.now();
    if (!run()) throw new Error(`${name} did not succeed`);
    if (i >= warm) times[name].push(performance.now() - began);
  }
}
const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[list.length >> 1];
const result = { verdict_ms: median(times.judge), verify_ms: median(times.verify), ratio: median(times.judge) / median(times.verify) };
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else console.log(`QR text to verdict ${result.verdict_ms.toFixed(3)} ms; one Ed25519 verification ${result.verify_ms.toFixed(3)} ms; ratio ${result.ratio.toFixed(2)}`);
