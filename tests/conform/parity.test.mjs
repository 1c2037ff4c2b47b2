// Every vector through `pipa conform`, natively and as wasm in Node: the same bytes out of both, and the answers that
// the tables expect. The golden views come out of both as approved.
//
//   node --test tests/conform/parity.test.mjs
//
// $PIPA_BIN, $PIPA_CONFORM_MJS and $PIPA_CONFORM_REQUESTS say where the programs are; otherwise they are looked for in
// build/release/bin and build/wasm/bin (tools/build all).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const native = process.env.PIPA_BIN ?? join(project, 'build/release/bin/pipa');
const module = process.env.PIPA_CONFORM_MJS ?? join(project, 'build/wasm/bin/pipa-conform.mjs');
const requests = process.env.PIPA_CONFORM_REQUESTS ?? join(project, 'build/release/bin/pipa_conform_requests');

const folder = mkdtempSync(join(tmpdir(), 'pipa-parity-'));
after(() => rmSync(folder, { recursive: true }));

/**
 * Runs a program and returns the lines that it writes.
 * @param {string} program
 * @param {string[]} parameters
 * @param {string} [input]
 * @returns {string[]}
 */
function linesOf(program, parameters, input = '') {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw new Error(`${program} cannot be run: ${error.message} (tools/build all makes it)`);
  assert.equal(status, 0, `${program} ended with status ${status}: ${stderr}`);
  assert.ok(stdout.endsWith('\n'), `${program} does not end its last line`);
  return stdout.slice(0, -1).split('\n');
}

/** @type {{table: string, name: string, line: string, answer?: string, golden?: string}[]} */
const cases = linesOf(requests, [folder]).map((line) => JSON.parse(line));
const input = cases.map(({ line }) => `${line}\n`).join('');
const answers = {
  native: linesOf(native, ['conform'], input),
  wasm: linesOf(process.execPath, [module], input),
};

/**
 * "ok", or code and offset as the tables write them.
 * @param {{ok: boolean, code?: string, at?: number}} answer
 */
function inTableForm(answer) {
  if (answer.ok) return 'ok';
  return answer.at === undefined ? answer.code : `${answer.code}@${answer.at}`;
}

it('every request is answered, in order', () => {
  for (const lines of Object.values(answers)) assert.equal(lines.length, cases.length);
  cases.forEach(({ line }, i) => {
    const { id } = line.startsWith('{') ? JSON.parse(line) : { id: undefined };
    assert.deepEqual(JSON.parse(answers.native[i]).id, id, line);
  });
});

for (const table of new Set(cases.map((given) => given.table))) {
  describe(table, () => {
    const rows = cases.map((given, index) => ({ ...given, index })).filter((given) => given.table === table);

    it('native and wasm give the same bytes', () => {
      for (const { name, index } of rows) assert.equal(answers.wasm[index], answers.native[index], name);
    });

    it('the answers are those of the table', () => {
      for (const { name, answer, index } of rows) {
        if (answer !== undefined) assert.equal(inTableForm(JSON.parse(answers.native[index])), answer, name);
      }
    });
  });
}

it('golden views come out as approved', () => {
  const golden = cases.map((given, index) => ({ ...given, index })).filter((given) => given.golden);
  assert.ok(golden.length >= 10, 'there are golden scenes');
  for (const given of golden) {
    const approved = readFileSync(join(project, 'tests/golden', String(given.golden)), 'utf8');
    const { judgement, view } = JSON.parse(answers.wasm[given.index]);
    assert.equal(`${JSON.stringify({ judgement, view }, null, 1)}\n`, approved, given.name);
  }
});
