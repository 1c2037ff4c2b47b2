import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const registry = JSON.parse(readFileSync(demo.file('registry.json'), 'utf8'));
const office = demo.file('keys/office.key');
const make = (document, ...more) => {
  writeFileSync(file('registry.json'), typeof document === 'string' ? document : JSON.stringify(document));
  return pipa(['trust', 'make', '--registry', file('registry.json'), '--key', office, '--out', file('trust.cose'), ...more]);
};
const without = (change) => {
  const copy = structuredClone(registry);
  change(copy);
  return copy;
};

test('trust: a wrong social credit code is an error, and with --allow-invalid a warning', () => {
  const refused = make(registry);
  assert.equal(refused.code, 65);
  assert.match(refused.err, /uscc\.wrong_check: .*\(parties\[17\]\.uscc, 93330113XXDEM00150\)/);
  assert.equal(existsSync(file('trust.cose')), false);
  const allowed = make(registry, '--allow-invalid', '--json');
  assert.equal(allowed.code, 0, allowed.err);
  assert.match(allowed.err, /warning: .*parties\[17\]\.uscc/);
  assert.equal(allowed.json().parties, 18);
});

test('trust: what trust show gives is what trust make took', () => {
  assert.equal(make(registry, '--allow-invalid').code, 0);
  const shown = pipaOk(['trust', 'show', file('trust.cose'), '--office-key', demo.file('office.pub'), '--json']).json();
  // A pack lists keys, parties and names in the order in which they are looked up.
  const sorted = (document) => {
    const copy = structuredClone(document);
    for (const [list, key] of [['keys', 'public_key'], ['parties', 'id'], ['products', 'code'], ['divisions', 'code']])
      copy[list].sort((a, b) => (a[key] < b[key] ? -1 : 1));
    return copy;
  };
  assert.deepEqual(sorted(shown), sorted(registry));
});

test('trust: every problem of a registry is named with its path', () => {
  const broken = without((document) => {
    document.versoin = 2;
    document.parties[0].kind = 'coop';
    document.parties[1].division = 'Tangqi';
    document.keys[0].public_key = 'abcd';
    document.keys[1].valid_until = '2025-01-01';
    document.keys[2].party = 77;
    document.keys[4].public_key = document.keys[3].public_key;
    delete document.products[0].name;
  });
  const ended = make(broken, '--allow-invalid', '--json');
  assert.equal(ended.code, 65);
  const paths = ended.json().problems.map((problem) => problem.path);
  for (const path of ['versoin', 'parties[0].kind', 'parties[1].division', 'keys[0].public_key', 'keys[1].valid_until', 'keys[2].party', 'keys[4]', 'products[0].name'])
    assert.ok(paths.includes(path), `${path} in ${paths}`);
});

test('trust: limits of the pack itself hold too', () => {
  const long = without((document) => { document.publisher['zh-Hans'] = '长'.repeat(54); });
  assert.equal(codeOf(make(long, '--allow-invalid').err), 'trust.bad_field');
  const twice = without((document) => { document.parties.push(document.parties[0]); });
  assert.equal(codeOf(make(twice, '--allow-invalid').err.replace(/^.*warning.*\n/gm, '')), 'trust.duplicate_entry');
});

test('trust: a registry that is not JSON is shown where', () => {
  const ended = make('{"version": 1,}');
  assert.equal(ended.code, 65);
  assert.match(ended.err, /json\.invalid: .*byte 14/);
});

test('trust: a pack opens with its own office key only', () => {
  const other = pipaOk(['keys', 'new', '--out', file('other.key'), '--json']).json().public_key;
  const ended = pipa(['trust', 'show', demo.file('trust.cose'), '--office-key', other]);
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'trust.wrong_signer');
  const changed = Buffer.from(readFileSync(demo.file('trust.cose')));
  changed[200] ^= 1;
  writeFileSync(file('changed.cose'), changed);
  assert.equal(pipa(['trust', 'show', file('changed.cose'), '--office-key', demo.file('office.pub')]).code, 65);
});

test('trust: the office key may be digits, a file of digits, or a key file', () => {
  const digits = readFileSync(demo.file('office.pub'), 'utf8').trim();
  for (const given of [digits, demo.file('office.pub'), office]) pipaOk(['trust', 'show', demo.file('trust.cose'), '--office-key', given]);
  assert.equal(pipa(['trust', 'show', demo.file('trust.cose'), '--office-key', demo.file('trust.cose')]).code, 65);
});

test('trust: unreadable files are 74, wrong use is 64', () => {
  writeFileSync(file('registry.json'), JSON.stringify(registry));
  assert.equal(pipa(['trust', 'show', file('missing'), '--office-key', demo.file('office.pub')]).code, 74);
  assert.equal(pipa(['trust', 'make', '--registry', file('registry.json'), '--key', office, '--out', file('missing/trust.cose'), '--allow-invalid']).code, 74);
  assert.equal(pipa(['trust']).code, 64);
  assert.equal(pipa(['trust', 'show', demo.file('trust.cose')]).code, 64);
});

test('trust: diff says what changed, and by its exit code whether anything did', () => {
  const diff = (before, after) => pipa(['trust', 'diff', before, after, '--office-key', demo.file('office.pub'), '--json']);
  const changed = without((document) => {
    document.version += 1;
    document.keys[0].compromised_since = '2026-11-19T00:00:00+08:00';
    document.parties[0].contact = '0571-00000000';
    document.products.pop();
  });
  assert.equal(make(changed, '--allow-invalid').code, 0);
  const ended = diff(demo.file('trust.cose'), file('trust.cose'));
  assert.equal(ended.code, 1, ended.err);
  const { difference } = ended.json();
  assert.deepEqual(difference.version, [registry.version, registry.version + 1]);
  assert.equal(difference.keys.changed[0].public_key, registry.keys[0].public_key);
  assert.equal(difference.parties.changed[0].to.contact, '0571-00000000');
  assert.equal(difference.products.removed.length, 1);
  assert.deepEqual(Object.keys(difference).sort(), ['keys', 'parties', 'products', 'version']);
  const same = diff(demo.file('trust.cose'), demo.file('trust.cose'));
  assert.equal(same.code, 0);
  assert.deepEqual(same.json().difference, {});
  assert.equal(diff(file('missing'), file('trust.cose')).code, 74);
});

test('trust: a registry that has one key twice is refused, whatever it says of it', () => {
  const twice = without((document) => { document.keys.push({ ...document.keys[0], role: 'bureau' }); });
  assert.equal(codeOf(make(twice, '--allow-invalid').err.replace(/^.*warning.*\n/gm, '')), 'trust.duplicate_key');
});
