// The same bundle and the same time, natively, in the wasm build of the core in Node, and through the page's own module: the same answers,
// for good bundles and for every kind of bad one.
//
//   node --test tests/conform/bundle.test.mjs
//
// $PIPA_BIN, $PIPA_CONFORM_MJS and $PIPA_SITE say where the programs are (build/release/bin, build/wasm/bin, build/wasm/site).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Device, fromHex, inquire } from '../../web/bridge/inquiry.mjs';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const native = process.env.PIPA_BIN ?? join(project, 'build/release/bin/pipa');
const module = process.env.PIPA_CONFORM_MJS ?? join(project, 'build/wasm/bin/pipa-conform.mjs');
const site = process.env.PIPA_SITE ?? join(project, 'build/wasm/site');

const folder = mkdtempSync(join(tmpdir(), 'pipa-bundles-'));
after(() => rmSync(folder, { recursive: true }));
execFileSync(native, ['demo', 'make', '--out', join(folder, 'demo')], { stdio: 'pipe' });
const { cases, now: nowText } = JSON.parse(readFileSync(join(folder, 'demo/certificates.json'), 'utf8'));
const now = Date.parse(nowText) / 1000;
const newest = readFileSync(join(folder, 'demo/bundle.cbor'));
const older = readFileSync(join(folder, 'demo/bundle-old.cbor'));
const pin = readFileSync(join(folder, 'demo/root.pin'), 'utf8').trim();
const day = 86_400;

/** Every bundle, as a file of its own. @type {{name: string, path: string, file: Buffer, pin: string}[]} */
const bundles = [];
/** @param {string} name @param {Buffer} file @param {string} [root] */
function add(name, file, root = pin) {
  const path = join(folder, `${bundles.length}.cbor`);
  writeFileSync(path, file);
  bundles.push({ name, path, file, pin: root });
}
add('newest', newest);
add('older', older);
add('another root', newest, createHash('sha256').update('another').digest('hex'));
const good = bundles.length - 1;
// What begins otherwise is no bundle for a tool that takes packs as well, so the first byte stays.
for (let i = 1; i <= 40; ++i) add(`cut after ${Math.floor((i * newest.length) / 41)}`, newest.subarray(0, Math.floor((i * newest.length) / 41)));
add('a byte too many', Buffer.concat([newest, Buffer.from([0])]));
for (let i = 0; i < 160; ++i) {
  const bent = Buffer.from(newest);
  // Not bit 5: a hexadecimal letter of a signature says the same in the other case.
  bent[1 + ((i * 7919) % (newest.length - 1))] ^= 1 << (i % 5);
  add(`bit ${i}`, bent);
}
/** The member of one bundle put in place of the other's, where both are as long. @param {string} name */
function swap(name) {
  const [a, b] = [newest.indexOf(name), older.indexOf(name)];
  const bent = Buffer.from(newest);
  older.copy(bent, a, b, b + 900);
  return bent;
}
for (const name of ['timestamp.json', 'registry.cose', 'office.pub']) add(`${name} of the older one`, swap(name));

const texts = cases.map((/** @type {{text: string}} */ one) => one.text);
const genuine = texts[0];
const requests = bundles.flatMap((bundle, i) => {
  const ask = (/** @type {string} */ text, /** @type {number} */ at, /** @type {string} */ lang) => ({ op: 'judge', text, trust: bundle.path, root_pin: bundle.pin, now: at, lang });
  if (i > good) return [ask(genuine, now, 'en')];
  // Before it was signed (the clock is wrong), as it was signed, when it has expired, and long after.
  return [now - 10 * day, now, now + 5 * day, now + 100 * day].flatMap((at) => ['zh-Hans', 'en'].flatMap((lang) => texts.map((/** @type {string} */ text) => ask(text, at, lang))));
});

