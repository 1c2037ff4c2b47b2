// Building nodes without markup: text goes in as text, whatever it holds; and waiting until they are seen.

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Record<string, string | boolean | ((event: Event) => void)>} Attributes a function is a listener, true an empty attribute */

/** @template {Element} T @param {T} node @param {Attributes} attributes @param {(Child | Child[])[]} children */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat()) if (child) node.append(child);
  return node;
}

/** @param {string} tag @param {Attributes} attributes @param {...(Child | Child[])} children */
export const element = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** @param {string} tag @param {Attributes} attributes @param {...(Child | Child[])} children */
export const drawn = (tag, attributes = {}, ...children) => fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

/** Once what was drawn can be seen; a page in the background has no frames. */
export function nextFrame() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200);
  });
}

const chinese = /([\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)/;

/** Says in a text of another language which words of it are Chinese, so that they are read aloud as such. @param {Node} root */
export function markChinese(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const found = [];
  while (texts.nextNode()) if (chinese.test(texts.currentNode.nodeValue ?? '')) found.push(/** @type {Text} */ (texts.currentNode));
  for (const text of found) {
    if (text.parentElement?.closest('[lang]')?.getAttribute('lang')?.startsWith('zh')) continue;
    const parts = text.data.split(chinese).map((part, index) => (index % 2 === 1 ? element('span', { lang: 'zh-Hans' }, part) : part));
    text.replaceWith(...parts.filter((part) => part !== ''));
  }
}
