// The rule above all others on the command line and in the browser's module, over a demo district and over an office's with every kind of
// file: whatever becomes of a published file, no answer is milder than the whole site's unless it says what is missing; and both say the same.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { askCommandLine, askModule, namesAsked, stateAfter } from './core.mjs';
import { asPack, kindOf, makeDemoDistrict, makeOfficeDistrict, scratch } from './districts.mjs';
import { isMilder, newsOf, shortly, spoilings } from './spoil.mjs';

/** @typedef {import('./districts.mjs').District} District */
/** @typedef {import('./districts.mjs').Files} Files */

const folder = scratch();
const demo = makeDemoDistrict(folder);
const office = makeOfficeDistrict(folder);
const districts = { 'the demo': demo, 'an office': office, 'a list of keys alone': asPack(demo), 'the demo, on a device whose clock is behind,': { ...demo, now: '2000-01-01T00:00:00+08:00' } };
// The command line ends with an error where a page says that it has no list of trusted keys, or something about the code alone.
const withoutTrust = ['check.no_trust', 'check.trust_unreadable', 'check.trust_foreign', 'check.foreign_code', 'check.unreadable', 'check.incomplete'];

/** @param {District} district @param {Files} files */
async function inModule(district, files) {
  const answers = [];
  for (const { text } of district.asked) answers.push(shortly((await askModule(district, files, text)).judgement));
  return answers;
}

for (const [where, district] of Object.entries(districts)) {
  const texts = path.join(folder, 'texts.txt');
  const onCommandLine = (/** @type {Files} */ files) => {
    writeFileSync(texts, `${district.asked.map(({ text }) => text).join('\n')}\n`);
    return askCommandLine(district, path.join(folder, 'spoilt'), files, texts)?.map(({ judgement }) => shortly(judgement)) ?? null;
  };
  const right = onCommandLine(district.files);

  test(`faces: the whole site of ${where} gives one answer on both`, async () => {
    assert.ok(right);
    assert.deepEqual(await inModule(district, district.files), right);
    assert.ok(right.some(({ level }) => level === 'stop') && right.some(({ level }) => level !== 'stop'));
  });

  for (const [kind, spoil] of Object.entries(spoilings))
    test(`faces: each file of ${where} ${kind}: nothing is milder, and both say the same`, async () => {
      for (const name of await namesAsked(district)) {
        const files = spoil(district, name);
        const said = await inModule(district, files);
        said.forEach((answer, at) => assert.ok(!isMilder(/** @type {any} */ (right)[at], answer), `${name} ${kind}, ${district.asked[at].id}: ${JSON.stringify(right?.[at])} became ${JSON.stringify(answer)}`));
        const listed = onCommandLine(files);
        if (listed === null) said.forEach((answer) => assert.ok(answer.reasons.some((code) => withoutTrust.includes(code)), JSON.stringify(answer)));
        else assert.deepEqual(said, listed, `${name} ${kind}`);
      }
    });
}

test('faces: a clock that is behind is said, and sets nothing aside', async () => {
  const slow = districts['the demo, on a device whose clock is behind,'];
  for (const { id, text } of demo.asked) {
    const [right, said] = await Promise.all([demo, slow].map(async (district) => shortly((await askModule(district, demo.files, text)).judgement)));
    const besides = (/** @type {string[]} */ reasons) => reasons.filter((code) => !['trust.clock_behind', 'genuine.signature_fits', 'date.in_future'].includes(code));
    assert.deepEqual(besides(said.reasons), besides(right.reasons), id);
    assert.ok(said.verdict !== 'genuine' || said.reasons.includes('trust.clock_behind'), id);
    // What is dated after all that the device has seen may be new.
    if (!right.reasons.includes('date.in_future')) assert.ok(said.verdict === right.verdict && !isMilder(right, said), id);
  }
});

test('faces: what was verified once stands on the next visit, whatever becomes of a file', async () => {
  const state = await stateAfter(office);
  const besides = (/** @type {string[]} */ reasons) => reasons.filter((code) => !Object.values(newsOf).includes(code) && code !== 'genuine.signature_fits');
  const spoilt = (await namesAsked(office)).flatMap((name) => Object.entries(spoilings).map(([kind, spoil]) => ({ name, kind, files: spoil(office, name) })));
  for (const { id, text } of office.asked) {
    const right = shortly((await askModule(office, office.files, text)).judgement);
    for (const { name, kind, files } of spoilt) {
      const what = `${name} ${kind}, ${id}`;
      const said = shortly((await askModule(office, files, text, { state })).judgement);
      assert.ok(!isMilder(right, said), `${what}: ${JSON.stringify(said)}`);
      assert.deepEqual(said.reasons.filter((code) => Object.values(newsOf).includes(code)), name === 'bundle.cbor' ? [newsOf[kind]] : [], what);
      if (!name.includes('/large/')) assert.deepEqual([said.verdict, besides(said.reasons)], [right.verdict, besides(right.reasons)], what); // those are not kept
    }
  }
});

test('faces: an office has every kind of file that an inquiry can ask for, and each is asked for', async () => {
  assert.deepEqual([...new Set((await namesAsked(office)).map(kindOf))].sort(), ['bundle.cbor', 'records/#/#/#', 'records/large/#', 'records/tangqi/#/#/#', 'trust.cose', 'tuf/phone/status/#.#.#.cbor', 'tuf/phone/tangqi/status/#.#.#.#.#.cbor']);
});
