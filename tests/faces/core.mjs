// What the core answers, in the browser's module and on the command line.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { surroundings } from '../support/surroundings.mjs';
import { Device, fromHex, inquire } from '../../web/bridge/inquiry.mjs';
import { builtSite, pipa, project, writeFiles } from './districts.mjs';

/** @typedef {import('./districts.mjs').District} District */
/** @typedef {import('./districts.mjs').Files} Files */
/** @typedef {{judgement: any, view: any}} Judged */

const { module } = await Device.open(readFileSync(path.join(builtSite, 'whole.wasm')), { kind: 'nobody', bytes: new Uint8Array() });
const texts = JSON.parse(readFileSync(path.join(project, 'assets/i18n/en.json'), 'utf8'));

export const secondsOf = (/** @type {string} */ time) => Math.floor(Date.parse(time) / 1000);

/** A device that was given what the district's page is published with. @param {District} district */
export function openDevice({ kind, anchor }) {
  const device = new Device(module, { kind, bytes: fromHex(anchor) });
  device.addCatalogue('en', texts);
  return device;
}

/** A site in memory. @param {Files} files @param {string[]} [names] takes down what was asked for */
export const memory = (files, names = []) => /** @type {typeof fetch} */ (async (url) => {
  const name = String(url).slice('site:/'.length);
  names.push(name);
  const content = files.get(name);
  return content ? new Response(/** @type {any} */ (content)) : new Response(null, { status: 404 });
});

/**
 * What the core says of one text. `names` takes down what was asked for; `state` is what the device kept of an earlier visit, without which it has
 * seen nothing.
 * @param {District} district @param {Files} files @param {string} text @param {{names?: string[], state?: Uint8Array}} [options] @returns {Promise<Judged>}
 */
export async function askModule(district, files, text, { names, state } = {}) {
  const device = openDevice(district);
  if (state) device.restore(state);
  const inquiry = await inquire(device, text, secondsOf(district.now), 'site:/', { fetch: memory(files, names) });
  const answer = inquiry.judgement('en');
  inquiry.close();
  device.close();
  return answer;
}

/** What a device keeps that has asked about all of them from the whole site. @param {District} district @param {string[]} [texts] */
export async function stateAfter(district, texts = district.asked.map(({ text }) => text)) {
  const device = openDevice(district);
  for (const text of texts) (await inquire(device, text, secondsOf(district.now), 'site:/', { fetch: memory(district.files) })).close();
  const state = /** @type {Uint8Array} */ (device.takeState());
  device.close();
  return state;
}

/** The files that are asked for by somebody, and what lies there and must be nobody's. @param {District} district */
export async function namesAsked(district) {
  /** @type {string[]} */
  const names = [];
  for (const { text } of district.asked) await askModule(district, district.files, text, { names });
  return [...new Set([...names, 'bundle.cbor', 'trust.cose'])].filter((name) => district.files.has(name));
}

/** What a native program is told of a district whose files lie in this folder. @param {District} district @param {string} place */
const trustWords = ({ kind, anchor, now }, place) => (kind === 'pack' ? ['--trust', path.join(place, 'trust.cose'), '--office-key', anchor, '--now', now]
  : ['--trust', path.join(place, 'bundle.cbor'), '--root-pin', anchor, '--now', now]);

/** `pipa verify`, not longer than an answer may take. @param {District} district @param {string} place of its files @param {string} input a text or a file */
export const verify = (district, place, input) =>
  spawnSync(pipa, ['verify', input, ...trustWords(district, place), '--json', '--lang', 'en'], { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60_000, env: surroundings() });

/**
 * What the command line says of every text in a file or picture; null where it refuses the trust, which is one answer for all.
 * @param {District} district @param {string} place a folder for the files @param {Files} files @param {string} input @returns {Judged[] | null}
 */
export function askCommandLine(district, place, files, input) {
  writeFiles(files, place);
  const ended = verify(district, place, input);
  if (ended.status === 65 || ended.status === 74) return null;
  assert.ok(ended.status !== null && ended.status <= 2, ended.stderr);
  return JSON.parse(ended.stdout).results;
}
