// What stands behind the answer, below the card: as the page draws it, and loaded only by a box that shows it.

import { element, markChinese } from '../dom/nodes.mjs';
import { storyCards } from '../story.mjs';

/** @typedef {import('../bridge/inquiry.mjs').View} View */

// Of page.css what the story needs; its colours are the card's.
const look = `
.pv-behind{--soft:var(--quiet);--leaf:var(--ok);--loquat:var(--caution);--card:var(--ground);--chip:transparent;--stop-soft:transparent;border-top:1px solid var(--line);padding-top:4px;font-size:.9375em}
.pv-behind .card{padding:8px 0}.pv-behind button{font:inherit;color:inherit;cursor:pointer}.pv-behind :focus-visible{outline:3px solid var(--caution);outline-offset:2px}
.pv-behind h2,.pv-behind h3{font-weight:700}.pv-behind dl.rows>div{margin-top:0}
.pv-behind .chip{display:inline-block;border:1px solid var(--line);border-radius:1em;padding:0 .6em;font-size:.8125em;font-weight:400}
.pv-behind svg{fill:none;stroke:currentcolor;stroke-linecap:round;stroke-linejoin:round}
.pv-behind .code{font-size:.8125em;color:var(--quiet)}
[hidden]:not([hidden="until-found"]){display:none!important}`;

/** @type {Map<string, Promise<CSSStyleSheet[]>>} */
const sheets = new Map();

/** @param {string} portal */
async function load(portal) {
  const response = await fetch(new URL('story.css', portal));
  if (!response.ok) throw new Error(`status ${response.status}`);
  return [await response.text(), look].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}

/** Nothing links to the portal by a path of its own: the box is a guest. @param {View} view @param {(key: string) => string} words */
export function storyBox(view, words) {
  const made = element('div', { class: 'pv-behind' }, ...storyCards({ ...view, lessons: [] }, words).map((card) => card()));
  for (const section of made.querySelectorAll('section')) section.removeAttribute('aria-labelledby'); // an article may have two boxes, and landmarks of one name are none
  if (view.language !== 'zh-Hans') markChinese(made);
  return made;
}

/** Asked for once a portal. @param {string} portal @returns {Promise<CSSStyleSheet[]>} */
export function storyStyle(portal) {
  const known = sheets.get(portal) ?? load(portal);
  sheets.set(portal, known);
  known.catch(() => sheets.delete(portal));
  return known;
}
