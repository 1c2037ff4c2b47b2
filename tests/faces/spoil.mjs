// What may become of a published file, and what an answer then must not be: milder than the whole site's, unless it says what is missing.

import { counterpart } from './districts.mjs';

/** @typedef {import('./districts.mjs').District} District */
/** @typedef {import('./districts.mjs').Files} Files */
/** @typedef {(district: District, name: string) => Files} Spoiling a copy of its files with one spoilt */

/** @param {(content: Buffer, district: District, name: string) => Buffer | null | undefined} change to null where nothing is there, to undefined where nothing changes @returns {Spoiling} */
const changing = (change) => (district, name) => {
  const content = /** @type {Buffer} */ (district.files.get(name));
  const spoilt = new Map(district.files);
  const changed = change(content, district, name);
  if (changed === null) spoilt.delete(name);
  else spoilt.set(name, changed ?? content);
  return spoilt;
};

export const tooLarge = Buffer.alloc(13 << 20);

/** @type {Record<string, Spoiling>} */
export const spoilings = {
  missing: changing(() => null),
  empty: changing(() => Buffer.alloc(0)),
  cut: changing((content) => content.subarray(0, content.length >> 1)),
  bent: changing((content) => Buffer.from(content.map((byte, at) => (at === Math.floor(content.length / 3) ? byte ^ 1 : byte)))),
  older: changing((_, { older }, name) => counterpart(name, older)),
  "another's": changing((_, { files }, name) => [...files].find(([other]) => other !== name)?.[1]),
  "another district's": changing((_, { other }, name) => counterpart(name, other)),
  'too large': changing((content) => Buffer.concat([content, tooLarge])),
};

// How a shopper takes it: what could not be checked is graver than a caution, and milder than 'do not buy'.
const gravities = ['ok', 'caution', 'unknown', 'stop'];
// These say that something is missing, or how old it is.
const missing = new Set(['check.no_trust', 'check.trust_unreadable', 'check.trust_foreign', 'trust.offline', 'trust.refused', 'trust.rolled_back', 'trust.stale', 'trust.age_unknown', 'status.not_checked', 'notice.not_checked',
  'record.not_fetched', 'record.unreadable', 'upstream.not_checked', 'number.not_fetched', 'number.unreadable']);

/** What is said of a bundle that a device with an older one cannot take. @type {Record<string, string>} */
export const newsOf = { missing: 'trust.offline', older: 'trust.rolled_back', ...Object.fromEntries(['empty', 'cut', 'bent', "another's", "another district's", 'too large'].map((kind) => [kind, 'trust.refused'])) };

/** @typedef {{verdict: string, level: string, reasons: string[]}} Short */

/** @param {any} judgement @returns {Short} */
export const shortly = ({ verdict, level, reasons }) => ({ verdict, level, reasons: reasons.map((/** @type {{code: string}} */ { code }) => code) });

/** The same of what a face shows. @param {any} view @returns {Short} */
export const shown = ({ verdict, remarks }) => ({ verdict: verdict.code, level: verdict.level, reasons: [verdict.reason_code, ...remarks.map((/** @type {{code: string}} */ { code }) => code)] });

/** @param {Short} whole @param {Short} answer */
export const isMilder = (whole, answer) =>
  gravities.indexOf(answer.level) < gravities.indexOf(whole.level) && !answer.reasons.some((code) => missing.has(code));
