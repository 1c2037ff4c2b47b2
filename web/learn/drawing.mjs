// A drawing's shapes as SVG nodes. Colours are names; palette.css gives each its light and its dark value.

import { drawn } from '../dom/nodes.mjs';

/** @typedef {import('./lesson_session.mjs').Drawing} Drawing */
/** @typedef {import('./lesson_session.mjs').Shape} Shape */

/**
 * @param {Drawing} drawing
 * @param {string} [description] what one sees; without it the drawing is an ornament
 */
export function picture(drawing, description) {
  /** @type {Record<string, string>} */
  const role = description ? { role: 'img', 'aria-label': description } : { 'aria-hidden': 'true' };
  return drawn('svg', { class: 'drawing', viewBox: `0 0 ${drawing.width} ${drawing.height}`, ...role }, drawing.shapes.map(shapeNode));
}

/** @param {Shape} shape */
function shapeNode(shape) {
  const colours = `${shape.fill ? `fill-${shape.fill}` : 'fill-none'}${shape.stroke ? ` stroke-${shape.stroke}` : ''}`;
  if (shape.text) return drawn('text', { class: colours, x: `${shape.x}`, y: `${shape.y}`, 'font-size': `${shape.size}` }, shape.text);
  return drawn('path', { class: colours, d: shape.d ?? '', 'stroke-width': `${shape.stroke_width ?? 0}` });
}
