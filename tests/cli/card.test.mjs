// pipa card: stills for articles.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { demoDistrict, pipa, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const bundle = ['--trust', demo.file('bundle.cbor')];
const textOf = (id) => demo.cases.get(id).text;
const card = (id, ...words) => pipa(['card', textOf(id), ...bundle, '--now', demo.now, ...words]);
const widthOf = (path) => readFileSync(path).readUInt32BE(16);

for (const [size, width] of [['1x', 360], ['2x', 720], ['900', 900]]) {
  test(`card: a picture of ${size} is ${width} pixels wide, and its code leads to the live page`, () => {
    for (const id of ['C04', 'C06', 'C13']) {
      const out = file(`${id}-${size}.png`);
      const { link } = card(id, '--png', '--size', size, '--out', out, '--lang', 'en', '--json').json();
      assert.equal(widthOf(out), width);
      const [{ text }] = pipa(['verify', out, ...demo.judging(), '--json']).json().results;
      assert.equal(text, /#~(.*)$/.exec(link)[1], `${id}: the number, for the page to look up`);
    }
  });
}

test('card: says the answer that verify gives, with the day of the lists, and ends as verify ends', () => {
  for (const { id } of [...demo.cases.values()].filter((one) => one.id.startsWith('C')))
    for (const lang of ['zh-Hans', 'en']) {
      const verified = pipa(['verify', textOf(id), ...bundle, '--now', demo.now, '--lang', lang, '--json']);
      const [{ view, judgement }] = verified.json().results;
      const drawn = card(id, '--html', '--out', file('a.html'), '--lang', lang, '--json');
      assert.equal(drawn.code, verified.code, id);
      const said = drawn.json();
      assert.equal(said.word, view.verdict.word, id);
      assert.equal(Date.parse(said.as_of), Math.min(Date.parse(judgement.freshness.as_of), Date.parse(demo.now)), id);
      const html = readFileSync(file('a.html'), 'utf8');
      for (const words of [view.verdict.word, view.verdict.reason, ...view.verdict.does_not_prove]) assert.ok(html.includes(words.replaceAll("'", '&#39;').replaceAll('"', '&quot;')), `${id}: ${words}`);
    }
});

test('card: a clock set ahead makes a still no younger', () => {
  const told = card('C04', '--line', '--json', '--out', file('a.txt')).json().as_of;
  const later = pipa(['card', textOf('C04'), ...bundle, '--now', '2028-01-01T09:00:00+08:00', '--line', '--json', '--out', file('b.txt')]).json();
  assert.equal(later.as_of, told);
});

test('card: nothing is written where there is no certificate, and what is missing is said', () => {
  for (const text of ['hello', textOf('C04').slice(0, -40)]) {
    const ended = pipa(['card', text, ...bundle, '--now', demo.now, '--png', '--out', file('none.png'), '--lang', 'en']);
    assert.equal(ended.code, 2);
    assert.match(ended.err, /^pipa card: \S/);
    assert.equal(existsSync(file('none.png')), false);
  }
  assert.equal(card('C04', '--wechat').code, 64, 'its picture needs a place');
  assert.equal(card('C04').code, 64, 'a form is needed');
  assert.equal(card('C04', '--png', '--svg').code, 64, 'one form');
});

test('card: for WeChat and AMP a picture lies beside the fragment', () => {
  card('C06', '--wechat', '--out', file('wechat.html'));
  assert.equal(widthOf(file('wechat.png')), 900);
  card('C06', '--amp', '--size', '1x', '--out', file('amp.html'));
  const [, name, width, height] = /<amp-img src="([^"]+)" width="(\d+)" height="(\d+)"/.exec(readFileSync(file('amp.html'), 'utf8'));
  assert.equal(name, 'amp.png');
  assert.deepEqual([Number(width), Number(height)], [360, readFileSync(file('amp.png')).readUInt32BE(20)]);
});
