// The kill switch in a real browser: a broken page was published and kept by service workers; the next one with --emergency takes its place at once.

import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { answerOf, builtSite, openBrowser, openDemo, openOffice, untilText } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {ReturnType<typeof openOffice>} */
let office;
/** @type {any} */
let browser;

before(async () => {
  demo = await openDemo();
  office = openOffice(demo);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

/** A built site with another page.mjs. @param {string} name @param {string} script */
function siteWith(name, script) {
  const folder = path.join(demo.folder, name);
  cpSync(builtSite, folder, { recursive: true });
  writeFileSync(path.join(folder, 'page.mjs'), script);
  return folder;
}

const address = () => `${demo.url}/C?lang=en${demo.fragmentOf('X1')}`;

/** @param {any} context */
async function visit(context) {
  const page = await context.newPage();
  await page.goto(address(), { waitUntil: 'load' });
  return page;
}

/** Until the newest published worker is kept, whichever state it is in. @param {any} page @param {number} count of kept versions */
async function untilKept(page, count) {
  for (let i = 0; i < 100; ++i) {
    const names = await page.evaluate(() => globalThis.caches.keys());
    const settled = await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one !== undefined && one.installing === null));
    if (names.length === count && settled) return;
    await page.waitForTimeout(200);
  }
  assert.fail('the new version was not kept');
}

test('emergency: a page whose kept scripts are broken is replaced at once, and no later visit is disturbed', async () => {
  office.publish();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  let page = await visit(context);
  await untilText(page, '.verdict .code', 'altered.signature');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload({ waitUntil: 'load' });
  await untilText(page, '.verdict .code', 'altered.signature');
  // The broken page is kept beside the good one, and takes over when that is closed.
  office.publish(siteWith('broken', 'throw new Error("broken");\n'));
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one?.update()));
  await untilKept(page, 2);
  await page.close();
  page = await visit(context);
  for (let i = 0; i < 50 && (await page.evaluate(() => globalThis.caches.keys())).length !== 1; ++i) await page.waitForTimeout(200);
  await page.close();
  page = await visit(context);
  await page.waitForTimeout(1000);
  assert.equal(await page.locator('.verdict').count(), 0, 'the broken page answers nothing');
  await page.close();
  // The good one takes its place while the reader looks on.
  office.publish(builtSite, '--emergency');
  page = await visit(context);
  await untilText(page, '.verdict .code', 'altered.signature');
  assert.deepEqual(await answerOf(page), { level: 'stop', word: 'Altered', code: 'altered.signature' });
  for (let i = 0; i < 50 && page.url() !== address(); ++i) await page.waitForTimeout(100);
  assert.equal(page.url(), address());
  // Whoever has heard of it is not disturbed again.
  let loads = 0;
  page.on('load', () => ++loads);
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one?.update()));
  await page.waitForTimeout(3000);
  assert.equal(loads, 0);
  await context.close();
});

test('emergency: a page that works loads itself anew and keeps its answer; a first visitor is not disturbed', async () => {
  office.publish();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await visit(context);
  await untilText(page, '.verdict .code', 'altered.signature');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload({ waitUntil: 'load' });
  await untilText(page, '.verdict .code', 'altered.signature');
  office.run('publish', '--store', office.at('office.store'), '--now', new Date(Date.parse(office.now) + 60_000).toISOString().replace('.000', ''), '--sign-key', office.at('targets.key'), '--sign-key', office.at('online.key'),
    '--site', builtSite, '--office-key', office.at('office.pub'), '--demo-now', office.now, '--out', office.at('site'), '--emergency');
  const again = page.waitForEvent('load');
  // What is signed tells the open page with its next question.
  await page.evaluate((/** @type {string} */ hash) => { location.hash = hash; }, demo.fragmentOf('X2'));
  await again;
  await untilText(page, '.verdict .code', 'issuer.unknown_key');
  await context.close();
});
