// Large type (长辈版) against the design rules of the Ministry of Industry and Information Technology of 2021 (移动互联网应用适老化通用设计规范): one row a
// rule, each measured in the browser, in both languages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { axeSource, openBrowser, openDemo, openPage } from './site.mjs';

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

/** @param {string} language @param {string} id @param {Record<string, unknown>} [options] */
async function open(language, id, options = {}) {
  const opened = await openPage(browser, `${demo.url}/C?lang=${language}${id && demo.fragmentOf(id)}`, { bypassCSP: true, reducedMotion: 'reduce', ...options });
  await opened.page.locator('#again button').first().waitFor();
  await opened.page.click('#large');
  await opened.page.locator('html[data-large]').waitFor();
  return opened;
}

/** Sizes in px of every text that is seen, with its lines' distance. @param {any} page @returns {Promise<{text: string, size: number, spacing: number}[]>} */
const texts = (page) => page.evaluate(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!parent || (node.nodeValue ?? '').trim() === '' || !parent.checkVisibility() || parent.closest('.unseen, noscript, template, .skip')) continue;
    const style = getComputedStyle(parent);
    found.push({ text: (node.nodeValue ?? '').trim().slice(0, 30), size: parseFloat(style.fontSize), spacing: parseFloat(style.lineHeight) / parseFloat(style.fontSize) });
  }
  return found;
});

/** @type {[string, (page: any) => Promise<{value: unknown, holds: boolean}>][]} */
const rules = [
  ['text is at least 18 px', async (page) => {
    const small = (await texts(page)).filter(({ size }) => size < 18);
    return { value: small.map(({ text, size }) => `${text} ${size}`), holds: small.length === 0 };
  }],
  ['titles are 30 px, what is said below them at least 18', async (page) => {
    const size = (/** @type {string} */ what) => page.$eval(what, (/** @type {Element} */ node) => parseFloat(getComputedStyle(node).fontSize));
    const [reason, title] = [await size('.verdict .reason, .hint'), await size('#word')];
    return { value: [reason, title], holds: reason >= 18 && title >= 30 };
  }],
  ['lines are at least 1.3 apart', async (page) => {
    const narrow = (await texts(page)).filter(({ spacing }) => spacing < 1.3);
    return { value: narrow.map(({ text, spacing }) => `${text} ${spacing.toFixed(2)}`), holds: narrow.length === 0 };
  }],
  ['what is tapped is at least 60 x 60', async (page) => {
    const small = await page.$$eval('button, a, select, summary, label.button, input:not([type="file"])', (/** @type {Element[]} */ nodes) => nodes
      .filter((node) => node.checkVisibility() && !node.classList.contains('skip')).map((node) => ({ text: node.textContent?.trim().slice(0, 20), ...node.getBoundingClientRect().toJSON() }))
      .filter(({ width, height }) => width < 60 || height < 60).map(({ text, width, height }) => `${text} ${Math.round(width)}x${Math.round(height)}`));
    return { value: small, holds: small.length === 0 };
  }],
  ['contrast is at least 4.5 : 1, and nothing else is wrong for axe', async (page) => {
    await page.evaluate(axeSource());
    const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
    const found = violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(' ')}`);
    return { value: found, holds: found.length === 0 };
  }],
  ['nothing is scrolled sideways', async (page) => {
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    return { value: wider, holds: wider <= 0 };
  }],
  ['the simple view comes first: the story waits behind one button', async (page) => {
    const hidden = await page.locator('.story').count() === 0 || !await page.locator('.story > *').first().isVisible();
    return { value: hidden, holds: hidden };
  }],
  ['the pointer is large', async (page) => {
    const cursor = await page.evaluate(() => getComputedStyle(document.documentElement).cursor);
    return { value: cursor, holds: cursor.includes('pointer.svg') };
  }],
  ['no advertising, no window by itself', async (page) => {
    const found = await page.locator('iframe, dialog[open], [class*="advert"]').count();
    return { value: found, holds: found === 0 };
  }],
];

for (const [language, id] of [['zh', 'C06'], ['en', 'C04'], ['zh', ''], ['en', '']])
  test(`large: the table of the design rules holds (${language}, ${id || 'start page'})`, async (t) => {
    const { page, done } = await open(language, id);
    if (id === '') await page.locator('#portal-about').waitFor();
    let score = 0;
    const failed = [];
    for (const [name, measure] of rules) {
      const { value, holds } = await measure(page);
      score += holds ? 1 : 0;
      if (!holds) failed.push(`${name}: ${JSON.stringify(value)}`);
    }
    t.diagnostic(`${score} of ${rules.length}`);
    assert.deepEqual(failed, []);
    await done();
  });

test('large: one switch, remembered, and set before the answer is drawn', async () => {
  const { page, context, done } = await open('en', 'C04');
  assert.equal(await page.getAttribute('#large', 'aria-pressed'), 'true');
  const other = await context.newPage();
  await other.route('**/more.mjs', (/** @type {any} */ route) => route.abort());
  await other.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`, { waitUntil: 'networkidle' });
  assert.equal(await other.getAttribute('html', 'data-large'), '');
  await page.click('#large');
  assert.equal(await page.evaluate(() => localStorage.getItem('pipa-large')), null);
  assert.equal(await page.getAttribute('html', 'data-large'), null);
  await done();
});

test('large: everything is there behind the button, and the keyboard reaches it', async () => {
  const { page, done } = await open('en', 'C06');
  await page.focus('#everything');
  await page.keyboard.press('Enter');
  await page.locator('[data-section="tests"]').waitFor({ state: 'visible' });
  assert.equal(await page.getAttribute('#everything', 'aria-expanded'), 'true');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement?.closest('.story') !== null));
  await done();
});
