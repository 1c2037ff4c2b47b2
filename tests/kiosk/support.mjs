// What the kiosk's journeys share: the demo district as the real program makes it, films of its labels, and running
// pipa-kiosk under Mesa's software GL without any display.
//   PIPA_BIN   the folder of the programs' sibling pipa (build/release/bin/pipa)

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { surroundings } from '../support/surroundings.mjs';

export const project = fileURLToPath(new URL('../../', import.meta.url));
export const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
const beside = (/** @type {string} */ name) => path.join(path.dirname(pipa), name);
export const program = beside('pipa-kiosk');

export const environment = { ...surroundings(), SDL_VIDEO_DRIVER: 'offscreen', LIBGL_ALWAYS_SOFTWARE: '1' };

/** A folder that is removed when the test file is through. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipa-kiosk-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file: (/** @type {string} */ name) => path.join(folder, name) };
}

/**
 * The demo district in `folder`, published as a site of one bare page, with its cases by id and the options that make a kiosk
 * trust it: `options` by its site, `packOptions` by the list of keys alone.
 * @param {string} folder
 */
export function makeDemo(folder) {
  const home = path.join(folder, 'demo'), bare = path.join(folder, 'bare');
  mkdirSync(bare);
  writeFileSync(path.join(bare, 'index.html'), '<!doctype html><title>@PIPA_OFFICE_KEY@</title>');
  execFileSync(pipa, ['demo', 'make', '--out', home, '--site', bare], { stdio: 'pipe' });
  const document = JSON.parse(readFileSync(path.join(home, 'certificates.json'), 'utf8'));
  const file = (/** @type {string} */ name) => path.join(home, name);
  return {
    file,
    now: document.now,
    hasRecords: existsSync(file('site/records')),
    /** @type {Map<string, any>} */
    cases: new Map(document.cases.map((/** @type {any} */ one) => [one.id, one])),
    options: ['--site', file('site'), '--root-pin', file('root.pin'), '--now', document.now],
    packOptions: ['--trust', file('trust.cose'), '--office-key', file('office.pub'), '--learn', file('learn.cose'), '--now', document.now],
  };
}

/** A film of a printed label with this code. @param {string} file @param {string} text @param {number[]} numbers */
export function filmLabel(file, text, ...numbers) {
  execFileSync(beside('kiosk_label_film'), [file, text, ...numbers.map(String)], { stdio: 'pipe' });
  return file;
}

/**
 * Runs pipa-kiosk to its end. A signal, a crash or a minute without an end fails the test.
 * @param {string[]} words
 * @param {Record<string, string | undefined>} [surroundings]
 */
export function kiosk(words, surroundings = {}) {
  const ended = spawnSync(program, words, { env: { ...environment, ...surroundings }, encoding: 'utf8', timeout: 60_000 });
  if (ended.error) throw ended.error;
  assert.equal(ended.signal, null, `ended by ${ended.signal}: ${ended.stderr}`);
  return { code: ended.status, out: ended.stdout, err: ended.stderr };
}

/** Runs a script in the kiosk and fails unless all went as it expects. @param {string} file @param {string[]} options @param {string} script */
export function play(file, options, script, surroundings = {}) {
  writeFileSync(file, script);
  const ended = kiosk([...options, '--script', file], surroundings);
  assert.equal(ended.code, 0, ended.err);
  return ended;
}

/** The same without waiting for it here, so that a server of the test's own can answer. @param {string} file @param {string[]} options @param {string} script */
export async function playBeside(file, options, script) {
  writeFileSync(file, script);
  const child = spawn(program, [...options, '--script', file], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (part) => { err += part; });
  const code = await new Promise((resolve) => { child.once('exit', (number, signal) => resolve(number ?? signal)); });
  assert.equal(code, 0, err);
  return err;
}

/** A kiosk that runs as it would in a hall; `end` sends SIGTERM and gives its exit code. @param {string[]} words */
export function startKiosk(words, surroundings = {}) {
  const child = spawn(program, words, { env: { ...environment, ...surroundings }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => { child.once('exit', (code, signal) => resolve(code ?? signal)); });
  return { pid: child.pid, end: () => { child.kill('SIGTERM'); return ended; }, ended };
}
