// The embed on somebody else's page: as a component, and in a sandboxed frame whose origin is opaque.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { launch, makeDemo, root, serve, violations } from './harness.mjs';

let demo, site, browser;
before(async () => {
  demo = makeDemo();
  site = await serve(demo.site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  demo?.remove();
});

const wishes = (/** @type {Record<string, string>} */ values) => new URLSearchParams(values).toString();

/** A newspaper's page on another origin. @param {string} body @param {object} [options] @param {(url: string) => void} [asked] told of each request */
async function newspaper(body, options = {}, asked = () => {}) {
  const context = await browser.newContext({ viewport: { width: 700, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('request', (/** @type {any} */ request) => asked(request.url()));
  const replace = { '/paper.html': `<!doctype html><html lang="en"><title>Paper</title><main><h1>Paper</h1>${body}</main>` };
  const host = await serve(root, { replace });
  await page.goto(`${host.origin}/paper.html`);
  return { page, close: async () => { await context.close(); host.close(); } };
}

const frameHtml = (/** @type {Record<string, string>} */ values) =>
  `<iframe data-pipa-verify title="Certificate check" sandbox="allow-scripts" src="${site.origin}/embed/#${wishes(values)}"></iframe>` +
  `<script type="module" src="${site.origin}/embed/host.mjs"></script>`;
const componentHtml = (/** @type {Record<string, string>} */ values, fallback = '') =>
  `<script type="module" src="${site.origin}/embed/pipa-verify.mjs"></script><pipa-verify ${Object.entries(values).map(([name, value]) => `${name}="${value}"`).join(' ')}>${fallback}</pipa-verify>`;

test('embed: works in a sandboxed frame with an opaque origin, and tells its height', async () => {
  const { page, close } = await newspaper(frameHtml({ certificate: demo.find('C04').text, lang: 'en' }));
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
  const values = { certificate: demo.find('C04').text, lang: 'en' };
  const { page, close } = await newspaper(frameHtml(values) + componentHtml({ ...values, 'demo-now': demo.now }));
  await page.frameLocator('iframe').locator('.pv-card').waitFor();
  await page.locator('.pv-card').waitFor();
  const ownText = (await page.locator('.pv-card').innerText()).replace(/\s+/g, ' ');
  assert.equal((await page.frameLocator('iframe').locator('.pv-card').innerText()).replace(/\s+/g, ' '), ownText);
  assert.deepEqual(await violations(page), []);
  await close();
});

const sentences = [
  ['without a certificate', {}, /names none/],
  ['with text that is no certificate', { certificate: 'hello' }, /not one of our certificate codes|could not/i],
  ['with a damaged certificate', { certificate: 'broken' }, /incomplete or damaged|no whole certificate/i],
];
for (const [name, values, expected] of sentences) {
  test(`embed: ${name} it says so`, async () => {
    const given = values.certificate === 'broken' ? { certificate: demo.find('C04').text.slice(0, -40) } : values;
    const { page, close } = await newspaper(frameHtml({ ...given, lang: 'en' }) + componentHtml({ ...given, lang: 'en' }));
    await page.locator('.pv-card').waitFor();
    assert.match(await page.locator('.pv-card').innerText(), expected);
    await page.frameLocator('iframe').locator('.pv-card').waitFor();
    assert.match(await page.frameLocator('iframe').locator('.pv-card').innerText(), expected);
    assert.deepEqual(await violations(page), []);
    await close();
  });
}

test('embed: a pin that fits, one of another certificate, one of another answer, and one that is none: a sentence each', async () => {
  const certificate = demo.find('C04').text;
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
  const certificate = demo.find('C04').text;
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

test('embed: without WebAssembly it says that the check did not start', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => { delete globalThis.WebAssembly; });
  const page = await context.newPage();
  await page.goto(`${site.origin}/embed/#${wishes({ certificate: demo.find('C04').text, lang: 'en' })}`);
  await page.locator('.pv-card').waitFor();
  assert.match(await page.locator('.pv-card').innerText(), /did not start/);
  await context.close();
});

test('embed: trust that comes late is taken all the same', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/bundle.cbor', async (/** @type {any} */ route) => {
    await new Promise((resolve) => { setTimeout(resolve, 5000); }); // past its patience (inquiry/file_limits.hpp)
    await route.continue();
  });
  await page.goto(`${site.origin}/embed/#${wishes({ certificate: demo.find('C06').text, lang: 'en' })}`);
  await page.locator('.pv-card[data-verdict=could_not_check]').waitFor();
  await page.locator('.pv-card[data-verdict=revoked]').waitFor({ timeout: 20_000 });
  await context.close();
});

test('embed: when the site does not answer, the sentence of the article stays', async () => {
  const gone = await serve(demo.site, { replace: { '/bundle.cbor': 500, '/trust.cose': 500, '/i18n/en.json': 500 } });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${gone.origin}/embed/#${wishes({ certificate: demo.find('C04').text, lang: 'en' })}`);
  await page.waitForTimeout(500);
  assert.match(await page.locator('main').innerText(), /does not run on this device/);
  await context.close();
  gone.close();
});

test('embed: messages have their own name, and the host listens only to its own frames', async () => {
  const { page, close } = await newspaper(frameHtml({ certificate: demo.find('C04').text, lang: 'en' }));
  await page.frameLocator('iframe').locator('.pv-card').waitFor();
  const before = await page.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height);
  await page.evaluate(() => postMessage({ type: 'pipa-verify:height', version: 1, height: 3000 }, '*'));
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height), before);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`embed: the demo article shows both forms, as they were when it was published, ${colorScheme}`, async () => {
    const page = await browser.newPage({ colorScheme });
    await page.goto(`${site.origin}/embed/demo/article.html`);
    const inFrame = page.frameLocator('iframe').locator('.pv-card[data-verdict=genuine]');
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
  const watch = (/** @type {Set<string>} */ paths) => (/** @type {string} */ url) => {
    if (url.startsWith(site.origin)) paths.add(new URL(url).pathname.replace(/\/$/, '/index.html'));
  };
  const verdict = new Set();
  const page = await browser.newPage();
  page.on('request', (/** @type {any} */ request) => watch(verdict)(request.url()));
  await page.goto(`${site.origin}/C/?lang=en#${demo.find('C04').text.split('#')[1]}`);
  await page.locator('#again button').first().waitFor(); // all that comes after the answer is there
  await page.close();
  const article = new Set();
  const values = { certificate: demo.find('C04').text, lang: 'en' };
  const paper = await newspaper(frameHtml(values) + componentHtml(values), {}, watch(article));
  await paper.page.frameLocator('iframe').locator('.pv-card').waitFor();
  await paper.page.locator('.pv-card').waitFor();
  await paper.close();
  assert.ok(article.has('/embed/host.mjs') && article.has('/embed/frame.mjs') && article.has('/whole.wasm'), [...article].join(' '));
  const added = [...article].filter((path) => !verdict.has(path));
  const sizes = added.map((path) => brotliCompressSync(readFileSync(demo.site + path), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
  added.forEach((path, index) => t.diagnostic(`${path}: ${sizes[index]}`));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(`together: ${total}`);
  assert.ok(total <= 8 * 1024, `${total}`);
});

test('learn: the pack is at most 60 KB in brotli', (t) => {
  const bytes = brotliCompressSync(readFileSync(`${demo.site}/learn/pack.cose`)).length;
  t.diagnostic(`pack: ${bytes}`);
  assert.ok(bytes <= 60 * 1024, `${bytes}`);
});
