// Boxes in an article: three sizes of one answer, what is loaded when, what of the host's page reaches them, and the builder that writes them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { frameSnippet } from '../../web/embed/snippets.mjs';
import { attributesOf, moduleOf, openArticle, opened, program, serve, violations } from './harness.mjs';

const all = opened();
const article = (/** @type {string} */ body, /** @type {Parameters<typeof openArticle>[2]} */ how) => openArticle(all, body, how);
const module = () => moduleOf(all.site.origin);
/** @param {string} id of a case @param {Record<string, string>} [more] */
const box = (id, more = {}, inside = '') => `<pipa-verify${attributesOf({ certificate: all.demo.find(id).text, lang: 'en', 'demo-now': all.demo.now, ...more })}>${inside}</pipa-verify>`;
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
  const { page, asked, close } = await article(module() + ids.map((id, index) => box(id, { size: ['line', 'card', 'story'][index % 3], lang: index % 2 ? 'en' : 'zh-Hans' })).join(''), { options: { viewport: { width: 390, height: 3000 } } });
  await answered(page, 10);
  await page.locator('.pv-behind').nth(2).waitFor(); // the stories are there
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
  const policy = `default-src 'none'; script-src ${all.site.origin} 'wasm-unsafe-eval'; connect-src ${all.site.origin}; img-src ${all.site.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { page, close } = await article(module() + box('C04', { size: 'story' }), { headers: { 'content-security-policy': policy } });
  const problems = [];
  page.on('console', (/** @type {any} */ message) => { if (message.type() === 'error' && !/favicon/.test(message.text())) problems.push(message.text()); });
  await page.locator('.pv-behind').waitFor(); // (waitForFunction evaluates strings, which this policy forbids)
  assert.deepEqual(problems, []);
  await close();
});

test('boxes: without the files of the story the card stands by itself', async () => {
  const gone = await serve(all.demo.site, { replace: { '/story.css': 500 } });
  const { page, close } = await article(`<script type="module" src="${gone.origin}/embed/pipa-verify.mjs"></script>${box('C04', { size: 'story' })}`);
  await answered(page);
  assert.equal(await inBox(page, '.pv-behind'), undefined);
  assert.match(await inBox(page, 'h2'), /Genuine/);
  await close();
  gone.close();
});

/** The builder with a certificate pasted. @param {string} text @param {string} [size] */
async function builder(text, size = 'card', load = 'near') {
  const page = await all.browser.newPage({ viewport: { width: 390, height: 900 } });
  await page.goto(`${all.site.origin}/embed/?lang=en`);
  await page.check(`input[name=size][value=${size}]`);
  await page.check(`input[name=load][value=${load}]`);
  await page.fill('.paste textarea', text);
  return page;
}

test('builder: what it writes works in an article, as element and as frame, without a shift of what stands below', async () => {
  for (const [size, load] of [['line', 'near'], ['card', 'near'], ['card', 'click'], ['story', 'near']]) {
    const page = await builder(all.demo.find('C04').text, size, load);
    await page.locator('.copy').first().waitFor();
    assert.deepEqual(await violations(page), []);
    const [component, frame] = await page.$$eval('.copy textarea', (areas) => areas.map((area) => area.value));
    await page.close();
    const standing = component.replace('<pipa-verify', `<pipa-verify demo-now="${all.demo.now}"`);
    const watch = `<script>globalThis.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });</script>`;
    const paper = await article(`${standing}<p>What stands below.</p>${frame}<p>And below that.</p>`, { head: `${watch}<style>body{margin:0 1rem}</style>`, options: { viewport: { width: 390, height: 4000 } } });
    if (load === 'click') await paper.page.click('pipa-verify button');
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

test('builder: its stills in words are those of pipa card, byte for byte', async () => {
  const text = all.demo.find('C06').text;
  const page = await builder(text);
  await page.locator('.copy').nth(4).waitFor();
  const [html, line] = (await page.$$eval('.copy textarea', (areas) => areas.map((area) => area.value))).slice(2);
  const card = (/** @type {string} */ form) => spawnSync(program, ['card', text, '--trust', `${all.demo.site}/bundle.cbor`, '--now', all.demo.nowText, form, '--lang', 'en'], { encoding: 'utf8' }).stdout.trim();
  assert.deepEqual([html.trim(), line.trim()], [card('--html'), card('--line')]);
  assert.match(line, /^Recalled \(as of \d+ \w+ 2026/);
  await page.close();
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
  assert.equal(await page.locator('.copy').count(), 5);
  await page.close();
  const offering = await serve(all.demo.site, { replace: { [`/e/${number}/oembed.json`]: '{}' } });
  const other = await all.browser.newPage();
  await other.goto(`${offering.origin}/embed/?lang=en`);
  await other.fill('.paste textarea', number);
  await other.locator('.copy').nth(5).waitFor();
  assert.equal(await other.locator('.copy textarea').nth(2).inputValue(), `${offering.origin}/e/${number}/`);
  await other.close();
  offering.close();
});

test('builder: is not what a frame without a certificate shows', async () => {
  const { page, close } = await article(`<iframe title="x" sandbox="allow-scripts" src="${all.site.origin}/embed/"></iframe>`);
  assert.match(await page.frameLocator('iframe').locator('.pv-card').innerText(), /names none|没有给出/);
  await close();
});

/** The colour of one point of the screen. @param {any} page @param {number} x @param {number} y */
async function pointOf(page, x, y) {
  const shot = (await page.screenshot({ clip: { x, y, width: 1, height: 1 } })).toString('base64');
  const reader = await all.browser.newPage();
  const point = await reader.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const paper = new OffscreenCanvas(1, 1).getContext('2d');
    paper.drawImage(image, 0, 0);
    return [...paper.getImageData(0, 0, 1, 1).data].slice(0, 3).join(',');
  }, shot);
  await reader.close();
  return point;
}

for (const [name, scheme, device, theme, isDark] of [
  ['a page that knows light alone, on a dark device', 'normal', 'dark', '', false],
  ['a page that follows the device, dark', 'light dark', 'dark', '', true],
  ['a page that follows the device, light', 'light dark', 'light', '', false],
  ['a dark page on a light device', 'dark', 'light', '', true],
  ['a light box in a dark page', 'dark', 'dark', 'light', false],
  ['a dark box in a light page', 'light', 'light', 'dark', true],
])
  test(`boxes: light or dark is the page's: ${name}; and nothing else is painted`, async () => {
    const head = `<style>html{color-scheme:${scheme};background:rgb(10,120,30)}</style>`;
    const made = { portal: `${all.site.origin}/`, certificate: all.demo.find('C04').text, title: 'Check', height: 700, lang: 'en', size: 'line', theme };
    const { page, close } = await article(module() + box('C04', { size: 'line', ...(theme && { theme }) }) + frameSnippet(made), { head, options: { colorScheme: device, viewport: { width: 390, height: 1200 } } });
    await answered(page);
    const ground = (/** @type {any} */ place) => place.locator('.pv-card').first().evaluate((node) => getComputedStyle(node).backgroundColor);
    assert.equal(await ground(page), isDark ? 'rgb(33, 29, 24)' : 'rgb(255, 253, 248)');
    const frame = page.frameLocator('iframe');
    await frame.locator('.pv-card').waitFor();
    if (theme) assert.equal(await ground(frame), isDark ? 'rgb(33, 29, 24)' : 'rgb(255, 253, 248)');
    const place = await page.locator('iframe').boundingBox();
    assert.equal(await pointOf(page, place.x + 20, place.y + 600), '10,120,30', 'behind the frame');
    await close();
  });

