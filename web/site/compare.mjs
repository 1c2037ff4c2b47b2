// Two lots side by side: the core's table (src/page/comparison.hpp), drawn.

import { element, markChinese } from './dom/nodes.mjs';
import { icon } from './view.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {{value: string, note?: string, level?: string}} Cell */
/** @typedef {{title: string, text: string, heads: {title: string, level: string, icon: string, word: string}[], rows: {id: string, label: string, cells: Cell[]}[]}} Comparison */

/** @param {Page} page @param {string} text of the code beside the one that is shown @returns {Promise<Comparison>} */
async function comparisonWith(page, text) {
  const other = await page.answersTo([text]);
  try {
    return await page.callDesk('around', 'pipa_comparison_view', [page.asked[page.shown].number, other[0].number], page.language);
  } finally {
    page.close(other);
  }
}

/** @param {Cell} cell */
const cellNode = ({ value, note, level }) => element('td', { ...(level && { 'data-level': level }) }, value, note && element('small', {}, note));

/** @param {Page} page @param {Element} place @param {string} text */
export async function openComparison(page, place, text) {
  const { title, text: says, heads, rows } = await comparisonWith(page, text);
  const head = element('tr', {}, element('td', {}), ...heads.map((one) => element('th', { scope: 'col', 'data-level': one.level }, icon(one.icon), one.title)));
  const table = element('table', {}, element('caption', { class: 'unseen' }, title), element('thead', {}, head),
    element('tbody', {}, ...rows.map(({ id, label, cells }) => element('tr', { 'data-row': id }, element('th', { scope: 'row' }, label), ...cells.map(cellNode)))));
  const card = element('section', { class: 'compare', 'aria-labelledby': 'compare-title' }, element('h3', { id: 'compare-title', tabindex: '-1' }, title), element('p', { class: 'hint' }, says), table,
    element('button', { type: 'button', click: () => place.replaceChildren() }, page.words('compare.close')));
  if (page.language !== 'zh-Hans') markChinese(card);
  place.replaceChildren(card);
  card.querySelector('h3')?.focus();
}
