// A judged certificate as a card: the verdict, what is promised by whom, what the verdict does not prove. Every word is
// the core's. For the embed and for 'try to cheat it'.

import { drawn, element, markChinese } from '../dom/nodes.mjs';

/** @typedef {import('../bridge/inquiry.mjs').View} View */

// The signs of verdicts, on a field of 24 by 24; the word is always beside them.
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

/** @param {View} view @param {string} heading the verdict's tag */
export function card(view, heading = 'h2') {
  const { verdict } = view;
  const rows = view.sections.flatMap((section) => section.rows).filter((row) => rowsOfCard.includes(row.id));
  const made = element('article', { class: 'pv-card', lang: view.language, 'data-level': verdict.level, 'data-verdict': verdict.code },
    view.demo_notice && element('p', { class: 'pv-demo' }, view.demo_notice),
    element('div', { class: 'pv-verdict' }, icon(verdict.icon), element(heading, {}, verdict.word)),
    element('p', { class: 'pv-reason' }, verdict.reason),
    element('p', { class: 'pv-next' }, verdict.next_step),
    view.remarks.length > 0 && element('ul', { class: 'pv-remarks' }, view.remarks.map((remark) => element('li', { 'data-level': remark.level }, remark.text))),
    rows.length > 0 && element('dl', { class: 'pv-rows' }, rows.map((row) => element('div', {}, element('dt', {}, row.label), element('dd', {}, row.value)))),
    element('ul', { class: 'pv-limits' }, verdict.does_not_prove.map((limit) => element('li', {}, limit))),
    element('p', { class: 'pv-foot' }, element('span', {}, view.freshness.text), element('code', {}, verdict.reason_code)));
  if (view.language !== 'zh-Hans') markChinese(made);
  return made;
}

/** @param {string} name */
function icon(name) {
  return drawn('svg', { class: 'pv-icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    drawn('path', { d: iconPaths[name] ?? iconPaths.question }));
}

// The look is a sheet of its own: a strict policy on styles needs no exception. Contrast: 4.5 to 1 and more.
const dark = '--ok:#7fd492;--caution:#f0b755;--stop:#ff9c92;--unknown:#b9bec6;--ink:#f1ebe2;--quiet:#bdb3a5;--ground:#211d18;--line:#4d453b';
const look = `
.pv-card{--ok:#216e39;--caution:#8a5300;--stop:#b3261e;--unknown:#5a5f66;--ink:#23201c;--quiet:#655e55;--ground:#fffdf8;--line:#d9d0c2;--level:var(--unknown);
color:var(--ink);background:var(--ground);border:1px solid var(--line);border-inline-start:6px solid var(--level);border-radius:12px;padding:16px 18px;
font:16px/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
:host([theme=dark]) .pv-card{${dark}}
@media(prefers-color-scheme:dark){:host(:not([theme=light])) .pv-card,.pv-auto .pv-card{${dark}}}
.pv-card[data-level=ok]{--level:var(--ok)}.pv-card[data-level=caution]{--level:var(--caution)}.pv-card[data-level=stop]{--level:var(--stop)}
.pv-card p{margin:.45em 0}
.pv-card ul{margin:.5em 0;padding-inline-start:1.2em}
.pv-demo,.pv-pin{font-size:.875em;border:1px dashed var(--line);border-radius:8px;padding:6px 10px}
.pv-pin{border-color:var(--caution)}.pv-pin[data-state=match]{border:0;padding:0;color:var(--quiet)}
.pv-verdict{display:flex;gap:12px;align-items:center;color:var(--level);margin:.2em 0}
.pv-verdict>*{margin:0;font-size:1.5em;line-height:1.2}
.pv-icon{width:1.5em;height:1.5em;flex:none;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.pv-next{font-weight:600}
.pv-limits{color:var(--quiet);font-size:.9375em}
.pv-rows{display:grid;grid-template-columns:repeat(auto-fit,minmax(9em,1fr));gap:10px 18px;margin:12px 0;border-top:1px solid var(--line);padding-top:12px}
.pv-rows dt{color:var(--quiet);font-size:.875em}.pv-rows dd{margin:0;font-weight:600}
.pv-foot{display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;color:var(--quiet);font-size:.8125em}
.pv-foot a{color:inherit;text-decoration:underline 2px var(--pipa-accent,#b3530a);text-underline-offset:3px;padding:12px 0}
@media print{.pv-card{break-inside:avoid}}`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

export function cardStyle() {
  sheet ??= new CSSStyleSheet();
  sheet.replaceSync(look);
  return sheet;
}
