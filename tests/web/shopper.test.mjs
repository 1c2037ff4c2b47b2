// What a shopper stumbles over: words, other lots' offences, what covers what, what is typed, dead ends, what is shared, hosts.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { answerOf, openBrowser, openDemo, openPage, project, untilText } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;
/** @type {{id: string, text: string}[]} */
let cases;

before(async () => {
  demo = await openDemo();
  ({ cases } = JSON.parse(readFileSync(path.join(demo.folder, 'certificates.json'), 'utf8')));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

const open = (/** @type {string} */ where, options = {}) => openPage(browser, demo.url + where, options);
const addressOf = (/** @type {string} */ id, language = 'en') => {
  const { text } = cases.find((one) => one.id === id) ?? assert.fail(id);
  return `/C?lang=${language}${/^https?:.*\/C#/i.test(text) ? `#${text.split('#')[1]}` : `#~${encodeURIComponent(text)}`}`;
};

/** @param {any} page @param {string} text */
async function paste(page, text) {
  if (await page.locator('#pasted').count() === 0) await page.click('#again button:nth-of-type(2)');
  await page.fill('#pasted', text);
  await page.click('#scanner button[type="submit"]');
}

// Words of offices and of cryptography, and claims that the promise itself is true.
const unwanted = {
  zh: /钥匙|名录|采信|无从|属实|暂停|undefined|null/,
  en: /promisor|Stop first|real name|\bkeys?\b|key list|Genuine promise|undefined|null/i,
};
const code = /\b(cbor|cose|trust|records|bundle|tuf|tsl|cert|qr|base10|statement|dossier|seen|check|note|tlog|log)\.[a-z_]{4,}\b/; // "cbor.truncated"

for (const language of /** @type {('zh' | 'en')[]} */ (['zh', 'en']))
  test(`shopper: no jargon, no codes in sentences, and Chinese that says so, in every case (${language})`, async () => {
    const { page, done } = await open(`/C?lang=${language}`);
    for (const { id } of cases) {
      await page.goto(demo.url + addressOf(id, language));
      await page.reload({ waitUntil: 'networkidle' });
      await page.locator('.verdict').waitFor();
      const text = await page.innerText('main');
      assert.doesNotMatch(text, unwanted[language], id);
      const sentences = await page.$$eval('.reason, .next, .further, .remarks li, .limits li, .facts dd, .in-a-word, .badges li, .rows dd, .fresh, .hint',
        (/** @type {Element[]} */ nodes) => nodes.map((node) => /** @type {HTMLElement} */ (node).innerText));
      for (const sentence of sentences) assert.doesNotMatch(sentence, code, id);
      if (language === 'zh') continue;
      const silent = await page.evaluate(() => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (texts.nextNode()) {
          const parent = texts.currentNode.parentElement;
          const isChinese = /[\u4e00-\u9fff]/.test(texts.currentNode.nodeValue ?? '');
          if (isChinese && parent?.closest('main') && !parent.closest('noscript, template') && !parent.closest('[lang]')?.getAttribute('lang')?.startsWith('zh')) found.push(texts.currentNode.nodeValue);
        }
        return found;
      });
      assert.deepEqual(silent, [], `${id}: Chinese without its language`);
      const labels = await page.$$eval('.rows dt, .facts dt', (/** @type {Element[]} */ nodes) => nodes.map((node) => node.textContent ?? ''));
      assert.deepEqual(labels.filter((/** @type {string} */ label) => !/[a-z]/i.test(label)), [], `${id}: a label in Chinese alone`);
    }
    await done();
  });

test('shopper: half checked looks like it, asks to be tried again, and a record that was fetched once is there offline', async () => {
  for (const [id, whole] of [['C05', 'label.expired'], ['C10', 'label.organic_question'], ['C15', 'record.limited']]) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.route('**/records/**', (/** @type {any} */ route) => route.abort());
    await page.goto(demo.url + addressOf(id), { waitUntil: 'networkidle' });
    assert.deepEqual(await answerOf(page), { level: 'unknown', word: 'Only half checked', code: 'record.not_fetched' });
    await page.unrouteAll();
    await page.click('#ask-again');
    await untilText(page, '.verdict .code', whole);
    await page.route(/records|bundle/, (/** @type {any} */ route) => route.abort());
    await page.reload({ waitUntil: 'networkidle' });
    assert.equal((await answerOf(page)).code, whole, 'from what was kept');
    await context.close();
  }
});

test('shopper: recalled, withdrawn and suspended have a word each', async () => {
  for (const [id, chinese, english] of [['C06', '已召回', 'Recalled'], ['C09', '已作废', 'Withdrawn'], ['C03', '已停售', 'Suspended']])
    for (const [language, word] of [['zh', chinese], ['en', english]]) {
      const { page, done } = await open(addressOf(id, language));
      assert.equal((await answerOf(page)).word, word);
      await done();
    }
});

