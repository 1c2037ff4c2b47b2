// Why a box has no answer, in a sentence: loaded by a box in trouble alone. It finds out by looking once more at what a box needs.

import { trouble } from './words.mjs';

const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]); // the smallest WebAssembly there is
const needed = ['anchor.json', 'whole.wasm', 'i18n/zh-Hans.json', 'i18n/zh-Hans.more.json', 'i18n/zh-Hans.embed.json'];

/** Whether this page's policy forbids to ask there; else what came of it. @param {string} url @returns {Promise<'policy' | 'silent' | 'here' | 'missing'>} */
async function ask(url) {
  let forbidden = false;
  const see = () => { forbidden = true; };
  document.addEventListener('securitypolicyviolation', see);
  try {
    return (await fetch(url, { method: 'HEAD', cache: 'no-store' })).ok ? 'here' : 'missing';
  } catch {
    await new Promise((resolve) => { setTimeout(resolve, 50); }); // the event comes after the refusal
    return forbidden ? 'policy' : 'silent';
  } finally {
    document.removeEventListener('securitypolicyviolation', see);
  }
}

/** @param {{portal: string, language: string, problem: unknown}} what @returns {Promise<string>} */
export async function explain({ portal, language, problem }) {
  const words = trouble[language];
  const said = problem instanceof Error ? problem.message : '';
  if (said === 'none') return words.none;
  if (said === 'office key') return words.key;
  if (!('adoptedStyleSheets' in document)) return words.browser;
  if (typeof WebAssembly === 'undefined') return words.device;
  const files = needed.map((name) => name.replace('zh-Hans', language));
  const found = await Promise.all(files.map((name) => ask(new URL(name, portal).href)));
  if (found.includes('policy')) return words.policy;
  if (found.every((one) => one === 'silent')) return words.site;
  const lacking = files.filter((_, at) => found[at] !== 'here');
  if (lacking.length > 0) return words.part.replace('{file}', lacking.join(', '));
  try {
    await WebAssembly.compile(empty);
  } catch {
    return words.policy;
  }
  return /^status |fetch|load/i.test(said) ? words.failed : words.version; // all is there, and does not fit together
}
