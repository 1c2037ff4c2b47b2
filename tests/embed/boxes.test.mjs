// Boxes in an article: three sizes of one answer, what is loaded when, what of the host's page reaches them, and the builder that writes them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, makeDemo, root, serve, violations } from './harness.mjs';

let demo, site, browser;
before(async () => {
  demo = makeDemo();
  site = await serve(demo.site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  demo?.remove();
});

const module = () => `<script type="module" src="${site.origin}/embed/pipa-verify.mjs"></script>`;
/** @param {string} id of a case @param {Record<string, string>} [more] */
const box = (id, more = {}, inside = '') => `<pipa-verify ${Object.entries({ certificate: demo.find(id).text, lang: 'en', 'demo-now': demo.now, ...more }).map(([name, value]) => `${name}="${value}"`).join(' ')}>${inside}</pipa-verify>`;

/** @param {string} body @param {{options?: object, head?: string, headers?: Record<string, string>}} [how] */
async function article(body, { options = {}, head = '', headers = {} } = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (/** @type {any} */ request) => { if (request.url().startsWith(site.origin)) asked.push(new URL(request.url()).pathname); });
  const host = await serve(root, { replace: { '/paper.html': `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Paper</title>${head}<main><h1>Paper</h1>${body}</main>` }, headers });
  await page.goto(`${host.origin}/paper.html`);
  return { page, asked, close: async () => { await context.close(); host.close(); } };
}
const answered = (/** @type {any} */ page, count = 1) => page.waitForFunction((wanted) => [...document.querySelectorAll('pipa-verify')].filter((each) => each.shadowRoot?.querySelector('.pv-card[data-verdict]')).length >= wanted, count);
const inBox = (/** @type {any} */ page, /** @type {string} */ selector, index = 0) => page.evaluate(([wanted, nth]) => document.querySelectorAll('pipa-verify')[nth].shadowRoot.querySelector(wanted)?.textContent, [selector, index]);

test('boxes: a line, a card and a story say one answer; the story draws what the page draws', async () => {
  for (const [id, verdict] of [['C04', 'genuine'], ['C06', 'revoked']]) {
    const { page, close } = await article(module() + ['line', 'card', 'story'].map((size) => box(id, { size })).join(''));
    await answered(page, 3);
    const said = await page.evaluate(() => [...document.querySelectorAll('pipa-verify')].map(({ shadowRoot }) => {
      const card = shadowRoot.querySelector('.pv-card');
      return [card.dataset.verdict, card.dataset.level, shadowRoot.querySelector('h2').textContent, shadowRoot.querySelector('.pv-fresh').textContent, shadowRoot.querySelector('.pv-foot code').textContent].join('|');
    }));
    assert.equal(new Set(said).size, 1, said.join('\n'));
    assert.match(said[0], new RegExp(`^${verdict}\\|`));
    assert.ok(await page.evaluate(() => document.querySelectorAll('pipa-verify')[2].shadowRoot.querySelectorAll('.pv-behind svg.timeline, .pv-behind [data-section=tests]').length >= 2));
    assert.deepEqual(await violations(page), []);
    await close();
  }
});

test('boxes: nothing is loaded before one is near, nor before a click where the editor asks for that', async () => {
  const { page, asked, close } = await article(`${module()}<div style="height:5000px"></div>${box('C04')}`);
  await page.waitForTimeout(600);
  assert.deepEqual(asked, ['/embed/pipa-verify.mjs']);
  await page.evaluate(() => scrollTo(0, 4000));
  await answered(page);
  await close();
  const clicked = await article(module() + box('C04', { load: 'click' }, '<button type="button">Check</button> <a href="#x">or elsewhere</a>'));
  await clicked.page.click('pipa-verify a');
  await clicked.page.waitForTimeout(400);
  assert.deepEqual(clicked.asked, ['/embed/pipa-verify.mjs']);
  await clicked.page.click('pipa-verify button');
  await answered(clicked.page);
  await clicked.close();
});