/** @param {string} program @param {string[]} parameters @returns {any[]} */
function answersOf(program, parameters) {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { input, encoding: 'utf8', maxBuffer: 1 << 29 });
  if (error) throw error;
  assert.equal(status, 0, stderr);
  return stdout.trimEnd().split('\n');
}
const fromNative = answersOf(native, ['conform']);

test(`bundles: ${requests.length} questions to ${bundles.length} bundles have the same answers natively and as wasm`, () => {
  const fromWasm = answersOf(process.execPath, [module]);
  assert.equal(fromWasm.length, requests.length);
  requests.forEach((request, i) => assert.equal(fromWasm[i], fromNative[i], `${bundles.find(({ path }) => path === request.trust)?.name} at ${request.now}`));
});

test('bundles: the good ones are judged, and each bad one is refused with a code', () => {
  const codes = new Set();
  fromNative.forEach((line, i) => {
    const answer = JSON.parse(line);
    const at = bundles.findIndex(({ path }) => path === requests[i].trust);
    if (at < good) assert.ok(answer.ok, line);
    else assert.ok(!answer.ok && answer.code, bundles[at].name);
    if (!answer.ok) codes.add(answer.code);
  });
  for (const code of ['bundle.wrong_root', 'cbor.truncated', 'cbor.trailing_bytes', 'tuf.wrong_hash']) assert.ok(codes.has(code), `${code} is not among ${[...codes].join(' ')}`);
});

const verifier = () => readFileSync(join(site, 'whole.wasm'));
const catalogues = ['zh-Hans', 'en'].map((tag) => [tag, JSON.parse(readFileSync(join(project, 'assets/i18n', `${tag}.json`), 'utf8'))]);
/** A site that has this bundle and nothing else. @param {Buffer} file @returns {any} */
const fetchOf = (file) => async (/** @type {string} */ url) => new Response(url.endsWith('bundle.cbor') ? file : null, { status: url.endsWith('bundle.cbor') ? 200 : 404 });

/** A device that was given the pin. @param {string} root */
async function openDevice(root) {
  const device = await Device.open(/** @type {any} */ (verifier()), { kind: 'repository', bytes: fromHex(root) });
  for (const [tag, words] of catalogues) device.addCatalogue(tag, words);
  return device;
}

test('bundles: the module that the page loads says the same', async () => {
  for (const bundle of bundles) {
    const device = await openDevice(bundle.pin);
    for (const [i, request] of requests.entries()) {
      if (request.trust !== bundle.path) continue;
      const expected = JSON.parse(fromNative[i]);
      const inquiry = await inquire(device, request.text, request.now, '', { fetch: fetchOf(bundle.file) });
      const { judgement, view } = inquiry.judgement(request.lang);
      inquiry.close();
      if (expected.ok) assert.deepEqual({ judgement, view }, { judgement: expected.judgement, view: expected.view }, `${bundle.name} at ${request.now}`);
      else assert.deepEqual([judgement.reasons.some((/** @type {any} */ { code }) => /^check\.trust_(unreadable|foreign)$/.test(code)), judgement.trust_error?.code], [true, expected.code], bundle.name);
    }
    device.close();
  }
});

test('bundles: each one that is refused leaves the device with what it had, and is said', async () => {
  const first = await openDevice(pin);
  (await inquire(first, genuine, now, '', { fetch: fetchOf(newest) })).close();
  const state = first.takeState();
  first.close();
  assert.ok(state);
  // With what was seen the older state is one of the bad ones.
  for (const bundle of bundles.slice(1).filter((one) => one.pin === pin)) {
    const device = await openDevice(pin);
    device.restore(state);
    const inquiry = await inquire(device, genuine, now, '', { fetch: fetchOf(bundle.file) });
    const codes = inquiry.judgement('en').judgement.reasons.map((/** @type {any} */ { code }) => code);
    assert.ok(codes.includes('trust.refused') || codes.includes('trust.rolled_back'), `${bundle.name}: ${codes}`);
    assert.ok(!codes.some((/** @type {string} */ code) => code.startsWith('check.')), bundle.name);
    inquiry.close();
    device.close();
  }
});
