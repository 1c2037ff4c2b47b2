// What stands behind the answer: what a shopper asks for drawn and open, the rest one line each to unfold. Nothing of this is loaded before the
// answer is shown.

import { draw } from './drawings.mjs';
import { element, markChinese, nextFrame } from './dom/nodes.mjs';
import { chip } from './view.mjs';

/** @typedef {import('./bridge/inquiry.mjs').View} View */
/** @typedef {import('./bridge/inquiry.mjs').Row} Row */
/** @typedef {import('./bridge/inquiry.mjs').Section} Section */
/** @typedef {import('./dom/nodes.mjs').Child} Child */
/** @typedef {(key: string) => string} Words */

/** What was unfolded, for as long as the page is open. @type {Set<string>} */
const unfolded = new Set();

/**
 * One line that opens. The browser's own search finds what is in it, and paper has it all but what is marked `onDemand`.
 * @param {{id: string, title: string, hint?: string, level?: 'h2' | 'h3', onDemand?: boolean}} what @param {...Child} content
 */
function fold({ id, title, hint, level = 'h2', onDemand = false }, ...content) {
  const isOpen = unfolded.has(id);
  const set = (/** @type {boolean} */ open) => {
    unfolded[open ? 'add' : 'delete'](id);
    button.setAttribute('aria-expanded', String(open));
    if (open) inside.removeAttribute('hidden');
    else inside.setAttribute('hidden', 'until-found');
  };
  const inside = element('div', { id: `fold-${id}`, class: 'folded', hidden: !isOpen && 'until-found', beforematch: () => set(true) }, ...content);
  const button = element('button', { type: 'button', 'aria-expanded': String(isOpen), 'aria-controls': inside.id, click: () => set(!unfolded.has(id)) },
    element('span', {}, title), hint && element('small', {}, hint));
  return element('div', { class: onDemand ? 'fold on-demand' : 'fold', 'data-fold': id }, element(level, {}, button), inside);
}

/**
 * The voucher that most rows share stands in the title; a row of another voucher carries its own. Gaps are nobody's word: this device counted
 * them, and the title says so once for all.
 * @param {Section} section
 */
function titleVouchers({ rows }) {
  const counts = new Map();
  for (const { id, voucher } of rows) if (id !== 'gap') counts.set(voucher, (counts.get(voucher) ?? 0) + 1);
  const [shared = ''] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return [...new Set([shared, ...rows.filter(({ id }) => id === 'gap').map(({ voucher }) => voucher)])];
}

/** Each row, to be made when it is drawn. @param {View} view @param {Section} section @returns {(() => HTMLElement)[]} */
function rowsOf(view, section) {
  const said = titleVouchers(section);
  const hasItsOwn = (/** @type {Row} */ { id, voucher }) => voucher !== said[0] && (id !== 'gap' || !said.includes(voucher));
  return section.rows.map((row, index) => () => {
    const isSaid = row.id === 'test_item' && section.rows[index - 1]?.voucher === row.voucher; // by its test
    const drawings = (section.drawings ?? []).filter((one) => one.row === index && one.kind !== 'timeline').map(draw);
    return element('div', { 'data-row': row.id, ...(row.level && { 'data-level': row.level }), ...(drawings.length > 0 && { class: 'drawn' }) },
      element('dt', {}, row.label),
      element('dd', { 'data-row': row.id }, row.value, drawings.length === 0 && row.note && element('small', {}, row.note), hasItsOwn(row) && !isSaid && chip(view, row.voucher)),
      drawings.length > 0 && element('dd', { class: 'sketch' }, ...drawings, row.note && element('small', {}, row.note)));
  });
}

// A dossier may have thousands of statements.
const rowsAtOnce = 60;

/** So many a frame: a slow phone answers a touch in between. @param {View} view @param {string} id @param {(() => HTMLElement)[]} rows */
function table({ language }, id, rows) {
  const made = (/** @type {number} */ from) => rows.slice(from, from + rowsAtOnce).map((row) => row());
  const list = element('dl', { class: 'rows', 'data-section': id }, ...made(0));
  const goOn = async () => {
    for (let from = rowsAtOnce; from < rows.length; from += rowsAtOnce) {
      await nextFrame();
      if (!list.isConnected) return; // something else is shown
      const more = made(from);
      if (language !== 'zh-Hans') more.forEach(markChinese);
      list.append(...more);
    }
  };
  goOn();
  return list;
}

