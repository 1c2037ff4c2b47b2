// What is written into an article, as text: by the builder, and by a newsroom's own server, which has no document.

const escapes = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });
/** @param {string} value */
const escaped = (value) => value.replace(/[&<>"]/g, (sign) => escapes[sign]);
/** @param {Record<string, string>} values */
const attributes = (values) => Object.entries(values).filter(([, value]) => value !== '').map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');

/**
 * `portal`: the checking site, with a / at the end; `files`: where the box's files are, where that is another place; `title`: the words of the link;
 * `height`: what the box will have, kept free so that nothing moves when it comes; `start`: the words on a button, where the box asks for nothing
 * before it is pressed; `script`: the address of the module, where the page has it already: ''.
 * @typedef {{portal: string, files?: string, certificate: string, title: string, height: number, pin?: string, lang?: string, size?: string, theme?: string, start?: string, script?: string}} Box
 */

/** To the answer on the checking site. @param {Pick<Box, 'portal' | 'certificate'>} box */
export function linkOf({ portal, certificate }) {
  const digits = /#(.*)$/.exec(certificate)?.[1];
  return `${portal}C/#${digits ?? `~${encodeURIComponent(certificate)}`}`;
}

/** What readers have until there is an answer, and without scripts. @param {Box} box */
const beside = (box) => `<a href="${escaped(linkOf(box))}">${escaped(box.title)}</a>`;

/** @param {Box} box */
export function componentSnippet(box) {
  const { portal, files = portal, certificate, pin = '', lang = '', size = '', theme = '', start = '', script = `${files}embed/pipa-verify.mjs` } = box;
  const own = attributes({ portal: script === '' ? files : '', certificate, pin, lang, size, theme, load: start && 'click' });
  const inside = start ? `<p><button type="button">${escaped(start)}</button> ${beside(box)}</p>` : beside(box);
  return `${script && `<script type="module" src="${escaped(script)}"></script>\n`}<pipa-verify${own} style="display:grid;min-height:${box.height}px">\n  ${inside}\n</pipa-verify>`;
}

/** @param {Box} box */
export function frameSnippet(box) {
  const { portal, files = portal, certificate, pin = '', lang = '', size = '', theme = '' } = box;
  const wishes = new URLSearchParams(Object.entries({ certificate, pin, lang, size, theme }).filter(([, value]) => value !== ''));
  // A frame in another scheme than its page is painted on a ground of its own; with `color-scheme` both follow the device, and it never is.
  return `<iframe data-pipa-verify src="${escaped(`${files}embed/#${wishes}`)}" title="${escaped(box.title)}" width="100%" height="${box.height}" style="border:0;color-scheme:light dark"` +
    ` sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" loading="lazy"></iframe>\n<p>${beside(box)}</p>`;
}
