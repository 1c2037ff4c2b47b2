// The texts of the page, and how its desk goes on in whole.wasm once the answer is shown.

import { compile } from './bridge/wasm_memory.mjs';

/** @typedef {import('./page.mjs').Page} Page */

/** @param {string} tag @param {string} part @returns {Promise<Record<string, string>>} */
async function textsOf(tag, part) {
  const response = await fetch(`/i18n/${tag}${part}.json`);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** @param {Page} page @param {string} tag */
export async function addTexts(page, tag) {
  if (page.catalogues.has(tag)) return;
  const parts = page.isGrown ? ['', '.more'] : ['']; // those of the answer, and those of all that whole.wasm tells
  const texts = Object.assign({}, ...await Promise.all(parts.map((part) => textsOf(tag, part))));
  page.catalogues.set(tag, texts);
  await page.desk?.('device', 'addCatalogue', tag, texts);
}

/** whole.wasm goes on in the place of verify.wasm: with what the desk knows, and with what was asked so far. @param {Page} page */
async function growNow(page) {
  if (page.isGrown) return;
  const { catalogues, callDesk } = page;
  const [whole, ...texts] = await Promise.all([compile(fetch('/whole.wasm')), ...[...catalogues.keys()].map((tag) => textsOf(tag, '.more'))]);
  [...catalogues].forEach(([tag, known], index) => catalogues.set(tag, { ...known, ...texts[index] }));
  await callDesk('goOnIn', whole, catalogues);
  page.isGrown = true;
  await page.tell(page.asked);
}

/** @type {Promise<void> | null} */
let growing = null;

/** @param {Page} page */
export function grow(page) {
  growing ??= growNow(page);
  growing.catch(() => { growing = null; }); // whoever wants it next tries once more
  return growing;
}
