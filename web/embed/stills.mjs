// An answer as a still in words, for where no script may run: the core's, in a module that the builder alone loads.

import { Device, anchorOf, inquire } from '../bridge/inquiry.mjs';

/** @param {string} url @returns {Promise<any>} */
async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/**
 * `files`: where the site's are; `portal`: the checking site, for a code that names none. Null without a certificate or without lists.
 * @param {{files: string, portal: string, certificate: string, lang: string, demoNow: number}} what
 * @returns {Promise<{html: string, markdown: string, line: string} | null>}
 */
export async function stillsOf({ files, portal, certificate, lang, demoNow }) {
  const [anchor, ...texts] = await Promise.all([json(`${files}anchor.json`), ...['', '.more', '.embed', '.make'].map((part) => json(`${files}i18n/${lang}${part}.json`))]);
  const device = await Device.open(fetch(`${files}embed/still.wasm`), anchorOf(String(anchor.root ?? ''), String(anchor.office_key ?? '')), demoNow);
  try {
    device.addCatalogue(lang, Object.assign({}, ...texts));
    const inquiry = await inquire(device, certificate, Math.floor(Date.now() / 1000), files);
    const made = inquiry.use((module, handle, session) => module.bytes('pipa_inquiry_still', handle, session, portal.replace(/\/$/, ''), lang));
    inquiry.close();
    if (made.length === 0) return null;
    const [html, markdown, line] = new TextDecoder().decode(made).split('\0');
    return { html, markdown, line };
  } finally {
    device.close();
  }
}
