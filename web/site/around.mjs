// The start page of whoever has no code in hand: what holds now, what is in season, who produces here, labels, learning, who runs it. All of it is
// the core's view (src/page/portal.hpp); this draws it, and filters the producers by what is typed. Loaded on the start page alone.

import { arrivals, bringFile } from './bridge/site_file.mjs';
import { element, markChinese, nextFrame } from './dom/nodes.mjs';
import { draw as drawingOf } from './drawings.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {import('./bridge/inquiry.mjs').Row} Row */
/** @typedef {import('./bridge/inquiry.mjs').Drawing} Drawing */
/** @typedef {{id: string, title: string, picture?: string, level?: string, text?: string, rows: Row[], drawings?: Drawing[], link?: {url: string, text: string}}} Card */
/** @typedef {{id: string, title: string, text?: string, level?: string, cards: Card[]}} Part */
/** @typedef {{language: string, freshness: {grade: string, text: string}, demo_notice?: string, retry?: string, remarks: {code: string, level: string, text: string}[], parts: Part[], vouchers: {id: string, role: string}[]}} Around */

const few = 6; // producers that need no search

/** As it was fetched, for as long as the page is open. @type {Uint8Array | null} */
let file = null;

/** @param {Page} page */
async function fetchFile(page) {
  const wanted = await page.callDesk('portalWanted');
  const { arrival, content } = await bringFile(`${location.origin}/${wanted.name}`, { maxBytes: Number(wanted.max_bytes), patience: Number(wanted.patience_ms), fetch });
  file = arrival === arrivals.here ? content : null;
}

/** @param {Page} page @returns {Promise<Around>} */
async function viewOf(page) {
  const asked = await page.answersTo(['']); // nothing is asked about: it has the trust
  try {
    return await page.callDesk('around', 'pipa_portal_view', [asked[0].number], file ?? new Uint8Array(), page.language);
  } finally {
    page.close(asked);
  }
}

/** @param {Around} view @param {Card} card */
function rowsOf(view, card) {
  const said = (/** @type {string} */ id) => view.vouchers.find((voucher) => voucher.id === id)?.role;
  const isSaidOnce = card.rows.every(({ voucher }) => voucher === card.rows[0].voucher) && card.rows.length > 1; // then below all of them
  const chip = (/** @type {string} */ id) => said(id) && element('span', { class: 'chip', 'data-voucher': id }, said(id));
  const rows = card.rows.map((row, index) => {
    const drawings = (card.drawings ?? []).filter((one) => one.row === index).map(drawingOf);
    const note = row.note && element('small', {}, row.note);
    return element('div', { 'data-row': row.id, ...(row.level && { 'data-level': row.level }), ...(drawings.length > 0 && { class: 'drawn' }) }, element('dt', {}, row.label),
      element('dd', { 'data-row': row.id }, row.value, drawings.length === 0 && note, !isSaidOnce && chip(row.voucher)),
      drawings.length > 0 && element('dd', { class: 'sketch' }, ...drawings, note));
  });
  return rows.length === 0 ? [] : [element('dl', { class: 'rows' }, ...rows), isSaidOnce && element('p', { class: 'vouched' }, chip(card.rows[0].voucher))];
}

/** @param {Page} page @param {Card} card */
function linkOf({ words }, { link }) {
  if (!link) return false;
  const isOurs = link.url.startsWith('/');
  return element('p', { class: 'lead' }, element('a', { href: link.url, ...(!isOurs && { rel: 'noreferrer noopener', 'data-outside': '' }) }, link.text),
    !isOurs && element('small', {}, ` ${words('portal.outside')}`));
}

/** @param {Page} page @param {Around} view @param {Card} card */
const folded = (page, view, card) => element('details', { 'data-card': card.id, ...(card.level && { 'data-level': card.level }) },
  element('summary', {}, element('strong', {}, card.title), card.text && element('span', {}, card.text)), ...rowsOf(view, card), linkOf(page, card));

/** @param {Page} page @param {Around} view @param {Card} card */
const open = (page, view, card) => element('article', { 'data-card': card.id, ...(card.level && { 'data-level': card.level }) },
  card.picture && element('img', { src: `/pictures/${card.picture}.svg`, alt: '', width: '56', height: '56', loading: 'lazy' }),
  element('div', {}, element('h3', {}, card.title), card.text && element('p', {}, card.text), ...rowsOf(view, card), linkOf(page, card)));

