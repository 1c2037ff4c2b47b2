// The rule above all others, over the whole demo district, on the command line and in the browser's module: whatever becomes of a published
// file, no answer is milder than the whole site's unless it says what is missing; and both faces say the same.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Device, fromHex, inquire } from '../../web/bridge/inquiry.mjs';
import { filesOf, isMilder, shortly, spoilings } from './spoil.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));
const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
const site = process.env.PIPA_SITE ?? path.join(project, 'build/wasm/site');
const folder = mkdtempSync(path.join(tmpdir(), 'pipa-faces-'));
after(() => rmSync(folder, { recursive: true, force: true }));

execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo'), '--site', site], { stdio: 'pipe' });
const { cases, now } = JSON.parse(readFileSync(path.join(folder, 'demo/certificates.json'), 'utf8'));
const seconds = Math.floor(Date.parse(now) / 1000);
const pin = readFileSync(path.join(folder, 'demo/site/root.pin'), 'utf8').trim();
const whole = filesOf(path.join(folder, 'demo/site'));
const older = new Map([...whole, ['bundle.cbor', readFileSync(path.join(folder, 'demo/bundle-old.cbor'))]]);
const numbers = cases.filter((/** @type {any} */ one) => one.number).map((/** @type {any} */ one) => one.number);
const texts = [...cases.map((/** @type {any} */ one) => one.text), ...numbers];

/** What the command line says of every text; a refused repository is one answer for all. @param {Map<string, Buffer>} files @param {string} name */
function onCommandLine(files, name) {
  const place = path.join(folder, name);
  for (const [file, content] of files) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    writeFileSync(path.join(place, file), content);
  }
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(folder, 'texts.txt'), `${texts.join('\n')}\n`);
  const ended = spawnSync(pipa, ['verify', path.join(folder, 'texts.txt'), '--trust', path.join(place, 'bundle.cbor'), '--root-pin', pin, '--now', now, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(place, { recursive: true, force: true });
  if (ended.status === 65 || ended.status === 74) return null;
  assert.ok(ended.status !== null && ended.status <= 2, ended.stderr);
  return JSON.parse(ended.stdout).results.map((/** @type {any} */ result) => shortly(result.judgement));
}

const module = readFileSync(path.join(site, 'whole.wasm'));
const catalogue = JSON.parse(readFileSync(path.join(project, 'assets/i18n/en.json'), 'utf8'));

/** The same in the browser's module, as a device that has seen nothing. @param {Map<string, Buffer>} files */
async function inModule(files) {
  const answers = [];
  /** @param {string | URL | Request} url */
  const fetch = async (url) => {
    const content = files.get(String(url).slice('site:/'.length));
    return content ? new Response(/** @type {any} */ (content)) : new Response(null, { status: 404 });
  };
  for (const text of texts) {
    const device = await Device.open(/** @type {any} */ (module), { kind: 'repository', bytes: fromHex(pin) });
    device.addCatalogue('en', catalogue);
    const inquiry = await inquire(device, text, seconds, 'site:/', { fetch: /** @type {any} */ (fetch) });
    answers.push(shortly(inquiry.judgement('en').judgement));
    inquiry.close();
    device.close();
  }
  return answers;
}

const right = onCommandLine(whole, 'whole');

test('faces: the demo has records, and the whole site gives one answer on both', async () => {
  assert.ok([...whole.keys()].some((name) => name.startsWith('records/')), [...whole.keys()].join(' '));
  assert.deepEqual(await inModule(whole), right);
});

for (const [kind, spoil] of Object.entries(spoilings)) {
  test(`faces: each file ${kind}: nothing is milder, and both say the same`, async () => {
    let spoilt = 0;
    for (const name of whole.keys()) {
      const files = spoil(whole, name, older);
      const said = await inModule(files);
      said.forEach((answer, at) => assert.ok(!isMilder(right[at], answer), `${name} ${kind}, ${texts[at].slice(0, 30)}: ${JSON.stringify(right[at])} became ${JSON.stringify(answer)}`));
      const listed = onCommandLine(files, 'spoilt');
      // The command line ends with an error where a page says that it has no list of trusted keys.
      if (listed === null) said.forEach((answer) => assert.ok(answer.reasons.some((code) => ['check.no_trust', 'check.foreign_code', 'check.unreadable', 'check.incomplete'].includes(code))));
      else assert.deepEqual(said, listed, `${name} ${kind}`);
      spoilt += said.length;
    }
    assert.ok(spoilt >= texts.length);
  });
}
