// The learning pages in a browser, both languages, light and dark.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, makeDemo, root, serve, violations } from './harness.mjs';

/** @type {{articles: {id: string, topic: string}[], topics: {id: string}[]}} */
const pack = JSON.parse(readFileSync(`${root}/assets/learn/pack.json`, 'utf8'));
const questions = JSON.parse(readFileSync(`${root}/assets/learn/quiz.json`, 'utf8')).questions.length;
const articles = pack.articles.map(({ id }) => `#/article/${id}`);

let demo, site, browser;
before(async () => {
  demo = makeDemo();
  site = await serve(demo.site, { cors: false });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  demo?.remove();
});

/** @param {string} address @param {object} [options] */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  const requests = [];
  const errors = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${site.origin}/learn/${address}`);
  await page.waitForSelector('main:not([aria-busy]) h1, [role=alert]');
  return { page, requests, errors, close: () => context.close() };
}

for (const [lang, scheme] of [['zh-Hans', 'light'], ['en', 'dark']]) {
  for (const path of ['', ...articles, '#/quiz', '#/cheat', '#/pick']) {
    test(`learn: ${path || 'the list'} in ${lang}, ${scheme}: no accessibility violation, no error, nothing from elsewhere`, async () => {
      const { page, requests, errors, close } = await open(`?lang=${lang}${path}`, { colorScheme: scheme });
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(errors, []);
      assert.ok(requests.every((url) => url.startsWith(site.origin)), requests.join('\n'));
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out to the side');
      await close();
    });
  }
}

test('learn: an article has its drawing with a description, its sources with a day, and what you can do', async () => {
  const { page, close } = await open('?lang=en#/article/labels');
  assert.ok((await page.getAttribute('svg[role=img]', 'aria-label')).length > 20);
  assert.ok((await page.locator('.sources li').count()) >= 3);
  assert.match(await page.textContent('.sources .checked'), /2026/);
  assert.ok(await page.isVisible('.action'));
  await page.click('.mark >> nth=0');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'source-1');
  await close();
});

test('learn: the quiz goes through to the score by keyboard alone', async () => {
  const { page, close } = await open('?lang=en#/quiz');
  for (let question = 0; question < questions; ++question) {
    await page.locator('.options button').first().focus();
    await page.keyboard.press('Enter');
    assert.ok(await page.isVisible('.said'));
    await page.locator('.onward button').focus();
    await page.keyboard.press('Enter');
  }
  assert.match(await page.textContent('.quiz h2'), new RegExp(`of ${questions} right|All ${questions}`));
  await close();
});

test('learn: a lie is refused by the real verifier, and an exact copy passes', async () => {
  const { page, close } = await open('?lang=en#/cheat');
  const fields = await page.locator('fieldset').count();
  assert.ok(fields >= 2);
  for (let field = 0; field < fields; ++field) {
    await page.locator('fieldset').nth(field).locator('button').first().click();
    assert.equal(await page.getAttribute('.outcome .pv-card', 'data-verdict'), 'altered');
    assert.equal(await page.textContent('.outcome .pv-card code'), 'altered.signature');
    assert.deepEqual(await violations(page), []);
  }
  await page.click('.copy');
  await page.waitForSelector('.outcome .pv-card[data-verdict="genuine"]');
  await close();
});

for (const lang of ['zh-Hans', 'en']) {
  test(`learn: the calendar says of every day why, goes on after the right one, and needs no mouse, ${lang}`, async () => {
    const { page, errors, close } = await open(`?lang=${lang}`);
    await page.click('.doors a[href="#/pick"]');
    const rounds = Number((await page.textContent('.progress')).match(/(\d+)\D*$/)[1]);
    assert.ok(rounds >= 4);
    for (let round = 0; round < rounds; ++round) {
      const days = page.locator('.calendar button');
      assert.equal(await days.count() % 7, 0);
      await days.first().focus();
      await page.keyboard.press('Enter');
      const early = await page.textContent('.said');
      assert.equal(await page.isVisible('.onward button'), false, 'the day of use is too early');
      let day = 0;
      while (!(await page.isVisible('.onward button'))) {
        assert.ok(++day < await days.count());
        await days.nth(day).focus();
        await page.keyboard.press('Enter');
      }
      assert.notEqual(await page.textContent('.said'), early);
      assert.ok(await page.isVisible('.said.right'));
      assert.deepEqual(await violations(page), []);
      await page.locator('.onward button').focus();
      await page.keyboard.press('Enter');
    }
    assert.ok(await page.isVisible('a[href="#/article/interval"]'));
    assert.deepEqual(errors, []);
    await close();
  });
}

test('learn: trying to cheat needs no mouse', async () => {
  const { page, close } = await open('?lang=zh-Hans#/cheat');
  const focused = () => page.evaluate(() => document.activeElement?.tagName + '.' + document.activeElement?.className);
  while (await focused() !== 'BUTTON.') await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('section.outcome:focus').waitFor();
  assert.equal(await page.getAttribute('.outcome .pv-card', 'data-verdict'), 'altered');
  assert.equal(await focused(), 'SECTION.outcome', 'the answer is read out next');
  await page.locator('.outcome button').focus();
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'BUTTON.', 'back at the choices');
  await close();
});

for (const lang of ['zh-Hans', 'en']) {
  test(`learn: with letters twice as large nothing sticks out, ${lang}`, async () => {
    const { page, close } = await open(`?lang=${lang}`);
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    for (const path of ['#/', ...articles, '#/quiz', '#/cheat', '#/pick']) {
      await page.evaluate((hash) => { location.hash = hash; }, path);
      await page.waitForTimeout(50);
      await page.waitForSelector('main:not([aria-busy]) h1');
      if (path === '#/cheat') await page.locator('fieldset button').first().click();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
    }
    await close();
  });

  test(`learn: an answer on the phone page leads to the article that helps, which is loaded only then, ${lang}`, async () => {
    const { page, requests, errors, close } = await open(`../C/?lang=${lang}#${demo.find('C04').text.split('#')[1]}`);
    await page.click('[data-fold="lessons"] button');
    const link = page.locator('.lessons a').first();
    const title = await link.textContent();
    assert.ok(requests.every((url) => !url.includes('/learn')), requests.join('\n'));
    await link.click();
    await page.waitForSelector('.article h1');
    assert.equal(await page.textContent('h1'), title);
    assert.equal(await page.getAttribute('html', 'lang'), lang);
    assert.deepEqual(errors, []);
    await close();
  });
}

