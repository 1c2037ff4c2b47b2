// A box that has no answer, or one that is none of this certificate's: each cause its own sentence, in both languages, as component and as frame; and
// what the editor put inside stays within reach.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { componentOf, frameOf, openArticle, opened, root, serve, violations } from './harness.mjs';

const all = opened();
const words = Object.fromEntries(['zh-Hans', 'en'].map((tag) => [tag, JSON.parse(readFileSync(join(root, `assets/i18n/${tag}.json`), 'utf8'))]));
const inside = '<a href="#link">Check this certificate</a>';
const code = (/** @type {string} */ id) => all.demo.find(id).text;

/** Sites beside the demo's own, for files that are missing or others. @type {Record<string, any>} */
const sites = {};
after(() => Object.values(sites).forEach((one) => one.close()));
const siteWith = async (/** @type {string} */ name, /** @type {Record<string, any>} */ replace) => (sites[name] ??= await serve(all.demo.site, { replace }));

const policyOf = (/** @type {string} */ origin, /** @type {Record<string, string>} */ other) =>
  Object.entries({ 'default-src': "'none'", 'script-src': `${origin} 'wasm-unsafe-eval'`, 'connect-src': origin, 'img-src': origin, 'frame-src': origin, ...other }).map((one) => one.join(' ')).join('; ');

/**
 * `says`: a key of the catalogues, or the core's reason code; `null`: what stands inside says it all. `onlyComponent`: the frame has a policy and
 * a program of its own.
 * @typedef {{values?: () => Record<string, string>, replace?: () => Record<string, any>, prepare?: (page: any) => Promise<void>, policy?: Record<string, string>, says: string | null, file?: string, onlyComponent?: boolean, slow?: boolean}} Trouble
 */
const certificate = () => ({ certificate: code('C04') });
const withFile = (/** @type {string} */ file, /** @type {string} */ says, answer = 500) => ({ replace: () => ({ [`/${file}`]: answer }), says, file });

