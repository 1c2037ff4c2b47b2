import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pipa, pipaOk } from './support.mjs';

const commands = [['keys', 'new'], ['keys', 'show'], ['issue'], ['sheet'], ['verify'], ['explain'], ['trust', 'make'], ['trust', 'show'], ['site'], ['demo', 'make'], ['trust', 'diff'], ['store', 'init'],
  ['store', 'add'], ['store', 'check'], ['store', 'show'], ['store', 'export'], ['roles', 'init'], ['roles', 'rotate'], ['roles', 'delegate'], ['roles', 'show'],
  ['roles', 'sign'], ['publish'], ['revoke'], ['suspend'], ['recall'], ['keys', 'rotate'], ['keys', 'compromise'], ['keys', 'request'], ['registry', 'init'], ['registry', 'add-party'],
  ['registry', 'add-key'], ['registry', 'set-scope'], ['registry', 'accept'], ['registry', 'list'], ['registry', 'check'], ['store', 'backup'], ['store', 'restore'], ['store', 'reserve'], ['import', 'map']];

for (const words of commands) {
  test(`help: pipa ${words.join(' ')} has an example and its exit codes`, () => {
    const { out } = pipaOk([...words, '--help']);
    assert.match(out, new RegExp(`Example:\\n  pipa ${words.join(' ')} `));
    for (const code of [0, 1, 2, 64, 65, 74]) assert.match(out, new RegExp(`\\b${code} `));
    assert.match(out, /--json/);
  });
}

test('help: pipa lists its commands', () => {
  const { out } = pipaOk(['--help']);
  for (const [name] of commands) assert.match(out, new RegExp(`^ +${name}[ ,]`, 'm'));
  assert.match(pipaOk(['--version']).out, /^\d+\.\d+\.\d+\n$/);
});

test('wrong use is 64 and says so on standard error', () => {
  for (const words of [[], ['verfy'], ['--nonsense'], ['verify', '--nonsense']]) {
    const ended = pipa(words);
    assert.equal(ended.code, 64, words.join(' '));
    assert.equal(ended.out, '');
    assert.notEqual(ended.err, '');
  }
});

test('a slip of the pen is answered with what was probably meant', () => {
  for (const [words, meant] of [[['recal'], 'recall'], [['store', 'bakup'], 'backup'], [['publish', '--stor', 'x'], '--store'], [['registry', 'add-kye'], 'add-key']]) {
    const ended = pipa(words);
    assert.equal(ended.code, 64);
    assert.match(ended.err, new RegExp(`Did you mean ${meant}\\?`), words.join(' '));
  }
  assert.doesNotMatch(pipa(['xyzzy']).err, /Did you mean/);
});

test('conform: answers line by line', () => {
  const ended = pipaOk(['conform'], { input: '{"id":1,"op":"base10.encode","hex":"00010203040506070809"}\nnonsense\n' });
  assert.deepEqual(ended.out.trim().split('\n').map((line) => JSON.parse(line)),
    [{ id: 1, ok: true, digits: '0169436464873497600591879' }, { ok: false, code: 'conform.bad_request' }]);
});
