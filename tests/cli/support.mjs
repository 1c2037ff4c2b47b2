// What the tests of the command line share: running the real program, folders that go away, and a demo district.
//   PIPA_BIN   the program (build/release/bin/pipa)

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { surroundings } from '../support/surroundings.mjs';

export const project = fileURLToPath(new URL('../..', import.meta.url));
export const pipaProgram = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');

const cleanEnvironment = surroundings();

/**
 * Runs pipa to its end. A signal or a crash is a failure of the test, whatever it expects.
 * @param {string[]} words
 * @param {{input?: string | Buffer, env?: Record<string, string>, shell?: string}} [options]
 */
export function pipa(words, { input = '', env = {}, shell } = {}) {
  const [program, ...rest] = shell ? ['bash', '-c', shell, 'bash', pipaProgram, ...words] : [pipaProgram, ...words];
  const ended = spawnSync(program, rest, { input, env: { ...cleanEnvironment, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (ended.error) throw ended.error;
  assert.equal(ended.signal, null, `ended by ${ended.signal}: ${ended.stderr}`);
  return { code: ended.status, out: ended.stdout, err: ended.stderr, json: () => JSON.parse(ended.stdout) };
}

/** Runs pipa and fails the test unless it ends as expected. */
export function pipaOk(words, options) {
  const ended = pipa(words, options);
  assert.equal(ended.code, 0, ended.err);
  return ended;
}

/** A folder that is removed when the test file is through. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipa-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file: (name) => path.join(folder, name), names: () => readdirSync(folder).sort() };
}

/** A demo district of its own, with its cases by id. */
export function demoDistrict() {
  const { folder } = scratch();
  const home = path.join(folder, 'demo');
  pipaOk(['demo', 'make', '--out', home]);
  const document = JSON.parse(readFileSync(path.join(home, 'certificates.json'), 'utf8'));
  const cases = new Map(document.cases.map((one) => [one.id, one]));
  const trust = (pack = 'trust.cose') => ['--trust', path.join(home, pack), '--office-key', path.join(home, 'office.pub')];
  return { home, now: document.now, cases, trust, judging: (pack) => [...trust(pack), '--now', document.now], file: (name) => path.join(home, name) };
}

/** 'pipa verify: image.no_code: ...' has the code image.no_code. */
export function codeOf(err) {
  return /^pipa [a-z -]+: ([a-z0-9_]+\.[a-z0-9_]+): /m.exec(err)?.[1];
}
