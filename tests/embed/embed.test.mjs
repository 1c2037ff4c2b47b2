// The embed on somebody else's page: as a component, and in a sandboxed frame whose origin is opaque.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { componentOf, frameOf, openArticle, opened, violations } from './harness.mjs';

const all = opened();
const newspaper = (/** @type {string} */ body, options = {}) => openArticle(all, body, { options: { viewport: { width: 700, height: 900 }, ...options } });
const frameHtml = (/** @type {Record<string, string>} */ values) => frameOf(all.site.origin, values);
const componentHtml = (/** @type {Record<string, string>} */ values, inside = '') => componentOf(all.site.origin, values, inside);

test('embed: works in a sandboxed frame with an opaque origin, and tells its height', async () => {
  const { page, close } = await newspaper(frameHtml({ certificate: all.demo.find('C04').text, lang: 'en' }));
  const frame = page.frameLocator('iframe');
  await frame.locator('.pv-card[data-verdict=genuine]').waitFor();
  const inner = page.frames().find((each) => each.url().includes('/embed/'));
  assert.equal(await inner.evaluate(() => globalThis.origin), 'null');
  const height = await inner.evaluate(() => document.querySelector('pipa-verify').getBoundingClientRect().height);
  await page.waitForFunction((wanted) => Math.abs(document.querySelector('iframe').clientHeight - wanted) <= 2, height);
  assert.deepEqual(await violations(page), []);
  await close();
});

test('embed: the component shows the same as the frame', async () => {
  const values = { certificate: all.demo.find('C04').text, lang: 'en' };
  const { page, close } = await newspaper(frameHtml(values) + componentHtml({ ...values, 'demo-now': all.demo.now }));
  await page.frameLocator('iframe').locator('.pv-card').waitFor();
  await page.locator('.pv-card').waitFor();
  const ownText = (await page.locator('.pv-card').innerText()).replace(/\s+/g, ' ');
  assert.equal((await page.frameLocator('iframe').locator('.pv-card').innerText()).replace(/\s+/g, ' '), ownText);
  assert.deepEqual(await violations(page), []);
  await close();
});

test('embed: a pin that fits, one of another certificate, one of another answer, and one that is none: a sentence each', async () => {
  const certificate = all.demo.find('C04').text;
  const { page, close } = await newspaper(componentHtml({ certificate, lang: 'en' }));
  await page.locator('.pv-card').waitFor();
  const pin = await page.evaluate(() => document.querySelector('pipa-verify').pin);
  assert.match(pin, /^genuine\.[0-9a-f]{32}$/);
  const said = async (/** @type {string} */ value) => {
    await page.evaluate((next) => document.querySelector('pipa-verify').setAttribute('pin', next), value);
    await page.waitForFunction((next) => document.querySelector('pipa-verify').shadowRoot.querySelector('.pv-pin') && document.querySelector('pipa-verify').getAttribute('pin') === next, value);
    await page.waitForTimeout(150);
    return page.locator('.pv-pin').getAttribute('data-state');
  };
  assert.equal(await said(pin), 'match');
  assert.equal(await said('genuine.' + '0'.repeat(32)), 'other_certificate');
  assert.equal(await said('revoked' + pin.slice(7)), 'other_answer');
  assert.equal(await said('nonsense'), 'malformed');
  await close();
});

test('embed: light, dark, and one accent', async () => {
  const certificate = all.demo.find('C04').text;
  const ground = async (/** @type {object} */ options, /** @type {Record<string, string>} */ values = {}) => {
    const { page, close } = await newspaper(frameHtml({ certificate, lang: 'en', accent: '123456', ...values }), options);
    const card = page.frameLocator('iframe').locator('.pv-card');
    await card.waitFor();
    const colours = await card.evaluate((node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node.querySelector('a')).textDecorationColor]);
    await close();
    return colours;
  };
  const light = await ground({ colorScheme: 'light' });
  const dark = await ground({ colorScheme: 'dark' });
  assert.notEqual(light[0], dark[0]);
  assert.equal(light[1], 'rgb(18, 52, 86)');
  assert.deepEqual((await ground({ colorScheme: 'dark' }, { theme: 'light' }))[0], light[0]);
  assert.deepEqual((await ground({ colorScheme: 'light' }, { theme: 'dark' }))[0], dark[0]);
});

