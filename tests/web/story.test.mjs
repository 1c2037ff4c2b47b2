// What a shopper sees without scrolling and how much there is behind it; what is folded; what is drawn; paper.

import assert from 'node:assert/strict';
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

const certificates = Array.from({ length: 18 }, (_, index) => `C${String(index + 1).padStart(2, '0')}`);
const fullest = ['C01', 'C06', 'C12'];

/** Once the story is there. @param {string} id @param {string} language @param {Record<string, unknown>} [options] */
async function open(id, language, options = {}) {
  const opened = await openPage(browser, `${demo.url}/C?lang=${language}${demo.fragmentOf(id)}`, options);
  await opened.page.locator('#foot').waitFor(); // the last that is drawn
  await opened.page.evaluate(() => Promise.all([...document.images].map((picture) => picture.decode())));
  return opened;
}

for (const [width, height] of [[390, 844], [360, 740]])
  for (const language of ['zh', 'en'])
    test(`story: the answer is on one screen of ${width} x ${height}, and covered by nothing (${language})`, async (t) => {
      for (const id of fullest) {
        const { page, done } = await open(id, language, { viewport: { width, height } });
        const { bottoms, free } = await page.evaluate(() => {
          const bar = /** @type {Element} */ (document.querySelector('#dock')).getBoundingClientRect();
          return { free: Math.min(bar.top, innerHeight), bottoms: ['.verdict .reason', '.verdict .next', '.further', '#goods', '.picture img', '.facts', '.in-a-word', '.badges']
            .flatMap((what) => [...document.querySelectorAll(what)].map((node) => /** @type {[string, number]} */ ([what, node.getBoundingClientRect().bottom]))) };
        });
        t.diagnostic(`${id}: ends at ${Math.max(...bottoms.map(([, bottom]) => bottom))} of ${free}`);
        assert.ok(bottoms.length >= 6);
        for (const [what, bottom] of bottoms) assert.ok(bottom <= free, `${id}: ${what} ends at ${bottom}, and ${free} are free`);
        await done();
      }
    });

for (const language of ['zh', 'en'])
  test(`story: with the answer it is at most five screens (${language})`, async (t) => {
    for (const id of certificates) {
      const { page, done } = await open(id, language);
      const screens = await page.evaluate(() => document.documentElement.scrollHeight / 844);
      t.diagnostic(`${id}: ${screens.toFixed(2)} screens`);
      assert.ok(screens <= 5, `${id}: ${screens.toFixed(2)} screens`);
      await done();
    }
  });

test('story: nothing moves once the answer is shown', async (t) => {
  for (const id of fullest)
    for (const language of ['zh', 'en']) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.addInitScript(() => {
        const seen = /** @type {any} */ (globalThis);
        seen.shift = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.shift += /** @type {any} */ (entry).value; }).observe({ type: 'layout-shift', buffered: true });
      });
      // The first answer stands for a while before the rest is there.
      await page.route('**/whole.wasm', async (/** @type {any} */ route) => { await new Promise((resolve) => { setTimeout(resolve, 700); }); await route.continue(); });
      await page.goto(`${demo.url}/C?lang=${language}${demo.fragmentOf(id)}`);
      await page.locator('.summary').waitFor();
      assert.equal(await page.locator('.folds').count(), 0, 'the first answer');
      const before = await page.evaluate(() => /** @type {any} */ (globalThis).shift);
      await page.locator('.folds').waitFor();
      await page.waitForTimeout(300);
      const moved = await page.evaluate(() => /** @type {any} */ (globalThis).shift) - before;
      t.diagnostic(`${id} ${language}: ${moved.toFixed(4)}`);
      assert.ok(moved <= 0.01, `${id} ${language}: ${moved}`);
      await context.close();
    }
});

