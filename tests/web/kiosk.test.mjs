// The kiosk in the browser (kiosk/ of the site), in headless Chromium with a WebGL made of software: a visitor's journey
// before a camera that shows a printed label of the demo, keys, a scanner that types, and what goes wrong around it.

import assert from 'node:assert/strict';
import path from 'node:path';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

import { filmLabel } from '../kiosk/support.mjs';
import { paste, statusOf, tap, until, webgl, withoutCamera } from './kiosk_page.mjs';
import { builtSite, openBrowser, openDemo, openPage } from './site.mjs';

const limit = 505 * 1024; // 470 KB is wanted: 40 KB are the reader of damaged labels, 6 the drawings of products and the first page
const display = { viewport: { width: 540, height: 960 }, permissions: ['camera'] };

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;

before(async () => {
  demo = await openDemo();
  const film = filmLabel(path.join(demo.folder, 'label.y4m'), demo.textOf('C04'), 1280, 720, 0, 2);
  browser = await openBrowser([...webgl, '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]);
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

// Chromium on its own software WebGL, and SDL's camera on a canvas of its own and on a refusal.
const remarks = ['GPU stall due to ReadPixels', 'Canvas2D: Multiple readback', 'Tried to open camera but it threw'];

const hasRecords = () => existsSync(path.join(demo.folder, 'site/records'));

/**
 * A kiosk on its attract screen. Only where `camera` is wanted a label lies before it.
 * @param {string} query @param {{camera?: boolean}} [wish]
 */
async function kiosk(query, { camera = false } = {}) {
  const opened = await openPage(browser, `${demo.url}/kiosk/?dpi=46&${query}`, display);
  await until(opened.page, { screen: 'attract' });
  if (!camera) await opened.page.evaluate(withoutCamera);
  return { ...opened, done: () => {
    const ours = opened.problems.filter((problem) => !remarks.some((remark) => problem.includes(remark)));
    opened.problems.splice(0, Infinity, ...ours);
    return opened.done();
  } };
}

test('kiosk in the browser: attract, the camera sees a printed label, verdict, idle warning, wiped', async () => {
  const { page, done } = await kiosk('lang=zh&idle=5&warning=20', { camera: true });
  await tap(page, 'attract/begin_en');
  await until(page, { screen: 'scan', language: 'en' });
  const answer = await until(page, { screen: 'result' }, 60);
  assert.equal(answer.verdict, 'genuine');
  assert.equal(answer.reason_code, 'genuine.signature_fits');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.match(await page.textContent('#status'), /^Genuine and unchanged/);
  await until(page, { warning: '20' });
  await tap(page, 'idle/stay');
  await until(page, { warning: '', screen: 'result' });
  await until(page, { warning: '20' });
  await tap(page, 'idle/end');
  const { verdict, language } = await until(page, { screen: 'attract', typed: '' });
  assert.deepEqual([verdict, language], [undefined, 'zh-Hans']);
  await done();
});

test('kiosk in the browser: each case of the demo gets its verdict from pasted text, with its record and all notices', async () => {
  const { page, done } = await kiosk('lang=en');
  await tap(page, 'attract/begin_en');
  await until(page, { screen: 'scan' });
  const cases = JSON.parse(readFileSync(path.join(demo.folder, 'certificates.json'), 'utf8')).cases;
  for (const one of cases.filter((/** @type {any} */ { trust }) => trust === 'trust.cose')) {
    await paste(page, one.text);
    // Where no records are published, notices and status lists still come with the trust.
    const known = hasRecords() || one.expect_verdict === 'revoked' || !one.expect_alone;
    await until(page, { screen: 'result', verdict: one.expect_verdict, reason_code: known ? one.expect_reason : one.expect_alone[1] });
  }
  await done();
});

test('kiosk in the browser: a scanner that types is told apart from a person, and garbage gets an answer', async () => {
  const { page, done } = await kiosk('lang=en');
  await tap(page, 'attract/begin_en');
  await until(page, { screen: 'scan' });
  await tap(page, 'scan/type');
  await until(page, { screen: 'type' });
  for (const key of ['l', 'p', '2', '0']) await page.keyboard.press(key, { delay: 120 });
  await until(page, { typed: 'LP20' });
  await page.keyboard.press('Backspace');
  await until(page, { typed: 'LP2' });
  await paste(page, '\u0001\u0002 garbage');
  await until(page, { screen: 'result', verdict: 'could_not_check' });
  await page.keyboard.type('6901234567892\n', { delay: 0 });
  await until(page, { screen: 'result', reason_code: 'check.foreign_code' });
  await done();
});

test('kiosk in the browser: every text of both catalogues and of the demo has its glyphs', async () => {
  const { page, done } = await kiosk('lang=zh');
  const texts = ['zh-Hans', 'en'].flatMap((tag) => Object.values(JSON.parse(readFileSync(path.join(builtSite, `i18n/all/${tag}.json`), 'utf8'))));
  texts.push(readFileSync(path.join(demo.folder, 'certificates.json'), 'utf8'), readFileSync(path.join(demo.folder, 'registry.json'), 'utf8'));
  const characters = [...new Set(texts.join(''))].filter((one) => one >= ' ').join('');
  assert.ok(characters.length > 500);
  const missing = (/** @type {string} */ text) => page.evaluate((/** @type {string} */ wanted) => /** @type {any} */ (globalThis).pipaKiosk.missingGlyphs(wanted), text);
  assert.equal(await missing(characters), '');
  assert.equal(await missing('枇\u{10FFFD}'), '\u{10FFFD}'); // the test can fail
  await done();
});

test('kiosk in the browser: the way to the lessons is open, and language and text size are chosen there too', async () => {
  const { page, done } = await kiosk('lang=en');
  await tap(page, 'attract/begin_en');
  await until(page, { screen: 'scan' });
  await tap(page, 'bar/learn');
  await until(page, { screen: 'learn' });
  await tap(page, 'bar/text');
  await tap(page, 'bar/language');
  await until(page, { language: 'zh-Hans', screen: 'learn' });
  await tap(page, 'bar/end');
  await until(page, { screen: 'attract', language: 'en' });
  await done();
});

test('kiosk in the browser: no camera, a camera that is refused, and a list that does not come are told', async () => {
  const refused = await kiosk('lang=en');
  await refused.page.evaluate(() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }; });
  await tap(refused.page, 'attract/begin_en');
  await until(refused.page, { screen: 'scan', camera: 'kiosk.camera.denied' });
  await refused.done();

  const context = await browser.newContext(display);
  const page = await context.newPage();
  await page.addInitScript(() => { navigator.mediaDevices.enumerateDevices = async () => []; navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); }; });
  await page.route('**/bundle.cbor', (/** @type {any} */ route) => route.fulfill({ status: 404 }));
  await page.goto(`${demo.url}/kiosk/?dpi=46&lang=en`);
  await until(page, { screen: 'attract', trouble: 'kiosk.trouble.no_trust' });
  await tap(page, 'attract/begin_en');
  await until(page, { screen: 'scan', camera: 'kiosk.camera.missing' });
  await context.close();
});

