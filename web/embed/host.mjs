// For the page around the iframes: gives each <iframe data-pipa-verify> the height that its own content tells. A message
// counts only if it comes from such a frame's window; the origin of a sandboxed frame is "null" and says nothing.

const frames = () => /** @type {HTMLIFrameElement[]} */ ([...document.querySelectorAll('iframe[data-pipa-verify]')]);

addEventListener('message', ({ data, source }) => {
  if (data?.type !== 'pipa-verify:height' || data.version !== 1 || !Number.isFinite(data.height)) return;
  for (const frame of frames()) if (frame.contentWindow === source) frame.style.height = `${Math.min(Math.max(data.height, 80), 4000)}px`;
});
// A frame that was there first has told already; it tells again when asked.
for (const frame of frames()) frame.contentWindow?.postMessage({ type: 'pipa-verify:ask' }, '*');
