// What people hand a face in place of a clean code, as people reported of comparable systems: what messengers, editors and scanners make of a
// link, and pictures with several codes. The rule holds for each, and every face reads the same in it.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { WasmModule } from '../../web/bridge/wasm_memory.mjs';
import { pngOf } from '../cli/pictures.mjs';
import { drawCode } from '../web/site.mjs';
import { changedLinks } from './changed_links.mjs';
import { askCommandLine, askModule, openDevice } from './core.mjs';
import { builtSite, makeDemoDistrict, scratch, writeFiles } from './districts.mjs';
import { askKiosk, kioskOptions, playKiosk } from './native_kiosk.mjs';
import { isMilder, shown, spoilings } from './spoil.mjs';

/** @typedef {import('./districts.mjs').Files} Files */

const folder = scratch();
const demo = makeDemoDistrict(folder);
const place = path.join(folder, 'spoilt');
const textOf = (/** @type {string} */ id) => /** @type {{text: string}} */ (demo.asked.find((one) => one.id === id)).text;

const code = textOf('C06'); // recalled
const { changed, lost } = changedLinks(code);

const all = { 'the code itself': code, ...changed, ...lost };

/** What is said of each by name, the same on the command line and in the browser's module. @param {Files} files */
async function answers(files) {
  const said = Object.fromEntries(await Promise.all(Object.entries(all).map(async ([name, text]) => [name, shown((await askModule(demo, files, text)).view)])));
  const lines = Object.entries(all).filter(([, text]) => !text.trimEnd().includes('\n'));
  const file = path.join(folder, 'text.txt');
  for (const some of [lines, Object.entries(all).filter((one) => !lines.some(([name]) => name === one[0]))]) {
    writeFileSync(file, some.map(([, text]) => `${text}\n`).join(''));
    const listed = askCommandLine(demo, place, files, file);
    // The command line ends with an error where a page says that it has no list of trusted keys.
    if (listed) assert.deepEqual(listed.map((one) => shown(one.view)), some.map(([name]) => said[name]));
    else assert.ok(some.every(([name]) => said[name].level === 'unknown'));
  }
  return said;
}

const spoilt = [demo.files, ...Object.values(spoilings).flatMap((spoil) => ['bundle.cbor', 'records/0/1/0'].map((name) => spoil(demo, name)))];

test('cases: a link that came changed is answered as the code itself, whatever becomes of a file', async () => {
  const right = (await answers(demo.files))['the code itself'];
  assert.equal(right.reasons[0], 'notice.recalled');
  for (const files of spoilt) {
    const said = await answers(files);
    assert.ok(!isMilder(right, said['the code itself']));
    for (const name of Object.keys(changed)) assert.deepEqual(said[name], said['the code itself'], name);
    for (const name of Object.keys(lost)) assert.equal(said[name].verdict, 'could_not_check', name);
  }
});

test('cases: the native kiosk reads a changed link as the code itself', async () => {
  const site = path.join(folder, 'whole');
  writeFiles(demo.files, site);
  const [right] = await askKiosk(folder, kioskOptions(demo, site), [code]);
  const lines = Object.entries({ ...changed, ...lost }).filter(([, text]) => !/[\r\n]/.test(text)); // a script has a line for each
  const said = await askKiosk(folder, kioskOptions(demo, site), lines.map(([, text]) => text));
  lines.forEach(([name], at) => (name in changed ? assert.deepEqual(shown(said[at].view), shown(right.view), name) : assert.equal(said[at].view.verdict.code, 'could_not_check', name)));
});

const scale = 4, quiet = 4 * scale;

