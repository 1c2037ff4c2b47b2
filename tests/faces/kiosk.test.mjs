// The same rule on the native kiosk, from a site's folder and over HTTP: its answers are the core's, whatever becomes of a file.

import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { askModule, namesAsked, stateAfter } from './core.mjs';
import { asPack, makeDemoDistrict, makeOfficeDistrict, scratch, writeFiles } from './districts.mjs';
import { askKiosk, kioskOptions } from './native_kiosk.mjs';
import { openServer, sideBySide, twice } from './serving.mjs';
import { shown, spoilings } from './spoil.mjs';

/** @typedef {import('./districts.mjs').District} District */
/** @typedef {import('./districts.mjs').Files} Files */

const folder = scratch();
const demo = makeDemoDistrict(folder);
const districts = { 'the demo': demo, 'an office': makeOfficeDistrict(folder), 'a list of keys alone': asPack(demo) };
const server = await openServer();
const atOnce = 2;

/** What stands in a view, without the words that a kiosk may have of its own, and without what a device has fetched before. @param {any} view */
const contents = (view) => ({ ...shown(view), icon: view.verdict.icon, freshness: view.freshness.grade,
  sections: view.sections.map((/** @type {any} */ section) => [section.id, ...section.rows.map((/** @type {any} */ row) => [row.id, row.value, row.level ?? '', row.voucher])]) });

let sites = 0;

// What HTTP may do to a file otherwise than a folder does.
const transported = ['missing', 'empty', 'too large'];

/** By its site's folder, and by HTTP. @param {District} district @param {Files} files @param {string} what @param {'folder' | 'both'} [by] */
async function agrees(district, files, what, by = 'both') {
  const place = path.join(folder, `site-${sites++}`);
  writeFiles(files, place);
  const texts = district.asked.map(({ text }) => text);
  const wanted = [];
  for (const text of texts) wanted.push(contents((await askModule(district, files, text)).view));
  const look = async (/** @type {string} */ site) => {
    const said = await askKiosk(folder, kioskOptions(district, site), texts);
    for (const [at, { id }] of district.asked.entries()) assert.deepEqual(contents(said[at].view), wanted[at], `${what}, ${site === place ? 'by its folder' : 'by HTTP'}: ${id}`);
  };
  await look(place);
  if (by === 'both') await twice(() => look(server.serve(files).url));
  rmSync(place, { recursive: true });
}

for (const [where, district] of Object.entries(districts)) {
  test(`faces: the native kiosk answers as the core from the whole site of ${where}`, () => agrees(district, district.files, 'whole'));
  test(`faces: the native kiosk answers as the core whatever becomes of a file of ${where}`, async () => sideBySide(atOnce, (await namesAsked(district))
    .flatMap((name) => Object.entries(spoilings).map(([kind, spoil]) => () => agrees(district, spoil(district, name), `${name} ${kind}`, transported.includes(kind) ? 'both' : 'folder')))));
}

test('faces: what the native kiosk has verified once stands when it starts again, whatever came of the newest trust', async () => {
  const district = districts['an office'];
  const texts = district.asked.map(({ text }) => text);
  const state = await stateAfter(district), keep = path.join(folder, 'kept');
  await askKiosk(folder, [...kioskOptions(district, server.serve(district.files).url), '--keep', keep], texts);
  await sideBySide(atOnce, Object.entries(spoilings).map(([kind, spoil]) => () => twice(async () => {
    const files = spoil(district, 'bundle.cbor'), own = path.join(folder, `kept-${sites++}`);
    cpSync(keep, own, { recursive: true });
    const said = await askKiosk(folder, [...kioskOptions(district, server.serve(files).url), '--keep', own], texts);
    for (const [at, { id, text }] of district.asked.entries())
      assert.deepEqual(contents(said[at].view), contents((await askModule(district, files, text, { state })).view), `bundle ${kind}: ${id}`);
  })));
});
