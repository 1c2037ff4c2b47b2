// What may become of a published file, and what an answer then must not be: milder than the whole site's, unless it says what is missing.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The files that an inquiry may ask of a site, by name. @param {string} site @returns {Map<string, Buffer>} */
export function filesOf(site) {
  const wanted = /^(bundle\.cbor|records\/.+|tuf\/phone\/.+)$/;
  return new Map(readdirSync(site, { recursive: true }).map(String).filter((name) => wanted.test(name) && statSync(path.join(site, name)).isFile())
    .sort().map((name) => [name, readFileSync(path.join(site, name))]));
}

/** @typedef {(files: Map<string, Buffer>, name: string, older: Map<string, Buffer>) => Map<string, Buffer>} Spoiling a copy with one file spoilt */

/** @param {(content: Buffer, files: Map<string, Buffer>, name: string, older: Map<string, Buffer>) => Buffer | null} change @returns {Spoiling} */
const changing = (change) => (files, name, older) => {
  const spoilt = new Map(files);
  const content = change(/** @type {Buffer} */ (files.get(name)), files, name, older);
  if (content === null) spoilt.delete(name);
  else spoilt.set(name, content);
  return spoilt;
};

/** @type {Record<string, Spoiling>} */
export const spoilings = {
  missing: changing(() => null),
  empty: changing(() => Buffer.alloc(0)),
  cut: changing((content) => content.subarray(0, content.length >> 1)),
  bent: changing((content) => Buffer.from(content.map((byte, at) => (at === Math.floor(content.length / 3) ? byte ^ 1 : byte)))),
  older: changing((content, _, name, older) => older.get(name) ?? content),
  "another's": changing((content, files, name) => [...files].find(([other]) => other !== name)?.[1] ?? content),
  'too large': changing((content) => Buffer.concat([content, Buffer.alloc(13 << 20)])),
};

// How a shopper takes it: what could not be checked is graver than a caution, and milder than 'do not buy'.
const gravities = ['ok', 'caution', 'unknown', 'stop'];
const missing = new Set(['check.no_trust', 'trust.offline', 'trust.refused', 'trust.rolled_back', 'status.not_checked', 'notice.not_checked', 'record.not_fetched',
  'record.unreadable', 'upstream.not_checked', 'number.not_fetched', 'number.unreadable']);

/** @typedef {{verdict: string, level: string, reasons: string[]}} Short */

/** @param {any} judgement @returns {Short} */
export const shortly = ({ verdict, level, reasons }) => ({ verdict, level, reasons: reasons.map((/** @type {{code: string}} */ { code }) => code) });

/** @param {Short} whole @param {Short} answer */
export const isMilder = (whole, answer) =>
  gravities.indexOf(answer.level) < gravities.indexOf(whole.level) && !answer.reasons.some((code) => missing.has(code));
