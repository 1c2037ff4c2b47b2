// pipa pin: what an article wrote down, and an editor's archive.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const bundle = ['--trust', demo.file('bundle.cbor')];
const textOf = (id) => demo.cases.get(id).text;
const archive = (rows) => {
  writeFileSync(file('archive.csv'), ['article,certificate,pin,published', ...rows].join('\n'));
  return (...words) => pipa(['pin', 'check', file('archive.csv'), ...bundle, '--now', demo.now, '--lang', 'en', ...words]);
};
const pinOf = (id) => pipaOk(['pin', 'make', textOf(id), ...bundle, '--now', demo.now]).out.trim();

test('pin: an archive without changes, with one, with one that cannot be read', () => {
  const good = `https://paper.example/1,${textOf('C04')},${pinOf('C04')},2026-11-15`;
  const recalled = `https://paper.example/2,${textOf('C06')},genuine${pinOf('C06').slice('revoked'.length)},2026-10-30`;
  assert.equal(archive([good])().code, 0);
  const changed = archive([good, recalled])('--json');
  assert.equal(changed.code, 1);
  const { checked, changed: count, results } = changed.json();
  assert.deepEqual([checked, count, results.map(({ state }) => state)], [2, 1, ['match', 'other_answer']]);
  assert.equal(results[1].certificate, textOf('C06'));
  assert.equal(results[1].text, 'On the day of publication, 30 October 2026: Genuine and unchanged. Since 2 November 2026: Recalled.');
  assert.equal(archive([good, recalled])('--changed').out.trim().split('\n').length, 2);
  assert.equal(archive([good, `x,${textOf('C04')},nonsense,`])().code, 2);
  assert.equal(archive([good, ',,,'])().code, 65);
  writeFileSync(file('archive.csv'), 'article,pin\n');
  assert.equal(pipa(['pin', 'check', file('archive.csv'), ...bundle]).code, 65);
});

test('pin: three hundred articles are one run', () => {
  const pin = pinOf('C04');
  const { checked, changed } = archive(Array.from({ length: 300 }, (_, index) => `${index},${textOf('C04')},${pin},`))('--json').json();
  assert.deepEqual([checked, changed], [300, 0]);
});
