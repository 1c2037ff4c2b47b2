// What `pipa publish` publishes, as a phone gets it: bundle.cbor; and what judges with a pack, a bundle or a repository.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const office = demo.file('keys/office.key');
const on = ['--store', file('office.store')];
// The demo stands still: seconds after its now.
const at = (seconds) => ['--now', new Date(Date.parse(demo.now) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
for (const name of ['root', 'targets', 'online', 'online2']) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
const online = ['--sign-key', file('online.key')];
const keys = [...online, '--sign-key', file('targets.key')];
const out = file('out');
mkdirSync(file('built'));
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@"><meta name="pipa-root" content="@PIPA_ROOT@"><meta content="@PIPA_TRUST@">');
const page = ['--site', file('built'), '--office-key', demo.file('office.pub')];
const publish = (...words) => pipa(['publish', ...on, ...keys, '--out', out, '--json', ...words]);
const published = (...words) => {
  const ended = publish(...words);
  assert.equal(ended.code, 0, ended.err);
  return ended.json();
};
const bundle = () => readFileSync(`${out}/bundle.cbor`);
const timestamp = () => JSON.parse(readFileSync(`${out}/tuf/metadata/timestamp.json`, 'utf8')).signed;
const later = at(200_000);  // after all that is published here, because a device's clock before that is told of
const ask = (id, trust, ...words) => pipa(['verify', demo.cases.get(id).text, '--trust', trust, '--lang', 'en', '--json', ...later, ...words]);
const judged = (id, trust = `${out}/bundle.cbor`, ...words) => {
  const ended = ask(id, trust, ...words);
  assert.ok(ended.code <= 2, ended.err);
  const { judgement } = ended.json().results[0];
  return [judgement.verdict, judgement.reasons[0].code];
};

pipaOk(['store', 'init', ...on, '--key', office, ...at(0)]);
pipaOk(['store', 'add', ...on, '--key', office, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('certificates.csv'), ...at(0)]);
pipaOk(['roles', 'init', ...on, ...at(0), '--root-key', file('root.key'), '--targets-key', file('targets.key'), '--online-key', file('online.key'), '--sign-key', file('root.key')]);

test('bundle: without the office\'s key there is none, because nobody could open the registry', () => {
  const report = published(...at(0));
  assert.deepEqual([report.bundle_bytes, report.root_pin], [0, '']);
  assert.equal(existsSync(`${out}/bundle.cbor`), false);
});

test('bundle: stands beside the page, which is pinned to the first root', () => {
  const report = published(...at(60), ...page);
  const pin = createHash('sha256').update(readFileSync(`${out}/tuf/metadata/1.root.json`)).digest('hex');
  assert.equal(report.root_pin, pin);
  assert.equal(report.bundle_bytes, bundle().length);
  assert.ok(report.bundle_bytes < 64 * 1024, String(report.bundle_bytes));
  assert.equal(readFileSync(`${out}/root.pin`, 'utf8').trim(), pin);
  assert.match(readFileSync(`${out}/index.html`, 'utf8'), new RegExp(`pipa-root" content="${pin}"><meta content="bundle.cbor">`));
  assert.deepEqual([timestamp()['x-pipa-root'], timestamp()['x-pipa-signed']], [1, at(60)[1]]);
  assert.equal(judged('C09')[0], 'genuine');
});

test('bundle: nothing changed, nothing written; a new timestamp brings a new bundle', () => {
  const before = bundle();
  assert.equal(published(...at(120), ...page).outcome, 'unchanged');
  assert.deepEqual(bundle(), before);
  const kept = file('kept');
  cpSync(out, kept, { recursive: true });
  assert.equal(published(...at(180_000), ...page).outcome, 'timestamp');
  assert.notDeepEqual(bundle(), before);
  // Broken off between the two: the bundle is older than the timestamp, and is made good.
  const right = bundle();
  writeFileSync(`${out}/bundle.cbor`, before);
  assert.equal(published(...at(180_001), ...page).outcome, 'timestamp');
  assert.deepEqual(bundle(), right);
  rmSync(`${out}/bundle.cbor`);
  assert.equal(published(...at(180_002), ...page).outcome, 'published');
  assert.deepEqual(bundle(), right);
});

test('bundle: revoked, published, and the verdict is: withdrawn', () => {
  const before = bundle();
  pipaOk(['revoke', ...on, '--key', office, demo.cases.get('C09').number, ...at(180_100)]);
  published(...at(180_101), ...page);
  assert.deepEqual(judged('C09'), ['revoked', 'status.withdrawn']);
  assert.equal(judged('C07')[0], 'genuine');
  // As it was: the records of then are still there.
  cpSync(out, file('older'), { recursive: true });
  writeFileSync(file('older/bundle.cbor'), before);
  assert.equal(judged('C09', file('older/bundle.cbor'))[0], 'genuine');
  // A bundle without the rest of its site.
  writeFileSync(file('older.cbor'), before);
  assert.deepEqual(judged('C09', file('older.cbor'), '--root-pin', `${out}/root.pin`), ['could_not_check', 'record.not_fetched']);
});

test('bundle: a recall reaches a phone that has no dossier', () => {
  pipaOk(['recall', ...on, '--key', demo.file('keys/bureau.key'), '--id', 'N-9', '--title', '召回', '--certificate', demo.cases.get('C07').number, ...at(3600)]);
  published(...at(180_200), ...page);
  assert.deepEqual(judged('C07'), ['revoked', 'notice.recalled']);
});

test('verify --trust: the published tree, its part tuf/ and what a device downloaded say the same', () => {
  const device = file('device');
  mkdirSync(device);
  pipaOk(['tuf', '--metadata-dir', `${device}/metadata`, 'init', `${out}/tuf/metadata/1.root.json`]);
  const names = ['registry.cose', 'office.pub', 'notices.cbor', 'records.cbor', 'status/0'].flatMap((name) => ['--target-name', name]);
  pipaOk(['tuf', '--metadata-dir', `${device}/metadata`, '--metadata-url', `file://${out}/tuf/metadata`, '--target-base-url', `file://${out}/tuf/targets`, '--target-dir', `${device}/targets`, ...names, ...later, 'download']);
  const pin = ['--root-pin', `${out}/root.pin`];
  for (const [trust, ...words] of [[out], [`${out}/tuf`, ...pin], [device, ...pin], [device, '--root', `${out}/tuf/metadata/1.root.json`]]) {
    assert.deepEqual(judged('C09', trust, ...words), ['revoked', 'status.withdrawn'], trust);
    assert.deepEqual(judged('C07', trust, ...words), ['revoked', 'notice.recalled'], trust);
  }
  // What was not mirrored cannot be checked, and is never taken for valid.
  renameSync(`${device}/targets/status%2F0`, `${device}/targets/elsewhere`);
  assert.deepEqual(judged('C08', device, ...pin), ['could_not_check', 'status.not_checked']);
  // Nor is a list that is signed to be there believed to be empty.
  for (const name of ['notices.cbor', 'records.cbor']) {
    renameSync(`${device}/targets/${name}`, `${device}/targets/elsewhere`);
    const ended = ask('C08', device, ...pin);
    assert.deepEqual([ended.code, codeOf(ended.err)], [65, 'tuf.not_found'], name);
    renameSync(`${device}/targets/elsewhere`, `${device}/targets/${name}`);
  }
});

test('verify --trust: each wrong anchor and bent file is refused with its own code', () => {
  const refused = (trust, ...words) => {
    const ended = ask('C09', trust, ...words);
    return [ended.code, codeOf(ended.err)];
  };
  const alone = file('alone.cbor');
  writeFileSync(alone, bundle());
  assert.equal(ask('C09', alone).code, 64);
  assert.equal(ask('C09', `${out}/tuf`).code, 64);
  assert.equal(ask('C09', demo.file('trust.cose')).code, 64);
  assert.deepEqual(refused(alone, '--root-pin', '11'.repeat(32)), [65, 'bundle.wrong_root']);
  assert.deepEqual(refused(out, '--root-pin', '11'.repeat(32)), [65, 'bundle.wrong_root']);
  assert.deepEqual(refused(out, '--root-pin', '1111'), [65, 'bundle.wrong_root']);
  assert.deepEqual(refused(out, '--office-key', '00'.repeat(32)), [65, 'trust.wrong_signer']);
  assert.deepEqual(refused(file('built'), '--root-pin', '11'.repeat(32)), [65, 'tuf.no_trusted_root']);
  assert.deepEqual(refused(file('nowhere'), '--root-pin', '11'.repeat(32)), [74, 'file.unreadable']);
  const bent = bundle();
  bent[bent.indexOf('status/0') + 20] ^= 1;
  writeFileSync(alone, bent);
  assert.deepEqual(refused(alone, '--root-pin', `${out}/root.pin`)[0], 65);
});

test('conform judge: a bundle and a repository, proved by the root.pin beside them', () => {
  const now = Math.floor(Date.parse(demo.now) / 1000) + 200_000;
  const lines = [`${out}/bundle.cbor`, out].map((trust) => JSON.stringify({ op: 'judge', text: demo.cases.get('C09').text, trust, now }));
  const answers = pipaOk(['conform'], { input: `${lines.join('\n')}\n` }).out.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(answers.map((answer) => answer.judgement?.verdict), ['revoked', 'revoked'], JSON.stringify(answers));
});

test('explain, sheet: take a bundle too', () => {
  const told = pipaOk(['explain', demo.cases.get('C09').text, '--trust', `${out}/bundle.cbor`, '--json', ...later]).json();
  assert.equal(told.verdict.code, 'revoked');
  pipaOk(['sheet', demo.cases.get('C04').text, '--trust', `${out}/bundle.cbor`, '--out', file('sheet.pdf')]);
});

test('bundle: after new keys the page is pinned to the newest root, and the bundle leads there from the old one', () => {
  const pin = readFileSync(`${out}/root.pin`, 'utf8').trim();
  pipaOk(['roles', 'rotate', ...on, ...at(190_000), '--online-key', file('online2.key'), '--sign-key', file('root.key')]);
  const report = published(...at(190_001), ...page, '--sign-key', file('online2.key'));
  assert.equal(report.versions.root, 2);
  const newest = createHash('sha256').update(readFileSync(`${out}/tuf/metadata/2.root.json`)).digest('hex');
  assert.equal(readFileSync(`${out}/root.pin`, 'utf8').trim(), newest);
  assert.notEqual(newest, pin);
  // Pages that were published before go on, and a first visitor of the new page takes nothing that ends before its root.
  assert.deepEqual(judged('C09', `${out}/bundle.cbor`, '--root-pin', pin), ['revoked', 'status.withdrawn']);
  assert.equal(codeOf(ask('C09', file('older.cbor'), '--root-pin', newest).err), 'bundle.wrong_root');
  assert.equal(timestamp()['x-pipa-root'], 2);
  assert.deepEqual(judged('C09'), ['revoked', 'status.withdrawn']);
  assert.deepEqual(judged('C09', out), ['revoked', 'status.withdrawn']);
});

test('bundle: an older registry than phones have seen is not published', () => {
  const before = bundle();
  const refused = pipa(['store', 'add', ...on, '--key', office, demo.file('trust-old.cose'), ...at(190_100)]);
  assert.equal(refused.code, 65);
  assert.equal(codeOf(refused.err), 'tuf.rollback');
  assert.equal(publish(...at(190_101), ...page, '--sign-key', file('online2.key')).code, 0);
  assert.deepEqual(bundle(), before);
});
