// From the store to the phone: statements that somebody signed reach the record of their lots at the next publish.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const office = demo.file('keys/office.key');
const bureau = demo.file('keys/bureau.key');
const on = ['--store', file('office.store')];
const at = (seconds) => ['--now', new Date(Date.parse(demo.now) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
const issued = (seconds) => ['--issued', at(seconds)[1]];
for (const name of ['root', 'targets', 'online']) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
const out = file('out');
mkdirSync(file('built'));
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@"><meta name="pipa-root" content="@PIPA_ROOT@"><meta content="@PIPA_TRUST@">');
const publish = (...words) => pipa(['publish', ...on, '--sign-key', file('online.key'), '--sign-key', file('targets.key'), '--site', file('built'), '--office-key', demo.file('office.pub'),
  '--out', out, '--json', ...words]);
const judged = (id) => {
  const { judgement } = pipa(['verify', demo.cases.get(id).text, '--trust', `${out}/bundle.cbor`, '--json', ...at(80_000)]).json().results[0];
  return judgement.reasons.map(({ code }) => code);
};
const subject = '93330113XXDEM00588';  // whose LOT-07 is
const number = (id) => demo.cases.get(id).number;
/** A test by the demo's laboratory of lots of the producer, put into the store. */
const report = (id, producer, lots, verdict = 'fail') => {
  writeFileSync(file('said.json'), JSON.stringify({ id, producer, lots, kind: 'supervision', method: 'GB 23200.121-2021', reported: '2026-11-20', verdict, issued: '2026-11-20T10:00:00+08:00',
    items: [{ analyte: '毒死蜱', value: verdict === 'fail' ? '9' : '0.01', unit: 'mg/kg', limit: '0.05' }] }));
  pipaOk(['sign', 'test', file('said.json'), '--key', demo.file('keys/laboratory.key'), '--out', file(`${id}.cose`)]);
  return file(`${id}.cose`);
};
const make = (...words) => pipa(['dossier', 'make', ...on, '--key', bureau, '--json', ...words]);
const shown = (id) => pipaOk(['store', 'show', ...on, number(id), '--json']).json();

pipaOk(['store', 'init', ...on, '--key', office, ...at(0)]);
pipaOk(['store', 'add', ...on, '--key', office, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('certificates.csv'), ...at(0)]);
pipaOk(['roles', 'init', ...on, ...at(0), '--root-key', file('root.key'), '--targets-key', file('targets.key'), '--online-key', file('online.key'), '--sign-key', file('root.key')]);
pipaOk(['store', 'add', ...on, '--key', office, report('F-1', subject, ['LOT-07']), report('F-2', subject, ['LOT-NOBODYS']), report('P-1', subject, ['LOT-07'], 'pass'), ...at(0)]);

test('dossier make --store: shown first, with the failed tests that no record will tell of', () => {
  const ended = make('--all', '--dry-run', ...issued(10));
  assert.equal(ended.code, 0, ended.err);
  // C13 was made from C07 and another one, C14 from C06: what went in is in their records, with what is said of it.
  assert.deepEqual(ended.json().dossiers, [['C14', 1], ['C07', 2], ['C13', 4]].map(([id, statements]) => ({ number: number(id), sequence: 1, statements, before: 0 })));
  assert.deepEqual(ended.json().unseen_failures, ['F-2']);
  assert.match(ended.err, /the failed test F-2 is in no record/);
  assert.equal(shown('C07').dossier, undefined, 'a dry run writes nothing');
});

test('dossier make --store: who may not keep records is refused, and wrong use is', () => {
  for (const name of ['laboratory', 'inspector', 'P1']) {
    const refused = pipa(['dossier', 'make', ...on, '--all', '--key', demo.file(`keys/${name}.key`), ...issued(10)]);
    assert.equal(refused.code, 65, name);
    assert.equal(codeOf(refused.err), 'field.not_allowed', name);
  }
  assert.equal(shown('C07').dossier, undefined);
  assert.equal(make().code, 64);
  assert.equal(make('--all', '--lot', 'LOT-07').code, 64);
  assert.equal(make('--portal', '--all').code, 64);
  assert.equal(pipa(['dossier', 'make', '--key', bureau, '--all']).code, 64);
  assert.equal(pipa(['dossier', 'make', '--key', bureau, '--certificate', demo.cases.get('C07').text]).code, 64);
});

test('publish --keeper-key: a failed test of today is on the phone after the next publish, without a manifest by hand', () => {
  const bare = publish(...at(100));
  assert.equal(bare.code, 0, bare.err);
  assert.deepEqual(judged('C07').slice(0, 2), ['genuine.signature_fits', 'record.not_published']);
  const kept = publish(...at(200), '--keeper-key', bureau);
  assert.equal(kept.code, 0, kept.err);
  assert.deepEqual(kept.json().dossiers.dossiers.map((one) => one.number), ['C14', 'C07', 'C13'].map(number));
  assert.equal(judged('C07')[0], 'test.failed');
  assert.equal(judged('C13')[0], 'upstream.test_failed');
  assert.deepEqual(publish(...at(300), '--keeper-key', bureau).json().dossiers.dossiers, [], 'nothing new: nothing is sealed again');
});

test('dossier make --store: what a record lists once stays in it, and what comes later comes to it', () => {
  pipaOk(['store', 'add', ...on, '--key', office, report('P-2', subject, ['LOT-07'], 'pass'), ...at(400)]);
  assert.deepEqual(make('--lot', 'LOT-01', ...issued(410)).json().dossiers, []);
  const ended = make('--certificate', demo.cases.get('C07').text, ...issued(410));
  assert.deepEqual(ended.json().dossiers, [{ number: number('C07'), sequence: 2, statements: 3, before: 2 }]);
  assert.deepEqual(shown('C07').dossier, { statements: 3, missing: 0 });
});

test('publish: a record that is too large stops no revocation', () => {
  const head = 'id,kind,method,producer,lot,reported,verdict,analyte,value,unit,limit';
  const rows = Array.from({ length: 2001 }, (_, i) => `B-${i},supervision,GB 23200.121-2021,${subject},LOT-07,2026-11-20,pass,毒死蜱,0.01,mg/kg,0.05`);
  writeFileSync(file('many.csv'), [head, ...rows].join('\n'));
  writeFileSync(file('many.json'), JSON.stringify({ statement: 'test', constants: { issued: '2026-11-20T10:00:00+08:00' }, columns: { id: { field: 'id' }, kind: { field: 'kind' }, method: { field: 'method' },
    producer: { field: 'producer' }, lot: { field: 'lots', split: ';' }, reported: { field: 'reported' }, verdict: { field: 'verdict' }, analyte: { field: 'items/analyte' }, value: { field: 'items/value' },
    unit: { field: 'items/unit' }, limit: { field: 'items/limit' } } }));
  pipaOk(['import', file('many.json'), file('many.csv'), ...on, '--key', demo.file('keys/laboratory.key'), ...at(500)]);
  pipaOk(['revoke', ...on, '--key', office, number('C08'), ...at(500)]);
  const ended = publish(...at(600), '--keeper-key', bureau);
  assert.equal(ended.code, 3, ended.err);
  assert.match(ended.err, new RegExp(`the record of ${number('C07')} stays as it was: dossier\\.too_large`));
  assert.deepEqual(ended.json().dossiers.left.map((one) => one.number), ['C07', 'C13'].map(number));
  assert.equal(judged('C08')[0], 'status.withdrawn');
  assert.deepEqual(shown('C07').dossier, { statements: 3, missing: 0 });
  assert.equal(make('--all', ...issued(700)).code, 65);
  assert.equal(judged('C07')[0], 'test.failed', 'what was published stays');
});

test('publish: a record that a list by hand made larger than phones take stops nothing else either', () => {
  const items = Array.from({ length: 200 }, (_, i) => ({ analyte: `毒死蜱 ${i}`, value: '0.01', unit: 'mg/kg', limit: '0.05', limit_source: '依'.repeat(60) }));
  const digests = [];
  const files = Array.from({ length: 106 }, (_, i) => {
    writeFileSync(file('said.json'), JSON.stringify({ id: `L-${i}`, producer: subject, lots: ['LOT-07'], kind: 'supervision', method: 'GB 23200.121-2021', reported: '2026-11-20', verdict: 'pass',
      issued: '2026-11-20T10:00:00+08:00', items }));
    pipaOk(['sign', 'test', file('said.json'), '--key', demo.file('keys/laboratory.key'), '--out', file(`L-${i}.cose`)]);
    digests.push(createHash('sha256').update(readFileSync(file(`L-${i}.cose`))).digest('hex'));
    return file(`L-${i}.cose`);
  });
  writeFileSync(file('said.json'), JSON.stringify({ id: 'M-1', issued: '2026-11-20T10:00:00+08:00', certificates: [number('C10')], sequence: 1, digests }));
  pipaOk(['sign', 'manifest', file('said.json'), '--key', bureau, '--out', file('M-1.cose')]);
  pipaOk(['store', 'add', ...on, '--key', office, ...files, file('M-1.cose'), ...at(700)]);
  pipaOk(['revoke', ...on, '--key', office, number('C12'), ...at(700)]);
  const ended = publish(...at(710));
  assert.equal(ended.code, 3, ended.err);
  assert.match(ended.err, /URGENT: records: one cannot be made, so all stay as they were published last: dossier\.too_large/);
  assert.equal(judged('C12')[0], 'status.withdrawn');
  assert.equal(judged('C07')[0], 'test.failed', 'what was published stays');
});
