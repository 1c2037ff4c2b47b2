// The phone page in real Chromium: from the link of a QR code to the verdict, and what is scanned next.
//   node --test tests/web

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { answerOf as answer, axeSource, openBrowser, openDemo, openPage, untilText } from './site.mjs';

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

/** Once all is there that comes after the answer. @param {string} where @param {Record<string, unknown>} [options] */
async function open(where, options = {}) {
  const opened = await openPage(browser, demo.url + where, options);
  if (options.javaScriptEnabled !== false) await opened.page.locator('#again button').first().waitFor();
  return opened;
}

const hasRecords = () => existsSync(path.join(demo.folder, 'site/records'));

const linked = [
  ['C01', 'caution', 'season.not_plausible_now', '真实，但请留意', 'Genuine, but look closer'],
  ['C03', 'stop', 'notice.suspended', '已停售', 'Suspended'],
  ['C04', 'ok', 'genuine.signature_fits', '真实，未被改动', 'Genuine and unchanged'],
  ['C05', 'caution', 'label.expired', '真实，但请留意', 'Genuine, but look closer'],
  ['C06', 'stop', 'notice.recalled', '已召回', 'Recalled'],
  ['C08', 'ok', 'genuine.signature_fits', '真实，未被改动', 'Genuine and unchanged'],
  ['C14', 'stop', 'upstream.stopped', '真实，但请先别买', 'Genuine, but do not buy yet'],
  ['C17', 'stop', 'notice.recalled', '已召回', 'Recalled'],
  ['C18', 'stop', 'label.origin_outside_area', '真实，但请先别买', 'Genuine, but do not buy yet'],
  ['X1', 'stop', 'altered.signature', '内容被改动', 'Altered'],
  ['X2', 'stop', 'issuer.unknown_key', '承诺主体未获确认', 'Issuer not confirmed'],
  ['X3', 'stop', 'issuer.key_not_valid_then', '承诺主体未获确认', 'Issuer not confirmed'],
  ['X4', 'unknown', 'check.unreadable', '未能核验', 'Could not check'],
  ['X7', 'stop', 'date.in_future', '日期不符', 'Dates do not fit'],
  ['X8', 'stop', 'issuer.uscc_invalid', '承诺主体未获确认', 'Issuer not confirmed'],
];

const byRecord = ['C05', 'C18'];

for (const [id, level, code, chinese, english] of linked) {
  for (const [language, word] of [['zh', chinese], ['en', english]]) {
    test(`page: the link of ${id} gives ${code} in ${language}`, async (t) => {
      if (byRecord.includes(id) && !hasRecords()) return t.skip('the demo publishes no records');
      const { page, done } = await open(`/C?lang=${language}${demo.fragmentOf(id)}`);
      assert.deepEqual(await answer(page), { level, word, code });
      assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-Hans' : 'en');
      assert.ok(await page.isVisible('#demo'), 'demo data says so');
      await done();
    });
  }
}

test('page: a certificate whose own time is over is out of date', async () => {
  const { page, done } = await open(`/C?lang=en${demo.issue('--expires', '2026-11-18')}`);
  assert.deepEqual(await answer(page), { level: 'stop', word: 'Dates do not fit', code: 'date.expired' });
  await done();
});

test('page: a key that signs for another place is not confirmed', async () => {
  const { page, done } = await open(`/C?lang=en${demo.issue('--origin', '330521')}`);
  assert.deepEqual(await answer(page), { level: 'stop', word: 'Issuer not confirmed', code: 'issuer.area_out_of_scope' });
  await done();
});

test('page: a register that is days old says so and still judges', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.route('**/C?*', async (/** @type {any} */ route) => {
    const response = await route.fetch();
    const later = String(Date.parse('2026-12-20T09:30:00+08:00') / 1000);
    return route.fulfill({ response, body: (await response.text()).replace(/(name="pipa-demo-now" content=")\d+/, `$1${later}`) });
  });
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C07')}`);
  await untilText(page, '.fresh[data-grade="unknown"]', 'uncertain age');
  await context.close();
});

test('page: a garbage fragment could not be checked, and says so without a certificate', async () => {
  const { page, done } = await open('/C?lang=en#%E2%98%83<b>x</b>');
  assert.equal((await answer(page)).code, 'check.unreadable');
  assert.equal(await page.locator('.rows, .summary').count(), 0);
  await done();
});

test('page: without a fragment it welcomes and explains', async () => {
  const { page, done } = await open('/C?lang=zh');
  assert.match(await page.textContent('#word'), /核验一张合格证/);
  await done();
});

test('page: the verdict needs only its own few files, and nothing is asked for afterwards', async () => {
  const { page, requests, done } = await open(`/C?lang=zh${demo.fragmentOf('C04')}`);
  const allowed = new Set(['/C', '/page.css', '/page.mjs', '/desk.mjs', '/verify.wasm', '/bundle.cbor', '/i18n/zh-Hans.json', '/icon.svg', '/whole.wasm', '/i18n/zh-Hans.more.json', '/more.mjs', '/more.css', '/offline.mjs', '/dom/nodes.mjs', '/pictures/sugar_cane.svg']);
  assert.deepEqual(requests.filter((file) => !allowed.has(file) && !file.startsWith('/records/')), []);
  assert.ok(requests.filter((file) => file.startsWith('/records/')).length <= 1);
  assert.equal(requests.length, new Set(requests).size, 'nothing is fetched twice');
  const before = requests.length;
  await page.waitForTimeout(1500);
  assert.equal(requests.length, before);
  await done();
});

test('page: an answer stands when nothing else arrives', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.route(/more\./, (/** @type {any} */ route) => route.abort());
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('X1')}`);
  await untilText(page, '.verdict .code', 'altered.signature');
  await untilText(page, '#answer', 'The answer above stands');
  await context.close();
});

test('page: no answer is shown before its record is there, and none changes afterwards', async (t) => {
  if (!hasRecords()) return t.skip('the demo publishes no records');
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => { release = resolve; });
  await page.route('**/records/**', async (/** @type {any} */ route) => { await held; await route.continue(); });
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C06')}`);
  await page.waitForTimeout(500);
  assert.equal(await page.locator('.verdict').count(), 0, 'nothing green before the recall is known');
  release();
  await untilText(page, '.verdict .code', 'notice.recalled');
  await context.close();
});

