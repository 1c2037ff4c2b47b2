import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { killing } from '../support/surroundings.mjs';
import { codeOf, demoDistrict, pipa, pipaOk, pipaProgram, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const office = demo.file('keys/office.key');
const producer = demo.file('keys/P1.key');
const store = file('office.store');
const on = ['--store', store];
const issue = (number, ...more) => pipa(['issue', '--key', producer, '--host', 'pipa.linping.example', '--number', number, '--product-code', '1001', '--quantity', '10 kg',
  '--origin', '330113100', '--issued', '2026-11-19', '--basis', 'self_test', ...more]);
const shown = (number) => pipaOk(['store', 'show', ...on, number, '--json']).json();

test('store: init makes one, and never twice', () => {
  pipaOk(['store', 'init', ...on, '--key', office]);
  assert.equal(statSync(store).mode & 0o077, 0);
  const again = pipa(['store', 'init', ...on, '--key', office]);
  assert.equal(again.code, 74);
  assert.equal(codeOf(again.err), 'file.exists');
  assert.equal(pipa(['store', 'init', '--store', file('none/x'), '--key', office]).code, 74);
  assert.equal(codeOf(pipa(['store', 'init', '--store', file('x'), '--key', office, '--name', 'No Name']).err), 'store.bad_name');
  assert.equal(existsSync(file('x')), false);
  assert.equal(pipa(['store', 'init', '--store', file('x')]).code, 64);
});

test('issue --store: the certificate is kept, and gets a place in the status list', () => {
  const ended = issue('TEST-1', ...on, '--lot', 'LOT-T', '--json');
  assert.equal(ended.code, 0, ended.err);
  const kept = shown('TEST-1');
  assert.equal(kept.status, 'valid');
  assert.equal(kept.status_index, 0);
  assert.equal(kept.lot, 'LOT-T');
  const twice = issue('TEST-1', ...on);
  assert.equal(twice.code, 65);
  assert.equal(codeOf(twice.err), 'store.number_taken');
  assert.equal(issue('TEST-2', ...on, '--status-index', '900000').code, 65);
});

test('issue --store --series: the store numbers certificates', () => {
  const words = ['issue', '--key', producer, '--host', 'pipa.linping.example', '--product-code', '1001', '--quantity', '10 kg', '--origin', '330113100',
    '--issued', '2026-11-19', '--basis', 'self_test', ...on, '--series', 'TQ-26-', '--json'];
  assert.equal(pipaOk(words).json().number, 'TQ-26-000001');
  assert.equal(pipaOk(words).json().number, 'TQ-26-000002');
  assert.notEqual(shown('TQ-26-000001').status_index, shown('TQ-26-000002').status_index);
});

test('issue --csv --store: all of a table is kept, or nothing', () => {
  const table = (numbers) => 'number,product_code,quantity,origin,issued,bases,form\n' + numbers.map((n) => `${n},1001,10 kg,330113100,2026-11-19,self_test,2025-A\n`).join('');
  const run = (numbers) => {
    writeFileSync(file('in.csv'), table(numbers));
    return pipa(['issue', '--key', producer, '--host', 'pipa.linping.example', '--csv', file('in.csv'), '--out', file('out.csv'), ...on]);
  };
  const refused = run(['T-1', 'T-2', 'TEST-1']);
  assert.equal(refused.code, 65);
  assert.match(refused.err, /store\.number_taken: .*TEST-1, #3/);
  assert.equal(existsSync(file('out.csv')), false);
  assert.equal(pipa(['store', 'show', ...on, 'T-1']).code, 65);
  assert.equal(run(['T-1', 'T-2', 'T-3']).code, 0);
  pipaOk(['store', 'export', ...on, '--out', file('export.csv'), '--host', 'pipa.linping.example']);
  const exported = readFileSync(file('export.csv'), 'utf8');
  for (const line of readFileSync(file('out.csv'), 'utf8').trim().split('\n')) assert.ok(exported.includes(line));
});

test('store add: packs, statements and codes issued elsewhere; again changes nothing', () => {
  const words = ['store', 'add', ...on, '--key', office, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('learn.cose'), demo.file('certificates.csv'), '--json'];
  assert.deepEqual(pipaOk(words).json(), { ok: true, added: 20, known: 0 });
  assert.deepEqual(pipaOk(words).json(), { ok: true, added: 0, known: 20 });
  assert.equal(pipaOk(['store', 'add', ...on, '--key', office, '--as', 'field.json', demo.file('certificates.json'), '--json']).json().added, 1);
  writeFileSync(file('junk'), 'junk');
  assert.equal(pipa(['store', 'add', ...on, '--key', office, file('junk')]).code, 65);
  assert.equal(pipa(['store', 'add', ...on, '--key', office, file('missing')]).code, 74);
});

test('revoke and suspend: said, undone where that is possible, and final where it is', () => {
  const set = (words, ...numbers) => pipa([...words, ...on, '--key', office, ...numbers, '--json']);
  assert.deepEqual(set(['suspend'], 'TEST-1').json().certificates, [{ number: 'TEST-1', status: 'suspended', changed: true }]);
  assert.equal(shown('TEST-1').status, 'suspended');
  assert.equal(set(['suspend', '--lift'], 'TEST-1').code, 0);
  assert.equal(shown('TEST-1').status, 'valid');
  assert.equal(set(['revoke', '--dry-run'], 'TEST-1').json().certificates[0].changed, true);
  assert.equal(shown('TEST-1').status, 'valid');
  const text = demo.cases.get('C09').text;
  const mixed = set(['revoke'], 'TEST-1', text, 'NOBODYS');
  assert.equal(mixed.code, 65);
  assert.equal(codeOf(mixed.err), 'store.no_such_certificate');
  assert.equal(mixed.json().written, false);
  assert.equal(shown('TEST-1').status, 'valid', 'all or none');
  assert.equal(set(['revoke'], 'TEST-1', text).code, 0);
  assert.equal(shown('TEST-1').status, 'invalid');
  assert.equal(shown(demo.cases.get('C09').number).status, 'invalid');
  const lifted = set(['suspend', '--lift'], 'TEST-1');
  assert.equal(lifted.code, 65);
  assert.equal(codeOf(lifted.err), 'store.revoked_is_final');
});

test('revoke and suspend: the office, a bureau with a say, and who issued it; lifting is not the issuer\'s', () => {
  const as = (key, words, number = 'T-1') => pipa([...words, ...on, '--key', demo.file(`keys/${key}.key`), number, '--now', demo.now, '--json']);
  for (const key of ['laboratory', 'inspector', 'P2', 'shop']) {
    const refused = as(key, ['revoke']);
    assert.equal(refused.code, 65, key);
    assert.equal(codeOf(refused.err), 'field.not_allowed', key);
  }
  assert.equal(codeOf(as('nobody', ['revoke']).err), 'store.no_such_key');
  assert.equal(as('P1', ['suspend']).code, 0);
  assert.equal(codeOf(as('P1', ['suspend', '--lift']).err), 'field.not_allowed');
  assert.equal(as('bureau', ['suspend', '--lift']).code, 0);
  assert.equal(shown('T-1').status, 'valid');
});

test('recall: shown first, signed, ended', () => {
  const recall = (...words) => pipa(['recall', ...on, '--key', demo.file('keys/bureau.key'), '--now', '2026-11-20T10:00:00+08:00', '--json', ...words]);
  const words = ['--id', 'N-1', '--title', '召回', '--title-en', 'Recalled', '--lot', 'LOT-06'];
  const dry = recall(...words, '--dry-run').json();
  assert.deepEqual(dry.matches, [demo.cases.get('C06').number]);
  assert.equal(pipaOk(['store', 'show', ...on, '--json']).json().notices, 0);
  assert.equal(pipaOk(['recall', ...on, '--key', demo.file('keys/bureau.key'), '--now', '2026-11-20T10:00:00+08:00', ...words, '--dry-run']).out.match(/speaks of certificates in the store: 1/).length, 1);
  assert.equal(recall(...words).code, 0);
  assert.equal(recall('--id', 'N-2', '--title', '召回', '--product', '2002', '--issued-until', '2026-01-01', '--dry-run').json().matches.length, 0);
  assert.equal(recall('--end', 'N-9').code, 65);
  assert.equal(recall('--end', 'N-1').json().notice.ended, '2026-11-19');
  assert.equal(codeOf(recall('--end', 'N-1').err), 'store.no_such_notice');
  assert.equal(recall('--id', 'N-3').code, 64);
  assert.equal(codeOf(recall('--id', 'N-3', '--title', '召回', '--kind', 'panic').err), 'statement.bad_field');
});

test('recall: what no phone would hear, or nobody can have meant, is not signed', () => {
  const recall = (key, ...words) => pipa(['recall', ...on, '--key', demo.file(`keys/${key}.key`), '--now', '2026-11-20T10:00:00+08:00', '--json', '--id', 'N-7', '--title', '召回', ...words]);
  const notices = () => pipaOk(['store', 'show', ...on, '--json']).json().notices;
  const before = notices();
  for (const key of ['laboratory', 'inspector', 'office', 'nobody', 'P1']) {
    const refused = recall(key, '--lot', 'LOT-06');
    assert.equal(refused.code, 65, key);
    assert.match(codeOf(refused.err), /^(field\.not_allowed|store\.no_such_key|statement\..*)$/, key);
  }
  const unmeant = (...words) => {
    const refused = recall('bureau', ...words);
    assert.equal(refused.code, 64, refused.err);
    return refused.json().unconfirmed;
  };
  assert.match(unmeant('--lot', 'LOT-06', '--lot', 'LOT-66'), /does not have LOT-66/);
  assert.match(unmeant('--producer', JSON.parse(readFileSync(demo.file('registry.json'), 'utf8')).parties[0].uscc, '--issued-until', '2020-01-01'), /0 certificates \(--expect 0\)/);
  assert.match(unmeant('--lot', 'LOT-06', '--expect', '3'), /1 certificates, not of 3/);
  assert.equal(codeOf(recall('bureau', '--product', '9999').err), 'statement.bad_field');
  assert.equal(codeOf(recall('bureau', '--lot', 'LOT-06', '--producer-of-lot', '93330113XXDEM00588X').err), 'statement.bad_field');
  assert.equal(notices(), before);
  assert.equal(recall('bureau', '--lot', 'LOT-06', '--expect', '1').code, 0);
  assert.match(unmeant('--lot', 'LOT-01'), /in force and speaks of .*--replace/, 'the same id for other goods would end what is in force');
  assert.equal(recall('bureau', '--lot', 'LOT-01', '--replace').code, 0);
});

test('store add: what no reader would take, or what refers to nothing, does not go in', () => {
  const sign = (type, key, name, content) => {
    writeFileSync(file('said.json'), JSON.stringify(content));
    pipaOk(['sign', type, file('said.json'), '--key', demo.file(`keys/${key}.key`), '--out', file(name)]);
    return file(name);
  };
  const add = (...files) => pipa(['store', 'add', ...on, '--key', office, ...files, '--now', demo.now]);
  const [{ uscc: producer }, { uscc: other }] = JSON.parse(readFileSync(demo.file('registry.json'), 'utf8')).parties;
  const report = { producer, lots: ['LOT-T'], kind: 'supervision', method: 'GB 23200.121-2021', reported: '2026-11-10', verdict: 'pass', issued: '2026-11-10T10:00:00+08:00', items: [{ analyte: '啶虫脒', value: '0.01', unit: 'mg/kg', limit: '2' }] };
  const refusals = [
    ['field.not_allowed', sign('test', 'inspector', 'role.cose', { ...report, id: 'R-1' })],
    ['store.no_such_key', sign('test', 'nobody', 'nobody.cose', { ...report, id: 'R-2' })],
    ['field.not_allowed', sign('test', 'laboratory', 'early.cose', { ...report, id: 'R-3', issued: '2019-11-10T10:00:00+08:00' })],
    ['field.not_allowed', sign('test', 'laboratory', 'late.cose', { ...report, id: 'R-4', issued: '2062-11-10T10:00:00+08:00' })],
    ['field.unknown_reference', sign('test', 'laboratory', 'recheck.cose', { ...report, id: 'R-5', recheck_of: '11'.repeat(32) })],
    ['field.unknown_reference', sign('manifest', 'bureau', 'manifest.cose', { id: 'M-1', issued: '2026-11-10T10:00:00+08:00', certificates: ['T-1'], sequence: 1, digests: ['22'.repeat(32)] })],
  ];
  for (const [code, path] of refusals) {
    const ended = add(path);
    assert.equal(ended.code, 65, path);
    assert.equal(codeOf(ended.err), code, ended.err);
  }
  const good = sign('test', 'laboratory', 'good.cose', { ...report, id: 'G-1' });
  assert.equal(add(good, file('role.cose')).code, 65);
  assert.match(add(good).out, /^1 added/, 'the good one did not go in with the bad one');
  const digest = createHash('sha256').update(readFileSync(good)).digest('hex');
  assert.equal(codeOf(add(sign('test', 'laboratory', 'other.cose', { ...report, producer: other, id: 'G-2', recheck_of: digest })).err), 'field.unknown_reference');
  assert.match(add(sign('test', 'laboratory', 'again.cose', { ...report, id: 'G-3', recheck_of: digest })).out, /^1 added/);
  assert.equal(codeOf(add(demo.file('trust-old.cose')).err), 'tuf.rollback');
  assert.equal(codeOf(add('--as', 'registry.cose', demo.file('trust-old.cose')).err), 'store.bad_name');
  writeFileSync(file('empty'), '');
  assert.equal(add(file('empty')).code, 65);
  assert.equal(add('--as', 'notes.txt', file('empty')).code, 74);
});

test('sign --store, --trust: held against the registry, and kept', () => {
  const [{ uscc: producer }] = JSON.parse(readFileSync(demo.file('registry.json'), 'utf8')).parties;
  writeFileSync(file('said.json'), JSON.stringify({ id: 'S-1', producer, issued: '2026-11-10T10:00:00+08:00', visited: '2026-11-10', finding: 'in_order' }));
  const sign = (key, ...words) => pipa(['sign', 'patrol', file('said.json'), '--key', demo.file(`keys/${key}.key`), '--out', file('s1.cose'), '--now', demo.now, ...words]);
  assert.equal(codeOf(sign('laboratory', ...on).err), 'field.not_allowed');
  assert.equal(codeOf(sign('laboratory', ...demo.trust()).err), 'field.not_allowed');
  assert.equal(existsSync(file('s1.cose')), false);
  const before = pipaOk(['store', 'show', ...on, '--json']).json().statements;
  assert.match(sign('inspector').err, /held against no registry/);
  assert.equal(sign('inspector', ...on).code, 0);
  assert.equal(pipaOk(['store', 'show', ...on, '--json']).json().statements, before + 1);
});

test('keys rotate and compromise: the registry is signed anew', () => {
  const change = (...words) => pipa([...words.slice(0, 2), ...on, '--key', office, ...words.slice(2), '--json']);
  const fresh = pipaOk(['keys', 'new', '--out', file('new.key'), '--json']).json();
  const before = pipaOk(['keys', 'show', producer, '--json']).json();
  const rotated = change('key', 'rotate', before.kid, '--new', file('new.key'), '--from', '2026-12-01');
  assert.equal(rotated.code, 0, rotated.err);
  const { keys } = rotated.json().difference;
  assert.equal(keys.added[0].public_key, fresh.public_key);
  assert.equal(keys.changed[0].to.valid_until, '2026-11-30T23:59:59+08:00');
  const lost = change('keys', 'compromise', before.kid, '--since', '2026-11-19');
  assert.equal(lost.json().difference.keys.changed[0].to.compromised_since, '2026-11-19T00:00:00+08:00');
  assert.equal(codeOf(change('keys', 'compromise', '00'.repeat(8), '--since', '2026-11-19').err), 'store.no_such_key');
  assert.equal(codeOf(change('keys', 'rotate', before.kid, '--new', file('new.key')).err), 'trust.duplicate_key');
  const stranger = pipa(['keys', 'compromise', ...on, '--key', producer, before.kid, '--since', '2026-11-19']);
  assert.equal(codeOf(stranger.err), 'trust.wrong_signer');
});

test('store check: in order, and held against an entry that was written down', () => {
  const checked = pipaOk(['store', 'check', ...on, '--json']).json();
  assert.deepEqual(checked.problems, []);
  assert.equal(pipaOk(['store', 'check', ...on, '--head', checked.journal.head]).code, 0);
  const other = pipa(['store', 'check', ...on, '--head', '11'.repeat(32)]);
  assert.equal(other.code, 65);
  assert.equal(codeOf(other.err), 'store.tampered');
  const { journal } = pipaOk(['store', 'show', ...on, '--journal', '--json']).json();
  assert.equal(journal.length, checked.journal.entries);
  assert.equal(journal[0].act, 'create');
});

test('store: what is no store, or not there', () => {
  writeFileSync(file('text'), 'x'.repeat(600));
  const wrong = pipa(['store', 'show', '--store', file('text')]);
  assert.equal(wrong.code, 65);
  assert.equal(codeOf(wrong.err), 'store.not_a_store');
  assert.equal(pipa(['store', 'show', '--store', file('missing')]).code, 74);
});

test('store: a full disk leaves the store as it was', () => {
  const before = pipaOk(['store', 'show', ...on, '--json']).json();
  // A limit on the size of files stands for the full disk: the write fails in the same place.
  const ended = pipa(['store', 'add', ...on, '--key', office, '--as', 'big.bin', pipaProgram], { shell: 'ulimit -f 64; trap "" XFSZ; exec "$@"' });
  assert.equal(ended.code, 74, ended.err);
  assert.equal(codeOf(ended.err), 'file.unwritable');
  assert.deepEqual(pipaOk(['store', 'show', ...on, '--json']).json(), before);
  pipaOk(['store', 'check', ...on]);
});

test('store: killed while it writes, it is whole', killing, async () => {
  mkdirSync(file('killed'));
  const path = file('killed/store');
  pipaOk(['store', 'init', '--store', path, '--key', office]);
  const kinds = new Set();
  for (let delay = 4; delay < 100; delay += 6) {
    const rows = Array.from({ length: 400 }, (_, i) => `K${delay}-${i},1001,10 kg,330113100,2026-11-19,self_test,2025-A`);
    writeFileSync(file('many.csv'), `number,product_code,quantity,origin,issued,bases,form\n${rows.join('\n')}\n`);
    const count = () => pipaOk(['store', 'show', '--store', path, '--json']).json().certificates;
    const before = count();
    const child = spawn(pipaProgram, ['issue', '--key', producer, '--host', 'pipa.linping.example', '--csv', file('many.csv'), '--out', file('many.out.csv'), '--store', path], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill('SIGKILL');
    kinds.add(await ended);
    pipaOk(['store', 'check', '--store', path]);
    assert.ok([0, 400].includes(count() - before));
  }
  assert.ok(kinds.has('SIGKILL'));
});

test('keys compromise: lists what the lost key signed and nothing shows to be older, and signs it again', () => {
  const own = ['--store', file('lost.store')];
  pipaOk(['store', 'init', ...own, '--key', office]);
  pipaOk(['store', 'add', ...own, '--key', office, demo.file('trust.cose')]);
  const [{ uscc: subject }] = JSON.parse(readFileSync(demo.file('registry.json'), 'utf8')).parties;
  const sign = (type, key, content) => {
    writeFileSync(file('said.json'), JSON.stringify(content));
    pipaOk(['sign', type, file('said.json'), '--key', key, '--out', file(`${content.id}.cose`)]);
    pipaOk(['store', 'add', ...own, '--key', office, file(`${content.id}.cose`)]);
  };
  const laboratory = demo.file('keys/laboratory.key');
  const report = { producer: subject, lots: ['LOT-T'], kind: 'supervision', method: 'GB 23200.121-2021', reported: '2026-11-10', verdict: 'pass', items: [{ analyte: '啶虫脒', value: '0.01', unit: 'mg/kg', limit: '2' }] };
  sign('test', laboratory, { ...report, id: 'T-1', issued: '2026-11-10T10:00:00+08:00' });
  sign('test', laboratory, { ...report, id: 'T-2', issued: '2026-11-10T11:00:00+08:00' });
  const digest = createHash('sha256').update(readFileSync(file('T-1.cose'))).digest('hex');
  sign('receipt', demo.file('keys/bureau.key'), { id: 'R-1', issued: '2026-11-11T10:00:00+08:00', digests: [digest] });
  const { kid } = pipaOk(['keys', 'show', laboratory, '--json']).json();
  pipaOk(['keys', 'new', '--out', file('laboratory.key')]);
  pipaOk(['keys', 'rotate', ...own, '--key', office, kid, '--new', file('laboratory.key'), '--from', '2026-11-12']);
  const lose = (...more) => pipaOk(['keys', 'compromise', ...own, '--key', office, kid, '--since', '2026-11-12', '--now', demo.now, '--json', ...more]).json();
  const { lost } = lose('--dry-run');
  assert.deepEqual(lost.map(({ type, id, counts }) => [type, id, counts]), [['test', 'T-2', false]]);
  const statements = () => pipaOk(['store', 'show', ...own, '--json']).json().statements;
  const before = statements();
  assert.deepEqual(lose('--resign', file('laboratory.key')).lost, lost);
  assert.equal(statements(), before + 2); // the registry, and T-2
});
