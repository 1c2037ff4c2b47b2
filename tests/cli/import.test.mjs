import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { killing } from '../support/surroundings.mjs';
import { fieldDistrict, importFile } from './field_support.mjs';
import { codeOf, pipa, pipaOk, pipaProgram } from './support.mjs';

const district = fieldDistrict();
const { file, trust } = district;
const signers = { subjects: 'bureau', inputs: 'bureau', tests: 'laboratory', patrols: 'inspector', credit: 'bureau' };
const statements = { subjects: 3, inputs: 3, tests: 4, patrols: 2, credit: 3 };
const importing = (mapping, table, signer, ...more) =>
  ['import', mapping, table, '--store', file('office.db'), '--create', 'linping', ...district.key(signer), ...trust, '--now', district.now, ...more];
const withTable = (name, change) => {
  writeFileSync(file(`${name}.csv`), change(readFileSync(importFile(`${name}.csv`), 'utf8')));
  return file(`${name}.csv`);
};

test('import: every demo table goes in, and the second time changes nothing', () => {
  for (const [name, signer] of Object.entries(signers)) {
    const words = importing(importFile(`${name}.json`), importFile(`${name}.csv`), signer, '--json');
    assert.deepEqual({ ...pipaOk(words).json(), lines: 0 },
      { ok: true, written: true, lines: 0, new: statements[name], changed: 0, unchanged: 0, refused: 0, problems: [], groups: [] }, name);
    const later = [...words];
    later[later.indexOf('--now') + 1] = '2026-11-21T09:30:00+08:00';
    const again = pipaOk(later).json();
    assert.deepEqual([again.new, again.changed, again.unchanged], [0, 0, statements[name]], name);
  }
});

test('import: certificates are their producer\'s', () => {
  const words = ['import', importFile('certificates.json'), importFile('certificates.csv'), '--store', file('office.db'), '--create', 'linping',
    ...district.producer('P1'), ...trust, '--now', district.now, '--json'];
  assert.equal(pipaOk(words).json().new, 2);
  assert.equal(pipaOk(words).json().unchanged, 2);
  words[1] = importFile('certificates.json');
  words[2] = withTable('certificates', (text) => text.replace('80 箱', '81 箱'));
  const changed = pipa(words);
  assert.equal(changed.code, 65);
  assert.match(changed.err, /store\.number_taken/);
});

test('import: a changed line becomes a newer statement', () => {
  const table = withTable('credit', (text) => text.replace('C级', 'D级'));
  const ended = pipaOk(importing(importFile('credit.json'), table, 'bureau', '--json')).json();
  assert.deepEqual([ended.new, ended.changed, ended.unchanged], [0, 1, 2]);
});

test('import: a dry run writes nothing', () => {
  const table = withTable('credit', (text) => text.replace('2026-0001', '2026-0009'));
  const words = importing(importFile('credit.json'), table, 'bureau', '--json', '--dry-run');
  assert.deepEqual([pipaOk(words).json().new, pipaOk(words).json().written], [1, false]);
});

test('import: each bad cell is named with line, column and code, and nothing is written', () => {
  const table = withTable('tests', (text) => text.replace('监督抽查,GB', '抽查,GB').replace('0.36', '0,36'.replace(',', '．')).replace('2026-11-14', '14.11.2026'));
  const ended = pipa(importing(importFile('tests.json'), table, 'laboratory', '--json'));
  assert.equal(ended.code, 65);
  const answer = ended.json();
  assert.equal(answer.written, false);
  assert.deepEqual(answer.problems.map(({ line, column, code }) => [line, column, code]), [
    [4, '检测类型', 'import.unknown_word'], [6, '报告日期', 'csv.bad_value'], [6, '报告日期', 'csv.bad_value'],
  ]);
  assert.match(ended.err, /tests\.csv:4: 检测类型: import\.unknown_word: /);
});

test('import: what the statement itself refuses leads back to the column', () => {
  const table = withTable('tests', (text) => text.replace(',0.36,', ',0.3.6,').replace(/^T02.*克百威.*$/m, (line) => line.replace('GB 23200.121', 'GB 1.1')));
  const problems = pipa(importing(importFile('tests.json'), table, 'laboratory', '--json')).json().problems;
  assert.deepEqual(problems.map(({ line, column, code }) => [line, column, code]), [[3, '检测方法', 'import.conflict'], [4, '检测值', 'statement.bad_field']]);
});

