// Where a line of C++ can be bent, and how: a refusal taken out, a bound moved by one, a condition turned round. A spot has the
// place of what is replaced in the file's text, and the text that takes its place.
//
// @typedef {{file: string, line: number, kind: string, from: number, to: number, text: string, guard?: boolean}} Spot

const guards = [/\bif \((?!const|auto)([^;{}]+?)\) (?:return|continue|break)\b/dg,
    /\bif \((?:const )?auto[^;]*; ([^;{}]+?)\) (?:return|continue|break)\b/dg];

// Each with what takes its place. Operators stand between blanks, as everywhere in this code, which tells them from templates.
const swaps = [
  ['<', / < (?=[\w(])/g, ' <= '], ['<=', / <= /g, ' < '], ['>', / > (?=[\w(])/g, ' >= '], ['>=', / >= /g, ' > '],
  ['==', / == /g, ' != '], ['!=', / != /g, ' == '], ['&&', / && /g, ' || '], ['||', / \|\| /g, ' && '],
  ['true', /\breturn true;/g, 'return false;'], ['false', /\breturn false;/g, 'return true;'], ['+1', / \+ 1\b/g, ' + 2'],
];

// Declarations that run at no time, and what the preprocessor reads.
const is_skipped = (code) => !code.trim() || /static_assert|#|template|operator/.test(code);

// All spots of a file, in the order of its lines.
export function spots_of(file, text) {
  const spots = [];
  let start = 0;
  text.split('\n').forEach((line, number) => {
    const code = line.split('//')[0];
    if (!is_skipped(code)) {
      for (const pattern of guards)
        for (const found of code.matchAll(pattern)) {
          const [from, to] = found.indices[1];
          spots.push({ file, line: number + 1, kind: 'guard', from: start + from, to: start + to, text: `false && (${found[1]})`,
              guard: true });
        }
      for (const [kind, pattern, text_in_place] of swaps)
        for (const found of code.matchAll(pattern))
          spots.push({ file, line: number + 1, kind, from: start + found.index, to: start + found.index + found[0].length,
              text: text_in_place });
    }
    start += line.length + 1;
  });
  return spots;
}

// By what `key` says of each, in the order of the first of each (Map.groupBy, which Node 20 lacks).
export function grouped(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}