test('boxes: a browser that cannot have two colours in one shows the light card, whatever the page', async () => {
  const prepare = (/** @type {any} */ page) => page.addInitScript(() => { CSS.supports = () => false; });
  const { page, close } = await article(module() + box('C06'), { prepare, head: '<style>html{color-scheme:dark}</style>', options: { colorScheme: 'dark' } });
  await answered(page);
  const [ground, word] = await page.locator('.pv-card').evaluate((card) => [getComputedStyle(card).backgroundColor, getComputedStyle(card.querySelector('.pv-verdict')).color]);
  assert.deepEqual([ground, word], ['rgb(255, 253, 248)', 'rgb(179, 38, 30)']);
  await close();
});

test('boxes: a site can name another place for its page, and nothing but a web address', async () => {
  for (const [site, wanted] of [['https://pipa.example/', 'https://pipa.example/C/#'], ['javascript:alert(1)//', '']]) {
    const anchor = { ...JSON.parse(readFileSync(`${all.demo.site}/anchor.json`, 'utf8')), site };
    const other = await serve(all.demo.site, { replace: { '/anchor.json': JSON.stringify(anchor) } });
    const { page, close } = await article(moduleOf(other.origin) + box('C04'));
    await answered(page);
    const link = await page.locator('.pv-foot a').getAttribute('href');
    assert.ok(link.startsWith(wanted || `${other.origin}/C/#`), link);
    await close();
    other.close();
  }
});
