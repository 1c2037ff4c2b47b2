// A judged certificate as a box, in three sizes of one view-model: a line, a card, and a card with its story below (story_box.mjs). Every word is
// the core's. For the embed and for 'try to cheat it'.

import { drawn, element, markChinese } from '../dom/nodes.mjs';

/** @typedef {import('../bridge/inquiry.mjs').View} View */
/** @typedef {import('../bridge/inquiry.mjs').Row} Row */
/** @typedef {'line' | 'card' | 'story'} Size */

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

/** @param {string} name */
function icon(name) {
  return drawn('svg', { class: 'pv-icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    drawn('path', { d: iconPaths[name] ?? iconPaths.question }));
}

/** @param {View} view */
const demo = (view) => view.demo_notice && element('p', { class: 'pv-demo' }, view.demo_notice);

/** @param {View} view */
const foot = (view) => element('p', { class: 'pv-foot' }, element('span', { class: 'pv-fresh' }, view.freshness.text), element('code', {}, view.verdict.reason_code));

/** @param {Row} row */
const levelOf = (row) => ({ 'data-row': row.id, ...(row.level && { 'data-level': row.level }) });

/** @param {View} view @param {string} heading */
function lineNodes(view, heading) {
  const [product, quantity] = view.summary.rows;
  return [element('div', { class: 'pv-said' }, element('div', { class: 'pv-verdict' }, icon(view.verdict.icon), element(heading, {}, view.verdict.word)),
    product && element('p', { class: 'pv-of' }, `${product.value} · ${quantity?.value ?? ''}`)),
  view.verdict.level !== 'ok' && element('p', { class: 'pv-reason' }, view.verdict.reason), demo(view), foot(view)];
}

/** @param {View} view @param {string} [portal] */
function goodsNodes({ summary }, portal) {
  const [product, quantity, ...facts] = summary.rows;
  if (!product) return [];
  const tests = facts.at(-1)?.id === 'tests' ? facts.pop() : undefined;
  // A page that allows no pictures of others does without.
  const picture = portal && summary.picture ? element('img', { src: new URL(`pictures/${summary.picture}.svg`, portal).href, alt: '', width: '48', height: '48', error: (event) => /** @type {Element} */ (event.target).remove() }) : null;
  return [element('div', { class: 'pv-goods' }, picture, element('p', {}, element('b', {}, product.value), element('span', {}, quantity?.value ?? ''))),
    element('dl', { class: 'pv-rows' }, facts.map((row) => element('div', levelOf(row), element('dt', {}, row.label), element('dd', {}, row.value, row.note && element('small', {}, ` ${row.note}`))))),
    tests && element('p', { class: 'pv-tests', ...levelOf(tests) }, element('b', {}, tests.label), ` ${tests.value}`),
    summary.badges.length > 0 && element('ul', { class: 'pv-badges' }, summary.badges.map((badge) => element('li', { class: badge.value !== '' && 'pv-but' }, [badge.label, badge.value].filter((part) => part).join(' · '))))];
}

/** @param {View} view @param {string} heading @param {string} [portal] */
function cardNodes(view, heading, portal) {
  const { verdict, summary } = view;
  const further = summary.further?.text ?? '';
  const rest = view.remarks.filter(({ text }) => !further.startsWith(text));
  return [demo(view),
    element('div', { class: 'pv-verdict' }, icon(verdict.icon), element(heading, {}, verdict.word)),
    element('p', { class: 'pv-reason' }, verdict.reason),
    element('p', { class: 'pv-next' }, verdict.next_step),
    summary.further && element('p', { class: 'pv-further', 'data-level': summary.further.level }, further),
    ...goodsNodes(view, portal),
    rest.length > 0 && element('ul', { class: 'pv-remarks' }, rest.map(({ level, text }) => element('li', { 'data-level': level }, text))),
    element('ul', { class: 'pv-limits' }, verdict.does_not_prove.map((limit) => element('li', {}, limit))),
    foot(view)];
}

/** @param {View} view @param {{heading?: string, size?: Size, portal?: string}} [how] `heading`: the verdict's tag; `portal`: where pictures are */
export function card(view, { heading = 'h2', size = 'card', portal } = {}) {
  const { verdict } = view;
  const made = element('article', { class: `pv-card pv-${size}`, lang: view.language, dir: 'ltr', 'data-level': verdict.level, 'data-verdict': verdict.code },
    ...(size === 'line' ? lineNodes(view, heading) : cardNodes(view, heading, portal)));
  if (view.language !== 'zh-Hans') markChinese(made);
  return made;
}

// The look is a sheet of its own: a strict policy on styles needs no exception. Contrast: 4.5 to 1 and more. What a page sets comes in by the
// properties --pipa-* alone, and the colours of verdicts are none of them. Light or dark is the page's color-scheme; a browser that cannot tell (before
// 2024) shows a light card everywhere.
const look = (/** @type {(light: string, dark: string) => string} */ pair, /** @type {string} */ scheme) => `
:host{display:grid}:host([hidden]){display:none}
.pv-card{all:initial;--ok:${pair('#216e39','#7fd492')};--caution:${pair('#8a5300','#f0b755')};--stop:${pair('#b3261e','#ff9c92')};--unknown:${pair('#5a5f66','#b9bec6')};--ink:var(--pipa-ink,${pair('#23201c','#f1ebe2')});--quiet:var(--pipa-quiet,${pair('#655e55','#bdb3a5')});--ground:var(--pipa-ground,${pair('#fffdf8','#211d18')});--line:var(--pipa-line,${pair('#d9d0c2','#4d453b')});--level:var(--unknown);
display:block;box-sizing:border-box;min-width:0;color-scheme:${scheme};color:var(--ink);background:var(--ground);border:1px solid var(--line);border-inline-start:6px solid var(--level);border-radius:var(--pipa-radius,12px);
padding:14px 16px;font:15px/1.5 var(--pipa-font,system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif);overflow-wrap:anywhere}
:host([theme=light]) .pv-card{color-scheme:light}:host([theme=dark]) .pv-card{color-scheme:dark}
.pv-card[data-level=ok]{--level:var(--ok)}.pv-card[data-level=caution]{--level:var(--caution)}.pv-card[data-level=stop]{--level:var(--stop)}
.pv-card :where(h1,h2,h3,h4,p,ul,dl,dd){margin:0}
.pv-card>*+*{margin-top:.6em}
.pv-card ul{padding-inline-start:1.2em}
.pv-demo{font-size:.8125em;line-height:1.4;color:var(--quiet)}
.pv-pin{font-size:.875em;border:1px dashed var(--caution);border-radius:8px;padding:6px 10px}
.pv-pin[data-state=match]{border:0;padding:0;color:var(--quiet)}
.pv-verdict{display:flex;gap:10px;align-items:center;color:var(--level)}
.pv-verdict :is(h1,h2,h3,h4){font-size:1.4em;line-height:1.25;font-weight:700}
.pv-icon{width:1.6em;height:1.6em;flex:none;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.pv-next{font-weight:600}
.pv-further{border-inline-start:4px solid var(--caution);padding-inline-start:10px;font-size:.9375em}.pv-further[data-level=stop]{border-color:var(--stop)}
.pv-goods{display:flex;gap:12px;align-items:center;border-top:1px solid var(--line);padding-top:10px}.pv-goods img{flex:none;border-radius:10px;background:#f6efdd;padding:3px}
.pv-goods b,.pv-goods span{display:block}.pv-goods b{font-size:1.125em;line-height:1.3}
.pv-rows{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5em,1fr));gap:6px 16px}.pv-rows [data-row=promised_by]{grid-column:1/-1}
.pv-rows dt,.pv-rows small,.pv-tests b{color:var(--quiet);font-size:.8125em;font-weight:400}.pv-rows dd{font-weight:600;font-size:.9375em;line-height:1.35}.pv-rows small{display:block}
.pv-tests{font-size:.9375em}.pv-tests b{margin-inline-end:.4em}.pv-tests:is([data-level=stop],[data-level=caution]){font-weight:600}
.pv-card .pv-badges{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:6px}.pv-badges li{border:1.5px solid var(--ok);border-radius:1em;padding:0 .7em;font-size:.8125em}.pv-badges li::before{content:"✓ "/"";color:var(--ok)}
.pv-badges .pv-but{border:1.5px dashed var(--quiet)}.pv-badges .pv-but::before{content:"! "/"";color:inherit}
.pv-limits,.pv-remarks{font-size:.875em}.pv-limits{color:var(--quiet)}
.pv-foot{display:flex;flex-wrap:wrap;gap:0 16px;align-items:baseline;color:var(--quiet);font-size:.8125em}
.pv-foot code{font-size:.9em}.pv-foot a{color:inherit;text-decoration:underline 2px var(--pipa-accent,#b3530a);text-underline-offset:3px;padding:10px 0;margin-inline-start:auto}
.pv-line{padding:8px 12px}.pv-line>*+*{margin-top:.2em}.pv-said{display:flex;flex-wrap:wrap;gap:0 14px;align-items:center}.pv-line .pv-verdict>:is(h1,h2,h3,h4){font-size:1.0625em}.pv-line .pv-icon{width:1.3em;height:1.3em}
.pv-line .pv-reason{font-size:.9375em}.pv-line .pv-foot code{display:none}.pv-line .pv-foot a{padding:4px 0}
@media(forced-colors:active){.pv-card{border-inline-start-color:CanvasText}}
@media print{.pv-card{break-inside:avoid}}`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

export function cardStyle() {
  if (sheet) return sheet;
  const hasPairs = CSS.supports('color', 'light-dark(red,red)');
  sheet = new CSSStyleSheet();
  sheet.replaceSync(look((light, dark) => (hasPairs ? `light-dark(${light},${dark})` : light), hasPairs ? 'inherit' : 'light'));
  return sheet;
}
