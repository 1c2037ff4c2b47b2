// A registry from nothing, by commands alone; a producer that asks to be in it, and whose certificates and records then stand.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, pipa, pipaOk, scratch } from './support.mjs';

const { file } = scratch();
const on = ['--store', file('office.store')];
const now = '2026-11-20T10:00:00+08:00';
const key = (name) => file(`${name}.key`);
for (const name of ['office', 'bureau', 'laboratory', 'yunwu', 'stranger', 'root', 'targets', 'online']) pipaOk(['keys', 'new', '--out', key(name)]);
const registry = (command, ...words) => pipa(['registry', command, ...on, '--key', key('office'), '--now', '2026-11-19T10:00:00+08:00', '--json', ...words]);
const parties = () => pipaOk(['registry', 'list', ...on, '--json']).json().parties;
const subject = '93330113XXDEM0015T';

pipaOk(['store', 'init', ...on, '--key', key('office')]);

test('registry: begun once, and never before there is a store', () => {
  assert.equal(codeOf(registry('add-party', '--name', '甲', '--division', '330113').err), 'store.missing_document');
  assert.equal(registry('init', '--publisher', '临平区农业农村局', '--host', 'pipa.linping.example').json().version, 1);
  assert.equal(registry('init', '--publisher', '乙', '--host', 'x.example').code, 74);
  assert.equal(pipa(['registry', 'list', '--store', file('none')]).code, 74);
});

test('registry: parties and keys, each change signed as the next version; what cannot be is refused with its place', () => {
  assert.equal(registry('add-party', '--name', '农业农村局', '--kind', 'office', '--division', '330113').json().version, 2);
  assert.equal(registry('add-party', '--name', '检测中心', '--kind', 'office', '--division', '330113').code, 0);
  pipaOk(['keys', 'show', key('bureau'), '--out', file('bureau.pub')]);
  assert.equal(registry('add-key', '--party', '1', '--role', 'bureau', '--from', '2026-01-01', file('bureau.pub')).code, 0);
  assert.equal(registry('add-key', '--party', '2', '--role', 'laboratory', '--from', '2026-01-01', key('laboratory')).code, 0);
  for (const [code, ...words] of [['trust.duplicate_key', 'add-key', '--party', '1', '--role', 'bureau', key('bureau')], ['trust.unknown_party', 'add-key', '--party', '77', '--role', 'bureau', key('stranger')],
    ['trust.bad_field', 'add-key', '--party', '1', '--role', 'king', key('stranger')], ['uscc.wrong_check', 'add-party', '--name', '甲', '--division', '330113', '--uscc', '93330113XXDEM0015X'],
    ['store.no_such_key', 'set-scope', '--scope-division', '330113', key('stranger')]]) {
    const ended = registry(...words);
    assert.equal(ended.code, 65, words.join(' '));
    assert.equal(codeOf(ended.err), code);
  }
  const stranger = pipa(['registry', 'add-party', ...on, '--key', key('stranger'), '--name', '甲', '--division', '330113']);
  assert.equal(codeOf(stranger.err), 'trust.wrong_signer');
  assert.equal(registry('set-scope', '--scope-division', '330113', key('bureau')).code, 0);
  const ofBureau = pipaOk(['registry', 'list', ...on, '--json']).json().keys.find(({ role }) => role === 'bureau'); // they stand by their ids
  assert.deepEqual(ofBureau.scope, { divisions: [330113] });
  assert.equal(parties().length, 2);
});

test('registry accept: a producer asks with its own key, and a request that was changed is none', () => {
  const request = (...words) => pipa(['keys', 'request', '--key', key('yunwu'), '--out', file('yunwu.request'), '--name', '云坞枇杷专业合作社', '--division', '330113100', ...words]);
  assert.equal(request('--uscc', '93330113XXDEM0015X').code, 65);
  assert.equal(request('--role', 'bureau').code, 64);
  assert.equal(request('--uscc', subject).code, 0);
  const accept = (...words) => registry('accept', '--from', '2026-01-01', ...words);
  writeFileSync(file('bent.request'), readFileSync(file('yunwu.request'), 'utf8').replace('云坞', '云雾'));
  assert.equal(codeOf(accept(file('bent.request')).err), 'cose.wrong_signature');
  writeFileSync(file('empty'), '');
  assert.equal(accept(file('empty')).code, 65);
  assert.equal(accept('--dry-run', file('yunwu.request')).code, 0);
  assert.equal(parties().length, 2);
  assert.equal(accept(file('yunwu.request')).code, 0);
  assert.equal(parties()[2].uscc, subject);
  assert.equal(codeOf(accept(file('yunwu.request')).err), 'trust.duplicate_key', 'twice the same');
  assert.equal(parties().length, 3);
});

