// `pipa publish --log`: what a public log proves of certificates goes into the records that the page fetches, and cost follows what is new.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const office = demo.file('keys/office.key');
const on = ['--store', file('office.store')];
const at = (seconds) => ['--now', new Date(Date.parse(demo.now) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
for (const name of ['root', 'targets', 'online']) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
mkdirSync(file('built'));
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@">');
const log = file('log');
cpSync(demo.file('log'), log, { recursive: true });
const vkey = readFileSync(`${log}/log.vkey`, 'utf8').trim();

const publish = (seconds, from = log) => pipaOk(['publish', ...on, '--sign-key', file('online.key'), '--sign-key', file('targets.key'), '--site', file('built'), '--office-key', demo.file('office.pub'),
  '--out', file('out'), '--json', '--log', from, ...at(seconds)]).json();
const issue = (number, ...words) => {
  pipaOk(['issue', '--key', demo.file('keys/P2.key'), '--host', 'pipa.linping.example', '--number', number, '--product-code', '1004', '--quantity', '30 kg', '--origin', '330113100', '--issued', '2026-11-12',
    '--basis', 'quality_control', '--out', file(`${number}.csv`), ...words]);
  return readFileSync(file(`${number}.csv`), 'utf8').split('\n').find((line) => line.includes('#')).split(',').at(-1);
};
const append = (text, seconds) => {
  writeFileSync(file('append.txt'), `${text}\n`);
  pipaOk(['log', 'append', '--log', log, '--key', demo.file('keys/log.key'), file('append.txt'), ...at(seconds)]);
  pipaOk(['log', 'witness', '--log', log, '--vkey', vkey, '--key', demo.file('keys/witness.key'), '--name', 'witness.example', '--state', file('seen'), ...at(seconds)]);
};
/** What the page's record says of the log, and the log's word alone. */
const inLog = (text) => {
  const { judgement } = pipa(['verify', text, '--trust', `${file('out')}/bundle.cbor`, '--json', ...at(100_000)]).json().results[0];
  return judgement.public_log;
};

pipaOk(['store', 'init', ...on, '--key', office, ...at(0)]);
pipaOk(['store', 'add', ...on, '--key', office, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('certificates.csv'), ...at(0)]);
pipaOk(['roles', 'init', ...on, ...at(0), '--root-key', file('root.key'), '--targets-key', file('targets.key'), '--online-key', file('online.key'), '--sign-key', file('root.key')]);

test('publish --log: every certificate that the log has gets its proof, once', () => {
  const first = publish(10);
  assert.deepEqual([first.log_proofs, first.warnings], [18, []]);
  const said = inLog(demo.cases.get('C04').text);
  assert.equal(said.index, 3, JSON.stringify(said));
  assert.ok(said.since, JSON.stringify(said));
  const again = publish(20);
  assert.deepEqual([again.log_proofs, again.outcome], [0, 'unchanged']);
});

test('publish --log: what comes later into the log changes one record', () => {
  const text = issue('LATER-1', ...on);
  assert.equal(publish(30).log_proofs, 0);
  assert.equal(inLog(text), undefined);
  append(text, 40);
  const report = publish(50);
  assert.deepEqual([report.log_proofs, report.parts_changed], [1, 1]);
  assert.ok(report.files_written < 8, JSON.stringify(report));
  assert.equal(inLog(text).index, 18);
  // The earliest proof stays: the certificates of before are still shown under the checkpoint of then.
  assert.equal(inLog(demo.cases.get('C04').text).tree_size, 18);
  assert.equal(inLog(text).tree_size, 19);
});

test('publish --log: a certificate that came into the log first, and into the store later', () => {
  const text = issue('IMPORTED-1');
  append(text, 60);
  assert.equal(publish(70).log_proofs, 0);
  writeFileSync(file('imported.csv'), `number,text\nIMPORTED-1,${text}\n`);
  pipaOk(['store', 'add', ...on, '--key', office, file('imported.csv'), ...at(80)]);
  assert.equal(publish(90).log_proofs, 1);
  assert.equal(inLog(text).index, 19);
});

test('publish --log: a log that nobody named, or that was set back, is said, and all else is published', () => {
  pipaOk(['keys', 'new', '--out', file('other.key')]);
  pipaOk(['log', 'init', '--log', file('other'), '--key', file('other.key'), '--name', 'log.example/other', ...at(0)]);
  assert.match(publish(100, file('other')).warnings.join(), /log_proof\.unknown_log|note\.unsigned|checkpoint\.wrong_origin/);
  assert.match(publish(110, file('nowhere')).warnings.join(), /no proofs of the public log: file\.unreadable/);
  // The office restores the log's folder from an old copy, and goes on from there.
  renameSync(log, file('right'));
  cpSync(demo.file('log'), log, { recursive: true });
  rmSync(file('seen'));
  const text = issue('SECOND-1', ...on);
  append(text, 120);
  const report = publish(130);
  assert.match(report.warnings.join(), /merkle\.\w+: .*does not go on from what was published of it before/);
  assert.deepEqual([report.outcome, report.log_proofs], ['published', 0]);
  assert.equal(inLog(text), undefined);
  rmSync(log, { recursive: true });
  renameSync(file('right'), log);
  assert.deepEqual(publish(140).warnings, []);
});
