// verify.wasm, whole.wasm and scan.wasm in Node, through the same script that the page uses: the same answers as the native program,
// errors as codes, and no memory kept.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { builtSite, drawCode, pipa, project } from './site.mjs';

const { CoreError, Device, arrivals, inquire } = await import(pathToFileURL(path.join(builtSite, 'bridge/inquiry.mjs')).href);
const { WasmModule, InterfaceMismatch } = await import(pathToFileURL(path.join(builtSite, 'bridge/wasm_memory.mjs')).href);
const languages = ['zh-Hans', 'en'];
const now = Date.parse('2026-11-20T09:30:00+08:00') / 1000;

/** @type {string} */
let folder;
/** @type {{text: string, id: string, number: string, trust: string, dossier?: string}[]} */
let cases;
/** @type {Uint8Array} */
let officeKey;
/** @type {Uint8Array} */
let rootPin;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pipa-bridge-'));
  execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo'), '--site', builtSite], { stdio: 'pipe' });
  const demo = JSON.parse(readFileSync(path.join(folder, 'demo/certificates.json'), 'utf8'));
  cases = demo.cases;
  officeKey = Buffer.from(demo.office_key, 'hex');
  rootPin = Buffer.from(readFileSync(path.join(folder, 'demo/root.pin'), 'utf8').trim(), 'hex');
});
after(() => rmSync(folder, { recursive: true, force: true }));

const built = (/** @type {string} */ name) => readFileSync(path.join(builtSite, name));
const made = (/** @type {string} */ name) => readFileSync(path.join(folder, 'demo', name));
const caseOf = (/** @type {string} */ id) => cases.find((one) => one.id === id) ?? assert.fail(id);

/** A site of these files; what is asked for goes into `asked`. @param {Record<string, Uint8Array>} files @param {string[]} [asked] */
const siteOf = (files, asked = []) => async (/** @type {string} */ url) => {
  asked.push(url);
  return url in files ? new Response(files[url]) : new Response('', { status: 404 });
};
const demoSite = (/** @type {string[]} */ asked = []) => async (/** @type {string} */ url) => {
  asked.push(url);
  try { return new Response(made(`site/${url}`)); } catch { return new Response('', { status: 404 }); }
};

/** Of a demo of its own, whose keys are others. */
function otherDistrictsBundle() {
  const other = path.join(folder, 'other');
  execFileSync(pipa, ['demo', 'make', '--out', other, '--site', builtSite], { stdio: 'pipe' });
  return readFileSync(path.join(other, 'site/bundle.cbor'));
}

async function openDevice(kind = 'repository', module = 'whole.wasm') {
  const device = await Device.open(built(module), { kind, bytes: kind === 'pack' ? officeKey : rootPin }, now);
  for (const tag of languages) device.addCatalogue(tag, JSON.parse(readFileSync(path.join(project, 'assets/i18n', `${tag}.json`), 'utf8')));
  return device;
}

/** The codes of an answer, the gravest first. @param {any} device @param {string} text @param {any} fetch @param {number} [then] */
async function codesOf(device, text, fetch, then = now) {
  const inquiry = await inquire(device, text, then, '', { fetch });
  const { view } = inquiry.view('en');
  inquiry.close();
  return [view.verdict.reason_code, ...view.remarks.map((/** @type {{code: string}} */ one) => one.code)];
}

