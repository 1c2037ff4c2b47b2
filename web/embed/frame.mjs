// The iframe page: takes its wishes from behind the # (they reach no server), shows one <pipa-verify>, tells its height.
// It needs nothing from its origin: no storage, no worker, no cookies.

import './pipa-verify.mjs';

const wishes = new URLSearchParams(location.hash.slice(1));
const box = /** @type {HTMLElement} */ (document.querySelector('pipa-verify'));

const language = wishes.get('lang');
if (language) document.documentElement.lang = language;
for (const name of ['certificate', 'pin', 'lang', 'theme']) {
  const value = wishes.get(name);
  if (value) box.setAttribute(name, value);
}
document.documentElement.dataset.theme = wishes.get('theme') ?? '';
// One colour, in a form that can be nothing else.
const accent = wishes.get('accent') ?? '';
if (/^[0-9a-f]{6}$/i.test(accent)) box.style.setProperty('--pipa-accent', `#${accent}`);

let told = 0;
function tell() {
  const height = Math.ceil(box.getBoundingClientRect().height);
  if (height === told || height === 0) return;
  told = height;
  // Anyone may know how high a box is, and an opaque origin has no name to address.
  parent.postMessage({ type: 'pipa-verify:height', version: 1, height }, '*');
}
new ResizeObserver(tell).observe(box);
window.addEventListener('message', ({ data, source }) => {
  if (source !== parent || data?.type !== 'pipa-verify:ask') return; // its script came later than our first word
  told = 0;
  tell();
});
box.addEventListener('pipa-verify', (event) => {
  parent.postMessage({ type: 'pipa-verify:answer', version: 1, ...(/** @type {CustomEvent} */ (event).detail) }, '*');
  requestAnimationFrame(tell);
});
