// Tables as people have them: each kind of what spreadsheets and platforms write, through `pipa import`, `pipa import map` and `pipa issue --csv`.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { fieldDistrict, importFile } from './field_support.mjs';
import { codeOf, pipa, pipaOk } from './support.mjs';

const district = fieldDistrict();
const { file, trust } = district;
const head = 'tests.csv';
const testHead = readFileSync(importFile(head), 'utf8').split('\n')[0];
const cardHead = readFileSync(importFile('subjects.csv'), 'utf8').split('\n')[0];
let stores = 0;
const importing = (kind, signer, content) => {
  writeFileSync(file('in.csv'), content);
  stores += 1;
  return pipa(['import', importFile(`${kind}.json`), file('in.csv'), '--store', file(`${stores}.db`), '--create', 'linping', ...district.key(signer), ...trust, '--now', district.now, '--json']);
};
const tests = (...lines) => importing('tests', 'laboratory', [testHead, ...lines].join('\n') + '\n');
const subject = '93330113XXDEM0015T';
const report = ({ id = 'T02', producer = subject, lots = 'LOT-01', sampled = '2026-05-20', reported = '2026-05-21', value = '0.031' } = {}) =>
  `${id},委托检测,GB 23200.121-2021,${producer},${lots},,${sampled},${reported},啶虫脒,${value},mg/kg,2,GB 2763-2021,,检出,合格,`;
const taken = (ended) => {
  assert.equal(ended.code, 0, ended.err);
  return ended.json().new;
};
const refusedAt = (ended) => {
  assert.equal(ended.code, 65, ended.err);
  return ended.json().problems.map(({ line, column }) => [line, column]);
};

test('tables: days with a midnight, in many shapes, and Excel\'s day numbers are days', () => {
  for (const day of ['2026/5/20 0:00', '2026-05-20 00:00:00', '2026-05-20T00:00:00', '2026年5月20日', '２０２６-05-20', '20260520', '46162', '2026.5.20', ' 2026-05-20 ', '2026-05-20 00:00:00.000'])
    assert.equal(taken(tests(report({ sampled: day }))), 1, day);
});

test('tables: what only looks like a day is refused with its cell', () => {
  for (const day of ['2026a5b20', '约2026-5-20前', '2026-5/20', '5/20/2026', '20.5.2026', '2026-02-30', '2026-05-20 9:30', '46162.4', '12345', '2026--05-20', '2026-05'])
    assert.deepEqual(refusedAt(tests(report({ sampled: day }))), [[2, '抽样日期']], day);
});

test('tables: blanks that nobody sees, wide characters and wide separators', () => {
  for (const producer of [`${subject}\u00a0`, `\u3000${subject}`, `\u200b${subject}\ufeff`, subject.replaceAll('9', '９')]) assert.equal(taken(tests(report({ producer }))), 1, producer);
  for (const lots of ['LOT-01；LOT-02', 'LOT-01、LOT-02', '"LOT-01, LOT-02"', 'LOT-01;LOT-02', 'ＬＯＴ－01']) assert.equal(taken(tests(report({ lots }))), 1, lots);
});

test('tables: a character for private use, which looks like something on one machine alone, is refused', () => {
  const card = '0001,云坞\ue123枇杷（示例）,Yunwu (demo),合作社,93330113XXDEM0015T,330113100,云坞村（虚构）,186,1001、1002,2026-01-05,示例数据';
  assert.deepEqual(refusedAt(importing('subjects', 'bureau', `${cardHead}\n${card}\n`)), [[2, '主体名称']]);
});

test('tables: empty rows and columns are none; a value under no head is', () => {
  const card = '0001,临平云坞枇杷专业合作社（示例）,Yunwu (demo),合作社,93330113XXDEM0015T,330113100,云坞村（虚构）,186,1001、1002,2026-01-05,示例数据';
  const cards = (...lines) => importing('subjects', 'bureau', lines.join('\n') + '\n');
  assert.equal(taken(cards(cardHead, card, ',,,,,,,,,,', ',,,')), 1);
  assert.equal(taken(cards(`${cardHead},,`, `${card},,`)), 1);
  assert.equal(taken(cards(cardHead, `${card},,,,,`)), 1);
  assert.deepEqual(refusedAt(cards(`${cardHead},`, `${card},x`)).map(([line]) => line), [2]);
});

const signing = ['--key', district.demo.file('keys/P1.key'), '--host', 'pipa.linping.example'];
const issuing = (content, ...words) => {
  writeFileSync(file('promises.csv'), content);
  return pipa(['issue', ...signing, '--csv', file('promises.csv'), '--out', file('codes.csv'), '--json', ...words]);
};
const promise = (quantity) => issuing(`number,product_code,quantity,origin,issued,bases\nQ-1,1001,"${quantity}",330113100,2026-05-22,self_test\n`);
const amount = (quantity) => {
  assert.equal(promise(quantity).code, 0, quantity);
  const [, row] = readFileSync(file('codes.csv'), 'utf8').trim().split('\n');
  return pipaOk(['explain', row.split(',')[1], '--json', '--lang', 'en']).json().fields.find((one) => one.field === 'promise.quantity').cbor;
};