test('page: without its record the certificate is half checked, and asking again ends that', async (t) => {
  if (!hasRecords()) return t.skip('the demo publishes no records');
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.route('**/records/**', (/** @type {any} */ route) => route.abort());
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('C04')}`);
  await untilText(page, '.verdict .code', 'record.not_fetched');
  assert.equal(await page.textContent('#word'), 'Only half checked');
  await page.unroute('**/records/**');
  await page.click('#ask-again');
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  assert.equal(await page.locator('#ask-again').count(), 0);
  await context.close();
});

/** @param {any} page @param {string} text */
async function paste(page, text) {
  if (await page.locator('#pasted').count() === 0) await page.click('#again button:nth-of-type(2)');
  await page.fill('#pasted', text);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

test('page: a typed certificate number finds its certificate, another one finds nothing', async (t) => {
  const { page, done } = await open('/C?lang=en');
  const rows = hasRecords() ? [['demo-330113-261028-c06', 'notice.recalled'], ['DEMO-330113-261112-C04', 'genuine.signature_fits'], ['DEMO-330113-261112-C99', 'number.unknown']]
    : [['DEMO-330113-261112-C04', 'number.no_records']];
  t.diagnostic(`${rows.length} numbers`);
  for (const [number, wanted] of rows) {
    await paste(page, number);
    await untilText(page, '.verdict .code', wanted);
  }
  await done();
});

test('page: trust that comes late changes the answer, and is told', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => { release = resolve; });
  await page.route('**/bundle.cbor', async (/** @type {any} */ route) => { await held; await route.continue(); });
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf('X1')}`);
  await untilText(page, '.verdict .code', 'check.no_trust');
  release();
  await untilText(page, '.verdict .code', 'altered.signature');
  assert.match(await page.textContent('#announcer'), /Altered/);
  await context.close();
});

test('page: every code has its own address, and going back judges it anew', async () => {
  const { page, done } = await open(`/C?lang=en${demo.fragmentOf('C06')}`);
  const recalled = (await answer(page)).code;
  assert.equal((await answer(page)).level, 'stop');
  await paste(page, demo.textOf('C04'));
  await untilText(page, '.verdict[data-level] .code', /genuine|record|status/);
  assert.ok(page.url().endsWith(demo.fragmentOf('C04')), page.url());
  await paste(page, demo.textOf('X5'));
  await untilText(page, '.verdict .code', 'check.foreign_code');
  assert.match(page.url(), /#~/);
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal((await answer(page)).code, 'check.foreign_code');
  await page.goBack();
  await page.goBack();
  await untilText(page, '.verdict .code', recalled);
  assert.ok(page.url().endsWith(demo.fragmentOf('C06')));
  // The link of the recalled one, opened again after another code was scanned.
  await paste(page, demo.textOf('C04'));
  await untilText(page, '.verdict .code', /genuine|record|status/);
  await page.evaluate((/** @type {string} */ hash) => { location.hash = hash; }, demo.fragmentOf('C06'));
  await untilText(page, '.verdict .code', recalled);
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal((await answer(page)).code, recalled);
  await done();
});

test('page: of several codes the gravest answer comes first, and the others can be chosen', async () => {
  const { page, done } = await open('/C?lang=en');
  await paste(page, `${demo.textOf('C04')} ${demo.textOf('X1')}`);
  await untilText(page, '.verdict .code', 'altered.signature');
  assert.match(await page.textContent('#others'), /2 codes were found/);
  await page.locator('#others button').nth(1).click();
  await untilText(page, '.verdict[data-level] .code', /genuine|record|status/);
  assert.ok(page.url().endsWith(demo.fragmentOf('C04')), page.url());
  await page.goBack();
  await untilText(page, '.verdict .code', 'altered.signature');
  await done();
});

test('page: says what a check tells others, and never that it tells nobody', async () => {
  const { page, done } = await open(`/C?lang=en${demo.fragmentOf('C04')}`);
  const said = await page.textContent('#foot');
  assert.match(said, /check runs on this device/);
  assert.doesNotMatch(said, /nobody/);
  await done();
});

test('page: changing the language costs the texts and keeps the verdict', async () => {
  const { page, requests, done } = await open(`/C?lang=zh${demo.fragmentOf('X1')}`);
  const before = requests.length;
  await page.click('#language');
  await page.locator('html[lang=en]').waitFor();
  assert.deepEqual(requests.slice(before).sort(), ['/i18n/en.json', '/i18n/en.more.json']);
  assert.equal((await answer(page)).word, 'Altered');
  await done();
});

test('page: another link in the same page is judged, and the verdict takes the focus', async () => {
  const { page, done } = await open(`/C?lang=en${demo.fragmentOf('C04')}`);
  await page.evaluate((/** @type {string} */ hash) => { location.hash = hash; }, demo.fragmentOf('X1'));
  await untilText(page, '.verdict .code', 'altered');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'word');
  await done();
});