test('boxes: ten on a page, in two languages, ask for each file once', async () => {
  const ids = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C08', 'C09', 'C10'];
  const { page, asked, close } = await article(module() + ids.map((id, index) => box(id, { size: 'line', lang: index % 2 ? 'en' : 'zh-Hans' })).join(''), { options: { viewport: { width: 390, height: 3000 } } });
  await answered(page, 10);
  const twice = asked.filter((path, index) => asked.indexOf(path) !== index);
  assert.deepEqual(twice, []);
  assert.ok(asked.includes('/whole.wasm') && asked.includes('/bundle.cbor') && asked.some((path) => path.startsWith('/records/')), asked.join(' '));
  await close();
});

const hostile = `<style>
  * { color: red !important; font: 700 40px/3 cursive !important; letter-spacing: .5em !important; text-transform: uppercase !important; border: 9px solid lime !important; float: left !important }
  html, body, main, pipa-verify { color: red; font: 700 40px/3 cursive; letter-spacing: .5em; text-transform: uppercase; text-align: right; word-spacing: 2em; text-indent: 3em; cursor: crosshair; white-space: nowrap; text-shadow: 2px 2px red; visibility: visible }
  article, .pv-card, h2, p, dl, dt, dd, ul, li { display: none !important; background: lime !important }
</style>`;
test('boxes: nothing of a hostile style sheet reaches what is inside, nor does a page that reads from right to left turn it around', async () => {
  const looks = async (/** @type {string} */ head, /** @type {string} */ around) => {
    const { page, close } = await article(`${module()}<div ${around}>${box('C04')}</div>`, { head });
    await answered(page);
    const found = await page.evaluate(() => [...document.querySelector('pipa-verify').shadowRoot.querySelectorAll('.pv-card, .pv-card *')].map((node) => {
      const style = getComputedStyle(node);
      return ['color', 'fontFamily', 'fontSize', 'fontWeight', 'letterSpacing', 'textTransform', 'textAlign', 'wordSpacing', 'textIndent', 'whiteSpace', 'textShadow', 'direction', 'display', 'backgroundColor', 'borderTopWidth', 'float', 'cursor'].map((name) => style[name]).join(' ');
    }));
    await close();
    return found;
  };
  const plain = await looks('', '');
  assert.ok(plain.length > 20);
  assert.deepEqual(await looks(hostile, ''), plain);
  assert.deepEqual(await looks('', 'dir="rtl"'), plain);
});

test('boxes: a page gives its font and colours by custom properties, and the colour of a verdict is none of them', async () => {
  const head = '<style>pipa-verify { --pipa-font: monospace; --pipa-ground: #eef; --pipa-ink: #113; --stop: green; --level: green; }</style>';
  const { page, close } = await article(module() + box('C06'), { head, options: { colorScheme: 'light' } });
  await answered(page);
  const [font, ground, ink, word] = await page.evaluate(() => {
    const card = document.querySelector('pipa-verify').shadowRoot.querySelector('.pv-card');
    const style = getComputedStyle(card);
    return [style.fontFamily, style.backgroundColor, style.color, getComputedStyle(card.querySelector('.pv-verdict')).color];
  });
  assert.deepEqual([font, ground, ink, word], ['monospace', 'rgb(238, 238, 255)', 'rgb(17, 17, 51)', 'rgb(179, 38, 30)']);
  await close();
});