test('tables: amounts are read as they are meant, or not at all', () => {
  for (const same of ['3000 kg', '3,000 kg', '3，000公斤', '３０００KG', '6000斤', '6,000 市斤', '3000千克']) assert.equal(amount(same), amount('3000 kg'), same);
  assert.equal(amount('5斤'), amount('2.5 kg'));
  for (const same of ['120箱×2.5kg', '120 box x 2.5 KG', '120箱*2.5公斤', '120箱x5斤']) assert.equal(amount(same), amount('120 box x 2.5 kg'), same);
  for (const wrong of ['2,5 kg', '1,2,3 kg', '120 box x 2,5 kg', '1,20 kg', '10两', 'about 5 kg', '5', '-5 kg', '2.5斤', '1e3 kg']) assert.equal(promise(wrong).code, 65, wrong);
});

test('tables: what readers would refuse is said before anything is signed, and what is refused takes no place', () => {
  const row = (number, origin = '330113100', product = '1001', issued = '2026-05-22') => `${number},${product},5 kg,${origin},${issued},self_test\n`;
  const table = (...rows) => `number,product_code,quantity,origin,issued,bases\n${rows.join('')}`;
  const store = ['--store', file('preflight.store')];
  const office = district.demo.file('keys/office.key');
  pipaOk(['store', 'init', ...store, '--key', office]);
  pipaOk(['store', 'add', ...store, '--key', office, file('trust.cose'), '--now', district.now]);
  const handedOut = () => pipaOk(['store', 'show', ...store, '--json']).json().indices_handed_out;
  for (const asked of [trust, store]) {
    const ended = issuing(table(row('A-1', '330110001'), row('A-2', '330113100', '1001', '2027-01-01'), row('A-3')), ...asked, '--now', district.now);
    assert.equal(ended.code, 65, ended.err);
    assert.deepEqual(ended.json().problems.map(({ line, code }) => [line, code]), [[2, 'field.not_allowed'], [3, 'field.not_allowed']]);
    assert.match(ended.err, /line 2: .*outside of the key's scope/);
    assert.match(ended.err, /line 3: .*which has not come/);
  }
  assert.equal(handedOut(), 0);
  const one = (...words) => pipa(['issue', ...signing, '--number', 'B-1', '--product-code', '1001', '--quantity', '5 kg', '--issued', '2026-05-22', '--basis', 'self_test', '--now', district.now, ...words]);
  assert.equal(codeOf(one('--origin', '330110001', ...store).err), 'field.not_allowed');
  assert.equal(codeOf(one('--origin', '330113100', '--harvested', '2026-05-23').err), 'cert.bad_field');
  assert.equal(handedOut(), 0);
  assert.equal(one('--origin', '330113100', ...store).code, 0);
  assert.ok(handedOut() > 0);
  pipaOk(['keys', 'new', '--out', file('stranger.key')]);
  const unregistered = pipa(['issue', '--key', file('stranger.key'), '--host', 'a.example', '--csv', file('promises.csv'), '--out', file('none.csv'), ...trust, '--now', district.now]);
  assert.equal(codeOf(unregistered.err), 'store.no_such_key');
});

test('import map: proposes a mapping that then imports the table, with ten rows to look at', () => {
  const cards = readFileSync(importFile('subjects.csv'), 'utf8').trim().split('\n');
  writeFileSync(file('platform.csv'), [cards[0], ...Array.from({ length: 12 }, () => cards[1])].join('\n'));
  const mapped = pipaOk(['import', 'map', file('platform.csv'), '--out', file('platform.json'), '--json']).json();
  assert.deepEqual([mapped.mapping.statement, mapped.matched, mapped.columns], ['card', 10, 11]);
  const looked = pipaOk(['import', 'map', file('platform.csv')]).out;
  assert.equal(looked.split('\n').find((line) => line.startsWith('主体名称')).split(' | ').length, 11);
  writeFileSync(file('one.csv'), `${cards[0]}\n${cards[1]}\n`);
  assert.equal(taken(pipa(['import', file('platform.json'), file('one.csv'), '--store', file('mapped.db'), '--create', 'linping', ...district.key('bureau'), ...trust, '--now', district.now, '--json'])), 1);
  writeFileSync(file('promises.csv'), '合格证编号,品名,重量,产地编码,开具日期,备注\nA-1,青菜,5斤,330113002,2026/11/18,x\n');
  const promises = pipa(['import', 'map', file('promises.csv'), '--json']);
  assert.equal(promises.code, 0, promises.err);
  assert.deepEqual(promises.json().mapping.columns['重量'], { field: 'quantity' });
  assert.equal(promises.json().mapping.columns['备注'], null);
  assert.match(promises.err, /is left out/);
  writeFileSync(file('nothing.csv'), 'a,b\n1,2\n');
  assert.equal(codeOf(pipa(['import', 'map', file('nothing.csv')]).err), 'import.bad_mapping');
  writeFileSync(file('empty.csv'), '');
  assert.equal(pipa(['import', 'map', file('empty.csv')]).code, 65);
  assert.equal(pipa(['import', 'map', file('not-there.csv')]).code, 74);
  assert.equal(pipa(['import', importFile('subjects.json')]).code, 64);
});