/** @type {Record<string, Trouble>} */
const troubles = {
  'no certificate': { values: () => ({}), says: 'embed.trouble.none' },
  'a broken one': { values: () => ({ certificate: code('C04').slice(0, -40) }), says: 'check.unreadable' },
  'a foreign code': { values: () => ({ certificate: 'https://weixin.qq.com/r/0000000000000000000' }), says: 'check.foreign_code' },
  'what is no code at all': { values: () => ({ certificate: 'hello' }), says: 'check.foreign_code' },
  'the pin of another': { values: () => ({ ...certificate(), pin: `genuine.${'0'.repeat(32)}` }), says: 'embed.pin.certificate' },
  'a pin that cannot be read': { values: () => ({ ...certificate(), pin: 'nonsense' }), says: 'embed.pin.bad' },
  'the site down': { prepare: (page) => page.route(/^(?!.*(paper\.html|pipa-verify\.mjs|host\.mjs|frame\.mjs|\/embed\/(#.*)?$))/, (/** @type {any} */ route) => route.abort()), says: 'embed.trouble.site' },
  'a site that never answers': { prepare: (page) => page.route('**/whole.wasm', () => {}), says: 'embed.trouble.site', slow: true },
  ...Object.fromEntries(['whole.wasm', 'i18n/TAG.json', 'i18n/TAG.more.json', 'i18n/TAG.embed.json'].map((file) => [`${file} missing`, withFile(file, 'embed.trouble.part')])),
  'anchor.json missing': { ...withFile('anchor.json', 'embed.trouble.part'), onlyComponent: true },
  'the keys and lists missing': { replace: () => ({ '/bundle.cbor': 404, '/trust.cose': 404 }), says: 'check.no_trust' },
  'the keys and lists failing': { replace: () => ({ '/bundle.cbor': 500, '/trust.cose': 500 }), says: 'check.no_trust' },
  'another module under the name': { replace: () => ({ '/whole.wasm': readFileSync(join(all.demo.site, 'verify.wasm')) }), says: 'embed.trouble.version' },
  'the site of another office': { values: () => ({ ...certificate(), 'office-key': 'a'.repeat(64) }), says: 'embed.trouble.key', onlyComponent: true },
  'a policy against asking': { policy: { 'connect-src': "'none'" }, says: 'embed.trouble.policy', onlyComponent: true },
  'a policy against WebAssembly': { policy: { 'script-src': 'ORIGIN' }, says: 'embed.trouble.policy', onlyComponent: true },
  'a policy against the script': { policy: { 'script-src': "'none'" }, says: null, onlyComponent: true },
  'no WebAssembly': { prepare: (page) => page.addInitScript(() => { Reflect.deleteProperty(globalThis, 'WebAssembly'); }), says: 'embed.trouble.device' },
  'an old browser': { prepare: (page) => page.addInitScript(() => {
    for (const each of [Document, ShadowRoot]) Reflect.deleteProperty(each.prototype, 'adoptedStyleSheets');
    globalThis.CSSStyleSheet = /** @type {any} */ (class { constructor() { throw new TypeError('Illegal constructor'); } });
  }), says: 'embed.trouble.browser' },
  'a browser that cannot read the module': { replace: () => ({ '/embed/pipa-verify.mjs': 'class {' }), says: null },
};

/** What stands in the box: its sentence, and whether one sees what the editor put inside. */
function look() {
  const box = /** @type {HTMLElement} */ (document.querySelector('pipa-verify'));
  const cards = [...(box.shadowRoot?.querySelectorAll('.pv-card') ?? [])];
  const link = box.querySelector('a');
  return { said: cards.map((card) => /** @type {HTMLElement} */ (card).innerText).join('\n'), code: box.shadowRoot?.querySelector('.pv-foot code')?.textContent ?? '', reachable: link !== null && link.checkVisibility() && link.getBoundingClientRect().width > 0 };
}

/** Until it says that. @param {any} place page or frame @param {(seen: ReturnType<typeof look>) => boolean} wanted @param {number} patience */
async function until(place, wanted, patience) {
  let seen = await place.evaluate(look);
  for (const end = Date.now() + patience; !wanted(seen) && Date.now() < end;) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    seen = await place.evaluate(look);
  }
  return seen;
}

for (const [name, { values = certificate, replace, prepare = async () => {}, policy, says, file, onlyComponent, slow }] of Object.entries(troubles))
  test(`trouble: ${name}: its own sentence, and what stands inside stays`, async () => {
    for (const lang of slow ? ['en'] : ['zh-Hans', 'en']) {
      const other = Object.fromEntries(Object.entries(replace?.() ?? {}).map(([path, answer]) => [path.replace('TAG', lang), answer]));
      const site = replace ? await siteWith(`${name} ${lang}`, other) : all.site;
      const headers = policy ? { 'content-security-policy': policyOf(site.origin, Object.fromEntries(Object.entries(policy).map(([part, value]) => [part, value.replace('ORIGIN', site.origin)]))) } : {};
      const given = { ...values(), lang };
      const paper = await openArticle({ ...all, site }, componentOf(site.origin, { ...given, load: 'now' }, inside) + (onlyComponent ? '' : frameOf(site.origin, given)), { headers, prepare, options: { viewport: { width: 700, height: 2000 } } });
      const frame = paper.page.frames().find((/** @type {any} */ one) => one.url().includes('/embed/'));
      const sentence = words[lang][says ?? '']?.replace('{file}', String(file).replace('TAG', lang));
      const isThere = (/** @type {ReturnType<typeof look>} */ seen) => (says === null ? seen.said === '' : sentence ? seen.said.includes(sentence) : seen.code === says);
      for (const [where, place] of Object.entries({ component: paper.page, ...(onlyComponent ? {} : { frame }) })) {
        const seen = await until(place, isThere, slow ? 25_000 : 12_000);
        assert.ok(isThere(seen), `${where}, ${lang}: ${JSON.stringify(seen)} is not ${sentence ?? says}`);
        if (where === 'component') assert.ok(seen.reachable, `${where}, ${lang}: what stands inside is out of reach`);
        else if (says === null) assert.match(await frame.locator('main').innerText(), /does not run on this device/);
      }
      if (!policy && lang === 'en') assert.deepEqual(await violations(paper.page), []); // (axe is a script too)
      await paper.close();
    }
  });

test('trouble: an answer that comes after the sentence takes its place', async () => {
  let release = () => {};
  const held = new Promise((resolve) => { release = () => resolve(undefined); });
  const prepare = (/** @type {any} */ page) => page.route('**/whole.wasm', async (/** @type {any} */ route) => { await held; await route.continue(); });
  const paper = await openArticle(all, componentOf(all.site.origin, { ...certificate(), lang: 'en', load: 'now', 'demo-now': all.demo.now }, inside), { prepare });
  assert.ok((await until(paper.page, ({ said }) => said === words.en['embed.trouble.site'], 25_000)).reachable);
  release();
  const seen = await until(paper.page, ({ code: reason }) => reason !== '', 12_000);
  assert.deepEqual([seen.code, seen.reachable], ['genuine.signature_fits', false]);
  await paper.close();
});