test('kiosk in the browser: a list that comes after its patience is taken all the same', async () => {
  const context = await browser.newContext(display);
  const page = await context.newPage();
  await page.route('**/bundle.cbor', async (/** @type {any} */ route) => {
    await new Promise((resolve) => { setTimeout(resolve, 6000); }); // past its patience (inquiry/file_limits.hpp)
    await route.continue();
  });
  await page.goto(`${demo.url}/kiosk/?dpi=46&lang=en`);
  await until(page, { screen: 'attract', trouble: 'kiosk.trouble.no_trust' });
  await until(page, { screen: 'attract', trouble: '', freshness: 'fresh' }, 30);
  await context.close();
});

test('kiosk in the browser: a camera that is unplugged is told, and goes on by itself when it is back', async () => {
  const { page, done } = await kiosk('lang=en');
  await page.evaluate(() => {
    const bare = document.createElement('canvas');
    [bare.width, bare.height] = [320, 240];
    const context = /** @type {CanvasRenderingContext2D} */ (bare.getContext('2d'));
    setInterval(() => { context.fillStyle = context.fillStyle === '#777777' ? '#787878' : '#777777'; context.fillRect(0, 0, 320, 240); }, 50);
    /** @type {any} */ (globalThis).plugged = true;
    navigator.mediaDevices.getUserMedia = async () => {
      if (!/** @type {any} */ (globalThis).plugged) throw new DOMException('', 'NotFoundError');
      return /** @type {any} */ (globalThis).stream = bare.captureStream(15);
    };
  });
  await tap(page, 'attract/begin_en');
  await until(page, { screen: 'scan', camera: 'live' });
  await page.evaluate(() => {
    /** @type {any} */ (globalThis).plugged = false;
    for (const track of /** @type {any} */ (globalThis).stream.getTracks()) track.stop();
  });
  await until(page, { screen: 'scan', camera: 'kiosk.camera.lost' });
  await page.evaluate(() => { /** @type {any} */ (globalThis).plugged = true; });
  await until(page, { screen: 'scan', camera: 'live' });
  await done();
});

