// C++ cut into tokens, as far as it takes to know which expression an operator belongs to.

const pattern = /\/\/[^\n]*|\/\*[^]*?\*\/|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*|R"\(([^]*?)\)"|(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"|(?:u8|[uUL])?'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|\.?\d(?:'\w|[\w.])*|::|->|<=>|<<=|>>=|&&|\|\||[-+*/%^&|=!<>]=|\+\+|--|[^\s]/gm;

// The tokens without comments and directives: {text, from, to}.
export function tokens_of(text) {
  const tokens = [];
  for (const found of text.matchAll(pattern)) {
    if (/^(\/\/|\/\*|[ \t]*#)/.test(found[0])) continue;
    tokens.push({ text: found[0], from: found.index, to: found.index + found[0].length });
  }
  return tokens;
}

const closing = { '(': ')', '[': ']', '{': '}' };

// partners[i]: the place of the bracket that belongs to the bracket at i.
export function partners_of(tokens) {
  const partners = new Array(tokens.length).fill(-1), open = [];
  tokens.forEach((token, i) => {
    if (token.text in closing) open.push(i);
    else if (token.text === ')' || token.text === ']' || token.text === '}') {
      const before = open.pop();
      if (before === undefined || closing[tokens[before].text] !== token.text) throw new Error(`brackets do not match at ${token.from}`);
      partners[before] = i;
      partners[i] = before;
    }
  });
  return partners;
}

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=', '&=', '|=', '<<=', '>>=']);
const ends = new Set([';', ',', '?', ':']);
const words = new Set(['return', 'co_return', 'throw', 'case', 'else', 'do']);
const goes_on = (text) => text === undefined || /^[.,;)\]}?:]$|^(->|\(|\[|[-+*/%^&|<>=!]=?|&&|\|\||<<|>>)$/.test(text);

// The whole expression, down to its `||`, that the operator at token `at` stands in: [from, to) in the text.
export function expression_around(tokens, partners, at) {
  let left = at;
  while (left > 0) {
    const before = tokens[left - 1].text;
    if (before in closing || ends.has(before) || assignments.has(before) || words.has(before)) break;
    if (before === '}' && !goes_on(tokens[left].text)) break;
    left = partners[left - 1] >= 0 ? partners[left - 1] : left - 1;
  }
  let right = at;
  while (right + 1 < tokens.length) {
    const after = tokens[right + 1].text;
    if (after === ')' || after === ']' || after === '}' || ends.has(after)) break;
    right = partners[right + 1] >= 0 ? partners[right + 1] : right + 1;
  }
  return [tokens[left].from, tokens[right].to];
}