test('registry check: in order, or what is hardly meant', () => {
  assert.equal(pipa(['registry', 'check', ...on]).code, 0);
  registry('add-party', '--name', '没有钥', '--division', '330113');
  const ended = pipa(['registry', 'check', ...on]);
  assert.equal(ended.code, 1);
  assert.match(ended.out, /party 4 has no key/);
});

const issue = (number, lot) => pipaOk(['issue', ...on, '--key', key('yunwu'), '--host', 'pipa.linping.example', '--number', number, '--product-name', '枇杷', '--quantity', '10 kg', '--origin', '330113100',
  '--issued', '2026-11-19', '--lot', lot, '--basis', 'self_test', '--json']).json().text;
const report = (id, lot, verdict) => {
  writeFileSync(file('said.json'), JSON.stringify({ id, producer: subject, lots: [lot], kind: 'supervision', method: 'GB 23200.121-2021', reported: '2026-11-18', issued: '2026-11-18T10:00:00+08:00', verdict,
    items: [{ analyte: '啶虫脒', value: verdict === 'fail' ? '9' : '0.01', unit: 'mg/kg', limit: '2' }] }));
  pipaOk(['sign', 'test', file('said.json'), '--key', key('laboratory'), '--out', file(`${id}.cose`), ...on, '--now', now]);
};
const make = (...words) => pipa(['dossier', 'make', ...on, '--key', key('bureau'), '--issued', now, '--json', ...words]);

test('issue --store: a key, a place or a time that readers would refuse is refused before anything is kept', () => {
  const words = (by, ...more) => pipa(['issue', ...on, '--key', key(by), '--host', 'pipa.linping.example', '--number', 'BAD-1', '--product-name', '枇杷', '--quantity', '10 kg', '--origin', '330113100', '--basis', 'self_test', ...more]);
  assert.equal(codeOf(words('stranger', '--issued', '2026-11-19').err), 'store.no_such_key');
  assert.equal(codeOf(words('laboratory', '--issued', '2026-11-19').err), 'field.not_allowed');
  assert.equal(codeOf(words('yunwu', '--issued', '2019-11-19').err), 'field.not_allowed');
  assert.equal(pipa(['store', 'show', ...on, 'BAD-1']).code, 65);
});

test('dossier make --store: records are sealed from what the store has, once for each change', () => {
  issue('R-1', 'LOT-1');
  issue('R-2', 'LOT-2');
  report('T-1', 'LOT-1', 'fail');
  report('T-9', 'LOT-9', 'fail');
  assert.equal(make().code, 64);
  assert.equal(make('--all', '--lot', 'LOT-1').code, 64);
  const dry = make('--all', '--dry-run').json();
  assert.deepEqual(dry.dossiers, [{ number: 'R-1', sequence: 1, statements: 1, before: 0 }]);
  assert.deepEqual(dry.unseen_failures, ['T-9']);
  const wrong = pipa(['dossier', 'make', ...on, '--key', key('laboratory'), '--issued', now, '--all']);
  assert.equal(codeOf(wrong.err), 'field.not_allowed');
  assert.equal(pipaOk(['store', 'show', ...on, 'R-1', '--json']).json().dossier, undefined);
  assert.equal(make('--lot', 'LOT-2').json().dossiers.length, 0);
  assert.equal(make('--all').json().dossiers.length, 1);
  assert.equal(make('--all').json().dossiers.length, 0, 'nothing changed since');
  report('T-2', 'LOT-2', 'pass');
  assert.deepEqual(make('--all').json().dossiers.map((one) => one.number), ['R-2']);
});

test('publish --keeper-key: what was signed and kept reaches the phone', () => {
  pipaOk(['roles', 'init', ...on, '--root-key', key('root'), '--targets-key', key('targets'), '--online-key', key('online'), '--sign-key', key('root'), '--now', now]);
  const text = issue('R-3', 'LOT-3');
  report('T-3', 'LOT-3', 'fail');
  const publish = () => pipaOk(['publish', ...on, '--sign-key', key('targets'), '--sign-key', key('online'), '--keeper-key', key('bureau'), '--office-key', key('office'), '--out', file('out'), '--now', now, '--json']).json();
  assert.equal(publish().dossiers.dossiers.length, 1);
  const judged = pipa(['verify', text, '--trust', file('out/bundle.cbor'), '--root-pin', file('out/root.pin'), '--now', now, '--json']);
  assert.equal(judged.code, 1, judged.err + judged.out);
  assert.match(judged.out, /T-3/);
  assert.equal(publish().dossiers.dossiers.length, 0);
});
