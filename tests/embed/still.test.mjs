// Stills as others show them: a browser's own fonts in the SVG, and the fragment for WeChat that unfolds by a tap.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, makeDemo, root, violations } from './harness.mjs';

const program = process.env.PIPA ?? join(root, 'build/release/bin/pipa');
let demo, browser, page;
before(async () => {
  demo = makeDemo();
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 390, height: 1200 } });
});
after(async () => {
  await browser?.close();
  demo?.remove();
});

/** @param {string} id @param {string} form @param {string} lang */
function card(id, form, lang) {
  const { stdout } = spawnSync(program, ['card', demo.find(id).text, '--trust', join(demo.site, 'bundle.cbor'), '--now', demo.nowText, `--${form}`, '--lang', lang, ...(form === 'wechat' ? ['--out', join(demo.site, 'w.html')] : [])], { encoding: 'utf8' });
  return form === 'wechat' ? execFileSync('cat', [join(demo.site, 'w.html')], { encoding: 'utf8' }) : stdout;
}
const show = (/** @type {string} */ body, lang = 'en') => page.setContent(`<!doctype html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>Paper</title><main><h1>Paper</h1>${body}</main>`);

for (const lang of ['zh-Hans', 'en']) {
  test(`still: no line leaves the drawing or runs into its code, in the browser's fonts, ${lang}`, async () => {
    for (const id of ['C01', 'C04', 'C06', 'C10', 'C13', 'C18']) {
      await show(card(id, 'svg', lang), lang);
      const found = await page.evaluate(() => {
        const svg = document.querySelector('svg');
        const frame = svg.getBoundingClientRect(), code = svg.querySelector(':scope > path').getBoundingClientRect();
        return [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
          .filter(({ box }) => box.right > frame.right || box.bottom > frame.bottom || (box.right > code.left && box.top < code.bottom - 2 && box.bottom > code.top + 2)).map(({ text }) => text);
      });
      assert.deepEqual(found, [], id);
      assert.deepEqual(await violations(page), []);
    }
  });
}

test('still: the fragment for WeChat unfolds by a tap, once, and nothing else of it moves', async () => {
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 1200 });
    await show(card('C06', 'wechat', 'zh-Hans'), 'zh-Hans');
    const height = () => page.evaluate(() => Math.round(document.querySelector('svg').getBoundingClientRect().height));
    const folded = await height();
    await page.mouse.click(width / 2, 200);
    await page.waitForTimeout(700);
    const open = await height();
    assert.ok(open > folded + 150, `${folded} to ${open}`);
    await page.mouse.click(width / 2, 200);
    await page.waitForTimeout(700);
    assert.equal(await height(), open);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  }
});

test('still: as a quotation it has the verdict, the day and a link, and nothing that axe complains about', async () => {
  await show(card('C06', 'html', 'en'));
  assert.match(await page.locator('blockquote strong').first().innerText(), /Recalled/);
  assert.match(await page.locator('time').innerText(), /^as of \d/);
  assert.match(await page.locator('blockquote a').getAttribute('href'), /^https:\/\/[^/]+\/C#~DEMO-/);
  assert.deepEqual(await violations(page), []);
});
