// The demo's page on a later day: its data has a day of its own, so it says what it says today (a browser under libfaketime is too slow to
// judge by, so the page's own clock is moved).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { answerOf, openBrowser, openDemo } from './site.mjs';

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

/** As of so many days later. @param {number} days @param {string} id */
async function answerLater(days, id) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
  await context.addInitScript((/** @type {number} */ shift) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + shift;
  }, days * 86_400_000);
  const page = await context.newPage();
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf(id)}`);
  await page.locator('.verdict[data-level] #word').waitFor();
  const answer = { ...await answerOf(page), asOf: await page.locator('.fresh').textContent() };
  await context.close();
  return answer;
}

for (const id of ['C04', 'C06', 'C10'])
  test(`later: ${id} is answered as it is today, 400 days and ten years on, and the demo says its own day`, async () => {
    const today = await answerLater(0, id);
    assert.match(String(today.asOf), /20\d\d/);
    assert.deepEqual(await answerLater(400, id), today);
    assert.deepEqual(await answerLater(3653, id), today);
  });
