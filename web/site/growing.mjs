// The texts of the page, and how it goes on in whole.wasm once the answer is shown.

/** @typedef {import('./page.mjs').Page} Page */

/** Files of texts for a language, by what stands behind its tag: those of the answer, and once whole.wasm is there those of all it tells. */
const parts = [''];

/** @param {string} tag @param {string} part @returns {Promise<Record<string, string>>} */
async function textsOf(tag, part) {
  const response = await fetch(`/i18n/${tag}${part}.json`);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** @param {Page} page @param {string} tag */
export async function addTexts(page, tag) {
  if (page.catalogues.has(tag)) return;
  const texts = Object.assign({}, ...await Promise.all(parts.map((part) => textsOf(tag, part))));
  page.catalogues.set(tag, texts);
  page.device?.addCatalogue(tag, texts);
}

/** whole.wasm goes on in the place of verify.wasm: with what the device knows, and with what was asked so far. @param {Page} page */
async function growNow(page) {
  const { device, catalogues } = page;
  if (device === null) return;
  const [whole, ...texts] = await Promise.all([device.goOnIn(fetch('/whole.wasm')), ...[...catalogues.keys()].map((tag) => textsOf(tag, '.more'))]);
  parts.push('.more');
  [...catalogues].forEach(([tag, known], index) => catalogues.set(tag, { ...known, ...texts[index] }));
  for (const [tag, all] of catalogues) whole.addCatalogue(tag, all);
  page.device = whole;
  page.asked = page.asked.map((inquiry) => inquiry.on(whole));
}

/** @type {Promise<void> | null} */
let growing = null;

/** @param {Page} page */
export function grow(page) {
  growing ??= growNow(page);
  growing.catch(() => { growing = null; }); // whoever wants it next tries once more
  return growing;
}
