// The start page without a code: scan, what holds now, look around.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { axeSource, openBrowser, openDemo, openPage, untilText } from './site.mjs';

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

/** Once all is there. @param {string} language @param {Record<string, unknown>} [options] */
async function open(language, options = {}) {
  const opened = await openPage(browser, `${demo.url}/?lang=${language}`, options);
  await opened.page.locator('#portal-about').waitFor();
  return opened;
}

test('portal: scan comes first, then what holds now, then a look around', async () => {
  const { page, done } = await open('en');
  const places = await page.$$eval('#word, #again-title, #portal-now, .look-around, #portal-season, #portal-board, #portal-producers, #portal-labels, #portal-learn, #portal-about',
    (/** @type {Element[]} */ nodes) => nodes.map((node) => node.id || 'look-around'));
  assert.deepEqual(places, ['word', 'again-title', 'portal-now', 'look-around', 'portal-season', 'portal-board', 'portal-producers', 'portal-labels', 'portal-learn', 'portal-about']);
  assert.equal(await page.locator('#again .primary').isVisible(), true);
  await done();
});

test('portal: notices in force with the date of the data, the newest first, each with who says it', async () => {
  const { page, done } = await open('en');
  const now = page.locator('[data-part="now"]');
  assert.match(await now.locator('.hint').first().textContent(), /As of 20 November 2026/);
  const titles = await now.locator('summary strong').allTextContents();
  assert.equal(titles.length, 6);
  assert.match(titles[0], /^Withdrawal by the issuer: Wrong pond/);
  assert.match(titles[1], /^Recall: Chlorpyrifos/);
  assert.deepEqual(await now.locator('details').evaluateAll((/** @type {Element[]} */ nodes) => nodes.map((node) => node.getAttribute('data-level'))), ['stop', 'stop', 'stop', 'stop', 'caution', 'stop']);
  await now.locator('summary').nth(1).click();
  assert.match(await now.locator('details').nth(1).innerText(), /LOT-06.*Agriculture bureau|LOT-06/s);
  assert.ok(await now.locator('details').nth(1).locator('.chip').count() > 0);
  await done();
});

test('portal: producers are found by name, village and product, by place and without a ranking', async () => {
  const { page, done } = await open('en');
  const part = page.locator('[data-part="producers"]');
  assert.equal(await part.locator('details').count(), 9);
  for (const [text, count] of /** @type {[string, number][]} */ ([['loquat', 3], ['Yunwu village', 1], ['ZHENHE', 1], ['nobody at all', 0], ['', 9]])) {
    await page.fill('#find-producer', text);
    assert.equal(await part.locator('details:visible').count(), count, text);
  }
  const household = part.locator('details', { hasText: 'Nanfan' });
  assert.doesNotMatch(await household.textContent(), /周示例|Zhou Shili/);
  const card = part.locator('details', { hasText: 'Yunwu' });
  await card.locator('summary').click();
  const said = await card.innerText();
  for (const wanted of [/grade A/, /8 May 2026/, /in order/, /93330113XXDEM0015T/]) assert.match(said, wanted);
  await done();
});

test('portal: the board shows what the bureau counted, drawn and in words, and who signed it', async () => {
  const { page, done } = await open('en');
  const part = page.locator('[data-part="board"]');
  assert.match(await part.innerText(), /1 January 2026 to 31 October 2026.*258 of 261, 98\.9 %.*3, of which 2 are dealt with/s);
  assert.equal(await part.locator('[data-row="failed"]').first().getAttribute('data-level'), 'caution');
  assert.ok(await part.locator('.chip[data-voucher]').first().isVisible());
  for (const summary of await part.locator('summary').all()) await summary.click();
  const towns = part.locator('[data-card="towns"]');
  assert.equal(await towns.locator('svg.rate').count(), 8);
  assert.match(await towns.innerText(), /Qiaosi Subdistrict\s+32 of 34, 94\.1 %/);
  assert.match(await part.locator('[data-card="periods"]').innerText(), /31 December 2025.*297 of 300/s);
  await done();
});

