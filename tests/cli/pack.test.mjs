import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { codeOf, demoDistrict, pipa, scratch } from './support.mjs';

const published = fileURLToPath(new URL('../../assets/learn', import.meta.url));
const demo = demoDistrict();
const { file } = scratch();

/** The published folder with something put behind an article's picture. @param {string} name @param {string} text */
function spoilt(name, text) {
  const folder = file(name);
  cpSync(published, folder, { recursive: true });
  const article = `${folder}/articles/copy.en.md`;
  writeFileSync(article, readFileSync(article, 'utf8').replace('(copy.svg)\n', `(copy.svg)\n\n${text}\n`));
  return folder;
}

test('pack check: the published folder has no problem', () => {
  const { code, out } = pipa(['pack', 'check', published, '--json']);
  assert.equal(code, 0);
  assert.deepEqual({ articles: 20, questions: 30, drawings: 20 }, (({ articles, questions, drawings }) => ({ articles, questions, drawings }))(JSON.parse(out)));
});

for (const [what, text, expected] of [
  ['HTML', 'A <b>bold</b> word {general}', 'learn.html'],
  ['a link', 'See [this](https://elsewhere.example) {general}', 'learn.link'],
  ['a picture from elsewhere', '![x](https://elsewhere.example/x.png)', 'learn.foreign_image'],
  ['an unknown block', '| a | b |\n|---|---|\n| 1 | 2 |', 'learn.unknown_block'],
]) {
  test(`pack check: ${what} is refused with its file and line`, () => {
    const folder = spoilt(expected, text);
    const { code, err } = pipa(['pack', 'check', folder]);
    assert.equal(code, 65);
    assert.match(err, new RegExp(`^articles/copy\\.en\\.md:7: ${expected.replace('.', '\\.')}: `, 'm'));
    assert.equal(pipa(['pack', 'make', folder, '--key', demo.file('keys/office.key'), '--out', file('bad.cose')]).code, 65);
    assert.equal(existsSync(file('bad.cose')), false);
  });
}

test('pack check: a folder that is not there is an error of reading', () => {
  const { code, err } = pipa(['pack', 'check', file('nowhere')]);
  assert.equal(code, 74);
  assert.equal(codeOf(err), 'file.unreadable');
});
