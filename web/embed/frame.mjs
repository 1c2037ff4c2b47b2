// The iframe page: wishes from behind the #, which reach no server; one <pipa-verify>; its height, told. It needs nothing
// from its origin: no storage, no worker, no cookies.

import './pipa-verify.mjs';

const wishes = new URLSearchParams(location.hash.slice(1));
const box = /** @type {HTMLElement} */ (document.querySelector('pipa-verify'));
const page = document.documentElement;

// Opened by itself, and for no certificate: whoever comes here wants to put one into an article.
if (window === top && !wishes.has('certificate')) import('./builder.mjs').then(({ build }) => build());

for (const name of ['certificate', 'pin', 'lang', 'theme', 'size']) {
  const value = wishes.get(name);
  if (value) box.setAttribute(name, value);
}
document.body.style.margin = '0';
box.replaceChildren(); // what it says there is that no script runs
page.lang = wishes.get('lang') || page.lang;
// One colour, in a form that can be nothing else.
const accent = wishes.get('accent') ?? '';
if (/^[0-9a-f]{6}$/i.test(accent)) box.style.setProperty('--pipa-accent', `#${accent}`);

// Anyone may know these, and an opaque origin has no name to address.
/** @param {string} type @param {object} content */
const tell = (type, content) => parent.postMessage({ type: `pipa-verify:${type}`, version: 1, ...content }, '*');

let told = 0;
function tellHeight() {
  const height = Math.ceil(box.getBoundingClientRect().height);
  if (height !== told && height > 0) tell('height', { height: told = height });
}
new ResizeObserver(tellHeight).observe(box);
box.addEventListener('pipa-verify', (event) => tell('answer', /** @type {CustomEvent} */ (event).detail));
addEventListener('message', ({ data, source }) => {
  if (source !== parent || data?.type !== 'pipa-verify:ask') return; // its script came later than our first word
  told = 0;
  tellHeight();
});
