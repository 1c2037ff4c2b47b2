// pipa sign and pipa dossier: what is signed is what any device reads, and what happens to a dossier is seen.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const key = (name) => demo.file(`keys/${name}.key`);
const { text, dossier, number } = demo.cases.get('C04');
// C04 is of the demo's second producer.
const [{ uscc: producer }] = JSON.parse(readFileSync(demo.file('registry.json'), 'utf8')).parties.filter(({ id }) => id === 2);
const statement = { id: 'T-NEW', issued: '2026-11-19T10:00:00+08:00', producer, lots: ['LOT-04'], kind: 'commissioned', method: 'GB 23200.121-2021', reported: '2026-11-19', verdict: 'pass',
  items: [{ analyte: '啶虫脒', value: '0.01', unit: 'mg/kg', limit: '2' }] };
const write = (name, content) => {
  writeFileSync(file(name), typeof content === 'string' ? content : JSON.stringify(content));
  return file(name);
};
const sign = (type, json, ...more) => pipa(['sign', type, json, '--key', key('laboratory'), '--out', file('signed.cose'), ...more]);
const make = (statements, ...more) => pipa(['dossier', 'make', '--certificate', text, ...statements.flatMap((one) => ['--statement', one]), '--key', key('bureau'),
  '--out', file('made.dossier'), '--issued', demo.now, ...demo.trust(), ...more]);

test('sign: lists its types and their fields', () => {
  const { types } = pipaOk(['sign', '--list', '--json']).json();
  assert.deepEqual(types.map(({ type }) => type), ['card', 'test', 'label', 'input', 'work', 'patrol', 'grade', 'notice', 'variety', 'figures', 'manifest', 'receipt']);
  assert.match(pipaOk(['sign', 'test', '--list']).out, /items\*/);
  assert.equal(codeOf(pipa(['sign', 'weather', '--list']).err), 'statement.unknown_type');
});

test('sign: names the place of what is wrong', () => {
  const wrong = [[{ ...statement, items: [{ analyte: 'a' }, { analyte: 'b', value: 0.3 }] }, 'statement.bad_field', /items\/1\/value/], [{ ...statement, weather: 'fine' }, 'statement.unknown_field', /weather/],
    [{ id: 'x' }, 'statement.missing_field', /issued/]];
  for (const [json, code, place] of wrong) {
    const ended = sign('test', write('wrong.json', json));
    assert.equal(ended.code, 65);
    assert.equal(codeOf(ended.err), code);
    assert.match(ended.err, place);
  }
  assert.equal(codeOf(sign('test', write('wrong.json', '{')).err), 'json.invalid');
  for (const number of ['2e659', '-1e999']) {
    const ended = sign('test', write('wrong.json', `{"id": ${number}}`));
    assert.deepEqual([ended.code, codeOf(ended.err)], [65, 'json.invalid'], number);
  }
  assert.equal(sign('test', file('missing.json')).code, 74);
  assert.equal(pipa(['sign', 'test']).code, 64);
});

test('dossier: picks what belongs to the certificate, and the answer follows it', () => {
  assert.equal(sign('test', write('one.json', statement)).code, 0);
  mkdirSync(file('pile'));
  writeFileSync(file('pile/one.cose'), readFileSync(file('signed.cose')));
  sign('test', write('other.json', { ...statement, id: 'T-OTHER', lots: ['LOT-99'] }));
  writeFileSync(file('pile/other.cose'), readFileSync(file('signed.cose')));
  const made = make([file('pile')], '--json').json();
  assert.deepEqual([made.statements, made.left_out], [1, 1]);
  assert.equal(pipa(['dossier', 'verify', file('made.dossier'), '--certificate', text, ...demo.trust()]).code, 0);
  const [{ judgement, view }] = pipa(['verify', text, '--dossier', file('made.dossier'), ...demo.judging(), '--json']).json().results;
  assert.deepEqual(judgement.dossier.statements.map(({ id, standing, relation }) => [id, standing, relation]), [['T-NEW', 'stands', 'lot']]);
  assert.ok(view.sections.some(({ id }) => id === 'tests'));
});

