// What is offered around an answer: the list of a visit, two lots side by side, a report, a picture to share, lots that are remembered, reading aloud.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { answerOf, axeSource, openBrowser, openDemo, openPage, untilText } from './site.mjs';

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

/** Once all is there. @param {string} id @param {Record<string, unknown>} [options] */
async function open(id, options = {}, language = 'en') {
  const opened = await openPage(browser, `${demo.url}/C?lang=${language}${id && demo.fragmentOf(id)}`, options);
  await opened.page.locator('#again button').first().waitFor();
  return opened;
}

/** @param {any} page @param {string} text */
async function paste(page, text) {
  if (await page.locator('#pasted').count() === 0) await page.click('#again button:nth-of-type(2)');
  await page.fill('#pasted', text);
  await page.click('#scanner button[type="submit"]');
}

const visited = (/** @type {any} */ page) => page.$$eval('.visited a', (/** @type {Element[]} */ links) => links.map((link) => `${link.getAttribute('data-level')} ${link.textContent?.trim()}`));

test('visit: what was looked at stays in a list, each with an address that is judged anew, until the page is closed', async () => {
  const { page, context, done } = await open('C06');
  assert.equal(await page.locator('#visited').count(), 0, 'nothing else was looked at');
  await paste(page, demo.textOf('C04'));
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  await paste(page, `${demo.textOf('C05')} ${demo.textOf('X1')}`);
  await untilText(page, '.verdict .code', 'altered.signature');
  const seen = await visited(page);
  assert.deepEqual(seen.map((/** @type {string} */ line) => line.split(' ')[0]), ['stop', 'caution', 'ok', 'stop'], seen.join('; '));
  await page.locator('.visited a').nth(3).click();
  await untilText(page, '.verdict .code', 'notice.recalled');
  assert.ok(page.url().endsWith(demo.fragmentOf('C06')), page.url());
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'word');
  await page.goBack();
  await untilText(page, '.verdict .code', 'altered.signature');
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal((await answerOf(page)).code, 'altered.signature');
  assert.equal((await visited(page)).length, 4, 'a page that is loaded anew is still the same visit');
  const other = await context.newPage();
  await other.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`, { waitUntil: 'networkidle' });
  assert.equal(await other.locator('#visited').count(), 0, 'another page is another visit');
  await done();
});

test('visit: what the list says is in the language of the page, and what has changed since is said', async () => {
  const { page, context } = await open('C04');
  await page.evaluate(() => {
    const kept = JSON.parse(sessionStorage.getItem('pipa-visit') ?? '[]');
    sessionStorage.setItem('pipa-visit', JSON.stringify(kept.map((/** @type {object} */ entry) => ({ ...entry, first: 'caution', stamp: 'of before' }))));
  });
  await page.goto(`${demo.url}/C?lang=zh${demo.fragmentOf('C06')}`);
  await page.reload({ waitUntil: 'networkidle' });
  await untilText(page, '.visited', '真实，未被改动');
  await untilText(page, '.visited small', '您看过之后变了');
  await context.close();
});

test('visit: two lots stand side by side, with what either lacks, and no more is said', async () => {
  const { page, done } = await open('C04', { bypassCSP: true, reducedMotion: 'reduce' });
  await paste(page, demo.textOf('C06'));
  await untilText(page, '.verdict .code', 'notice.recalled');
  await page.getByRole('button', { name: 'Compare with the one above' }).click();
  await page.locator('.compare table').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'compare-title');
  const rows = await page.$$eval('.compare tbody tr', (/** @type {Element[]} */ lines) => Object.fromEntries(lines.map((line) => [line.getAttribute('data-row'), [...line.querySelectorAll('td')].map((cell) => cell.textContent)])));
  assert.match(rows.answer[0], /^Recalled/);
  assert.match(rows.answer[1], /^Genuine and unchanged/);
  assert.match(rows.age[0], /^24 days$/);
  assert.match(rows.grade[0], /^grade [A-E]/);
  assert.match(await page.textContent('.compare'), /Grades compare within one scale alone/);
  await page.evaluate(axeSource());
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run('#answer'));
  assert.deepEqual(violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(' ')}`), []);
  await page.click('text=Close the comparison');
  assert.equal(await page.locator('.compare').count(), 0);
  await done();
});

test('visit: a report goes to whom the place says, is the core\'s words, and can be filled in and copied', async () => {
  const { page, done } = await open('C06', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  for (const [label, number] of [['A farm', '12316'], ['Online', '12315'], ['I am not sure', '12345'], ['A market or shop', '12315']]) {
    await page.getByLabel(label, { exact: true }).check();
    await page.locator(`.whom a.primary[href="tel:${number}"]`).waitFor();
  }
  assert.equal(await page.locator('.advice').count(), 0);
  await page.getByLabel('Somebody felt ill').check();
  assert.match(await page.textContent('.advice'), /doctor first/);
  const text = await page.inputValue('#report-text');
  assert.match(text, /Evidence revoked\.[0-9a-f]{32}/);
  await page.fill('#report-text', text.replace('Bought on: ____', 'Bought on: 20 November'));
  await page.click('#copy-report');
  await untilText(page, '[role="status"]', 'Copied');
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /Bought on: 20 November/);
  await done();
});

