// The native kiosk asked by its own script, under a software GL and without a display.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { environment, program } from '../kiosk/support.mjs';

/** @typedef {{view: any, at_ms: number}} Said what is on the screen, and when */

/** @param {import('./districts.mjs').District} district @param {string} site a folder or an address */
export const kioskOptions = ({ kind, anchor, now }, site) => ['--site', site, kind === 'pack' ? '--office-key' : '--root-pin', anchor, '--now', now];

let runs = 0;

/** Pastes one text after the other, in English. @param {string} folder @param {string[]} options @param {string[]} texts */
export const askKiosk = (folder, options, texts) => playKiosk(folder, options, texts.flatMap((text) => [`paste ${text}`, 'expect screen result', 'answer']));

/** @param {string} folder @param {string[]} options @param {string[]} lines of a script (kiosk/platform/script.hpp) @returns {Promise<Said[]>} what each line 'answer' tells */
export async function playKiosk(folder, options, lines) {
  const script = path.join(folder, `kiosk-${runs++}.txt`);
  writeFileSync(script, ['tap attract/begin_en', ...lines, ''].join('\n'));
  const child = spawn(program, [...options, '--size', '360x640', '--dpi', '31', '--script', script], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Said[]} */
  const said = [];
  let line = '', errors = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    const lines = (line + part).split('\n');
    line = lines.pop() ?? '';
    for (const one of lines) said.push({ view: JSON.parse(one).view, at_ms: Date.now() });
  });
  child.stderr.on('data', (part) => { errors += part; });
  const code = await new Promise((resolve) => { child.once('close', (number, signal) => resolve(number ?? signal)); });
  assert.equal(code, 0, errors);
  assert.equal(said.length, lines.filter((one) => one === 'answer').length);
  return said;
}
