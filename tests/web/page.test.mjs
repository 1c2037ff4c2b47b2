// The phone page in real Chromium: from the link of a QR code to the verdict, and what is scanned next.
//   node --test tests/web

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { axeSource, openBrowser, openDemo } from './site.mjs';

const phone = { width: 390, height: 844 };
/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;

before(async () => {
  demo = await openDemo();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

/** Opens a page; errors, refused requests and policy violations fail the test that calls `done`. */
async function open(/** @type {string} */ where, options = {}) {
  const context = await browser.newContext({ viewport: phone, ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const requests = [];
  page.on('console', (/** @type {any} */ message) => { if (['error', 'warning'].includes(message.type())) problems.push(message.text()); });
  page.on('pageerror', (/** @type {Error} */ error) => problems.push(error.message));
  page.on('requestfailed', (/** @type {any} */ request) => problems.push(`failed: ${request.url()}`));
  page.on('request', (/** @type {any} */ request) => requests.push(new URL(request.url()).pathname));
  await page.goto(demo.url + where, { waitUntil: 'networkidle' });
  await page.waitForSelector('#again:not([hidden])');
  return { page, context, requests, done: async () => { assert.deepEqual(problems, []); await context.close(); } };
}

const answer = async (/** @type {any} */ page) => ({
  level: await page.getAttribute('.verdict', 'data-level'),
  word: await page.textContent('#word'),
  code: (await page.textContent('.verdict .code')).split(' ').at(-1),
});

const linked = [
  ['C04', 'ok', 'genuine.signature_fits', '承诺属实有据', 'Genuine promise'],
  ['C18', 'stop', 'upstream.missing', '真实，但请先别买', 'Genuine, but do not buy yet'],
  ['X1', 'stop', 'altered.signature', '内容被改动', 'Altered'],
  ['X2', 'stop', 'issuer.unknown_key', '出具人未获确认', 'Issuer not confirmed'],
  ['X3', 'stop', 'issuer.key_not_valid_then', '出具人未获确认', 'Issuer not confirmed'],
  ['X4', 'unknown', 'check.unreadable', '未能核验', 'Could not check'],
  ['X7', 'stop', 'date.in_future', '日期不符', 'Dates do not fit'],
  ['X8', 'stop', 'issuer.uscc_invalid', '出具人未获确认', 'Issuer not confirmed'],
];

for (const [id, level, code, chinese, english] of linked) {
  for (const [language, word] of [['zh', chinese], ['en', english]]) {
    test(`page: the link of ${id} gives ${code} in ${language}`, async () => {
      const { page, done } = await open(`/C?lang=${language}${demo.fragmentOf(id)}`);
      assert.deepEqual(await answer(page), { level, word, code });
      assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-Hans' : 'en');
      assert.ok(await page.isVisible('#demo'), 'demo data says so');
      await done();
    });
  }
}

test('page: a garbage fragment could not be checked, and says so without a certificate', async () => {
  const { page, done } = await open('/C?lang=en#%E2%98%83<b>x</b>');
  assert.equal((await answer(page)).code, 'check.unreadable');
  assert.equal(await page.locator('.rows').count(), 0);
  await done();
});

test('page: without a fragment it welcomes and explains', async () => {
  const { page, done } = await open('/C?lang=zh');
  assert.match(await page.textContent('#word'), /核验一张合格证/);
  await done();
});

test('page: the verdict needs only its own few files, and nothing is asked for afterwards', async () => {
  const { page, requests, done } = await open(`/C?lang=zh${demo.fragmentOf('C04')}`);
  const allowed = new Set(['/C', '/page.css', '/page.mjs', '/view.mjs', '/bridge/verify_session.mjs', '/bridge/wasm_memory.mjs', '/verify.wasm', '/trust.cose', '/i18n/zh-Hans.json', '/icon.svg']);
  assert.deepEqual(requests.filter((file) => !allowed.has(file)), []);
  assert.equal(requests.length, new Set(requests).size, 'nothing is fetched twice');
  const before = requests.length;
  await page.waitForTimeout(1500);
  assert.equal(requests.length, before);
  await done();
});

test('page: changing the language costs one request and keeps the verdict', async () => {
  const { page, requests, done } = await open(`/C?lang=zh${demo.fragmentOf('X1')}`);
  const before = requests.length;
  await page.click('#language');
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.deepEqual(requests.slice(before), ['/i18n/en.json']);
  assert.equal((await answer(page)).word, 'Altered');
  await done();
});

test('page: another link in the same page is judged, and the verdict takes the focus', async () => {
  const { page, done } = await open(`/C?lang=en${demo.fragmentOf('C04')}`);
  await page.evaluate((/** @type {string} */ hash) => { location.hash = hash; }, demo.fragmentOf('X1'));
  await page.waitForFunction(() => document.querySelector('.verdict .code')?.textContent?.includes('altered'));
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'word');
  await done();
});

test('page: offline after loading, pasted codes are still judged, foreign ones named and not opened', async () => {
  const { page, context, done } = await open('/C?lang=en');
  await page.click('#again button:nth-of-type(2)');
  await context.setOffline(true);
  for (const [text, code] of [[demo.textOf('X5'), 'check.foreign_code'], [demo.textOf('X1'), 'altered.signature'], ['javascript:alert(1)', 'check.foreign_code']]) {
    if (await page.locator('#pasted').count() === 0) await page.click('#again button:nth-of-type(2)');
    await page.fill('#pasted', text);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction((/** @type {string} */ wanted) => document.querySelector('.verdict .code')?.textContent?.includes(wanted), code);
  }
  await done();
});

test('page: a photo of a printed label is read', async () => {
  const { page, done } = await open('/C?lang=en');
  const { readdirSync } = await import('node:fs');
  const folder = path.join(demo.folder, 'labels');
  const label = readdirSync(folder).find((name) => name.startsWith('C01') && name.endsWith('.png')) ?? readdirSync(folder).find((name) => name.endsWith('.png'));
  assert.ok(label, 'the demo prints a label as PNG');
  await page.setInputFiles('#photo', path.join(folder, label));
  await page.waitForSelector('.verdict', { timeout: 20_000 });
  assert.equal((await answer(page)).level === 'unknown', false);
  assert.ok(await page.locator('.rows').count() > 0);
  await done();
});

test('page: a picture without a code says so', async () => {
  const { page, done } = await open('/C?lang=en');
  const grey = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB+IbT8gAAAABJRU5ErkJggg==', 'base64');
  await page.setInputFiles('#photo', { name: 'grey.png', mimeType: 'image/png', buffer: grey });
  await page.waitForFunction(() => /code was found|cannot be opened/.test(document.querySelector('#scanner')?.textContent ?? ''));
  await done();
});

test('page: a camera that is refused gets its own help', async () => {
  const { page, done } = await open('/C?lang=en');
  await page.click('#again .primary');
  await page.waitForFunction(() => (document.querySelector('#scanner')?.textContent ?? '').length > 20, undefined, { timeout: 15_000 });
  assert.match(await page.textContent('#scanner'), /not allowed|No camera|did not start/);
  await done();
});

for (const scheme of ['light', 'dark']) {
  for (const [id, language] of [['C01', 'zh'], ['X1', 'en'], ['', 'en']]) {
    test(`page: axe finds nothing wrong with ${id || 'the welcome'} (${scheme})`, async () => {
      const { page, done } = await open(`/C?lang=${language}${id && demo.fragmentOf(id)}`, { colorScheme: scheme, bypassCSP: true, reducedMotion: 'reduce' });
      await page.evaluate(axeSource());
      const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
      assert.deepEqual(violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(' ')}`), []);
      await done();
    });
  }
}

test('page: at 200 % text nothing has to be scrolled sideways', async () => {
  for (const id of ['C01', 'X1']) {
    const { page, done } = await open(`/C?lang=en${demo.fragmentOf(id)}`);
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wider <= 0, `${id} is ${wider} px too wide`);
    await done();
  }
});

test('page: everything that is tapped is at least 44 px high', async () => {
  const { page, done } = await open(`/C?lang=zh${demo.fragmentOf('C01')}`);
  const small = await page.$$eval('button, a.button, label.button, .brand', (/** @type {Element[]} */ nodes) => nodes
    .filter((node) => node.getBoundingClientRect().height < 44).map((node) => node.textContent));
  assert.deepEqual(small, []);
  await done();
});

test('page: a trust pack that does not verify never blanks the page nor calls anything forged', async () => {
  const context = await browser.newContext({ viewport: phone });
  const page = await context.newPage();
  await page.route('**/trust.cose', (/** @type {any} */ route) => route.fulfill({ body: Buffer.from('garbage'), contentType: 'application/cose' }));
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`, { waitUntil: 'networkidle' });
  assert.deepEqual(await answer(page), { level: 'unknown', word: 'Could not check', code: 'check.no_trust' });
  assert.match(await page.textContent('#answer'), /did not pass its check/);
  await context.close();
});

test('page: without WebAssembly there is a sentence', async () => {
  const context = await browser.newContext({ viewport: phone });
  const page = await context.newPage();
  await page.addInitScript(() => { Object.defineProperty(globalThis, 'WebAssembly', { value: undefined }); });
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`, { waitUntil: 'networkidle' });
  assert.match(await page.textContent('#answer'), /says nothing about the certificate/);
  await context.close();
});