test('shopper: what another lot of the producer did is not held against this one, nor what was bought after its harvest', async () => {
  for (const [id, offence, isOfThisLot] of /** @type {[string, string, boolean][]} */ ([['C16', 'A pesticide banned on vegetables', false],
    ['C10', 'Florfenicol used', false], ['C06', 'A pesticide banned on vegetables', true], ['C11', 'Florfenicol used', true]])) {
    const { page, done } = await open(addressOf(id));
    assert.equal((await page.textContent('main')).includes(offence), isOfThisLot, id);
    await done();
  }
  const bought = async (/** @type {string} */ id) => {
    const { page, done } = await open(addressOf(id));
    const notes = await page.$$eval('[data-section="inputs"] [data-row="trade"] small', (/** @type {Element[]} */ nodes) => nodes.map((node) => node.textContent));
    await done();
    return notes;
  };
  assert.deepEqual(await bought('C17'), []);
  assert.match((await bought('C16')).join(), /^about this producer, not about this lot alone; 5 November 2026/);
});

test('shopper: the way to the next scan has a place of its own, at large text too', async () => {
  for (const size of ['100%', '200%']) {
    const { page, done } = await open(addressOf('C01'));
    await page.evaluate((/** @type {string} */ wanted) => { document.documentElement.style.fontSize = wanted; }, size);
    const box = (/** @type {string} */ selector) => page.$eval(selector, (/** @type {Element} */ node) => node.getBoundingClientRect().toJSON());
    const overlaps = async (/** @type {string} */ selector) => {
      const [bar, other] = [await box('#dock'), await box(selector)];
      return bar.top < other.bottom && other.top < bar.bottom;
    };
    assert.equal(await overlaps('#word'), false, size);
    if (size === '100%') assert.ok((await box('#dock')).bottom <= 844, 'within reach');
    else assert.ok((await box('#dock')).top > 844, 'out of the way of large text');
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    for (const below of ['#again', '#foot']) assert.equal(await overlaps(below), false, `${below} at ${size}`);
    await done();
  }
});

test('shopper: the keyboard skips to the answer, and reaches the next scan', async () => {
  const { page, done } = await open(addressOf('C04'));
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'skip');
  assert.ok((await page.locator('#skip').boundingBox()).x >= 0, 'seen when it has the focus');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'word');
  assert.ok(page.url().endsWith(demo.fragmentOf('C04')), 'the address stays');
  await page.focus('#next-scan');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.closest('#again') !== null), true);
  await done();
});

