import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, pipa, pipaOk, scratch } from './support.mjs';

const { folder, file, names } = scratch();
const modeOf = (path) => statSync(path).mode & 0o777;

test('keys: a new key file is readable by its owner only, whatever the umask', () => {
  const ended = pipa(['keys', 'new', '--out', file('open.key'), '--json'], { shell: 'umask 0; "$@"' });
  assert.equal(ended.code, 0, ended.err);
  assert.equal(modeOf(file('open.key')), 0o600);
  const { kid, public_key: publicKey, locked } = ended.json();
  assert.match(kid, /^[0-9a-f]{16}$/);
  assert.match(publicKey, /^[0-9a-f]{64}$/);
  assert.equal(locked, false);
});

test('keys: show gives the public half and never the secret', () => {
  const secret = JSON.parse(readFileSync(file('open.key'), 'utf8')).seed;
  const shown = pipaOk(['keys', 'show', file('open.key')]);
  const asJson = pipaOk(['keys', 'show', file('open.key'), '--json']);
  assert.equal(shown.out.includes(secret), false);
  assert.equal(asJson.out.includes(secret), false);
  assert.match(shown.out, new RegExp(asJson.json().public_key));
});

test('keys: an existing file is refused, and replaced only by --force', () => {
  const before = readFileSync(file('open.key'));
  const refused = pipa(['keys', 'new', '--out', file('open.key')]);
  assert.equal(refused.code, 74);
  assert.equal(codeOf(refused.err), 'file.exists');
  assert.deepEqual(readFileSync(file('open.key')), before);
  chmodSync(file('open.key'), 0o644);
  pipaOk(['keys', 'new', '--out', file('open.key'), '--force']);
  assert.notDeepEqual(readFileSync(file('open.key')), before);
  assert.equal(modeOf(file('open.key')), 0o600);
});

test('keys: a passphrase locks the seed', () => {
  writeFileSync(file('passphrase'), '枇杷 loquat\nsecond line\n');
  const made = pipaOk(['keys', 'new', '--out', file('locked.key'), '--passphrase-file', file('passphrase'), '--json']);
  assert.equal(made.json().locked, true);
  const stored = JSON.parse(readFileSync(file('locked.key'), 'utf8'));
  assert.equal('seed' in stored, false);
  assert.equal(stored.locked.kdf, 'argon2id');
});

const issueWith = (key, ...more) => ['issue', '--key', key, '--host', 'pipa.example', '--number', 'A-1', '--product-code', '1001', '--quantity', '3 kg',
  '--origin', '330113100', '--issued', '2026-11-20', '--basis', 'self_test', ...more];

test('keys: a locked key opens with its passphrase from a file or the environment', () => {
  pipaOk(issueWith(file('locked.key'), '--passphrase-file', file('passphrase')));
  pipaOk(issueWith(file('locked.key')), { env: { PIPA_PASSPHRASE: '枇杷 loquat' } });
});

test('keys: a wrong passphrase is bad data', () => {
  const ended = pipa(issueWith(file('locked.key')), { env: { PIPA_PASSPHRASE: 'wrong' } });
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'key.wrong_passphrase');
});

test('keys: a locked key without passphrase and terminal is wrong use', () => {
  const ended = pipa(issueWith(file('locked.key')), { shell: 'setsid --wait "$@"' });
  assert.equal(ended.code, 64);
  assert.equal(codeOf(ended.err), 'key.needs_passphrase');
});

test('keys: damaged key files are named, none crashes', () => {
  const stored = JSON.parse(readFileSync(file('locked.key'), 'utf8'));
  const damaged = {
    'no json': 'seed',
    'a list': '[]',
    'another version': JSON.stringify({ ...stored, pipa_key: 2 }),
    'short public key': JSON.stringify({ ...stored, public_key: 'abcd' }),
    'number as salt': JSON.stringify({ ...stored, locked: { ...stored.locked, salt: 7 } }),
    'hostile memory': JSON.stringify({ ...stored, locked: { ...stored.locked, memory_bytes: 2 ** 45 } }),
    'text as operations': JSON.stringify({ ...stored, locked: { ...stored.locked, operations: 'many' } }),
    'locked is a list': JSON.stringify({ ...stored, locked: [] }),
  };
  for (const [name, text] of Object.entries(damaged)) {
    writeFileSync(file('damaged.key'), text);
    const ended = pipa(issueWith(file('damaged.key')), { env: { PIPA_PASSPHRASE: '枇杷 loquat' } });
    assert.equal(ended.code, 65, name);
    assert.equal(codeOf(ended.err), 'key.bad_file', name);
  }
});

test('keys: a seed that does not belong to the public key is refused', () => {
  const open = JSON.parse(readFileSync(file('open.key'), 'utf8'));
  writeFileSync(file('swapped.key'), JSON.stringify({ ...open, seed: '00'.repeat(32) }));
  assert.equal(codeOf(pipa(issueWith(file('swapped.key'))).err), 'key.bad_file');
});

test('keys: unwritable places leave nothing behind', () => {
  mkdirSync(file('folder'));
  const before = names();
  for (const place of [file('folder'), file('missing/new.key'), '/proc/new.key', `${folder}/`]) {
    const ended = pipa(['keys', 'new', '--out', place, '--force']);
    assert.equal(ended.code, 74, place);
  }
  assert.deepEqual(names(), before);
  assert.equal(existsSync(file('missing')), false);
});

test('keys: wrong use is 64', () => {
  assert.equal(pipa(['keys']).code, 64);
  assert.equal(pipa(['keys', 'new']).code, 64);
  assert.equal(pipa(['keys', 'new', '--out', file('x.key'), '--passphrase', 'secret']).code, 64, 'a passphrase is never an argument');
});