/** What is typed is looked for in all that a card says. @param {Page} page @param {Element[]} cards */
function searchOf({ words }, cards) {
  const found = element('p', { class: 'hint', role: 'status' });
  const field = /** @type {HTMLInputElement} */ (element('input', { type: 'search', id: 'find-producer', autocomplete: 'off', enterkeyhint: 'search' }));
  const texts = cards.map((card) => (card.textContent ?? '').toLowerCase());
  field.addEventListener('input', () => {
    const wanted = field.value.trim().toLowerCase();
    cards.forEach((card, index) => card.toggleAttribute('hidden', !texts[index].includes(wanted)));
    found.textContent = wanted && words('portal.producers.found').replace('{count}', String(texts.filter((text) => text.includes(wanted)).length));
  });
  return element('div', { class: 'search' }, element('label', { for: field.id }, words('portal.producers.search')), field, found);
}

/** @param {Page} page @param {Around} view @param {Part} part */
function partNode(page, view, part) {
  const isFolded = ['now', 'board', 'producers', 'labels'].includes(part.id);
  const cards = part.cards.map((card) => (isFolded && card.id !== 'whole' ? folded : open)(page, view, card));
  const title = `portal-${part.id}`;
  return element('section', { class: 'card part', 'data-part': part.id, 'aria-labelledby': title, ...(part.level && { 'data-level': part.level }) },
    element('h2', { id: title }, part.title), part.text && element('p', { class: 'hint' }, part.text),
    part.id === 'producers' && cards.length > few && searchOf(page, cards), element('div', { class: 'cards' }, ...cards));
}

/** What stands there; drawn again only where it changes, so that what was opened stays open. */
let drawn = '';

/** @param {Page} page @param {HTMLElement} place */
async function draw(page, place) {
  const { words } = page;
  const view = await viewOf(page);
  if (page.asked.length > 0) return; // something was scanned meanwhile
  place.hidden = false;
  const mine = JSON.stringify(view);
  if (drawn === mine) return;
  drawn = mine;
  const retry = view.retry && element('button', { type: 'button', click: () => showAround(page, place, true) }, view.retry);
  const top = [
    view.demo_notice && element('p', { class: 'demo' }, view.demo_notice),
    ...view.remarks.map(({ code, level, text }) => element('p', { class: 'card further', 'data-level': level, 'data-code': code }, text)),
    element('p', { class: 'fresh', 'data-grade': view.freshness.grade }, view.freshness.text), retry,
  ].filter((node) => node instanceof Node);
  const [now, ...others] = view.parts.map((part) => () => partNode(page, view, part));
  const steps = [() => top, () => [now(), element('h2', { class: 'look-around' }, words('portal.look_around'))], ...others.map((other) => () => [other()])];
  place.replaceChildren();
  for (const step of steps) {
    if (drawn !== mine) return; // drawn anew meanwhile
    const nodes = step();
    if (page.language !== 'zh-Hans') nodes.forEach(markChinese);
    place.append(...nodes);
    await nextFrame(); // a slow phone answers a touch in between
  }
}

let isWatching = false;

/** Trust may come late, or be renewed. @param {Page} page @param {HTMLElement} place */
function watch(page, place) {
  if (isWatching) return;
  isWatching = true;
  const before = page.trustChanged;
  page.trustChanged = () => {
    before();
    if (page.asked.length === 0) draw(page, place).catch(() => {});
  };
}

/** @param {Page} page @param {HTMLElement} place @param {boolean} [again] everything is fetched anew */
export async function showAround(page, place, again = false) {
  try {
    if (again) page.callDesk('device', 'askAgain');
    else await new Promise((resolve) => { setTimeout(resolve); }); // the page asks for the trust once it is drawn
    await Promise.all([page.asking, (again || file === null) && fetchFile(page)]);
    watch(page, place);
    await draw(page, place);
  } catch {
    drawn = '';
    place.replaceChildren(element('p', { class: 'card', role: 'status' }, page.words('portal.failed')));
    place.hidden = false;
  }
}