test('dossier: show lists every statement with its standing', () => {
  const shown = pipaOk(['dossier', 'show', demo.file(dossier), ...demo.trust(), '--json']).json();
  assert.equal(shown.ok, true);
  assert.ok(shown.statements.length > 5 && shown.statements.every(({ standing }) => standing === 'stands'));
  assert.match(pipaOk(['dossier', 'show', demo.file(dossier), ...demo.trust()]).out, /label +L5 +stands/);
});

test('dossier: that of another certificate, an older edition and a changed byte are seen', () => {
  const verify = (name, ...more) => pipa(['dossier', 'verify', name, ...demo.trust(), ...more]);
  const other = verify(demo.file(demo.cases.get('C01').dossier), '--certificate', text);
  assert.equal(other.code, 1);
  assert.match(other.out, new RegExp(`another certificate than ${number}`));
  make([file('pile')], '--sequence', '3');
  writeFileSync(file('newer.dossier'), readFileSync(file('made.dossier')));
  make([file('pile')], '--sequence', '2');
  assert.equal(verify(file('made.dossier'), '--known', file('newer.dossier')).code, 1);
  assert.equal(verify(file('newer.dossier'), '--known', file('made.dossier')).code, 0);
  const bytes = readFileSync(demo.file(dossier));
  bytes[bytes.length - 10] ^= 1;
  writeFileSync(file('changed.dossier'), bytes);
  assert.equal(verify(file('changed.dossier')).code, 1);
  writeFileSync(file('garbage.dossier'), 'garbage');
  assert.equal(verify(file('garbage.dossier')).code, 65);
  assert.equal(verify(file('missing.dossier')).code, 74);
});

test('dossier: a certificate of a stranger has no dossier', () => {
  const ended = pipa(['dossier', 'make', '--certificate', demo.cases.get('X2').text, '--statement', file('pile'), '--key', key('bureau'), '--out', file('x.dossier'), ...demo.trust()]);
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'dossier.no_certificate');
});

test('dossier: what the start page shows is every card, grade, visit and label that stands, under a bureau\'s list', () => {
  const card = { id: 'CARD-NEW', issued: '2026-11-01T10:00:00+08:00', producer, name: { 'zh-Hans': '示例' }, kind: 'family_farm', uscc: producer, division: '330113100' };
  const pile = file('portal-pile');
  mkdirSync(pile);
  const put = (type, json, signer, name) => assert.equal(pipa(['sign', type, write(`${name}.json`, json), '--key', key(signer), '--out', path.join(pile, `${name}.cose`)]).code, 0, name);
  put('card', card, 'bureau', 'card');
  put('card', { ...card, id: 'CARD-FALSE' }, 'laboratory', 'false'); // a laboratory keeps no cards
  put('test', { ...statement, id: 'T-PORTAL' }, 'laboratory', 'test');
  const made = pipaOk(['dossier', 'make', '--portal', '--statement', pile, '--key', key('bureau'), '--out', file('around.dossier'), '--issued', demo.now, ...demo.trust(), '--json']).json();
  assert.deepEqual([made.statements, made.left_out], [1, 2]);
  const shown = pipaOk(['dossier', 'show', file('around.dossier'), ...demo.trust(), '--json']).json();
  assert.match(JSON.stringify(shown), /AROUND THE DISTRICT/);
  assert.match(JSON.stringify(shown), /CARD-NEW/);
  // One of the two is asked for, and not both.
  assert.equal(pipa(['dossier', 'make', '--statement', pile, '--key', key('bureau'), '--out', file('x.dossier'), ...demo.trust()]).code, 64);
  assert.equal(pipa(['dossier', 'make', '--portal', '--certificate', text, '--statement', pile, '--key', key('bureau'), '--out', file('x.dossier'), ...demo.trust()]).code, 64);
});