test('shopper: what is typed or pasted as people write it is understood', async () => {
  const { page, done } = await open(addressOf('C06'), { permissions: ['clipboard-read', 'clipboard-write'] });
  const copied = async (/** @type {string} */ label) => {
    await page.getByRole('button', { name: label, exact: true }).click();
    await untilText(page, '[role="status"]', 'Copied');
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const shared = await copied('Share');
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  const report = await copied('Copy');
  const digits = demo.fragmentOf('C06').slice(1);
  const wide = (/** @type {string} */ text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  for (const text of [wide('DEMO-330113-261028-C06'), ' demo-330113-261028-c06 ', 'DEMO–330113–261028–C06', '编号：DEMO-330113-261028-C06。', `${demo.textOf('C06').slice(0, 60)} ${demo.textOf('C06').slice(60)}`,
    wide(demo.textOf('C06')), `看看这个 ${demo.url}/C#${digits} 说是召回了`, shared, report, demo.textOf('C06') + ' '.repeat(5000)]) {
    await paste(page, demo.textOf('C04'));
    await untilText(page, '.verdict .code', 'genuine.signature_fits');
    await paste(page, text);
    await untilText(page, '.verdict .code', 'notice.recalled');
  }
  await done();
});

test('shopper: a number that is looked up offline says that the network is missing', async () => {
  const { page, context } = await open('/C?lang=en');
  await page.click('#again button:nth-of-type(2)');
  await page.waitForSelector('#pasted');
  await context.setOffline(true);
  await paste(page, 'DEMO-330113-261112-C04');
  await untilText(page, '.verdict .code', 'number.not_fetched');
  assert.match(await page.textContent('.verdict .reason'), /over the network/);
  assert.ok(await page.isVisible('#ask-again'));
  await context.close();
});

const missing = (/** @type {string} */ file) => (/** @type {any} */ page) => page.route(`**/${file}`, (/** @type {any} */ route) => route.fulfill({ status: 404 }));

test('shopper: no dead end: whatever is missing, there is something to touch', async () => {
  for (const [name, spoil, options] of /** @type {[string, (page: any) => unknown, object?][]} */ ([
    ['verify.wasm', missing('verify.wasm')], ['texts', missing('i18n/en.json')], ['the rest of the page', missing('more.mjs')],
    ['the script', missing('page.mjs')], ['trust', missing('bundle.cbor')], ['scripts are off', () => {}, { javaScriptEnabled: false }],
  ])) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
    const page = await context.newPage();
    await spoil(page);
    await page.goto(demo.url + addressOf('C04'), { waitUntil: 'networkidle' });
    const ways = page.locator('main :is(a[href], button):visible, noscript a:visible');
    await ways.first().waitFor({ timeout: 15_000 });
    if (name === 'scripts are off') assert.equal(await page.locator('.busy').isVisible(), false, 'nothing is being checked');
    if (['verify.wasm', 'texts', 'the rest of the page'].includes(name)) {
      await page.unroute('**/*');
      await page.unrouteAll();
      await page.click('#ask-again');
      await untilText(page, '.verdict .code', 'genuine.signature_fits');
    }
    await context.close();
  }
});

test('shopper: learning pages keep their own policy, work offline after one visit, and say what to do where they cannot', async () => {
  const { page: learning, done } = await open('/learn/?lang=en');
  await learning.locator('main h1').waitFor();
  await done();
  const { page, context } = await open(addressOf('C16'));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload({ waitUntil: 'networkidle' });
  await demo.stop();
  try {
    await page.click('[data-fold="lessons"] button');
    await page.click('.lessons a');
    await page.locator('main h1').waitFor();
    assert.match(page.url(), /\/learn\/.*#\/article\//);
  } finally {
    await demo.start();
  }
  await context.close();
  for (const [file, wanted] of [['learn/pack.cose', 'did not open'], ['i18n/all/en.json', 'did not arrive']]) {
    const other = await browser.newContext();
    const broken = await other.newPage();
    await missing(file)(broken);
    await broken.goto(`${demo.url}/learn/?lang=en`);
    await untilText(broken, 'main [role="alert"]', wanted);
    await broken.unrouteAll();
    await broken.click('main button');
    await broken.locator('main h1').waitFor();
    await other.close();
  }
});

test('shopper: what is shared is short, and a report asks for what only the shopper knows', async () => {
  const { page, done } = await open(addressOf('C06'), { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await untilText(page, '[role="status"]', 'Copied');
  const shared = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(shared.length <= 500 && shared.split('\n').length <= 10, shared);
  assert.match(shared, /^Recalled · Celery · 650 kg\n/);
  assert.ok(shared.endsWith(`${demo.url}/C#~DEMO-330113-261028-C06`), shared);
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await page.click('#copy-report');
  await untilText(page, '[role="status"]', 'paste it');
  const report = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(report.split('\n').length <= 10, report);
  for (const asked of ['Bought at', 'Stall or seller', 'Bought on']) assert.match(report, new RegExp(`${asked}.*____`));
  assert.ok(report.endsWith(demo.fragmentOf('C06')), report);
  assert.deepEqual(await page.$$eval('.lines a[href^="tel:"]', (/** @type {Element[]} */ lines) => lines.map((line) => line.textContent)), ['12315', '12316', '12345']);
  await page.goto(shared.split(' ').at(-1) ?? '', { waitUntil: 'networkidle' });
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal((await answerOf(page)).code, 'notice.recalled');
  await done();
  // Nobody stands behind the number of an altered certificate: its own code goes along.
  const altered = await open(addressOf('X1'), { permissions: ['clipboard-read', 'clipboard-write'] });
  await altered.page.getByRole('button', { name: 'Share', exact: true }).click();
  await untilText(altered.page, '[role="status"]', 'Copied');
  assert.ok((await altered.page.evaluate(() => navigator.clipboard.readText())).endsWith(demo.fragmentOf('X1')));
  await altered.done();
});

test('shopper: on a host that the register does not know the graver answer still comes first', async () => {
  const server = spawn(process.execPath, [path.join(project, 'tools/serve.mjs'), path.join(demo.folder, 'site'), '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve) => { server.stdout?.once('data', resolve); });
  const elsewhere = JSON.parse(String(line)).url.replace(/\/$/, '');
  for (const [id, wanted] of [['C04', 'link.foreign_host'], ['C05', 'label.expired'], ['C06', 'notice.recalled'], ['C18', 'label.origin_outside_area']]) {
    const { page, done } = await openPage(browser, elsewhere + addressOf(id));
    assert.equal((await answerOf(page)).code, wanted);
    assert.match(await page.textContent('#answer'), /not an address this district published/);
    await done();
  }
  server.kill('SIGTERM');
});
