// verify.wasm and scan.wasm in Node, through the same script that the page uses: the same answers as the native program,
// errors as codes, and no memory kept.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { builtSite, drawCode, pipa, project } from './site.mjs';

const { VerifySession, CoreError } = await import(pathToFileURL(path.join(builtSite, 'bridge/verify_session.mjs')).href);
const { WasmModule, InterfaceMismatch } = await import(pathToFileURL(path.join(builtSite, 'bridge/wasm_memory.mjs')).href);
const languages = ['zh-Hans', 'en'];
const now = Date.parse('2026-11-20T09:30:00+08:00') / 1000;

/** @type {string} */
let folder;
/** @type {{text: string, id: string, number: string, trust: string, dossier?: string}[]} */
let cases;
/** @type {Uint8Array} */
let officeKey;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pipa-bridge-'));
  execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo'), '--site', builtSite], { stdio: 'pipe' });
  const demo = JSON.parse(readFileSync(path.join(folder, 'demo/certificates.json'), 'utf8'));
  cases = demo.cases;
  officeKey = Buffer.from(demo.office_key, 'hex');
});
after(() => rmSync(folder, { recursive: true, force: true }));

const built = (/** @type {string} */ name) => readFileSync(path.join(builtSite, name));
const trustOf = (/** @type {string} */ name) => readFileSync(path.join(folder, 'demo', name));

/** The verifier with all its parts. */
async function openVerifier() {
  const session = await VerifySession.open(built('verify.wasm'));
  await session.openRecord(built('record.wasm'));
  await session.openStory(built('story.wasm'));
  return session;
}

async function openSession(trust = 'trust.cose') {
  const session = await openVerifier();
  for (const tag of languages) session.addCatalogue(tag, JSON.parse(readFileSync(path.join(project, 'assets/i18n', `${tag}.json`), 'utf8')));
  session.openTrust(trustOf(trust), officeKey);
  return session;
}