test('import: with --keep-going the good lines go in', () => {
  const table = withTable('credit', (text) => `${text}2026-0010,93330113XXDEM0015T,F级,2026-01-01,2026-12-31,2026-01-10\n2026-0011,93330113XXDEM0015T,A级,2026-01-01,2026-12-31,2026-01-10\n`.replace('F级', '优秀企业单位'));
  const ended = pipa(importing(importFile('credit.json'), table, 'bureau', '--json', '--keep-going'));
  assert.equal(ended.code, 65);
  assert.deepEqual([ended.json().written, ended.json().new, ended.json().refused], [true, 1, 1]);
});

test('import: tables in GB 18030', () => {
  const mapping = { ...JSON.parse(readFileSync(importFile('credit.json'), 'utf8')), encoding: 'gb18030' };
  writeFileSync(file('gb.json'), JSON.stringify(mapping));
  const converted = spawnSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030', importFile('credit.csv')]);
  assert.equal(converted.status, 0);
  writeFileSync(file('gb.csv'), converted.stdout);
  assert.equal(pipaOk(importing(file('gb.json'), file('gb.csv'), 'bureau', '--json')).json().unchanged, 2);
  assert.equal(pipaOk(importing(importFile('credit.json'), file('gb.csv'), 'bureau', '--json')).json().unchanged, 2, 'recognised');
  writeFileSync(file('utf8.json'), JSON.stringify({ ...mapping, encoding: 'utf-8' }));
  assert.equal(codeOf(pipa(importing(file('utf8.json'), file('gb.csv'), 'bureau')).err), 'import.bad_encoding');
  writeFileSync(file('gb.csv'), Buffer.from([0x41, 0x2c, 0xff, 0xff]));
  assert.equal(codeOf(pipa(importing(file('gb.json'), file('gb.csv'), 'bureau')).err), 'import.bad_encoding');
});

test('import: a table that does not fit the mapping', () => {
  const missing = withTable('credit', (text) => text.replace('信用等级', '等级'));
  assert.equal(codeOf(pipa(importing(importFile('credit.json'), missing, 'bureau')).err), 'csv.unknown_column');
  const mapping = { ...JSON.parse(readFileSync(importFile('credit.json'), 'utf8')), other_columns: 'ignore' };
  writeFileSync(file('open.json'), JSON.stringify(mapping));
  assert.equal(codeOf(pipa(importing(file('open.json'), missing, 'bureau')).err), 'import.missing_column');
  assert.equal(codeOf(pipa(importing(importFile('credit.json'), withTable('credit', (text) => `${text}x,"`), 'bureau')).err), 'csv.bad_table');
  assert.equal(codeOf(pipa(importing(importFile('credit.json'), withTable('credit', () => ''), 'bureau')).err), 'csv.bad_table');
  assert.equal(codeOf(pipa(importing(importFile('credit.json'), file('nowhere.csv'), 'bureau')).err), 'file.unreadable');
});

test('import: every mistake of a mapping is named by its place', () => {
  writeFileSync(file('bad.json'), JSON.stringify({ statement: 'grade', colunms: {}, encoding: 'big5', columns: { a: { field: 'lettre' }, b: { field: 'letter', split: ';' }, c: { field: 'note' }, d: {} } }));
  const ended = pipa(importing(file('bad.json'), importFile('credit.csv'), 'bureau', '--json'));
  assert.equal(ended.code, 65);
  const places = ended.json().problems.map(({ path, code }) => `${path} ${code}`);
  for (const place of ['colunms import.bad_mapping', 'encoding import.bad_mapping', 'columns.a import.bad_mapping', 'columns.b import.bad_mapping', 'columns.c import.bad_mapping', 'columns.d.field json.invalid'])
    assert.ok(places.includes(place), `${place} in ${places}`);
  writeFileSync(file('bad.json'), '{"statement": ');
  assert.equal(codeOf(pipa(importing(file('bad.json'), importFile('credit.csv'), 'bureau')).err), 'json.invalid');
});

test('import: a recheck of a test that is not in the table is none', () => {
  const table = withTable('tests', (text) => text.replace(/^(T03,.*,)$/m, '$1T99'));
  assert.equal(codeOf(pipa(importing(importFile('tests.json'), table, 'laboratory')).err), 'import.unknown_reference');
});