test('story: what is folded stays as the reader left it, is found by search, and says that it opens', async () => {
  const { page, done } = await open('C01', 'en');
  const button = (/** @type {string} */ id) => page.locator(`[data-fold="${id}"] > * > button`);
  const inside = (/** @type {string} */ id) => page.locator(`#fold-${id}`);
  assert.equal(await inside('promisor').getAttribute('hidden'), 'until-found');
  assert.equal(await button('promisor').getAttribute('aria-expanded'), 'false');
  await button('promisor').click();
  assert.equal(await button('promisor').getAttribute('aria-expanded'), 'true');
  assert.ok(await inside('promisor').isVisible());
  // The browser's search opens what it finds.
  await inside('grades').evaluate((/** @type {Element} */ node) => node.dispatchEvent(new Event('beforematch', { bubbles: true })));
  assert.equal(await button('grades').getAttribute('aria-expanded'), 'true');
  await page.click('#language');
  await page.locator('html[lang="zh-Hans"]').waitFor();
  for (const id of ['promisor', 'grades']) assert.equal(await button(id).getAttribute('aria-expanded'), 'true', id);
  await button('promisor').click();
  assert.equal(await inside('promisor').getAttribute('hidden'), 'until-found');
  await done();
});

test('story: what is drawn is told in words too, and to scale', async () => {
  const { page, done } = await open('C06', 'en');
  const gauges = await page.$$eval('[data-section="tests"] .drawn', (/** @type {Element[]} */ rows) => rows.map((row) => ({
    words: row.querySelector('small')?.textContent, isSaidTwice: row.querySelector('svg')?.getAttribute('aria-hidden') !== 'true',
    bar: row.querySelector('.bar')?.getBoundingClientRect().right ?? 0, limit: row.querySelector('line.limit')?.getBoundingClientRect().right ?? 0,
    isOver: row.getAttribute('data-level') === 'stop' })));
  assert.ok(gauges.some(({ isOver }) => isOver));
  for (const { words, isSaidTwice, bar, limit, isOver } of gauges) {
    assert.match(words ?? '', /limit/);
    assert.equal(isSaidTwice, false);
    assert.equal(bar > limit, isOver, words ?? '');
  }
  assert.ok(await page.locator('svg.timeline .broken').count() >= 1);
  assert.equal(await page.locator('svg.timeline').getAttribute('aria-hidden'), 'true');
  await done();
});

test('story: one sheet of paper, with what proves it only for whoever unfolded it', async () => {
  const pagesOf = async (/** @type {any} */ page) => (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  for (const id of certificates)
    for (const language of ['zh', 'en']) {
      const { page, done } = await open(id, language);
      assert.equal(await pagesOf(page), 1, `${id} ${language}`);
      if (id === 'C01') {
        await page.emulateMedia({ media: 'print' });
        assert.ok(await page.locator('#fold-promisor').isVisible());
        assert.equal(await page.locator('#fold-evidence').isVisible(), false);
        await page.emulateMedia({ media: 'screen' });
        await page.click('[data-fold="evidence"] button');
        assert.ok(await pagesOf(page) >= 2, `${id} ${language} with its evidence`);
      }
      await done();
    }
});

for (const colorScheme of ['light', 'dark'])
  for (const language of ['zh', 'en'])
    test(`story: axe finds nothing wrong with it, unfolded too (${language}, ${colorScheme})`, async () => {
      for (const id of ['C06', 'C12']) {
        const { page, done } = await open(id, language, { colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
        for (const button of await page.locator('[data-fold] > * > button').all()) await button.click();
        await page.evaluate(axeSource());
        const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
        assert.deepEqual(violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(' ')}`), [], id);
        await done();
      }
    });

test('story: nothing of it is told of a code that nobody vouches for', async () => {
  const { page, done } = await openPage(browser, `${demo.url}/C?lang=en${demo.fragmentOf('X1')}`);
  await untilText(page, '.verdict .code', 'altered.signature');
  assert.match(await page.textContent('.goods'), /the code says so/);
  assert.equal(await page.locator('.in-a-word, .badges').count(), 0);
  await done();
});
