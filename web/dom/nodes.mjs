// Building nodes without markup: text goes in as text, whatever it holds.

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
