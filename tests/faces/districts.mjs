// Published districts for the faces to be held against each other, each with what it published ten days earlier and with another district's
// files of the same names. The demo has the 28 cases; an office's has every kind of file that an inquiry can ask for.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { surroundings } from '../support/surroundings.mjs';

export const project = fileURLToPath(new URL('../../', import.meta.url));
export const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
export const builtSite = process.env.PIPA_SITE ?? path.join(project, 'build/wasm/site');

/** @typedef {Map<string, Buffer>} Files by their name below the site */
/** @typedef {{id: string, text: string}} Asked a code or a number */
/**
 * @typedef {object} District
 * @property {string} site the folder as published
 * @property {'repository' | 'pack'} kind
 * @property {string} anchor in hex: the pin of its root, or the office's key
 * @property {string} now RFC 3339
 * @property {Files} files
 * @property {Files} older
 * @property {Files} other another district's
 * @property {Asked[]} asked
 */

/** A folder that is removed when the test file is through. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipa-faces-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The files that an inquiry may ask of a site, whatever it was published with. @param {string} site @returns {Files} */
export function filesOf(site) {
  const wanted = /^(bundle\.cbor|trust\.cose|records\/.+|tuf\/phone\/.+)$/;
  return new Map(readdirSync(site, { recursive: true }).map(String).filter((name) => wanted.test(name) && statSync(path.join(site, name)).isFile())
    .sort().map((name) => [name, readFileSync(path.join(site, name))]));
}

/** @param {Files} files @param {string} place a folder, made anew */
export function writeFiles(files, place) {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  for (const [name, content] of files) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), content);
  }
}

const run = (/** @type {string[]} */ ...words) => execFileSync(pipa, words, { encoding: 'utf8', stdio: 'pipe', env: surroundings() });

const bareSite = (/** @type {string} */ folder) => {
  const bare = path.join(folder, 'bare');
  mkdirSync(bare, { recursive: true });
  writeFileSync(path.join(bare, 'index.html'), '<meta content="@PIPA_OFFICE_KEY@">');
  return bare;
};

/** @param {string} folder @param {string[]} words */
function demoIn(folder, ...words) {
  mkdirSync(folder, { recursive: true });
  run('demo', 'make', '--out', path.join(folder, 'demo'), ...words);
  return (/** @type {string} */ name) => path.join(folder, 'demo', name);
}

const casesOf = (/** @type {(name: string) => string} */ at) => JSON.parse(readFileSync(at('certificates.json'), 'utf8'));

/** The demo: every case, and every number typed. @param {string} folder @param {{built?: string, host?: string}} [options] @returns {District} */
export function makeDemoDistrict(folder, { built = bareSite(folder), host } = {}) {
  const at = demoIn(folder, '--site', built, ...(host ? ['--host', host] : []));
  const { cases, now } = casesOf(at);
  const site = at('site');
  const files = filesOf(site);
  const stranger = demoIn(path.join(folder, 'other'));
  return {
    site, now, files, kind: 'repository', anchor: readFileSync(at('root.pin'), 'utf8').trim(),
    older: new Map([...files, ['bundle.cbor', readFileSync(at('bundle-old.cbor'))], ['trust.cose', readFileSync(at('trust-old.cose'))]]),
    other: new Map([...files.keys()].map((name) => [name, readFileSync(stranger(name))])),
    asked: [...cases, ...cases.filter((/** @type {any} */ one) => one.number).map((/** @type {any} */ one) => ({ id: `${one.id} typed`, text: one.number }))]
      .map(({ id, text }) => ({ id, text })),
  };
}

/** The same district as a site that was published with a list of keys alone: what else lies there is nobody's. @param {District} demo @returns {District} */
export function asPack(demo) {
  return { ...demo, kind: 'pack', anchor: readFileSync(path.join(path.dirname(demo.site), 'office.pub'), 'utf8').trim(), files: new Map([...demo.files].filter(([name]) => !name.includes('/'))) };
}

const day = 86_400;
const town = 'tangqi';