test('page: offline after loading, pasted codes are still judged, foreign ones named and not opened', async () => {
  const { page, context, problems } = await open('/C?lang=en');
  await page.click('#again button:nth-of-type(2)');
  await page.waitForSelector('#pasted'); // the scanner's script comes with the first use of it
  await context.setOffline(true);
  for (const [text, code] of [[demo.textOf('X5'), 'check.foreign_code'], [demo.textOf('X1'), 'altered.signature'], ['javascript:alert(1)', 'check.foreign_code']]) {
    await paste(page, text);
    await untilText(page, '.verdict .code', code);
  }
  // Neither records, newer trust nor the drawing of other goods can be fetched offline; nothing else is even tried (the icon
  // is the browser's own), and no broken picture is left.
  assert.equal(await page.locator('.picture img').count(), 0);
  assert.deepEqual(problems.filter((line) => !/\/records\/|\/pictures\/|\/icon\.svg|bundle\.cbor|ERR_INTERNET_DISCONNECTED/.test(line)), []);
  await context.close();
});

for (const scheme of ['light', 'dark']) {
  for (const [id, language] of [['C01', 'zh'], ['X1', 'en'], ['', 'en']]) {
    test(`page: axe finds nothing wrong with ${id || 'the welcome'} (${scheme})`, async () => {
      const { page, done } = await open(`/C?lang=${language}${id && demo.fragmentOf(id)}`, { colorScheme: scheme, bypassCSP: true, reducedMotion: 'reduce' });
      await page.evaluate(axeSource());
      const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
      assert.deepEqual(violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(' ')}`), []);
      await done();
    });
  }
}

test('page: at 200 % text nothing has to be scrolled sideways', async () => {
  for (const id of ['C01', 'X1']) {
    const { page, done } = await open(`/C?lang=en${demo.fragmentOf(id)}`);
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wider <= 0, `${id} is ${wider} px too wide`);
    await done();
  }
});

test('page: the keyboard reaches everything, in the order of the page, and shows where it is', async (t) => {
  if (!hasRecords()) return t.skip('the demo publishes no records');
  const { page, done } = await open(`/C?lang=en${demo.fragmentOf('C04')}`);
  const folds = await page.$$eval('[data-fold]', (/** @type {HTMLElement[]} */ nodes) => nodes.map((node) => node.dataset.fold));
  assert.ok(folds.length >= 6, folds.join());
  const order = ['skip', 'Pipaproduce certificate check', 'large', 'language', ...folds, 'Share', 'As a picture', 'Print', 'Read aloud', 'Report', '12315', '12316', '12345',
    'Lots I looked at', 'Scan with the camera', 'photo', 'Type text or number', 'next-scan', 'Learn how to read a certificate'];
  const reached = [];
  for (const _ of order) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => {
      const node = /** @type {HTMLElement} */ (document.activeElement);
      const shown = getComputedStyle(node.id === 'photo' ? /** @type {Element} */ (node.parentElement) : node).outlineStyle;
      return `${node.closest('[data-fold]')?.getAttribute('data-fold') ?? (node.id || node.textContent)} ${shown}`;
    }));
  }
  assert.deepEqual(reached, order.map((line) => `${line} solid`));
  await done();
});

test('page: the language that was chosen is remembered', async () => {
  const { page, done } = await open(`/C${demo.fragmentOf('C04')}`, { locale: 'zh-CN' });
  await page.click('#language');
  await page.locator('html[lang=en]').waitFor();
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await done();
});

test('page: everything that is tapped is at least 44 px high', async () => {
  const { page, done } = await open(`/C?lang=zh${demo.fragmentOf('C01')}`);
  const small = await page.$$eval('button, a.button, label.button, .brand', (/** @type {Element[]} */ nodes) => nodes
    .filter((node) => node.getBoundingClientRect().height < 44).map((node) => node.textContent));
  assert.deepEqual(small, []);
  await done();
});