test('embed: without scripts the frame has a plain sentence, and the component what the article gave it', async () => {
  const { page, close } = await newspaper(frameHtml({ certificate: 'x' }) + componentHtml({ certificate: 'x' }, '<p id="own">Look here</p>'), { javaScriptEnabled: false });
  assert.match(await page.frameLocator('iframe').locator('main').innerText(), /does not run on this device/);
  assert.ok(await page.isVisible('#own'));
  await close();
});

test('embed: trust that comes late is taken all the same', async () => {
  const context = await all.browser.newContext();
  const page = await context.newPage();
  await page.route('**/bundle.cbor', async (/** @type {any} */ route) => {
    await new Promise((resolve) => { setTimeout(resolve, 5000); }); // past its patience (inquiry/file_limits.hpp)
    await route.continue();
  });
  await page.goto(`${all.site.origin}/embed/#${new URLSearchParams({ certificate: all.demo.find('C06').text, lang: 'en' })}`);
  await page.locator('.pv-card[data-verdict=could_not_check]').waitFor();
  await page.locator('.pv-card[data-verdict=revoked]').waitFor({ timeout: 20_000 });
  await context.close();
});

test('embed: messages have their own name, and the host listens only to its own frames', async () => {
  const { page, close } = await newspaper(frameHtml({ certificate: all.demo.find('C04').text, lang: 'en' }));
  await page.frameLocator('iframe').locator('.pv-card').waitFor();
  const before = await page.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height);
  await page.evaluate(() => postMessage({ type: 'pipa-verify:height', version: 1, height: 3000 }, '*'));
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height), before);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`embed: the demo article shows both forms, as they were when it was published, ${colorScheme}`, async () => {
    const page = await all.browser.newPage({ colorScheme });
    await page.goto(`${all.site.origin}/embed/demo/article.html`);
    const inFrame = page.frameLocator('iframe').locator('.pv-card[data-verdict=genuine]');
    await page.locator('iframe').scrollIntoViewIfNeeded();
    await page.locator('.pv-card[data-verdict=genuine]').waitFor();
    await inFrame.waitFor();
    assert.equal(await page.locator('.pv-pin').getAttribute('data-state'), 'match');
    assert.equal(await inFrame.locator('.pv-pin').getAttribute('data-state'), 'match');
    assert.deepEqual(await violations(page), []);
    await page.close();
  });
}

// Counted by what a browser really asks for: an article with the frame, the component and the helper for heights, less
// what the phone page asks for before its verdict.
test('embed: adds at most 8 KB in brotli to what the phone page needs already', async (t) => {
  const whole = (/** @type {string} */ path) => path.replace(/\/$/, '/index.html');
  const verdict = new Set();
  const page = await all.browser.newPage();
  page.on('request', (/** @type {any} */ request) => { if (request.url().startsWith(all.site.origin)) verdict.add(whole(new URL(request.url()).pathname)); });
  await page.goto(`${all.site.origin}/C/?lang=en#${all.demo.find('C04').text.split('#')[1]}`);
  await page.locator('#again button').first().waitFor(); // all that comes after the answer is there
  await page.close();
  const values = { certificate: all.demo.find('C04').text, lang: 'en' };
  const paper = await newspaper(frameHtml(values) + componentHtml(values));
  await paper.page.frameLocator('iframe').locator('.pv-card').waitFor();
  await paper.page.locator('.pv-card').waitFor();
  await paper.close();
  const article = new Set(paper.asked.map(whole));
  assert.ok(article.has('/embed/host.mjs') && article.has('/embed/frame.mjs') && article.has('/whole.wasm'), [...article].join(' '));
  const added = [...article].filter((path) => !verdict.has(path));
  const sizes = added.map((path) => brotliCompressSync(readFileSync(all.demo.site + path), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
  added.forEach((path, index) => t.diagnostic(`${path}: ${sizes[index]}`));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(`together: ${total}`);
  assert.ok(total <= 8 * 1024, `${total}`);
});

test('learn: the pack is at most 60 KB in brotli', (t) => {
  const bytes = brotliCompressSync(readFileSync(`${all.demo.site}/learn/pack.cose`)).length;
  t.diagnostic(`pack: ${bytes}`);
  assert.ok(bytes <= 60 * 1024, `${bytes}`);
});