test('kiosk in the browser: an answer of the graphics that is no WebGL 2 leaves a sentence in both languages', async () => {
  const context = await browser.newContext(display);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const real = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind.startsWith('webgl') ? null : real.call(this, kind, ...rest); };
  });
  await page.goto(`${demo.url}/kiosk/`);
  await page.locator('#trouble').waitFor({ state: 'visible' });
  assert.match(await page.textContent('#trouble'), /WebGL 2）。[^]*newer one/);
  await context.close();
});

test('kiosk in the browser: a typed number gets its answer, and what is wrong with the records is said', async () => {
  const { page, done } = await kiosk('lang=en');
  const { number } = JSON.parse(readFileSync(path.join(demo.folder, 'certificates.json'), 'utf8')).cases.find((/** @type {any} */ one) => one.id === 'C04');
  await tap(page, 'attract/begin_en');
  const ask = async () => {
    await until(page, { screen: 'scan' });
    await tap(page, 'scan/type');
    await until(page, { screen: 'type' });
    for (let left = 40; left > 0 && (await statusOf(page)).typed !== ''; --left) await page.keyboard.press('Backspace');
    await page.keyboard.type(number, { delay: 60 });
    await until(page, { typed: number });
    await page.keyboard.press('Enter');
  };
  const spoilt = /** @type {const} */ ([['number.not_fetched', { status: 404, body: '' }], ['number.unreadable', { status: 200, body: 'spoilt' }], ['number.unreadable', { status: 200, body: Buffer.alloc((8 << 20) + 1) }]]);
  for (const [reason, answer] of hasRecords() ? spoilt : []) {
    await page.route('**/records/**', (/** @type {any} */ route) => route.fulfill(answer));
    await ask();
    await until(page, { screen: 'result', reason_code: reason });
    await page.unroute('**/records/**');
    await tap(page, 'result/again');
  }
  await ask();
  await until(page, hasRecords() ? { screen: 'result', verdict: 'genuine', freshness: 'fresh' } : { screen: 'result', reason_code: 'number.no_records' });
  remarks.push('status of 404', '/records/'); // refused on purpose: a reply of 404, and one cut off for its size
  await done();
});

test('kiosk in the browser: an older list is refused and said, and the one that was verified last still serves', async () => {
  const context = await browser.newContext(display);
  const page = await context.newPage();
  const visit = async (/** @type {Record<string, string>} */ wanted) => {
    await page.goto(`${demo.url}/kiosk/?dpi=46&lang=en`);
    await until(page, { screen: 'attract', ...wanted });
    await page.evaluate(withoutCamera);
    await tap(page, 'attract/begin_en');
    await until(page, { screen: 'scan' });
    await paste(page, demo.textOf('C06'));
    const { remarks: said } = await until(page, { screen: 'result', reason_code: 'notice.recalled', freshness: 'fresh', trouble: '' });
    assert.ok(wanted.trouble === '' || said.split(' ').includes(wanted.trouble), said);
  };
  await visit({ trouble: '', freshness: 'fresh' });
  const old = readFileSync(path.join(demo.folder, 'bundle-old.cbor'));
  for (const [answer, trouble] of /** @type {const} */ ([[{ body: old }, 'trust.rolled_back'], [{ body: 'spoilt' }, 'trust.refused'], [{ status: 503 }, 'trust.offline']])) {
    await page.route('**/bundle.cbor', (/** @type {any} */ route) => route.fulfill(answer));
    await visit({ trouble, freshness: 'fresh' });
    await page.unroute('**/bundle.cbor');
  }
  await visit({ trouble: '' });
  await context.close();
});

test('kiosk in the browser: code and page are at most 505 KB in brotli, the reader of codes included', (t) => {
  const folder = path.join(builtSite, 'kiosk');
  const sizes = readdirSync(folder).map((name) => {
    const body = readFileSync(path.join(folder, name));
    const size = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }).length;
    t.diagnostic(`${name}: ${size}`);
    return size;
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(`together: ${total}`);
  assert.ok(total <= limit, `${total} bytes`);
});