test('import: constants that their field cannot hold, and words without meaning, are problems with a place', () => {
  const tests = JSON.parse(readFileSync(importFile('tests.json'), 'utf8'));
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const constants = { id: 5, lots: 'LOT-01', items: [], subject: 'x', sampled: { day: 1 }, certificates: [1] };
  writeFileSync(file('bad.json'), JSON.stringify({ ...tests, constants }));
  const places = pipa(importing(file('bad.json'), importFile('tests.csv'), 'laboratory', '--json')).json().problems.map(({ path, code }) => `${path} ${code}`);
  assert.deepEqual(places, Object.keys(constants).map((name) => `constants.${name} import.bad_mapping`));
  writeFileSync(file('bad.json'), JSON.stringify({ ...tests, constants: { items: [{ analyte: '毒死蜱' }] } }));
  assert.equal(codeOf(pipa(importing(file('bad.json'), importFile('tests.csv'), 'laboratory')).err), 'import.bad_mapping', 'what columns fill is no constant');
  writeFileSync(file('bad.json'), JSON.stringify({ ...tests, constants: { kind: 0 } }).replace('"kind":0', `"kind":${deep}`));
  assert.equal(codeOf(pipa(importing(file('bad.json'), importFile('tests.csv'), 'laboratory')).err), 'json.invalid');
  // The days of a withdrawal period, where the table has a dash.
  const inputs = JSON.parse(readFileSync(importFile('inputs.json'), 'utf8'));
  inputs.columns['安全间隔期（天）'] = { ...inputs.columns['安全间隔期（天）'], words: { 14: '' } };
  writeFileSync(file('bad.json'), JSON.stringify(inputs));
  const ended = pipa(importing(file('bad.json'), importFile('inputs.csv'), 'bureau', '--json'));
  assert.deepEqual([ended.code, ended.json().problems.map(({ code }) => code)], [65, ['csv.bad_value']]);
});

test('import: who may not sign a table is told before anything is read', () => {
  assert.equal(codeOf(pipa(importing(importFile('tests.json'), importFile('tests.csv'), 'bureau')).err), 'field.not_allowed');
  assert.equal(pipa(['import', importFile('tests.json'), importFile('tests.csv')]).code, 64);
});

test('import: stopped on the way, it goes on', () => {
  const lines = Array.from({ length: 450 }, (_, i) => `L${i},93330113XXDEM0015T,A级,2026-01-01,2026-12-31,2026-01-10`);
  const header = readFileSync(importFile('credit.csv'), 'utf8').split('\n')[0];
  writeFileSync(file('part.csv'), [header, ...lines.slice(0, 200), ''].join('\n'));
  writeFileSync(file('whole.csv'), [header, ...lines, ''].join('\n'));
  assert.equal(pipaOk(importing(importFile('credit.json'), file('part.csv'), 'bureau', '--json')).json().new, 200);
  const rest = pipaOk(importing(importFile('credit.json'), file('whole.csv'), 'bureau', '--json')).json();
  assert.deepEqual([rest.new, rest.unchanged], [250, 200]);
});

test('import: killed at any moment and run again, the store is that of an unbroken run', killing, async () => {
  const rows = Array.from({ length: 2500 }, (_, i) => `K${i},93330113XXDEM0015T,${'ABC'[i % 3]}级,2026-01-01,2026-12-31,2026-01-10`);
  writeFileSync(file('many.csv'), [readFileSync(importFile('credit.csv'), 'utf8').split('\n')[0], ...rows, ''].join('\n'));
  const into = (store, ...more) => ['import', importFile('credit.json'), file('many.csv'), '--store', file(store), '--create', 'linping', ...district.key('bureau'), ...trust, '--now', district.now, ...more];
  const content = (store) => {
    pipaOk(['store', 'check', '--store', file(store)]);
    pipaOk(['export', 'csv', file(store), ...trust, '--out', file(`${store}.tables`)]);
    return readFileSync(file(`${store}.tables/grade.csv`), 'utf8');
  };
  let began = performance.now();
  assert.equal(pipaOk(into('unbroken.db', '--json')).json().new, rows.length);
  const whole = performance.now() - began;
  const wanted = content('unbroken.db');

  const killedAfter = (store, delay) => new Promise((resolve) => {
    const child = spawn(pipaProgram, into(store), { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    child.on('exit', (_, signal) => { clearTimeout(timer); resolve(signal === 'SIGKILL'); });
  });
  let [killed, between] = [0, 0];
  for (let i = 0; i < 20; ++i) {
    const store = `killed-${i}.db`;
    killed += Number(await killedAfter(store, (whole * (i + 0.5)) / 20));
    killed += Number(await killedAfter(store, (whole * ((i * 7) % 20)) / 20));
    const last = pipaOk(into(store, '--json')).json();
    assert.equal(last.new + last.unchanged, rows.length);
    between += last.new > 0 && last.unchanged > 0 ? 1 : 0;
    assert.equal(content(store), wanted, store);
    assert.deepEqual(Object.values(pipaOk(into(store, '--json')).json()).slice(3, 6), [0, 0, rows.length], 'once more changes nothing');
  }
  assert.ok(killed >= 10 && between >= 2, `${killed} were killed, ${between} of them with a part in the store`);
});
