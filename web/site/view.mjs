// Draws the answer of the core's view-model as HTML: what stands on the first screen, and what it leaves open. It adds no words of its own but the
// catalogue's and draws no conclusions; everything goes in as text, never as markup. The story behind it is story.mjs's.

import { drawn, element } from './dom/nodes.mjs';

/** @typedef {import('./bridge/inquiry.mjs').View} View */
/** @typedef {import('./bridge/inquiry.mjs').Row} Row */
/** @typedef {(key: string) => string} Words */

/** @param {string} name of a symbol in the page */
export const icon = (name) => drawn('svg', { 'aria-hidden': 'true' }, drawn('use', { href: `#icon-${name}` }));

/** The drawings that came, by name: a page that is drawn again does not ask for them again. @type {Map<string, HTMLElement>} */
const pictures = new Map();

/** @param {string} name */
function pictureOf(name) {
  const known = pictures.get(name);
  if (known) return known;
  const made = element('img', { src: `/pictures/${name}.svg`, alt: '', width: '56', height: '56', error: () => { pictures.delete(name); made.remove(); } });
  pictures.set(name, made);
  return made;
}

/** @param {View} view @param {Words} words */
function verdictCard({ verdict }, words) {
  return element('section', { class: 'verdict', 'data-level': verdict.level, 'aria-labelledby': 'word' },
    element('div', { class: 'headline' }, icon(verdict.icon), element('h1', { id: 'word', tabindex: '-1' }, verdict.word)),
    element('p', { class: 'reason' }, verdict.reason),
    element('p', { class: 'next' }, icon('arrow'), element('span', {}, element('span', { class: 'unseen' }, `${words('ui.next')} `), verdict.next_step)),
    element('p', { class: 'code' }, `${words('ui.reason_code')} ${verdict.reason_code}`));
}

/** Who stands behind it. @param {View} view @param {string} id */
export const chip = (view, id) => element('span', { class: 'chip', 'data-voucher': id }, view.vouchers.find((voucher) => voucher.id === id)?.role ?? id);

/** @param {Row} row */
const levelOf = (row) => ({ 'data-row': row.id, ...(row.level && { 'data-level': row.level }) });

// The goods, and in a word what is known of them; who promises it stands below, and where nobody does that is said first. What whole.wasm adds to the first answer has its place from the start: nothing moves then.
/** @param {View} view */
function summaryCard(view) {
  const { rows, badges, picture, to_come: coming } = view.summary;
  const [product, quantity, ...facts] = rows;
  if (!product) return null;
  const tests = facts.at(-1)?.id === 'tests' && facts.pop();
  return element('section', { class: 'card summary', 'aria-labelledby': 'goods' },
    element('div', { class: 'goods' },
      element('span', { class: 'picture' }, picture && pictureOf(picture)),
      element('div', {}, element('h2', { id: 'goods' }, product.value), element('p', {}, quantity.value, product.voucher === 'nobody' && [' ', chip(view, product.voucher)]))),
    element('dl', { class: 'facts' }, ...facts.map((row) => element('div', levelOf(row), element('dt', {}, row.label),
      element('dd', {}, row.value, row.note && element('small', {}, ` ${row.note}`))))),
    (tests || coming.includes('tests')) && element('p', { class: 'in-a-word', ...(tests && levelOf(tests)) },
      tests && [element('b', {}, tests.label), ` ${tests.value}`]),
    (badges.length > 0 || coming.includes('badges')) && element('ul', { class: 'badges' }, badges.map((badge) =>
      element('li', { class: badge.value !== '' && 'but', ...levelOf(badge) }, element('b', {}, badge.label), badge.value && ` ${badge.value}`))));
}

/** @param {View} view @param {Words} words */
function limitsCard(view, words) {
  const list = element('ul', {}, ...view.verdict.does_not_prove.map((line) => element('li', {}, line)));
  return element('section', { class: 'card limits' }, element('h2', {}, icon('info'), words('ui.limits')), list);
}

// What the first screen says already is not said again.
/** @param {View} view */
function remarksCard(view) {
  const { further } = view.summary;
  const rest = view.remarks.filter(({ text }) => !further?.text.startsWith(text));
  if (rest.length === 0) return null;
  return element('ul', { class: 'card remarks' }, ...rest.map(({ code, level, text }) => element('li', { 'data-level': level, 'data-code': code }, text)));
}

/**
 * The whole answer, verdict first.
 * @param {View} view
 * @param {Words} words
 */
export function answerNodes(view, words) {
  const { further } = view.summary;
  return [
    verdictCard(view, words), further && element('p', { class: 'card further', 'data-level': further.level, 'data-code': further.code }, further.text), summaryCard(view),
    element('p', { class: 'fresh', 'data-grade': view.freshness.grade }, view.freshness.text), remarksCard(view), limitsCard(view, words),
  ].filter((node) => node instanceof Node);
}
