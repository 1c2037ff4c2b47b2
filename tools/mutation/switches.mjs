// All spots of a file bent at once, each behind a switch that is thrown when the program starts: one build for thousands of
// mutants. `a < b` at the spots 7 and 8 becomes `(::pipa_bent::at(7) ? (a <= b) : a < b)`.

import { expression_around, partners_of, tokens_of } from './tokens.mjs';

const at = (spot) => `::pipa_bent::at(${spot.number})`;

// What stands between the switches of one place: `whole` is the text as it was, `inner` the same with the switches inside it.
function write(node, whole, inner) {
  const { spots, kind, from } = node;
  if (kind === 'guard') return `!${at(spots[0])} && (${inner})`;
  if (kind === 'word') return spots[0].kind === 'true' ? `return !${at(spots[0])};` : `return ${at(spots[0])};`;
  if (kind === 'step') return ` + (${at(spots[0])} ? 2 : 1)`;
  let out = '(';
  for (const spot of spots) out += `${at(spot)} ? (${whole.slice(0, spot.from - from)}${spot.text}${whole.slice(spot.to - from)}) : `;
  return `${out}(${inner}))`;
}

function nodes_of(text, spots) {
  const tokens = tokens_of(text), partners = partners_of(tokens);
  const by_start = new Map(tokens.map((token, i) => [token.from, i]));
  const nodes = new Map(), unbendable = [];
  for (const spot of spots) {
    let kind = 'choice', from = spot.from, to = spot.to;
    if (spot.guard) kind = 'guard';
    else if (spot.kind === 'true' || spot.kind === 'false') kind = 'word';
    else if (spot.kind === '+1') kind = 'step';
    else {
      const token = by_start.get(spot.from + 1);  // behind the blank
      if (token === undefined || tokens[token].text !== spot.kind) { unbendable.push(spot); continue; }
      [from, to] = expression_around(tokens, partners, token);
    }
    const key = `${from}-${to}-${kind}`;
    if (!nodes.has(key)) nodes.set(key, { from, to, kind, spots: [], inner: [] });
    nodes.get(key).spots.push(spot);
  }
  return { nodes: [...nodes.values()], unbendable };
}

// The text with all its spots behind switches. Spots with `skip` are left as they are.
export function with_switches(text, spots) {
  const { nodes, unbendable } = nodes_of(text, spots.filter((spot) => !spot.skip));
  // Outer places first; a guard holds the expression that fills it.
  nodes.sort((a, b) => a.from - b.from || b.to - a.to || (a.kind === 'guard' ? -1 : 1));
  const root = { from: 0, to: text.length, inner: [] }, open = [root];
  for (const node of nodes) {
    while (open.at(-1).to < node.to || open.at(-1).to <= node.from) {
      if (open.at(-1).to > node.from) { unbendable.push(...node.spots); node.spots = []; break; }
      open.pop();
    }
    if (node.spots.length === 0) continue;
    open.at(-1).inner.push(node);
    open.push(node);
  }
  const render = (node) => {
    let out = '', place = node.from;
    for (const part of node.inner) {
      out += text.slice(place, part.from) + write(part, text.slice(part.from, part.to), render(part));
      place = part.to;
    }
    return out + text.slice(place, node.to);
  };
  return { text: `#include "pipa_bent.hpp"\n#line 1\n${render(root)}`, unbendable };
}
