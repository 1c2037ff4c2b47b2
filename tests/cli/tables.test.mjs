// Tables as people have them: each kind of what spreadsheets and platforms write, through `pipa import`.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { fieldDistrict, importFile } from './field_support.mjs';
import { pipa } from './support.mjs';

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
