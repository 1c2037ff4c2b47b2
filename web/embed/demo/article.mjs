// A real article would have certificate and pin written into its HTML. This demonstration takes them from its address
// (article.html#certificate=...&pin=...), because the demo district is made anew every time.

const wishes = new URLSearchParams(location.hash.slice(1));
const box = /** @type {HTMLElement} */ (document.querySelector('pipa-verify'));
const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
for (const name of ['certificate', 'pin']) {
  const value = wishes.get(name);
  if (value) box.setAttribute(name, value);
}
wishes.set('accent', '0b5f8a');
wishes.set('lang', 'zh-Hans');
frame.src = `../index.html#${wishes}`;
