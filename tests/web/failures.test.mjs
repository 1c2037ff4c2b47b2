// What the phone page says when something it needs is missing: each its own sentence, never blank, never 'forged'.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { answerOf, openBrowser, openDemo, project, untilText } from './site.mjs';

const english = JSON.parse(readFileSync(path.join(project, 'assets/i18n/en.json'), 'utf8'));

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

/** @param {(page: any) => Promise<unknown>} spoil @param {Record<string, unknown>} [options] */
async function openSpoilt(spoil, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  await spoil(page);
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`, { waitUntil: 'networkidle' });
  return page;
}

const missing = (/** @type {string} */ file) => (/** @type {any} */ page) => page.route(`**/${file}`, (/** @type {any} */ route) => route.fulfill({ status: 404 }));
const aborted = (/** @type {string} */ file) => (/** @type {any} */ page) => page.route(`**/${file}`, (/** @type {any} */ route) => route.abort());

test('failures: a bundle that does not verify is not used, and the page says why', async () => {
  const page = await openSpoilt((page) => page.route('**/bundle.cbor', (/** @type {any} */ route) => route.fulfill({ body: Buffer.from('garbage'), contentType: 'application/cbor' })));
  assert.deepEqual(await answerOf(page), { level: 'unknown', word: 'Could not check', code: 'check.trust_unreadable' });
  await page.context().close();
});

for (const [name, spoil] of [['is not there', missing('bundle.cbor')], ['does not arrive', aborted('bundle.cbor')]]) {
  test(`failures: a bundle that ${name} has its own sentence`, async () => {
    const page = await openSpoilt(/** @type {any} */ (spoil));
    assert.equal((await answerOf(page)).code, 'check.no_trust');
    assert.equal(await page.textContent('#ask-again'), 'Check once more');
    await page.context().close();
  });
}

for (const [name, spoil] of [
  ['without WebAssembly', (/** @type {any} */ page) => page.addInitScript(() => { Object.defineProperty(globalThis, 'WebAssembly', { value: undefined }); })],
  ['without verify.wasm', missing('verify.wasm')],
  ['without desk.mjs', missing('desk.mjs')],
  ['with a broken verify.wasm', (/** @type {any} */ page) => page.route('**/verify.wasm', (/** @type {any} */ route) => route.fulfill({ body: 'x', contentType: 'application/wasm' }))],
]) {
  test(`failures: ${name} nothing is claimed about the certificate`, async () => {
    const page = await openSpoilt(/** @type {any} */ (spoil));
    await untilText(page, '#answer', /verifier did not start.*says nothing about the certificate/s);
    await page.context().close();
  });
}

for (const file of ['whole.wasm', 'i18n/en.more.json', 'more.mjs']) {
  test(`failures: without ${file} the answer stands, and it is said that there is more`, async () => {
    const page = await openSpoilt(missing(file));
    const { level, code } = await answerOf(page);
    assert.deepEqual({ level, code }, { level: 'ok', code: 'genuine.signature_fits' });
    await page.getByText(english['ui.more_missing']).waitFor();
    await page.context().close();
  });
}

test('failures: without texts the page speaks both languages', async () => {
  const page = await openSpoilt(missing('i18n/en.json'));
  assert.match(await page.textContent('#answer'), /未能打开.*Could not open/s);
  await page.context().close();
});

test('failures: a script that never arrives does not leave the reader waiting', async () => {
  const page = await openSpoilt(missing('page.mjs'));
  await page.locator('.late').waitFor({ state: 'visible', timeout: 15_000 });
  assert.match(await page.textContent('.late'), /says nothing against the certificate/);
  await page.context().close();
});

test('failures: without scripts there is a sentence in both languages', async () => {
  const page = await openSpoilt(async () => {}, { javaScriptEnabled: false });
  assert.match(await page.locator('noscript').innerText(), /脚本.*switch scripts on/s);
  await page.context().close();
});
