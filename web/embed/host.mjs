// For the page around the iframes: gives each <iframe data-pipa-verify> the height that its own content tells.
// A message counts only if it comes from the window of such a frame: a sandboxed frame's origin is "null", so the
// origin says nothing.

/** @returns {HTMLIFrameElement[]} */
const frames = () => [...document.querySelectorAll('iframe')].filter((frame) => 'pipaVerify' in frame.dataset);
const lowest = 80;
const highest = 4000;

window.addEventListener('message', (event) => {
  const { data } = event;
  if (data?.type !== 'pipa-verify:height' || data.version !== 1 || !Number.isFinite(data.height)) return;
  for (const frame of frames()) {
    if (frame.contentWindow === event.source) frame.style.height = `${Math.min(Math.max(data.height, lowest), highest)}px`;
  }
});
// A frame that was there first has told already; it tells again when asked.
for (const frame of frames()) frame.contentWindow?.postMessage({ type: 'pipa-verify:ask' }, '*');
