// Files that come late, never, or never come to an end, over HTTP: the answer is there within the core's eight seconds all the same, is what
// it is without that file, and what was verified before still stands.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { inquire } from '../../web/bridge/inquiry.mjs';
import { askModule, openDevice, secondsOf, stateAfter, verify } from './core.mjs';
import { makeOfficeDistrict, scratch, writeFiles } from './districts.mjs';
import { askKiosk, kioskOptions } from './native_kiosk.mjs';
import { amountsTo, openServer, sideBySide, treatments, twice } from './serving.mjs';
import { isMilder, shortly, shown, spoilings } from './spoil.mjs';

/** @typedef {import('./serving.mjs').Treatment} Treatment */

const folder = scratch();
const district = makeOfficeDistrict(folder);
const server = await openServer();
const textOf = (/** @type {string} */ id) => /** @type {{text: string}} */ (district.asked.find((one) => one.id === id)).text;

const answer_ms = 8000; // the waits of all waves together (inquiry/file_limits.hpp)
const machine_ms = 2000; // that drawing and a busy machine may add
const atOnce = { module: 12, kiosk: 8 };

// Each kind of file, and who is asked about with it.
const asked = /** @type {const} */ ([
  [/^bundle\.cbor$/, ['GONE-1', 'FINE-1 typed']],
  [/^tuf\/phone\/status\//, ['EARLY-GONE-1']],
  [/^tuf\/phone\/tangqi\//, ['TOWN-GONE-1']],
  [/^records\/[0-9]/, ['FAILED-1', 'FAILED-1 typed', 'MIXED-1']],
  [/^records\/tangqi\//, ['TOWN-FAILED-1']],
  [/^records\/large\//, ['LARGE-1', 'PACKED-1']],
]);

/** @type {{treatment: string, files: RegExp, id: string}[]} */
const rows = Object.keys(treatments).flatMap((treatment) => asked.flatMap(([files, ids]) => ids.map((id) => ({ treatment, files, id }))));

/** @param {{treatment: string, files: RegExp}} row */
const serveTreated = ({ treatment, files }) => server.serve(district.files, (name) => (files.test(name) ? treatments[treatment] : undefined));

/** What the core says where these files are not there, or too large. @param {{treatment: string, files: RegExp, id: string}} row */
async function expected({ treatment, files, id }) {
  const spoilt = new Map(district.files);
  for (const name of district.files.keys())
    if (files.test(name)) {
      const content = spoilings[amountsTo(treatment)](district, name).get(name);
      if (content) spoilt.set(name, content);
      else spoilt.delete(name);
    }
  return (await askModule(district, spoilt, textOf(id))).view;
}

/** @param {number} took_ms @param {string} what */
const inTime = (took_ms, what) => assert.ok(took_ms < answer_ms + machine_ms, `${what} took ${took_ms} ms`);

const options = (/** @type {string} */ site) => kioskOptions(district, site);

test('faces: the module\'s answer waits for no file that is late or has no end', async () => {
  const right = new Map();
  for (const { id } of rows) right.set(id, shortly((await askModule(district, district.files, textOf(id))).judgement));
  await sideBySide(atOnce.module, rows.map((row) => () => twice(async () => {
    const device = openDevice(district);
    const began = Date.now();
    const inquiry = await inquire(device, textOf(row.id), secondsOf(district.now), `${serveTreated(row).url}/`);
    inTime(Date.now() - began, JSON.stringify(row));
    const { judgement, view } = inquiry.judgement('en');
    assert.deepEqual(shown(view), shown(await expected(row)), `${row.id}: ${row.files} ${row.treatment}`);
    assert.ok(!isMilder(right.get(row.id), shortly(judgement)));
    inquiry.close();
    device.close();
  })));
});

test('faces: the native kiosk\'s answer waits for no file that is late or has no end', () => sideBySide(atOnce.kiosk, rows.filter(({ files, id }) => asked.some(([kind, [first]]) => kind === files && first === id)).map((row) => () => twice(async () => {
  const site = serveTreated(row);
  const [{ view, at_ms: at }] = await askKiosk(folder, options(site.url), [textOf(row.id)]);
  inTime(at - site.asked_ms, JSON.stringify(row));
  assert.deepEqual(shown(view), shown(await expected(row)), `${row.id}: ${row.files} ${row.treatment}`);
}))));

test('faces: where no file comes any more, what was verified before still stands, and the answer comes in time', async () => {
  const state = await stateAfter(district, [textOf('TOWN-FINE-1')]);
  const keep = path.join(folder, 'kept');
  writeFiles(district.files, path.join(folder, 'whole'));
  await askKiosk(folder, [...options(path.join(folder, 'whole')), '--keep', keep], [textOf('TOWN-FINE-1')]);

  const ids = ['GONE-1', 'TOWN-FAILED-1', 'LARGE-1', 'MIXED-1 typed', 'EARLY-GONE-1'];
  await sideBySide(atOnce.kiosk, ids.flatMap((id) => ['silent', 'dripping'].map((treatment) => () => twice(async () => {
    const site = server.serve(district.files, () => treatments[treatment]);
    const later = openDevice(district);
    later.restore(state);
    const began = Date.now();
    const inquiry = await inquire(later, textOf(id), secondsOf(district.now), `${site.url}/`);
    inTime(Date.now() - began, `${id}, ${treatment}`);
    const { view } = inquiry.judgement('en');
    assert.ok(shown(view).reasons.includes('trust.offline'), JSON.stringify(shown(view)));
    assert.ok(!shown(view).reasons.includes('check.no_trust'));
    if (id === 'GONE-1') assert.equal(shown(view).reasons[0], 'notice.recalled');
    if (id === 'TOWN-FAILED-1') assert.equal(shown(view).reasons[0], 'test.failed');
    inquiry.close();
    later.close();

    const own = path.join(folder, `kept-${id.replace(' ', '-')}-${treatment}`);
    cpSync(keep, own, { recursive: true, force: true });
    // A script stands still for the lessons too, which no answer waits for.
    const kiosk = server.serve(district.files, (name) => (name.startsWith('learn/') ? undefined : treatments[treatment]));
    const [said] = await askKiosk(folder, [...options(kiosk.url), '--keep', own], [textOf(id)]);
    inTime(said.at_ms - kiosk.asked_ms, `kiosk, ${id}, ${treatment}`);
    assert.deepEqual(shown(said.view), shown(view), `kiosk, ${id}, ${treatment}`);
  }))));
});

test('faces: pipes and devices in a folder hold up neither the command line nor the kiosk', async () => {
  for (const [how, put] of /** @type {const} */ ([
    ['a pipe', (file) => execFileSync('mkfifo', [file])], ['a device without an end', (file) => symlinkSync('/dev/zero', file)], ['a loop of links', (file) => symlinkSync(path.basename(file), file)]]))
    for (const [files, ids] of asked) {
      const place = path.join(folder, 'pipes');
      writeFiles(district.files, place);
      for (const name of district.files.keys())
        if (files.test(name)) {
          rmSync(path.join(place, name));
          put(path.join(place, name));
        }
      const wanted = await expected({ treatment: 'silent', files, id: ids[0] });
      const [said] = await askKiosk(folder, options(place), [textOf(ids[0])]);
      assert.deepEqual(shown(said.view), shown(wanted), `kiosk: ${files} ${how}`);
      if (how === 'a pipe' && files.test('bundle.cbor')) continue; // what it was pointed at by name may be a pipe, and is read to its end
      const ended = verify(district, place, textOf(ids[0]));
      assert.equal(ended.signal, null, `${files} ${how}`);
      if (files.test('bundle.cbor')) assert.ok([65, 74].includes(Number(ended.status)), ended.stderr);
      else assert.deepEqual(shown(JSON.parse(ended.stdout).results[0].view), shown(wanted), `${files} ${how}`);
    }
});
