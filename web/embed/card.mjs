// A judged certificate in the size of a card: the verdict first, then what is promised and by whom, then what the
// verdict does not prove. Shown by the embed and by 'try to cheat it'; every word comes from the core's view.

import { drawn, element } from './dom.mjs';

/** @typedef {import('../bridge/verify_session.mjs').View} View */

// The signs of verdicts, as paths on a field of 24 by 24. A sign never stands alone: the word is beside it.
/** @type {Record<string, string>} */
const iconPaths = {
  check: 'M4 13l5 5L20 6',
  attention: 'M12 3L22 20H2ZM12 9v5M12 17.2v.1',
  clock: 'M12 3a9 9 0 1 0 .1 0ZM12 7v5l4 2',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8ZM8 12h8',
  broken: 'M13 3H5v18h14v-8M14 3l-3 5 5 2-3 4M19 6v3',
  person: 'M12 3a4 4 0 1 0 .1 0ZM4 21c0-5 4-7 8-7s8 2 8 7M18 3l4 4M22 3l-4 4',
  question: 'M12 3a9 9 0 1 0 .1 0ZM9 10a3 3 0 1 1 4 2.8c-.7.3-1 .7-1 1.7M12 17.3v.1',
};

// What fits a card; the whole list is on the checking site.
const rowsOfCard = ['product', 'quantity', 'origin', 'issued', 'name'];

/**
 * @param {View} view
 * @param {{heading?: string}} [options] the verdict's tag; "h2" unless told
 */
export function card(view, options = {}) {
  const { verdict } = view;
  const rows = view.sections.flatMap((section) => section.rows).filter((row) => rowsOfCard.includes(row.id));
  return element('article', { class: 'pv-card', lang: view.language, 'data-level': verdict.level, 'data-verdict': verdict.code },
    view.demo_notice && element('p', { class: 'pv-demo' }, view.demo_notice),
    element('div', { class: 'pv-verdict' }, icon(verdict.icon), element(options.heading ?? 'h2', {}, verdict.word)),
    element('p', { class: 'pv-reason' }, verdict.reason),
    element('p', { class: 'pv-next' }, verdict.next_step),
    view.remarks.length > 0 && element('ul', { class: 'pv-remarks' }, view.remarks.map((remark) => element('li', { 'data-level': remark.level }, remark.text))),
    rows.length > 0 && element('dl', { class: 'pv-rows' }, rows.map((row) => element('div', {}, element('dt', {}, row.label), element('dd', {}, row.value)))),
    element('ul', { class: 'pv-limits' }, verdict.does_not_prove.map((limit) => element('li', {}, limit))),
    element('p', { class: 'pv-foot' }, element('span', {}, view.freshness.text), element('code', {}, verdict.reason_code)));
}

/** @param {string} name */
function icon(name) {
  return drawn('svg', { class: 'pv-icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    drawn('path', { d: iconPaths[name] ?? iconPaths.question }));
}
