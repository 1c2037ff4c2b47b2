// The box says what the phone page says: every case of the demo, every link that came changed, and devices whose clock is behind.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { changedLinks } from '../faces/changed_links.mjs';
import { askModule } from '../faces/core.mjs';
import { filesOf } from '../faces/districts.mjs';
import { openDemo } from '../web/site.mjs';
import { attributesOf, launch, moduleOf, openArticle } from './harness.mjs';

/** Served under the host that its codes name. @type {any} */
let demo, /** @type {{site: {origin: string}, browser: any}} */ all, /** @type {Asked[]} */ cases, /** @type {string} */ today;
before(async () => {
  demo = await openDemo();
  all = { site: { origin: demo.url }, browser: await launch() };
  ({ cases, now: today } = JSON.parse(readFileSync(join(demo.folder, 'certificates.json'), 'utf8')));
});
after(async () => {
  await all?.browser.close();
  await demo?.close();
});
/** @typedef {{id: string, text: string, now?: string}} Asked */

/** The demo as tests/faces knows a district. @param {string} [now] */
const district = (now = today) => /** @type {any} */ ({ kind: 'repository', anchor: readFileSync(join(demo.folder, 'site/root.pin'), 'utf8').trim(), now, files: filesOf(join(demo.folder, 'site')) });

/** What each box shows, all of them in one article. @param {Asked[]} list */
async function boxes(list) {
  const body = list.map(({ text, now = today }, at) => `<pipa-verify${attributesOf({ id: `b${at}`, lang: 'en', load: 'now', certificate: text, 'demo-now': String(Date.parse(now) / 1000) })}></pipa-verify>`).join('');
  const { page, close } = await openArticle(all, moduleOf(all.site.origin) + body);
  await page.waitForFunction((count) => document.querySelectorAll('pipa-verify').length === count && [...document.querySelectorAll('pipa-verify')].every((each) => each.shadowRoot?.querySelector('.pv-card')), list.length, { timeout: 120_000 });
  const seen = await page.$$eval('pipa-verify', (nodes) => nodes.map((node) => {
    const card = node.shadowRoot.querySelector('.pv-card');
    return { verdict: card.dataset.verdict, level: card.dataset.level, word: card.querySelector('h2')?.textContent, reason: card.querySelector('.pv-foot code')?.textContent, link: card.querySelector('.pv-foot a')?.getAttribute('href') ?? '', said: card.textContent };
  }));
  await close();
  return seen;
}

/** @param {any} seen @param {any} view of the core @param {string} id */
function agrees(seen, view, id) {
  const { verdict, remarks, summary } = view;
  assert.deepEqual([seen.verdict, seen.level, seen.word, seen.reason], [verdict.code, verdict.level, verdict.word, verdict.reason_code], id);
  const unsaid = [verdict.reason, verdict.next_step, ...remarks.map((/** @type {any} */ one) => one.text), summary.further?.text ?? '', ...verdict.does_not_prove].filter((text) => !seen.said.includes(text) && !(summary.further?.text ?? '').startsWith(text));
  assert.deepEqual(unsaid, [], id);
}

test('cases: each case of the demo is answered in a box as on the phone page, and as the core answers it', async () => {
  const list = cases.map(({ id, text }) => ({ id, text }));
  assert.ok(list.length >= 28, String(list.length));
  const seen = await boxes(list);
  const page = await all.browser.newPage({ viewport: { width: 390, height: 844 } });
  for (const [at, { id, text }] of list.entries()) {
    agrees(seen[at], (await askModule(district(), district().files, text)).view, id);
    const digits = text.split('#')[1];
    if (!digits) continue; // the page takes links; other texts are pasted there
    await page.goto('about:blank');
    await page.goto(`${all.site.origin}/C/?lang=en#${digits}`);
    await page.locator('.verdict .code').waitFor();
    const shown = { level: await page.getAttribute('.verdict', 'data-level'), word: await page.locator('#word').innerText(), reason: (await page.locator('.verdict .code').innerText()).split(' ').at(-1) };
    if (seen[at].reason === 'link.foreign_host') continue; // a link that was opened on this site names no other
    assert.deepEqual(shown, { level: seen[at].level, word: seen[at].word, reason: seen[at].reason }, id);
  }
  await page.close();
});

test('cases: a link that came changed, and a typed number, are answered as the code itself', async () => {
  const code = demo.textOf('C06');
  const { changed, lost } = changedLinks(code);
  const list = Object.entries({ 'the code': code, ...changed, ...lost, 'a number': 'DEMO-330113-261028-C06', 'a number in small letters': 'demo-330113-261028-c06' }).map(([id, text]) => ({ id, text }));
  const seen = await boxes(list);
  for (const [at, { id, text }] of list.entries()) {
    agrees(seen[at], (await askModule(district(), district().files, text)).view, id);
    if (id in lost) assert.deepEqual([seen[at].verdict, seen[at].link.includes(code.split('#')[1])], ['could_not_check', false], id);
    else assert.deepEqual([seen[at].reason, seen[at].link], ['notice.recalled', `${all.site.origin}/C/#${code.split('#')[1]}`], id);
  }
});

test('cases: a clock that is behind makes nothing milder in a box', async () => {
  for (const now of ['2000-01-01T00:00:00+08:00', '2026-10-28T18:00:00+08:00']) {
    const list = cases.map(({ id, text }) => ({ id, text, now }));
    const seen = await boxes(list);
    for (const [at, { id, text }] of list.entries()) agrees(seen[at], (await askModule(district(now), district().files, text)).view, `${id} on ${now}`);
    assert.equal(seen[list.findIndex(({ id }) => id === 'C06')].level, 'stop');
  }
});