test('portal: what leads to others\' registers says so and is never followed by itself', async () => {
  const { page, requests, done } = await open('en');
  const links = await page.$$eval('#around a[data-outside]', (/** @type {HTMLAnchorElement[]} */ nodes) => nodes.map((node) => [node.href, node.rel, node.parentElement?.textContent]));
  assert.ok(links.length >= 8);
  for (const [href, rel, text] of links) {
    assert.match(href, /^https?:\/\/(www\.gsxt\.gov\.cn|www\.greenfood\.agri\.cn|cx\.cnca\.cn|www\.cnipa\.gov\.cn)\//);
    assert.equal(rel, 'noreferrer noopener');
    assert.match(text ?? '', /somebody else's site/);
  }
  assert.ok(requests.every((/** @type {string} */ name) => name.startsWith('/')));
  await done();
});

test('portal: in season comes with a picture, and what is harvested now comes first', async () => {
  const { page, done } = await open('zh');
  const first = page.locator('[data-part="season"] article').first();
  assert.match(await first.textContent(), /紫皮甘蔗.*11月1日.*正在采收/s);
  assert.equal(await first.locator('img').getAttribute('src'), '/pictures/sugar_cane.svg');
  assert.match(await page.locator('[data-card="others"]').innerText(), /没有登记采收期的产品.*草鱼、/s);
  await done();
});

test('portal: what does not come is said, never shown as nothing, and can be asked for again', async () => {
  for (const [file, part, wanted] of [['around.dossier', 'producers', /did not arrive/], ['bundle.cbor', 'now', /whether there is a recall now is not known/]]) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.route(`**/${file}`, (/** @type {any} */ route) => route.abort());
    await page.goto(`${demo.url}/?lang=en`, { waitUntil: 'networkidle' });
    await untilText(page, `[data-part="${part}"] .hint`, wanted);
    assert.equal(await page.locator(`[data-part="${part}"]`).getAttribute('data-level'), 'unknown');
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Fetch it again' }).click();
    await page.locator(`[data-part="${part}"]:not([data-level]) details`).first().waitFor();
    await context.close();
  }
});

test('portal: another dossier in the place of the list is no list', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const other = readFileSync(path.join(demo.folder, 'dossiers/DEMO-330113-261028-C06.dossier'));
  await page.route('**/around.dossier', (/** @type {any} */ route) => route.fulfill({ body: other }));
  await page.goto(`${demo.url}/?lang=en`, { waitUntil: 'networkidle' });
  await untilText(page, '[data-part="producers"] .hint', 'did not arrive, or the bureau did not sign it');
  await context.close();
});

test('portal: it is there offline after one visit, with the date of its data', async () => {
  const { page, context } = await open('en');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload({ waitUntil: 'networkidle' });
  await demo.stop();
  try {
    await page.reload();
    await page.locator('[data-part="producers"] details').first().waitFor();
    assert.equal(await page.locator('[data-part="producers"] details').count(), 9);
    assert.match(await page.textContent('[data-part="now"] .hint'), /As of 20 November 2026/);
  } finally {
    await demo.start();
  }
  await context.close();
});

test('portal: one visit to a link, then flight mode: that link, a photo, the start page and the lessons work', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`, { waitUntil: 'networkidle' });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  assert.equal(await page.locator('link[rel="manifest"]').getAttribute('href'), '/manifest.json');
  await demo.stop();
  try {
    await page.goto(`${demo.url}/?lang=en`);
    await page.locator('[data-part="producers"] details').first().waitFor();
    await page.setInputFiles('#photo', path.join(demo.folder, 'labels/C04-100x70.png'));
    await untilText(page, '.verdict .code', /./);
    assert.match(await page.textContent('#goods'), /sugar cane/i);
    await page.goto(`${demo.url}/learn/?lang=en`);
    await page.locator('main h1').waitFor();
    await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`);
    await untilText(page, '.verdict .code', 'trust.offline');
    await untilText(page, '.fresh', 'as of 20 November 2026');
  } finally {
    await demo.start();
  }
  await context.close();
});

test('portal: an answer takes its place, and going back brings it back', async () => {
  const { page, done } = await open('en');
  await page.click('#again button:nth-of-type(2)');
  await page.fill('#pasted', demo.textOf('C04'));
  await page.click('#scanner button[type="submit"]');
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  assert.equal(await page.locator('#around').isVisible(), false);
  await page.goBack();
  await page.locator('#portal-now').waitFor();
  assert.equal(await page.locator('#around').isVisible(), true);
  assert.match(await page.textContent('.visited'), /Sugar cane|sugar cane/);
  await done();
});

test('portal: a desk uses its width: the answer left, what stands behind it right, and nothing sideways', async () => {
  const { page, done } = await openPage(browser, `${demo.url}/C?lang=en${demo.fragmentOf('C06')}`, { viewport: { width: 1280, height: 800 } });
  await page.locator('.folds').waitFor();
  const box = async (/** @type {string} */ what) => page.locator(what).first().boundingBox();
  const [verdict, story, summary] = [await box('.verdict'), await box('.story'), await box('.summary')];
  assert.ok(verdict.x + verdict.width <= story.x, 'side by side');
  assert.ok(Math.abs(verdict.y - story.y) < 20, 'from the top');
  assert.ok(summary.y - (verdict.y + verdict.height) < 200, 'no gap on the left');
  assert.ok(story.x + story.width - verdict.x > 1000);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  await done();
});

for (const colorScheme of ['light', 'dark'])
  for (const language of ['zh', 'en'])
    test(`portal: axe finds nothing wrong with it, opened too (${language}, ${colorScheme})`, async () => {
      for (const width of [390, 1280]) {
        const { page, done } = await open(language, { colorScheme, bypassCSP: true, reducedMotion: 'reduce', viewport: { width, height: 844 } });
        for (const summary of await page.locator('#around summary').all()) await summary.click();
        await page.evaluate(axeSource());
        const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
        assert.deepEqual(violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(' ')}`), [], String(width));
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) <= 0, `${width}: nothing sideways`);
        const small = await page.$$eval('#around :is(a, button, summary, input)', (/** @type {Element[]} */ nodes) => nodes.filter((node) => node.getBoundingClientRect().height < 44).map((node) => node.textContent));
        assert.deepEqual(small, []);
        await done();
      }
    });