test('learn: an address that names no article shows the list', async () => {
  const { page, errors, close } = await open('?lang=en#/article/no-such');
  assert.equal(await page.locator('.card').count(), articles.length);
  assert.deepEqual(errors, []);
  await close();
});

test('learn: the list stands by topics, the way to each is one tap, and on a phone a card is no higher than a third of the screen', async () => {
  const { page, errors, close } = await open('?lang=en');
  assert.deepEqual(await page.locator('section h2').evaluateAll((all) => all.map(({ id }) => id)), pack.topics.map(({ id }) => `topic-${id}`));
  assert.ok(await page.locator('.card').evaluateAll((all) => all.every((card) => card.getBoundingClientRect().height <= innerHeight / 3)));
  for (const { id } of pack.topics) {
    await page.click(`.topics a[href="#/topic/${id}"]`);
    assert.equal(await page.evaluate(() => document.activeElement.id), `topic-${id}`);
    assert.ok(await page.evaluate(() => { const { top } = document.activeElement.getBoundingClientRect(); return top >= 0 && top < innerHeight; }));
  }
  await page.goBack();
  assert.equal(await page.locator('.card').count(), articles.length);
  assert.deepEqual(errors, []);
  await close();
});

test('learn: without the list of keys there are articles all the same, and cheating says that it cannot', async () => {
  const bare = await serve(demo.site, { replace: { '/bundle.cbor': 500 } });
  const page = await browser.newPage();
  await page.goto(`${bare.origin}/learn/?lang=en#/article/copy`);
  await page.waitForSelector('.article h1');
  await page.goto(`${bare.origin}/learn/?lang=en#/cheat`);
  await page.locator('main p').filter({ hasText: 'no certificate to practise on' }).waitFor();
  await page.goto(`${bare.origin}/learn/?lang=en#/pick`);
  await page.waitForSelector('main:not([aria-busy]) .card');
  assert.equal(await page.locator('.doors a[href="#/pick"]').count(), 0, 'nor is there a calendar');
  await page.close();
  bare.close();
});

test('learn: the language changes in place', async () => {
  const { page, close } = await open('?lang=zh-Hans#/article/copy');
  const chinese = await page.textContent('h1');
  await page.click('.language');
  await page.locator('h1', { hasNotText: chinese }).waitFor(); // not waitForFunction: to look twice it needs what the page's policy forbids
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await close();
});

test('learn: a pack that was changed on its way is not shown', async (t) => {
  const { readFileSync } = await import('node:fs');
  const pack = readFileSync(`${demo.site}/learn/pack.cose`);
  pack[pack.length >> 1] ^= 1;
  const bad = await serve(demo.site, { replace: { '/learn/pack.cose': pack } });
  t.after(() => bad.close()); // or a failure would keep the run waiting
  const page = await browser.newPage();
  await page.goto(`${bad.origin}/learn/?lang=en`);
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /did not open/);
  assert.equal(await page.locator('.card').count(), 0);
  await page.close();
});

test('learn: without scripts there is a plain sentence', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site.origin}/learn/`);
  assert.match(await page.textContent('main'), /signature/);
  await context.close();
});