/** Codes side by side, in rows. @param {string[]} texts @param {number} [wide] how many in a row */
function sheetOf(texts, wide = texts.length) {
  const codes = texts.map(drawCode);
  const side = Math.max(...codes.map((modules) => modules.length)) * scale + 2 * quiet;
  const [width, height] = [side * Math.min(wide, codes.length), side * Math.ceil(codes.length / wide)];
  const grey = Buffer.alloc(width * height, 255);
  codes.forEach((modules, at) => modules.forEach((row, y) => [...row].forEach((one, x) => {
    if (one === '0') return;
    const left = (at % wide) * side + quiet + x * scale, top = Math.floor(at / wide) * side + quiet + y * scale;
    for (let line = top; line < top + scale; ++line) grey.fill(0, line * width + left, line * width + left + scale);
  })));
  return { width, height, grey };
}

/** @param {ReturnType<typeof sheetOf>} sheet */
const pngFileOf = ({ width, height, grey }) => pngOf(width, height, Buffer.concat(Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.alloc(1), grey.subarray(y * width, (y + 1) * width)]))));

/** What the page's own reader sees in it. @param {ReturnType<typeof sheetOf>} sheet @returns {Promise<string[]>} */
async function textsIn({ width, height, grey }) {
  const reader = await WasmModule.load(readFileSync(path.join(builtSite, 'scan.wasm')), 1);
  const pixels = Buffer.alloc(4 * grey.length, 255);
  grey.forEach((value, at) => pixels.fill(value, 4 * at, 4 * at + 3));
  const seen = reader.json('pipa_scan_rgba', pixels, width, height, 1).codes.map((/** @type {{text: string}} */ { text }) => text);
  const device = openDevice(demo);
  const texts = seen.flatMap((/** @type {string} */ text) => device.textsOf(text));
  device.close();
  return texts;
}

const [altered, foreign] = [textOf('X1'), 'https://weixin.qq.com/r/0000000000000000000'];
const sheets = {
  'a genuine code beside an altered one': { sheet: sheetOf([textOf('C04'), altered]), holds: [textOf('C04'), altered] },
  'a code of ours beside a messenger\'s': { sheet: sheetOf([foreign, code]), holds: [code] },
  'a sheet of 24 labels, of which the first is altered': { sheet: sheetOf([altered, ...Array.from({ length: 23 }, (_, at) => textOf(`C${String(at % 18 + 1).padStart(2, '0')}`))], 6),
    holds: [altered, ...Array.from({ length: 18 }, (_, at) => textOf(`C${String(at + 1).padStart(2, '0')}`))] },
};

for (const [name, { sheet, holds }] of Object.entries(sheets))
  test(`cases: of ${name} each is answered, on the command line and with the page's reader, whatever becomes of a file`, async () => {
    const picture = path.join(folder, 'picture.png');
    writeFileSync(picture, pngFileOf(sheet));
    const read = await textsIn(sheet);
    const ours = (/** @type {string[]} */ texts) => [...new Set(texts.filter((text) => text !== foreign))].sort();
    assert.deepEqual(ours(read), ours(holds));
    for (const files of spoilt) {
      const wanted = await Promise.all(ours(holds).map(async (text) => shown((await askModule(demo, files, text)).view)));
      const listed = /** @type {any[] | null} */ (askCommandLine(demo, place, files, picture));
      if (listed === null) continue; // the trust was refused
      const byText = new Map(listed.map((one) => [one.text, shown(one.view)]));
      assert.deepEqual(ours(holds).map((text) => byText.get(text)), wanted);
    }
  });

test('cases: the native kiosk answers each of two codes before its camera, the gravest first', async () => {
  const labels = path.join(folder, 'labels'), site = path.join(folder, 'whole');
  mkdirSync(labels);
  writeFileSync(path.join(labels, 'two.png'), pngFileOf(sheets['a genuine code beside an altered one'].sheet));
  writeFiles(demo.files, site);
  const [{ view }] = await playKiosk(folder, [...kioskOptions(demo, site), '--camera', labels], ['wait 1500', 'expect answers 2', 'answer']);
  assert.deepEqual(shown(view), shown((await askModule(demo, demo.files, altered)).view));
});
