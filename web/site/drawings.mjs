// The core's drawings as inline SVG: places are thousandths of the width, so that lengths scale and letters do not. The row that a drawing
// belongs to says the same in words, so nobody is told of it twice.

import { drawn } from './dom/nodes.mjs';

/** @typedef {import('./bridge/inquiry.mjs').Drawing} Drawing */
/** @typedef {import('./bridge/inquiry.mjs').Mark} Mark */

const at = (/** @type {number} */ place) => `${place / 10}%`;
const bar = (/** @type {string} */ name, /** @type {number} */ from, /** @type {number} */ to, height = 10) =>
  drawn('rect', { class: name, x: at(from), width: at(Math.max(to - from, 0)), y: String(9 - height / 2), height: String(height), rx: String(height / 2) });
const stroke = (/** @type {string} */ name, /** @type {number} */ place, /** @type {number} */ from, /** @type {number} */ to) =>
  drawn('line', { class: name, x1: at(place), x2: at(place), y1: String(from), y2: String(to) });

/** What stands below a place, within the drawing. @param {Mark} mark @param {number} y */
const word = ({ from, text = '' }, y) => drawn('text', { x: at(from), y: String(y), 'text-anchor': from < 80 ? 'start' : from > 920 ? 'end' : 'middle' }, text);

/** @param {string} name @param {Drawing} drawing @param {number} height @param {(SVGElement | Element)[]} parts */
const picture = (name, { level }, height, parts) => drawn('svg', { class: `drawing ${name}`, 'aria-hidden': 'true', width: '100%', height: String(height), ...(level && { 'data-level': level }) }, parts);

/** @param {Drawing} drawing */
function gauge(drawing) {
  const { filled, marks } = drawing;
  const of = (/** @type {string} */ kind) => marks.filter((mark) => mark.kind === kind);
  const [limit] = of('limit');
  return picture('gauge', drawing, 32, [
    bar('ground', 0, 1000), bar('beyond', limit.from, 1000), ...of('detection').map(({ from, to }) => bar('hidden-part', from, to)), bar('bar', 0, filled),
    ...[...of('tick'), limit].flatMap((mark) => [stroke(mark.kind, mark.from, 2, 17), word(mark, 29)])]);
}

/** @param {Drawing} drawing */
function meter(drawing) {
  const { filled, marks } = drawing;
  return picture('meter', drawing, 30, [bar('ground', 0, 1000), bar('bar', 0, filled), stroke('limit', marks[0].from, 1, 17), ...marks.map((mark) => word(mark, 28))]);
}

/** @param {Drawing} drawing */
function timeline(drawing) {
  const { filled, marks } = drawing;
  return picture('timeline', drawing, 38, [
    bar('covered', 0, filled, 4),
    ...marks.filter(({ kind }) => kind === 'gap').flatMap(({ from, to }) => [bar('broken', from, to, 6), drawn('line', { class: 'dashes', x1: at(from), x2: at(to), y1: '9', y2: '9' })]),
    ...marks.filter(({ kind }) => kind === 'event').map(({ from, voucher = '' }) => drawn('circle', { class: 'event', 'data-voucher': voucher, cx: at(10 + from * 0.98), cy: '9', r: '6' })),
    ...marks.filter(({ kind }) => kind === 'tick').map((mark) => word(mark, 33))]);
}

/** @param {Drawing} drawing */
function rate(drawing) {
  const { filled, marks } = drawing;
  return picture('rate', drawing, 30, [
    bar('ground', 0, 1000, 4), ...marks.filter(({ kind }) => kind === 'interval').map(({ from, to }) => bar('range', from, to, 8)),
    ...marks.filter(({ kind }) => kind === 'tick').map((mark) => word(mark, 28)), drawn('circle', { class: 'bar', cx: at(filled), cy: '9', r: '6' })]);
}

/** @type {Record<string, (drawing: Drawing) => SVGElement | Element>} */
const kinds = { gauge, meter, timeline, rate };

/** Null for a kind that this page does not know yet. @param {Drawing} drawing */
export const draw = (drawing) => kinds[drawing.kind]?.(drawing) ?? null;
