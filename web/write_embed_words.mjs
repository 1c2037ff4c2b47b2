// What a box says when the texts of its site do not reach it: out of the catalogues into one module beside the box's own.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const silent = 'embed.trouble.site'; // what a box has at hand itself
const keys = ['embed.trouble.none', silent, 'embed.trouble.part', 'embed.trouble.policy', 'embed.trouble.device', 'embed.trouble.browser', 'embed.trouble.version',
  'embed.trouble.key', 'embed.trouble.failed'];

/** @param {string} project @param {...string} folders that get words.mjs */
export function writeEmbedWords(project, ...folders) {
  const tags = ['zh-Hans', 'en'];
  const texts = Object.fromEntries(tags.map((tag) => [tag, JSON.parse(readFileSync(path.join(project, `assets/i18n/${tag}.json`), 'utf8'))]));
  const of = (/** @type {(tag: string) => unknown} */ value) => JSON.stringify(Object.fromEntries(tags.map((tag) => [tag, value(tag)])), null, 2);
  const short = (/** @type {string} */ key) => String(key.split('.').at(-1));
  const module = `// Made of the catalogues by web/write_embed_words.mjs.\n
/** @type {Record<string, string>} */
export const silent = ${of((tag) => texts[tag][silent])};\n
/** @type {Record<string, Record<string, string>>} */
export const trouble = ${of((tag) => Object.fromEntries(keys.map((key) => [short(key), texts[tag][key]])))};\n`;
  for (const folder of folders) writeFileSync(path.join(folder, 'words.mjs'), module);
}
