// The page without a network, and with a network that shows it old things.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { answerOf, openBrowser, openDemo, untilText } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;
/** @type {Buffer} */
let newest;

const bundleFile = () => path.join(demo.folder, 'site/bundle.cbor');

before(async () => {
  demo = await openDemo();
  newest = readFileSync(bundleFile());
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});
beforeEach(() => writeFileSync(bundleFile(), newest));

const address = () => `${demo.url}/C?lang=en${demo.fragmentOf('C04')}`;

/** One visit with a network, until the service worker has kept the site. */
async function visited() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(address(), { waitUntil: 'networkidle' });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  return { context, page };
}

const genuine = { level: 'ok', word: 'Genuine and unchanged', code: 'genuine.signature_fits' };
/** Judged by what was kept, and said so. @param {string} code */
const byKept = (code) => ({ level: 'caution', word: 'Genuine, but look closer', code });

test('offline: an older list than the one seen is refused and said; the one kept stays', async () => {
  const { context, page } = await visited();
  assert.deepEqual(await answerOf(page), genuine);
  const before = await page.textContent('.fresh');
  writeFileSync(bundleFile(), readFileSync(path.join(demo.folder, 'bundle-old.cbor')));
  await page.goto(address(), { waitUntil: 'networkidle' });
  await page.reload({ waitUntil: 'networkidle' });
  assert.deepEqual(await answerOf(page), byKept('trust.rolled_back'));
  assert.equal(await page.textContent('.fresh'), before);
  assert.match(await page.textContent('#answer'), /older than this device has seen/);
  await context.close();
});

test('offline: a device that has seen nothing takes the older list, and says how old it is', async () => {
  writeFileSync(bundleFile(), readFileSync(path.join(demo.folder, 'bundle-old.cbor')));
  const { context, page } = await visited();
  assert.deepEqual(await answerOf(page), byKept('trust.stale'));
  assert.equal(await page.getAttribute('.fresh', 'data-grade'), 'stale');
  await context.close();
});

test('offline: a page that comes later with an older list does not undo what another page of this device has seen', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const old = readFileSync(path.join(demo.folder, 'bundle-old.cbor'));
  const slow = await context.newPage();
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => { release = resolve; });
  await slow.route('**/bundle.cbor', async (/** @type {any} */ route) => {
    await held;
    await route.fulfill({ body: old, contentType: 'application/cbor' });
  });
  await slow.goto(address());
  await untilText(slow, '.verdict .code', 'check.no_trust'); // it has looked at what is kept: nothing yet
  const other = await context.newPage();
  await other.goto(address(), { waitUntil: 'networkidle' });
  assert.deepEqual(await answerOf(other), genuine);
  release();
  await untilText(slow, '.verdict .code', 'trust.stale');
  await slow.waitForTimeout(1000); // it keeps what it took
  await slow.reload({ waitUntil: 'networkidle' });
  assert.deepEqual(await answerOf(slow), byKept('trust.rolled_back'));
  await context.close();
});

test('offline: a spoilt list is refused with its code; the one kept stays', async () => {
  const { context, page } = await visited();
  for (const spoilt of [newest.subarray(0, 500), Buffer.alloc(0), Buffer.from(newest.toString('latin1').replace('"version":2', '"version":3'), 'latin1')]) {
    writeFileSync(bundleFile(), spoilt);
    await page.reload({ waitUntil: 'networkidle' });
    assert.deepEqual(await answerOf(page), byKept('trust.refused'));
    assert.match(await page.textContent('#answer'), /was not used/);
  }
  await context.close();
});

test('offline: after one visit the verdict comes without a network, with its age', async () => {
  const { context, page } = await visited();
  await demo.stop();
  try {
    await page.reload({ waitUntil: 'load' });
    await page.locator('.verdict').waitFor();
    assert.deepEqual(await answerOf(page), byKept('trust.offline'));
    assert.match(await page.textContent('#answer'), /could not be fetched/);
    assert.match(await page.textContent('.fresh'), /as of 20/);
    await page.click('#language');
    await page.locator('html[lang=zh-Hans]').waitFor();
    assert.match(await page.textContent('#answer'), /trust\.offline/);
  } finally {
    await demo.start();
  }
  await context.close();
});

test('offline: half a new version is never kept', async () => {
  const { context, page } = await visited();
  const worker = path.join(demo.folder, 'site/sw.mjs');
  const good = readFileSync(worker, 'utf8');
  // The list of a newer version whose files have not all arrived on the server.
  writeFileSync(worker, good.replace(/const version = '(..)/, "const version = 'zz").replace(/"\/view.mjs":"../, '"/view.mjs":"zz'));
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update().catch(() => {});
    for (let turn = 0; turn < 200 && registration?.installing; turn += 1) await new Promise((resolve) => { setTimeout(resolve, 100); });
  });
  const caches = await page.evaluate(() => globalThis.caches.keys());
  assert.equal(caches.length, 1);
  assert.ok(!caches[0].includes('zz'), caches[0]);
  writeFileSync(worker, good);
  await context.close();
});

test('offline: a new version is offered, and taking it keeps the verdict', async () => {
  const { context, page } = await visited();
  await page.reload({ waitUntil: 'networkidle' }); // now the kept site answers
  const worker = path.join(demo.folder, 'site/sw.mjs');
  const good = readFileSync(worker, 'utf8');
  writeFileSync(worker, good.replace(/const version = '(..)/, "const version = 'yy"));
  await page.reload({ waitUntil: 'networkidle' });
  await Promise.all([page.waitForEvent('load'), page.locator('#new-version button').click()]);
  await page.locator('.verdict').waitFor();
  assert.deepEqual(await answerOf(page), genuine);
  assert.match((await page.evaluate(() => globalThis.caches.keys()))[0], /yy/);
  writeFileSync(worker, good);
  await context.close();
});