/** Plain words for the terms of all sections. @param {View} view @param {Words} words */
function termsFold(view, words) {
  const explained = new Map(view.sections.flatMap(({ explain = [] }) => explain.map(({ term, text }) => [term, text])));
  const terms = [...explained].flatMap(([term, text]) => [element('dt', {}, term), element('dd', {}, text)]);
  return explained.size > 0 && fold({ id: 'terms', title: words('more.terms'), hint: String(explained.size), onDemand: true }, element('dl', { class: 'explain' }, ...terms));
}

/** What was bought and brought back is nothing that a shopper asks for. @param {View} view @param {Section} section @param {(() => HTMLElement)[]} rows */
function tradeFold(view, section, rows) {
  const labels = section.rows.filter(({ id }) => id === 'trade').map(({ label }) => label);
  return labels.length > 0 && fold({ id: 'trades', title: [...new Set(labels)].join(' · '), level: 'h3', onDemand: true }, table(view, section.id, rows));
}

/** What the sign of a drawing means that no row says. @param {Section} section */
function legend(section) {
  const sign = section.drawings?.flatMap(({ marks }) => marks).find(({ kind, text }) => kind === 'detection' && text);
  return sign && element('p', { class: 'legend' }, sign.text);
}

/** @param {View} view @param {Section} section */
function openCard(view, section) {
  const title = `section-${section.id}`;
  const rows = rowsOf(view, section);
  const isTrade = (/** @type {unknown} */ _, /** @type {number} */ index) => section.rows[index].id === 'trade';
  return element('section', { class: 'card', 'aria-labelledby': title },
    element('div', { class: 'section-title' }, element('h2', { id: title }, section.title), element('span', {}, titleVouchers(section).map((id) => chip(view, id)))),
    ...(section.drawings ?? []).filter(({ kind }) => kind === 'timeline').map(draw),
    table(view, section.id, rows.filter((row, index) => !isTrade(row, index))), legend(section), tradeFold(view, section, rows.filter(isTrade)));
}

// Codes are small print: of what was found, beside the code that was scanned.
/** @param {View} view @param {Section} section @param {Words} words */
function foldedSection(view, section, words) {
  const codes = section.id === 'code' && element('p', { class: 'code' }, [words('ui.reason_code'), view.verdict.reason_code, ...view.remarks.map(({ code }) => code)].join(' '));
  return fold({ id: section.id, title: section.title, hint: section.hint, onDemand: ['evidence', 'variety'].includes(section.id) },
    element('p', { class: 'vouched' }, chip(view, titleVouchers(section)[0])), table(view, section.id, rowsOf(view, section)), codes);
}

/** @param {View} view @param {Words} words */
function vouchersFold(view, words) {
  const items = view.vouchers.map((voucher) => element('li', {}, chip(view, voucher.id), ' ', element('strong', {}, voucher.name), element('p', {}, voucher.basis)));
  return items.length > 0 && fold({ id: 'vouchers', title: words('more.vouchers'), hint: String(items.length), onDemand: true }, element('ul', { class: 'vouchers' }, ...items));
}

// The articles are loaded by whoever follows the link, not before.
/** @param {View} view @param {Words} words */
function lessonsFold({ lessons, language }, words) {
  const links = lessons.map(({ id, title }) => element('li', {}, element('a', { href: `/learn/?lang=${language}#/article/${id}` }, title)));
  return lessons.length > 0 && fold({ id: 'lessons', title: words('more.lessons'), hint: String(lessons.length), onDemand: true }, element('ul', { class: 'lessons' }, ...links));
}

/** @param {View} view @param {Words} words */
function foldsCard(view, words) {
  const folds = view.sections.filter(({ folded }) => folded).map((section) => foldedSection(view, section, words));
  return element('div', { class: 'card folds' }, ...folds, vouchersFold(view, words), termsFold(view, words), lessonsFold(view, words));
}

/** One card after the other, each to be made when it is to be drawn. @param {View} view @param {Words} words @returns {(() => HTMLElement)[]} */
export function storyCards(view, words) {
  const open = view.sections.filter(({ folded }) => !folded);
  const hasFolds = open.length < view.sections.length || view.vouchers.length > 0 || view.lessons.length > 0;
  return [...open.map((section) => () => openCard(view, section)), ...(hasFolds ? [() => foldsCard(view, words)] : [])];
}