test('bridge: judges every case exactly as the native program does, in both languages', async () => {
  const requests = cases.flatMap(({ text, trust }) => languages.map((lang) => ({ op: 'judge', text, trust: path.join(folder, 'demo', trust), now, lang })));
  const native = execFileSync(pipa, ['conform'], { input: requests.map((request) => JSON.stringify(request)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 })
    .trim().split('\n').map((line) => JSON.parse(line));
  const sessions = new Map();
  for (const name of new Set(cases.map(({ trust }) => trust))) sessions.set(name, await openSession(name));
  assert.ok(requests.length >= 56);
  requests.forEach(({ text, trust, lang }, i) => {
    const { judgement, view } = sessions.get(path.basename(trust)).judge(text, now, lang);
    assert.deepEqual({ judgement, view }, { judgement: native[i].judgement, view: native[i].view });
  });
});

test('bridge: judges every certificate with its dossier exactly as the native program does, in both languages', async () => {
  const told = cases.filter(({ dossier }) => dossier);
  assert.equal(told.length, 18);
  const lots = path.join(folder, 'demo/site/lots');
  const session = await openSession();
  for (const lang of languages) {
    const { stdout } = spawnSync(pipa, ['verify', '--json', '--lang', lang, '--trust', path.join(folder, 'demo/trust.cose'), '--office-key', path.join(folder, 'demo/office.pub'),
      '--now', '2026-11-20T09:30:00+08:00', '--dossier', lots, ...told.map(({ text }) => text)], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const native = JSON.parse(stdout).results;
    told.forEach(({ text }, i) => {
      const { name } = session.lotsOf(text);
      session.openLots(name, readFileSync(path.join(lots, name)));
      const { judgement, view } = session.judge(text, now, lang);
      assert.deepEqual({ judgement, view }, { judgement: native[i].judgement, view: native[i].view });
    });
  }
});

/** @param {import('../../web/bridge/verify_session.mjs').View} answer @param {import('../../web/bridge/verify_session.mjs').View} view */
function isTheAnswerOf(answer, view) {
  for (const same of /** @type {const} */ (['version', 'language', 'title', 'verdict', 'remarks', 'freshness', 'demo_notice'])) assert.deepEqual(answer[same], view[same]);
  for (const section of answer.sections) {
    const told = view.sections.find(({ id }) => id === section.id);
    assert.deepEqual(section.rows, told?.rows.slice(0, section.rows.length), section.id);
    assert.equal(section.title, told?.title);
  }
  for (const voucher of answer.vouchers) assert.deepEqual(voucher, view.vouchers.find(({ id }) => id === voucher.id));
}

test('bridge: an answer needs no later part and none of its texts, and is the answer of the whole judgement', async () => {
  const texts = (/** @type {string} */ tag, /** @type {string} */ part) => JSON.parse(readFileSync(path.join(builtSite, 'i18n', `${tag}${part}.json`), 'utf8'));
  const [alone, recorded, unrecorded, whole] = [await VerifySession.open(built('verify.wasm')), await VerifySession.open(built('verify.wasm')), await openSession(), await openSession()];
  await recorded.openRecord(built('record.wasm'));
  for (const tag of languages) {
    alone.addCatalogue(tag, texts(tag, ''));
    recorded.addCatalogue(tag, { ...texts(tag, ''), ...texts(tag, '.record') });
  }
  for (const session of [alone, recorded]) session.openTrust(trustOf('trust.cose'), officeKey);
  const lots = path.join(folder, 'demo/site/lots');
  const odd = ['', 'HTTPS://', '6901234567892', 'https://example.invalid/pay', `${cases[0].text}1`, cases[0].text.slice(0, -30)];
  let [final, sections] = [0, 0];
  for (const lang of languages)
    for (const text of [...cases.map((one) => one.text), ...odd]) {
      const { name } = alone.lotsOf(text);
      if (name !== '') for (const session of [recorded, whole]) session.openLots(name, readFileSync(path.join(lots, name)));
      for (const then of [now, now + 86_400 * 40, now - 86_400 * 400]) {
        const answer = alone.answer(text, then, lang);
        isTheAnswerOf(answer.view, unrecorded.judge(text, then, lang).view);
        isTheAnswerOf(recorded.answer(text, then, lang).view, whole.judge(text, then, lang).view);
        if (answer.final) isTheAnswerOf(answer.view, whole.judge(text, then, lang).view);
        final += Number(answer.final);
        sections += answer.view.sections.length;
      }
    }
  assert.ok(final > 50 && sections > 300, `${final} ${sections}`);
  const { text } = cases.find(({ id }) => id === 'C04') ?? assert.fail();
  const missing = alone.answer(text, now, 'en', true).view.remarks.map(({ code }) => code);
  assert.ok(missing.includes('record.not_fetched'), String(missing));
  for (const early of [() => alone.judge(text, now, 'en'), () => alone.textOf('X'), () => alone.openLots('00', new Uint8Array()), () => recorded.judge(text, now, 'en')])
    assert.throws(early, /not loaded/);
});

test('bridge: a record that is missing, absent or broken is said; a typed number leads to its certificate', async () => {
  const session = await openSession();
  const { text, number } = cases.find(({ id }) => id === 'C04') ?? assert.fail();
  const { name, typed } = session.lotsOf(text);
  assert.match(name, /^[0-9a-f]{2}$/);
  assert.equal(typed, false);
  const codes = () => session.judge(text, now, 'en').judgement.reasons.map((/** @type {{code: string}} */ one) => one.code);
  assert.ok(!codes().some((/** @type {string} */ code) => code.startsWith('record.')));
  session.openLots(name, new Uint8Array(0));
  assert.ok(codes().includes('record.not_fetched'));
  session.openLots(name, Uint8Array.of(0x80));
  assert.ok(codes().includes('record.not_published'));
  assert.throws(() => session.openLots(name, Uint8Array.of(1, 2, 3)), (error) => error instanceof CoreError && error.code === 'cbor.trailing_bytes');
  assert.ok(codes().includes('record.unreadable'));
  session.openLots(name, readFileSync(path.join(folder, 'demo/site/lots', name)));
  assert.ok(codes().includes('label.scheme_ended'));
  assert.deepEqual(session.lotsOf(number.toLowerCase()), { name, number, typed: true });
  assert.equal(session.judge(session.textOf(number), now, 'en').view.verdict.code, 'genuine');
  assert.equal(session.textOf('NO-SUCH-NUMBER'), '');
  for (const other of ['', '6901234567892', 'https://example.invalid/pay', 'javascript:alert(1)', 'x'.repeat(5000)]) assert.equal(session.lotsOf(other).name, '', other.slice(0, 20));
});

test('bridge: what cannot be used is refused with a code, and what was there stays', async () => {
  const session = await openSession();
  const refused = (/** @type {() => void} */ act, /** @type {string} */ code) => assert.throws(act, (error) => error instanceof CoreError && error.code === code);
  const forged = new Uint8Array(trustOf('trust.cose'));
  forged[forged.length - 1] ^= 1;
  refused(() => session.openTrust(forged, officeKey), 'trust.wrong_signer');
  refused(() => session.openTrust(trustOf('trust.cose'), officeKey.subarray(1)), 'ed25519.bad_public_key');
  refused(() => session.openTrust(new Uint8Array(0), officeKey), 'cbor.truncated');
  refused(() => session.openTrust(new Uint8Array((8 << 20) + 1), officeKey), 'trust.too_large');
  refused(() => session.addCatalogue('', {}), 'catalogue.invalid');
  refused(() => session.addCatalogue('x'.repeat(17), {}), 'catalogue.invalid');
  refused(() => session.addCatalogue('fr', { long: 'x'.repeat(300_000) }), 'catalogue.invalid');
  refused(() => session.judge('x', now, 'fr'), 'catalogue.invalid');
  for (const bad of [-1, 0, NaN, Infinity, 1e15]) refused(() => session.judge('x', bad, 'en'), 'date.invalid');
  assert.equal(session.judge(cases[0].text, now, 'en').view.verdict.code, 'genuine');
});

test('bridge: without trust, empty, endless and odd texts get an answer', async () => {
  const session = await openVerifier();
  session.addCatalogue('en', {});
  assert.equal(session.judge(cases[0].text, now, 'en').view.verdict.reason_code, 'check.no_trust');
  for (const text of ['', '\0', '\ud800', '#', 'HTTPS://', '𝟙'.repeat(5000), '1'.repeat(1_000_000), `HTTPS://A.B/C#${'9'.repeat(4000)}`])
    assert.equal(session.judge(text, now, 'en').view.verdict.code, 'could_not_check', text.slice(0, 20));
});

test('bridge: twenty thousand uses leave no memory behind', async () => {
  const module = await WasmModule.load(built('verify.wasm'), 3);
  const session = new VerifySession(module);
  await session.openRecord(built('record.wasm'));
  await session.openStory(built('story.wasm'));
  session.addCatalogue('en', {});
  const size = () => module.number('pipa_allocate', 64);
  const rounds = (/** @type {number} */ count) => { for (let i = 0; i < count; ++i) session.judge(cases[i % cases.length].text, now, 'en'); };
  rounds(1000);
  const first = size();
  rounds(20_000);
  // The allocator hands out the lowest free place: one that has moved far up says that something below was kept.
  assert.ok(size() - first < 65536);
});

test('bridge: a module of another version is not used', async () => {
  await assert.rejects(WasmModule.load(built('verify.wasm'), 1), InterfaceMismatch);
});

test('bridge: scan.wasm reads a drawn code, and refuses sizes that do not fit', async () => {
  const reader = await WasmModule.load(built('scan.wasm'), 1);
  const { text } = cases[0];
  const modules = drawCode(text);
  const side = (modules.length + 8) * 3;
  const grey = new Uint8Array(side * side).fill(255);
  modules.forEach((row, y) => [...row].forEach((module, x) => {
    for (let dy = 0; module === '1' && dy < 3; ++dy) grey.fill(0, ((y + 4) * 3 + dy) * side + (x + 4) * 3, ((y + 4) * 3 + dy) * side + (x + 5) * 3);
  }));
  const colours = new Uint8ClampedArray(grey.length * 4);
  grey.forEach((value, i) => colours.fill(value, 4 * i, 4 * i + 4));
  const fromGrey = reader.json('pipa_scan_grey', grey, side, side, 0);
  assert.deepEqual(fromGrey.codes.map((/** @type {{text: string}} */ code) => code.text), [text]);
  assert.equal(fromGrey.codes[0].corners.length, 4);
  assert.deepEqual(reader.json('pipa_scan_rgba', colours, side, side, 1).codes[0].text, text);
  assert.deepEqual(reader.json('pipa_scan_grey', new Uint8Array(64), 8, 8, 1), { ok: true, codes: [] });
  assert.equal(reader.json('pipa_scan_grey', grey, side, side + 1, 0).code, 'image.unreadable');
  for (const [width, height] of [[0, 5], [5, 0], [100_000, 100_000], [0xffffffff, 0xffffffff]])
    assert.equal(reader.json('pipa_scan_rgba', colours, width, height, 0).code, 'image.too_large');
});