test('bridge: judges every case exactly as the native program does, in both languages', async () => {
  const requests = cases.flatMap(({ text, trust }) => languages.map((lang) => ({ op: 'judge', text, trust: path.join(folder, 'demo', trust), now, lang })));
  const native = execFileSync(pipa, ['conform'], { input: requests.map((request) => JSON.stringify(request)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 })
    .trim().split('\n').map((line) => JSON.parse(line));
  const devices = new Map();
  for (const name of new Set(cases.map(({ trust }) => trust))) devices.set(name, await openDevice('pack'));
  assert.ok(requests.length >= 56);
  for (const [i, { text, trust, lang }] of requests.entries()) {
    const name = path.basename(trust);
    const inquiry = await inquire(devices.get(name), text, now, '', { fetch: siteOf({ 'trust.cose': made(name) }) });
    const { judgement, view } = inquiry.judgement(lang);
    assert.deepEqual(inquiry.view(lang).view, view);
    inquiry.close();
    assert.deepEqual({ judgement, view }, { judgement: native[i].judgement, view: native[i].view });
  }
});

const textsOf = (/** @type {string} */ tag, parts = ['', '.more']) => Object.assign({}, ...parts.map((part) => JSON.parse(built(`i18n/${tag}${part}.json`).toString())));
const leftToWhole = ['', 'HTTPS://', '6901234567892', 'https://example.invalid/pay', `${cases[0].text}1`, cases[0].number, 'NO-SUCH-NUMBER'];

test('bridge: the texts of the page are enough for every answer', async () => {
  const device = await openDevice();
  const lean = await Device.open(built('whole.wasm'), { kind: 'repository', bytes: rootPin }, now);
  for (const tag of languages) lean.addCatalogue(tag, textsOf(tag));
  for (const lang of languages)
    for (const text of [...cases.map((one) => one.text), ...leftToWhole])
      for (const then of [now, now + 86_400 * 40]) {
        const asked = await Promise.all([device, lean].map((one) => inquire(one, text, then, '', { fetch: demoSite() })));
        assert.deepEqual(asked[1].view(lang), asked[0].view(lang), text.slice(0, 20));
        for (const inquiry of asked) inquiry.close();
      }
});

// What stands in the way of a bundle or record changes the answer, so verify.wasm is held against the same faults.
const faults = {
  none: demoSite(),
  offline: siteOf({}),
  'no records': async (/** @type {string} */ url) => (url.startsWith('records/') ? new Response('', { status: 500 }) : demoSite()(url)),
  'a broken bundle': async (/** @type {string} */ url) => (url === 'bundle.cbor' ? new Response('x') : demoSite()(url)),
};

test('bridge: verify.wasm answers every link as whole.wasm does, and goes on in it', async () => {
  const answered = new Set();
  for (const [fault, fetch] of Object.entries(faults))
    for (const lang of languages)
      for (const text of cases.map((one) => one.text.replace(/^HTTPS:\/\/[^/]*/, (head) => head.toLowerCase()))) {
        const small = await Device.open(built('verify.wasm'), { kind: 'repository', bytes: rootPin }, now);
        small.addCatalogue(lang, textsOf(lang, ['']));
        const whole = await openDevice();
        const [first, all] = await Promise.all([small, whole].map((one) => inquire(one, text, now, '', { fetch })));
        if (first.isLeftToWhole) continue; // a damaged link, or none
        answered.add(text);
        const [short, full] = [first.view(lang), all.view(lang)];
        for (const key of /** @type {const} */ (['version', 'language', 'title', 'verdict', 'remarks', 'freshness', 'demo_notice', 'privacy']))
          assert.deepEqual(short.view[key], full.view[key], `${fault} ${key}`);
        assert.deepEqual([short.text, short.number], [full.text, full.number]);
        const { rows, further, to_come: coming } = short.view.summary;
        assert.deepEqual(full.view.summary.rows.slice(0, rows.length), rows);
        assert.deepEqual(full.view.summary.further, further);
        assert.deepEqual([full.view.summary.rows.length > rows.length, full.view.summary.badges.length > 0], [coming.includes('tests'), coming.includes('badges')]);
        for (const voucher of short.view.vouchers) assert.ok(full.view.vouchers.some(({ id, name, basis }) => id === voucher.id && name === voucher.name && basis === voucher.basis));
        assert.ok(!/"\[[a-z_.]+\]/.test(JSON.stringify(short)), 'a text is missing');
        const grown = await small.goOnIn(built('whole.wasm'));
        grown.addCatalogue(lang, textsOf(lang));
        assert.deepEqual(first.on(grown).view(lang), full, `${fault}: the same once more`);
        assert.deepEqual([...grown.takeState() ?? []], [...whole.takeState() ?? []]);
      }
  assert.ok(answered.size >= 20, String(answered.size));
});

test('bridge: verify.wasm leaves every text but a whole link to whole.wasm', async () => {
  const device = await openDevice('repository', 'verify.wasm');
  const link = cases[0].text;
  for (const text of [...leftToWhole, ` ${link}`, `${link} `, link.slice(0, -5), link.replace('#', '?from=x#'), link.replace('/C#', ':443/C#'), link.replace('/C#', '/c#'), `${link} ${cases[1].text}`])
    assert.ok(device.ask(text, now).isLeftToWhole, text.slice(0, 40));
  assert.ok(!device.ask(link, now).isLeftToWhole);
});

test('bridge: asks for the trust once, and never for the other kind of it', async () => {
  /** @type {string[]} */
  const asked = [];
  const device = await openDevice();
  await codesOf(device, caseOf('C04').text, demoSite(asked));
  await codesOf(device, caseOf('C06').text, demoSite(asked));
  assert.deepEqual(asked.filter((name) => !name.startsWith('records/')), ['bundle.cbor']);
  for (const [kind, name] of [['repository', 'bundle.cbor'], ['pack', 'trust.cose']]) {
    const other = await openDevice(kind);
    /** @type {string[]} */
    const wanted = [];
    assert.equal((await codesOf(other, caseOf('C04').text, siteOf({}, wanted)))[0], 'check.no_trust');
    assert.deepEqual(wanted, [name]);
  }
});

test('bridge: trust that does not come as it should is said, and what was kept stays', async () => {
  const whole = made('site/bundle.cbor');
  const spoilt = Buffer.from(whole.toString('latin1').replace('"version":2', '"version":3'), 'latin1');
  const { text } = caseOf('C04');
  const first = await openDevice();
  await codesOf(first, text, demoSite());
  const state = first.takeState();
  assert.ok(state !== null && state.length > whole.length);
  assert.equal(first.takeState(), null);
  const rows = /** @type {[string, any, string, string][]} */ ([
    ['not there', siteOf({}), 'check.no_trust', 'trust.offline'],
    ['no network', async () => { throw new TypeError('network'); }, 'check.no_trust', 'trust.offline'],
    ['an error of the server', async () => new Response('', { status: 500 }), 'check.no_trust', 'trust.offline'],
    ['cut', siteOf({ 'bundle.cbor': whole.subarray(0, 500) }), 'check.trust_unreadable', 'trust.refused'],
    ['empty', siteOf({ 'bundle.cbor': new Uint8Array() }), 'check.trust_unreadable', 'trust.refused'],
    ['changed', siteOf({ 'bundle.cbor': spoilt }), 'check.trust_unreadable', 'trust.refused'],
    ["another district's", siteOf({ 'bundle.cbor': otherDistrictsBundle() }), 'check.trust_foreign', 'trust.refused'],
    ['older', siteOf({ 'bundle.cbor': made('bundle-old.cbor') }), 'genuine.signature_fits', 'trust.rolled_back'],
  ]);
  for (const [name, fetch, anew, kept] of rows) {
    assert.equal((await codesOf(await openDevice(), text, fetch))[0] === anew || name === 'older', true, name);
    const device = await openDevice();
    device.restore(state);
    const codes = await codesOf(device, text, fetch);
    assert.ok(codes.includes(kept) && !codes.some((/** @type {string} */ code) => code.startsWith('check.')), `${name}: ${codes}`);
    assert.equal(device.takeState(), null, name);
  }
});

test('bridge: no more of a file is read than is wanted', async () => {
  let [given, cancelled] = [0, false];
  const endless = async () => new Response(new ReadableStream({
    pull(controller) { given += 1 << 20; controller.enqueue(new Uint8Array(1 << 20)); },
    cancel() { cancelled = true; },
  }));
  assert.equal((await codesOf(await openDevice(), caseOf('C04').text, endless))[0], 'check.trust_unreadable');
  assert.ok(cancelled && given < 16 << 20, `${given} ${cancelled}`);
});

test('bridge: trust that comes after its patience is handed over, and the next inquiry knows it', async () => {
  const device = await openDevice();
  /** @type {(value: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => { release = resolve; });
  const slow = async (/** @type {string} */ url) => { await held; return demoSite()(url); };
  /** @type {Promise<any>} */
  const late = new Promise((resolve) => {
    inquire(device, caseOf('C04').text, now, '', { fetch: slow, late: resolve }).then((inquiry) => {
      assert.equal(inquiry.view('en').view.verdict.reason_code, 'check.no_trust');
      inquiry.close();
      release(undefined);
    });
  });
  const delivery = await late;
  assert.equal(delivery.arrival, arrivals.here);
  device.takeTrust(delivery);
  assert.notEqual((await codesOf(device, caseOf('C04').text, siteOf({})))[0], 'check.no_trust');
});

test('bridge: several codes in one text are each asked about', async () => {
  const device = await openDevice();
  assert.deepEqual(device.textsOf('one'), ['one']);
  assert.equal(device.textsOf(`${caseOf('C01').text} and ${caseOf('C06').text}`).length, 2);
});

test('bridge: what the answer told others is said', async () => {
  const device = await openDevice();
  const inquiry = await inquire(device, caseOf('C04').text, now, '', { fetch: demoSite() });
  const { privacy } = inquiry.view('en').view;
  assert.match(privacy[0], /runs on this device/);
  assert.ok(privacy.every((/** @type {string} */ line) => !/nobody/.test(line)));
});

test('bridge: what cannot be used is refused with a code', async () => {
  const device = await openDevice();
  const refused = (/** @type {() => void} */ act, /** @type {string} */ code) => assert.throws(act, (error) => error instanceof CoreError && error.code === code);
  refused(() => device.addCatalogue('', {}), 'catalogue.invalid');
  refused(() => device.addCatalogue('x'.repeat(17), {}), 'catalogue.invalid');
  refused(() => device.addCatalogue('fr', { long: 'x'.repeat(300_000) }), 'catalogue.invalid');
  const inquiry = await inquire(device, 'x', now, '', { fetch: demoSite() });
  refused(() => inquiry.view('fr'), 'catalogue.invalid');
  refused(() => inquiry.judgement('fr'), 'catalogue.invalid');
});

test('bridge: before the answer is there, and after it is closed, none is told', async () => {
  for (const module of ['verify.wasm', 'whole.wasm']) {
    const device = await openDevice('repository', module);
    const inquiry = device.ask(caseOf('C04').text, now);
    assert.ok(inquiry.wanted().length > 0);
    const asked = [() => inquiry.view('en'), ...(device.isWhole ? [() => inquiry.judgement('en'), () => inquiry.checkPin('', 'en')] : [])];
    asked.forEach((act) => assert.throws(act, /there is no answer/));
    inquiry.close();
    asked.forEach((act) => assert.throws(act, /there is no answer/));
    // The module itself, whatever a script asks it.
    const waiting = device.module.number('pipa_inquiry_new', device.handle, caseOf('C04').text, now);
    for (const handle of [waiting, 0]) {
      assert.equal(device.module.bytes('pipa_inquiry_view', handle, device.handle, 'en').length, 0);
      if (device.isWhole) assert.equal(device.module.bytes('pipa_inquiry_judgement', handle, device.handle, 'en').length, 0);
      if (device.isWhole) assert.equal(device.module.bytes('pipa_inquiry_check_pin', handle, device.handle, '', 'en').length, 0);
    }
  }
});

test('bridge: without trust, empty, endless and odd texts get an answer, at any time', async () => {
  const device = await Device.open(built('whole.wasm'), { kind: 'nobody', bytes: new Uint8Array() });
  device.addCatalogue('en', {});
  assert.deepEqual((await codesOf(device, cases[0].text, siteOf({})))[0], 'check.no_trust');
  for (const text of ['', '\0', '\ud800', '#', 'HTTPS://', '𝟙'.repeat(5000), '1'.repeat(1_000_000), `HTTPS://A.B/C#${'9'.repeat(4000)}`])
    for (const then of [now, -1, 0, NaN, Infinity, 1e15]) {
      const inquiry = await inquire(device, text, then, '', { fetch: siteOf({}) });
      assert.equal(inquiry.view('en').view.verdict.code, 'could_not_check', text.slice(0, 20));
      inquiry.close();
    }
});

test('bridge: twenty thousand uses leave no memory behind', async () => {
  const device = await openDevice();
  const { module } = device;
  (await inquire(device, '', now, '', { fetch: demoSite() })).close();
  const size = () => {
    const block = module.number('pipa_allocate', 64);
    module.number('pipa_free', block);
    return block;
  };
  const rounds = (/** @type {number} */ count) => {
    for (let i = 0; i < count; ++i) {
      const inquiry = device.ask(cases[i % cases.length].text, now);
      for (const { name } of inquiry.wanted()) inquiry.answer(name, { arrival: arrivals.notThere, content: new Uint8Array() });
      inquiry.close();
    }
  };
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
