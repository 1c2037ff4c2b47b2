// Draws a view-model of the core as HTML. It adds no words of its own but the catalogue's and draws no conclusions;
// everything goes in as text, never as markup.

import { drawn, element } from './dom/nodes.mjs';

/** @typedef {import('./bridge/inquiry.mjs').View} View */
/** @typedef {import('./bridge/inquiry.mjs').Answer} Answer */
/** @typedef {(key: string) => string} Words */

/** @param {string} name of a symbol in the page */
export const icon = (name) => drawn('svg', { 'aria-hidden': 'true' }, drawn('use', { href: `#icon-${name}` }));

/** @param {View} view @param {Words} words */
function verdictCard(view, words) {
  const { verdict } = view;
  return element('section', { class: 'verdict', 'data-level': verdict.level, 'aria-labelledby': 'word' },
    element('div', { class: 'headline' }, icon(verdict.icon), element('div', {}, element('h1', { id: 'word', tabindex: '-1' }, verdict.word),
      element('p', { class: 'level' }, words(`ui.level.${verdict.level}`)))),
    element('p', { class: 'reason' }, verdict.reason),
    element('p', { class: 'code' }, `${words('ui.reason_code')} ${verdict.reason_code}`));
}

/** @param {View} view @param {Words} words */
function nextCard(view, words) {
  return element('section', { class: 'next', 'data-level': view.verdict.level }, element('h2', {}, icon('arrow'), words('ui.next')), element('p', {}, view.verdict.next_step));
}

/** @param {View} view @param {Words} words */
function limitsCard(view, words) {
  const list = element('ul', {}, ...view.verdict.does_not_prove.map((line) => element('li', {}, line)));
  return element('section', { class: 'card limits' }, element('h2', {}, icon('info'), words('ui.limits')), list);
}

// The articles are loaded by whoever follows the link, not before.
/** @param {View} view @param {Words} words */
function lessonsCard(view, words) {
  if (view.lessons.length === 0) return null;
  const links = view.lessons.map(({ id, title }) => element('li', {}, element('a', { href: `/learn/?lang=${view.language}#/article/${id}` }, title)));
  return element('section', { class: 'card lessons', 'aria-labelledby': 'lessons-title' },
    element('h2', { id: 'lessons-title' }, words('more.lessons')), element('ul', {}, ...links));
}

/** @param {View} view */
function remarkCards(view) {
  return view.remarks.map((remark) => element('section', { class: 'card remark', 'data-level': remark.level },
    element('p', {}, remark.text), element('p', { class: 'code' }, remark.code)));
}

/** @param {View} view @param {string} id */
function chip(view, id) {
  const voucher = view.vouchers.find((candidate) => candidate.id === id);
  return element('span', { class: 'chip', 'data-voucher': id }, voucher?.role ?? id);
}

/** Plain words for the section's terms. @param {import('./bridge/inquiry.mjs').Section} section @param {Words} words */
function explanation(section, words) {
  if (!section.explain) return null;
  const terms = section.explain.flatMap(({ term, text }) => [element('dt', {}, term), element('dd', {}, text)]);
  return element('details', { class: 'explain' }, element('summary', {}, words('more.terms')), element('dl', {}, ...terms));
}

/**
 * The voucher that most rows share stands in the title; a row of another voucher carries its own.
 * @param {View} view
 * @param {import('./bridge/inquiry.mjs').Section} section
 * @param {Words} words
 */
function sectionCard(view, section, words) {
  const counts = new Map();
  for (const row of section.rows) counts.set(row.voucher, (counts.get(row.voucher) ?? 0) + 1);
  const shared = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  const title = `section-${section.id}`;
  const rows = section.rows.map((row) => element('div', { 'data-row': row.id, ...(row.level && { 'data-level': row.level }) },
    element('dt', {}, row.label),
    element('dd', { 'data-row': row.id }, row.value, row.note && element('small', {}, row.note), row.voucher !== shared && chip(view, row.voucher))));
  const heading = element('h2', { id: title }, section.title);
  // Every statement behind the answer is a long list: it opens on demand.
  if (section.id === 'evidence')
    return element('details', { class: 'card evidence' }, element('summary', {}, heading, `(${section.rows.length})`),
      element('dl', { class: 'rows', 'data-section': section.id }, ...rows), explanation(section, words));
  return element('section', { class: 'card', 'aria-labelledby': title },
    element('div', { class: 'section-title' }, heading, chip(view, shared)),
    element('dl', { class: 'rows', 'data-section': section.id }, ...rows), explanation(section, words));
}

/** @param {View} view @param {Words} words */
function vouchersCard(view, words) {
  if (view.vouchers.length === 0) return null;
  const items = view.vouchers.map((voucher) => element('li', {}, chip(view, voucher.id), ' ', element('strong', {}, voucher.name),
    element('p', {}, voucher.basis)));
  return element('section', { class: 'card', 'aria-labelledby': 'vouchers-title' },
    element('div', { class: 'section-title' }, element('h2', { id: 'vouchers-title' }, words('ui.vouchers'))),
    element('ul', { class: 'vouchers' }, ...items));
}

/**
 * The whole answer, verdict first.
 * @param {View} view
 * @param {Words} words
 */
export function answerNodes(view, words) {
  return [
    verdictCard(view, words), nextCard(view, words), ...remarkCards(view), limitsCard(view, words), lessonsCard(view, words),
    element('p', { class: 'fresh', 'data-grade': view.freshness.grade }, view.freshness.text),
    ...view.sections.map((section) => sectionCard(view, section, words)), vouchersCard(view, words),
  ].filter((node) => node !== null);
}

/** @param {View} view @param {string} id */
const rowOf = (view, id) => view.sections.flatMap((section) => section.rows).find((row) => row.id === id);

/** @param {(string | undefined | false)[]} lines */
const joined = (lines) => lines.filter((line) => line).join('\n');

/** "Product · quantity"; empty without a certificate. @param {View} view */
const goods = (view) => ['product', 'quantity'].flatMap((id) => rowOf(view, id)?.value ?? []).join(' · ');

/** @param {View} view @param {string} id */
function labelled(view, id) {
  const row = rowOf(view, id);
  return row && `${row.label}: ${row.value}`;
}

/**
 * The answer in a few lines. Whoever gets them can look the number up; where nobody stands behind the number, there is the whole code.
 * @param {Answer} answer @param {Words} words @param {string} site
 */
export function shareText({ view, text }, words, site) {
  const number = rowOf(view, 'number');
  const vouched = number !== undefined && number.voucher !== 'nobody';
  return joined([`${view.verdict.word}${goods(view) && ` · ${goods(view)}`}`, view.verdict.reason, vouched && labelled(view, 'number'),
    view.freshness.text, view.demo_notice, `${words('more.share.check')} ${vouched ? `${site}/C#~${number.value}` : text}`]);
}

/** What to read out or paste: what is known, what only the shopper knows, and the whole code. @param {Answer} answer @param {Words} words */
export function reportText({ view, text }, words) {
  return joined([words('more.report.text'), `${view.verdict.word} · ${view.verdict.reason}`, goods(view), labelled(view, 'name'),
    labelled(view, 'number'), ...['place', 'stall', 'date'].map((asked) => `${words(`more.report.${asked}`)} ____`),
    [`${words('ui.reason_code')} ${view.verdict.reason_code}`, view.freshness.text, view.demo_notice].filter((part) => part).join(' · '),
    text]);
}