test("boxes: under a newsroom's strict policy, with what the README names and no more", async () => {
  const policy = `default-src 'none'; script-src ${site.origin} 'wasm-unsafe-eval'; connect-src ${site.origin}; img-src ${site.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { page, close } = await article(module() + box('C04', { size: 'story' }), { headers: { 'content-security-policy': policy } });
  const problems = [];
  page.on('console', (/** @type {any} */ message) => { if (message.type() === 'error' && !/favicon/.test(message.text())) problems.push(message.text()); });
  await page.locator('.pv-behind').waitFor(); // (waitForFunction evaluates strings, which this policy forbids)
  assert.deepEqual(problems, []);
  await close();
});

test('boxes: without the files of the story the card stands by itself', async () => {
  const gone = await serve(demo.site, { replace: { '/story.css': 500 } });
  const { page, close } = await article(`<script type="module" src="${gone.origin}/embed/pipa-verify.mjs"></script>${box('C04', { size: 'story' })}`);
  await answered(page);
  assert.equal(await inBox(page, '.pv-behind'), undefined);
  assert.match(await inBox(page, 'h2'), /Genuine/);
  await close();
  gone.close();
});

/** The builder with a certificate pasted. @param {string} text @param {string} [size] */
async function builder(text, size = 'card') {
  const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
  await page.goto(`${site.origin}/embed/?lang=en`);
  await page.check(`input[name=size][value=${size}]`);
  await page.fill('.paste textarea', text);
  return page;
}

test('builder: what it writes works in an article, as element and as frame, without a shift of what stands below', async () => {
  for (const size of ['line', 'card']) {
    const page = await builder(demo.find('C04').text, size);
    await page.locator('.copy').first().waitFor();
    assert.deepEqual(await violations(page), []);
    const [component, frame] = await page.$$eval('.copy textarea', (areas) => areas.map((area) => area.value));
    await page.close();
    const standing = component.replace('<pipa-verify', `<pipa-verify demo-now="${demo.now}"`);
    const watch = `<script>globalThis.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });</script>`;
    const paper = await article(`${standing}<p>What stands below.</p>${frame}<p>And below that.</p>`, { head: `${watch}<style>body{margin:0 1rem}</style>`, options: { viewport: { width: 390, height: 2400 } } });
    await answered(paper.page);
    const inFrame = paper.page.frameLocator('iframe').locator('.pv-card[data-verdict=genuine]');
    await inFrame.waitFor();
    for (const where of [paper.page.locator('pipa-verify'), paper.page.frameLocator('iframe')]) assert.equal(await where.locator('.pv-pin').first().getAttribute('data-state'), 'match');
    assert.match(frame, /sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"/);
    assert.ok(await paper.page.evaluate(() => globalThis.shift) < 0.02, `${size}: ${await paper.page.evaluate(() => globalThis.shift)}`);
    const popup = paper.page.waitForEvent('popup');
    await paper.page.frameLocator('iframe').locator('.pv-foot a').click();
    await (await popup).waitForURL(/\/C\/#\d+$/); // not dead in the sandbox
    await paper.close();
  }
});

test('builder: for what is no certificate there is nothing to copy', async () => {
  const page = await builder('hello');
  await page.locator('.pv-card').waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.locator('.copy').count(), 0);
  await page.close();
});

test('builder: takes a certificate number, and says whether the site has an address for it', async () => {
  const number = 'DEMO-330113-261112-C04';
  const page = await builder(number);
  await page.locator('.copy').first().waitFor();
  assert.equal(await page.locator('.copy').count(), 3);
  await page.close();
  const offering = await serve(demo.site, { replace: { [`/e/${number}/oembed.json`]: '{}' } });
  const other = await browser.newPage();
  await other.goto(`${offering.origin}/embed/?lang=en`);
  await other.fill('.paste textarea', number);
  await other.locator('.copy').nth(3).waitFor();
  assert.equal(await other.locator('.copy textarea').nth(2).inputValue(), `${offering.origin}/e/${number}/`);
  await other.close();
  offering.close();
});

test('builder: is not what a frame without a certificate shows', async () => {
  const { page, close } = await article(`<iframe title="x" sandbox="allow-scripts" src="${site.origin}/embed/"></iframe>`);
  assert.match(await page.frameLocator('iframe').locator('.pv-card').innerText(), /names none|没有给出/);
  await close();
});