test('visit: the answer as a picture, drawn on the device and told in words too', async () => {
  for (const id of ['C06', 'X1']) {
    const { page, requests, done } = await open(id);
    const before = requests.length;
    await page.getByRole('button', { name: 'As a picture' }).click();
    await page.locator('.share-card img').waitFor();
    const { width, height, alt } = await page.$eval('.share-card img', async (/** @type {HTMLImageElement} */ picture) => {
      await picture.decode();
      return { width: picture.naturalWidth, height: picture.naturalHeight, alt: picture.alt };
    });
    assert.deepEqual([width, height], [1080, 1350]);
    assert.match(alt, id === 'C06' ? /^Recalled/ : /^Altered/);
    assert.deepEqual(requests.slice(before).filter((/** @type {string} */ name) => name.startsWith('/') && !name.endsWith('.mjs')), [], 'nothing is sent');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Save the picture')]);
    assert.equal(download.suggestedFilename(), 'pipa.png');
    assert.ok(readFileSync(await download.path()).length > 20_000);
    await done();
  }
});

test('visit: lots are remembered only where that was switched on, a later recall is said first, and one tap wipes them', async () => {
  const { page, context } = await open('C04');
  const kept = () => page.evaluate(() => localStorage.getItem('pipa-lots'));
  assert.equal(await kept(), null);
  await page.click('#lots summary');
  await page.click('#lots-on');
  await untilText(page, '#lots', '1 lots are kept');
  assert.equal(JSON.parse(await kept()).length, 1);
  // A lot that was in order when it was looked at, and is recalled by now: its notice came with the trust.
  await page.evaluate((/** @type {string} */ text) => {
    localStorage.setItem('pipa-lots', JSON.stringify([{ text, title: 'Celery', level: 'ok', seen: Date.parse('2026-10-29') }, ...JSON.parse(localStorage.getItem('pipa-lots') ?? '[]')]));
  }, demo.textOf('C06'));
  const next = await context.newPage();
  /** @type {string[]} */
  const requests = [];
  next.on('request', (/** @type {any} */ request) => requests.push(request.url()));
  await next.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C08')}`, { waitUntil: 'networkidle' });
  await untilText(next, '.lot-alarm', 'do not eat or buy it for now');
  assert.match(await next.textContent('.lot-alarm'), /29 October 2026|October 29, 2026/);
  assert.ok(requests.filter((url) => url.includes('/records/')).length <= 1, 'nothing is asked for the lots that are kept');
  assert.equal(await next.evaluate(() => document.querySelector('#answer')?.children[1]?.classList.contains('lot-alarm')), true, 'right below the verdict');
  await next.goto(`${demo.url}/?lang=en`, { waitUntil: 'networkidle' });
  await untilText(next, '.lot-alarm', 'do not eat or buy it for now');
  await next.click('.lot-alarm a');
  await untilText(next, '.verdict .code', 'notice.recalled');
  await next.click('#lots summary');
  await next.click('#lots-wipe');
  assert.equal(await next.evaluate(() => localStorage.getItem('pipa-lots')), null);
  assert.equal(await next.locator('.lot-alarm').count(), 0);
  await context.close();
});

test('visit: where the browser keeps nothing, the page says so and works', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('', 'SecurityError'); } });
  });
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`, { waitUntil: 'networkidle' });
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  await page.click('#lots summary');
  await page.click('#lots-on');
  await untilText(page, '#lots', 'it stays off');
  await paste(page, demo.textOf('X1'));
  await untilText(page, '.verdict .code', 'altered.signature');
  assert.equal((await visited(page)).length, 2);
  await context.close();
});

test('visit: the answer is read aloud with a voice of the device alone, and the sentence is marked', async () => {
  const { page, done } = await open('C06');
  const speak = () => page.getByRole('button', { name: 'Read aloud' }).click();
  await page.evaluate(() => {
    const seen = /** @type {any} */ (globalThis);
    seen.said = [];
    seen.voices = [{ lang: 'en-US', localService: false, name: 'far' }];
    seen.SpeechSynthesisUtterance = class { constructor(/** @type {string} */ text) { /** @type {any} */ (this).text = text; } };
    Object.defineProperty(globalThis, 'speechSynthesis', { value: { speaking: false, getVoices: () => seen.voices, cancel: () => {}, addEventListener: () => {},
      speak: (/** @type {any} */ words) => {
        seen.said.push([words.text, document.querySelector('.spoken')?.textContent, words.voice.name]);
        setTimeout(() => words.onend(), 5);
      } } });
  });
  await speak();
  await untilText(page, '[role="status"]', 'no voice of its own');
  await page.evaluate(() => { /** @type {any} */ (globalThis).voices.push({ lang: 'en-GB', localService: true, name: 'near' }); });
  await speak();
  await page.waitForTimeout(800);
  const said = await page.evaluate(() => /** @type {any} */ (globalThis).said);
  assert.ok(said.length >= 8);
  assert.equal(said[0][0], 'Recalled');
  for (const [text, marked, voice] of said) assert.deepEqual([marked, voice], [text, 'near']);
  assert.equal(await page.locator('.spoken').count(), 0);
  await done();
});