/**
 * An office of 'folder', ten days ago and now: a status list of eleven parts, of which the bundle has the newest; a town's store of its own; a
 * dossier that is too large for its record file; bought goods of which one part failed; recalls and withdrawals of the last ten days.
 * @param {string} folder @param {{built: string, host: string}} options
 */
function publishOffice(folder, { built, host }) {
  const demo = demoIn(folder);
  const { now } = casesOf(demo);
  const at = (/** @type {string} */ name) => path.join(folder, name);
  const on = (/** @type {number} */ days) => ['--now', new Date(Date.parse(now) + days * day * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
  const key = (/** @type {string} */ name) => demo(`keys/${name}.key`);
  for (const name of ['root', 'targets', 'online', town]) run('keys', 'new', '--out', at(`${name}.key`));

  // P9's certificates are in the town's store.
  const registry = JSON.parse(readFileSync(demo('registry.json'), 'utf8'));
  const { public_key: ofTown } = JSON.parse(run('keys', 'show', key('P9'), '--json'));
  for (const one of registry.keys) if (one.public_key === ofTown) one.store = town;
  registry.version += 1;
  writeFileSync(at('registry.json'), JSON.stringify(registry));
  run('trust', 'make', '--registry', at('registry.json'), '--key', key('office'), '--out', at('trust.cose'), '--allow-invalid');

  const district = { store: ['--store', at('office.store')], key: ['--key', key('office')], producer: '93330113XXDEM00588' };
  const townStore = { store: ['--store', at('town.store')], key: ['--key', at(`${town}.key`)], producer: 'local:9' };
  run('store', 'init', ...district.store, ...district.key, ...on(-20));
  run('store', 'add', ...district.store, ...district.key, at('trust.cose'), ...on(-20));
  run('roles', 'init', ...district.store, ...on(-20), '--root-key', at('root.key'), '--targets-key', at('targets.key'), '--online-key', at('online.key'), '--sign-key', at('root.key'));
  run('store', 'init', ...townStore.store, ...townStore.key, '--name', town, '--delegated', ...on(-20));
  run('roles', 'init', ...townStore.store, '--live-key', at(`${town}.key`), ...on(-20));
  run('roles', 'delegate', ...district.store, ...district.key, town, at(`${town}.key`));

  /** @type {Asked[]} */
  const asked = [];
  const issue = (/** @type {{store: string[]}} */ { store }, /** @type {string} */ signer, /** @type {string} */ number, /** @type {string[]} */ ...words) => {
    const given = ['--number', number, '--issued', '2026-11-08', '--basis', 'quality_control', '--lot', `LOT-${number}`, ...words];
    const { text } = JSON.parse(run('issue', ...store, '--key', key(signer), '--host', host, ...given, '--json'));
    asked.push({ id: number, text }, { id: `${number} typed`, text: number });
  };
  const leaves = ['--product-code', '2001', '--quantity', '30 kg', '--origin', '330113005'];
  const bought = (/** @type {string} */ ...numbers) => ['--product-code', '2006', '--quantity', '30 kg', '--origin', '330113001', '--form', '2025-B', ...numbers.flatMap((number) => ['--upstream', /** @type {Asked} */ (asked.find(({ id }) => id === number)).text])];
  const homeGrown = ['--product-code', '2007', '--quantity', '30 kg', '--origin', '330113002'];
  for (const number of ['EARLY-FINE-1', 'EARLY-GONE-1']) issue(district, 'P5', number, ...leaves);
  writeFileSync(at('none.csv'), 'number,text\n');
  for (const part of [10, 1, 2, 3, 4, 5, 6, 7, 8, 9]) run('store', 'add', ...district.store, ...district.key, ...on(-15), '--indices', `${part * 32768}+1024`, at('none.csv'));
  for (const number of ['FINE-1', 'FAILED-1', 'LARGE-1', 'GONE-1']) issue(district, 'P5', number, ...leaves);
  issue(district, 'P8', 'MIXED-1', ...bought('FINE-1', 'FAILED-1'));
  issue(district, 'P8', 'PACKED-1', ...bought('LARGE-1'));
  for (const number of ['TOWN-FINE-1', 'TOWN-FAILED-1', 'TOWN-GONE-1']) issue(townStore, 'P9', number, ...homeGrown);

  /** Into a certificate's record. @param {{store: string[], key: string[], producer: string}} where @param {string} number @param {number} days @param {object[]} tests */
  const record = (where, number, days, tests) => {
    const issued = on(days)[1];
    const digests = tests.map((one, index) => {
      const name = `${number}-${index}`;
      const said = { id: `T-${name}`, issued, producer: where.producer, lots: [`LOT-${number}`], kind: 'supervision', method: 'GB 23200.113-2018', reported: issued.slice(0, 10), verdict: 'pass', ...one };
      writeFileSync(at(`${name}.json`), JSON.stringify(said));
      return JSON.parse(run('sign', 'test', at(`${name}.json`), '--key', key('laboratory'), '--out', at(`${name}.cose`), '--json')).digest;
    });
    writeFileSync(at('manifest.json'), JSON.stringify({ id: `M-${number}`, issued, certificates: [number], sequence: 1, digests }));
    run('sign', 'manifest', at('manifest.json'), '--key', key('bureau'), '--out', at('manifest.cose'));
    run('store', 'add', ...where.store, ...where.key, ...on(days), at('manifest.cose'), ...tests.map((_, index) => at(`${number}-${index}.cose`)));
  };
  const failed = { verdict: 'fail', items: [{ analyte: '毒死蜱', value: '0.36', unit: 'mg/kg', limit: '0.05' }] };
  const passed = { items: [{ analyte: '毒死蜱', value: '0.01', unit: 'mg/kg', limit: '0.05' }] };
  // What cannot be packed any smaller.
  const wordy = () => ({ items: Array.from({ length: 128 }, () => ({ analyte: randomBytes(100).toString('base64'), result: 'not_detected' })) });

  const publish = (/** @type {number} */ days) => {
    run('publish', ...townStore.store, '--sign-key', at(`${town}.key`), '--out', at('town'), ...on(days));
    run('publish', ...district.store, ...['online', 'targets'].flatMap((name) => ['--sign-key', at(`${name}.key`)]), '--site', built, '--office-key', demo('office.pub'), '--demo-now', now,
      '--delegate', `${town}=${at('town')}`, '--out', at('site'), ...on(days));
    return filesOf(at('site'));
  };
  for (const [number, where] of /** @type {const} */ ([['FINE-1', district], ['TOWN-FINE-1', townStore]])) record(where, number, -11, [passed]);
  const older = publish(-10);
  record(district, 'FAILED-1', -1, [failed]);
  record(district, 'LARGE-1', -1, [failed, ...Array.from({ length: 5 }, wordy)]);
  record(townStore, 'TOWN-FAILED-1', -1, [failed]);
  const recall = (/** @type {{store: string[], producer: string}} */ { store, producer }, /** @type {string} */ number) =>
    run('recall', ...store, '--key', key('bureau'), '--producer-of-lot', producer, '--id', `N-${number}`, '--title', '召回', '--certificate', number, ...on(-1));
  recall(district, 'GONE-1');
  recall(townStore, 'TOWN-GONE-1');
  run('revoke', ...district.store, ...district.key, 'EARLY-GONE-1', ...on(-1));
  const files = publish(0);
  return { site: at('site'), now, files, older, asked, kind: /** @type {const} */ ('repository'), anchor: readFileSync(at('site/root.pin'), 'utf8').trim() };
}

/** @param {string} folder @param {{built?: string, host?: string}} [options] @returns {District} */
export function makeOfficeDistrict(folder, { built = bareSite(folder), host = 'pipa.linping.example' } = {}) {
  return { ...publishOffice(path.join(folder, 'office'), { built, host }), other: publishOffice(path.join(folder, 'stranger'), { built: bareSite(folder), host }).files };
}

/** Of a kind of file there may be many. @param {string} name */
export const kindOf = (name) => name.replace(/[0-9a-f]{64}/g, '#').replace(/\b[0-9][0-9a-f]*\b/g, '#');

/** What stands in another edition, or in another district, where this file does here. @param {string} name @param {Files} files */
export const counterpart = (name, files) => files.get(name) ?? [...files].find(([other]) => kindOf(other) === kindOf(name))?.[1];
