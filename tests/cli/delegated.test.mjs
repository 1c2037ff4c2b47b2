// A town with a store of its own: what the district publishes of it, and that its certificates are judged by its own status list and notices.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const office = demo.file('keys/office.key');
const district = ['--store', file('office.store')];
const town = ['--store', file('tangqi.store')];
const out = file('out');
const at = (seconds) => ['--now', new Date(Date.parse(demo.now) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
for (const name of ['root', 'targets', 'online', 'tangqi']) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
mkdirSync(file('built'));
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@">');

// The district's registry says: P2 signs certificates of the town's store.
const registry = JSON.parse(readFileSync(demo.file('registry.json'), 'utf8'));
const p2 = pipaOk(['keys', 'show', demo.file('keys/P2.key'), '--json']).json().public_key;
assert.ok(registry.keys.some((key) => key.public_key === p2));
for (const key of registry.keys) if (key.public_key === p2) key.store = 'tangqi';
registry.version += 1;
writeFileSync(file('registry.json'), JSON.stringify(registry));
pipaOk(['trust', 'make', '--registry', file('registry.json'), '--key', office, '--out', file('trust.cose'), '--allow-invalid']);

const issue = (store, key, number) => pipaOk(['issue', ...store, '--key', demo.file(`keys/${key}.key`), '--host', 'pipa.linping.example', '--number', number, '--product-code', '1004',
  '--quantity', '30 kg', '--origin', '330113100', '--issued', '2026-11-12', '--basis', 'quality_control', '--json']).json().text;
const publishTown = (seconds) => pipaOk(['publish', ...town, '--sign-key', file('tangqi.key'), '--out', file('tangqi'), ...at(seconds)]);
const publish = (seconds) => pipaOk(['publish', ...district, '--sign-key', file('online.key'), '--sign-key', file('targets.key'), '--site', file('built'), '--office-key', demo.file('office.pub'),
  '--delegate', `tangqi=${file('tangqi')}`, '--out', out, '--json', ...at(seconds)]).json();
/** Those with a part of the status list; and the one for certificates without a place in it. */
const supplements = (part = '[0-9]+') => readdirSync(`${out}/tuf/phone`, { recursive: true }).map(String).filter((name) => new RegExp(`status/${part}\\.[0-9.]+cbor$`).test(name)).sort();
const judged = (text, trust = `${out}/bundle.cbor`, ...words) => {
  const ended = pipa(['verify', text, '--trust', trust, '--root-pin', `${out}/root.pin`, '--json', ...at(100_000), ...words]);
  assert.ok(ended.code <= 2, ended.err);
  const { judgement } = ended.json().results[0];
  return [judgement.verdict, judgement.reasons[0].code];
};

pipaOk(['store', 'init', ...district, '--key', office, ...at(0)]);
pipaOk(['store', 'add', ...district, '--key', office, file('trust.cose'), ...at(0)]);
pipaOk(['roles', 'init', ...district, ...at(0), '--root-key', file('root.key'), '--targets-key', file('targets.key'), '--online-key', file('online.key'), '--sign-key', file('root.key')]);
pipaOk(['store', 'init', ...town, '--key', file('tangqi.key'), '--name', 'tangqi', '--delegated', ...at(0)]);
pipaOk(['roles', 'init', ...town, '--live-key', file('tangqi.key'), ...at(0)]);
// Both have place 0 of their own list.
const ofDistrict = issue(district, 'P1', 'DISTRICT-1');
const ofTown = issue(town, 'P2', 'TOWN-1');

test('delegated: the registry names a store that nobody was delegated, and publishing says so', () => {
  publishTown(10);
  const { warnings } = publish(20);
  assert.ok(warnings.some((warning) => warning.includes("name the store 'tangqi'")), warnings.join());
  assert.equal(judged(ofTown)[1], 'status.not_checked');
});

test('delegated: a certificate of the town is judged by the town\'s list, from one file beside the bundle', () => {
  pipaOk(['roles', 'delegate', ...district, '--key', office, 'tangqi', file('tangqi.key')]);
  assert.deepEqual(publish(30).warnings, []);
  assert.deepEqual(supplements().map((name) => name.replace(/[0-9]+/g, 'N')), ['tangqi/status/N.N.N.N.N.cbor']);
  assert.deepEqual(supplements('-').map((name) => name.replace(/[0-9]+/g, 'N')), ['tangqi/status/-.N.N.N.cbor']);
  assert.equal(judged(ofTown)[0], 'genuine');
  assert.equal(judged(ofDistrict)[0], 'genuine');
  assert.equal(judged(ofTown, out)[0], 'genuine');
  assert.deepEqual(judged(ofTown, `${out}/tuf`), ['could_not_check', 'record.not_fetched']); // records lie beside that folder
});

test('delegated: what the district withdraws at this place of its own list does not touch the town', () => {
  pipaOk(['revoke', ...district, '--key', office, 'DISTRICT-1', ...at(40)]);
  publish(50);
  assert.deepEqual(judged(ofDistrict), ['revoked', 'status.withdrawn']);
  assert.equal(judged(ofTown)[0], 'genuine');
});

test('delegated: what the town withdraws is withdrawn; the file of the state before stays for readers on their way', () => {
  const [before] = supplements();
  pipaOk(['revoke', ...town, '--key', file('tangqi.key'), 'TOWN-1', ...at(60)]);
  publishTown(70);
  cpSync(out, file('earlier'), { recursive: true });
  publish(80);
  assert.deepEqual(judged(ofTown), ['revoked', 'status.withdrawn']);
  assert.deepEqual(judged(ofTown, out), ['revoked', 'status.withdrawn']);
  assert.equal(supplements().length, 2);
  assert.ok(supplements().includes(before));
  assert.equal(judged(ofTown, file('earlier/bundle.cbor'))[0], 'genuine'); // as of then
  publish(80 + 3 * 86_400); // a new timestamp alone
  issue(district, 'P1', 'DISTRICT-2');
  publish(80 + 6 * 86_400);
  assert.equal(supplements().length, 1);
});

test('delegated: the town\'s notices come with its list', () => {
  const other = issue(town, 'P2', 'TOWN-2');
  pipaOk(['recall', ...town, '--key', demo.file('keys/bureau.key'), '--id', 'N-1', '--title', '召回', '--certificate', 'TOWN-2', '--producer-of-lot', '92330113XXDEM0023Q', ...at(90)]);
  publishTown(600_000);
  publish(600_010);
  assert.deepEqual(judged(other).slice(1), ['notice.recalled']);
  assert.deepEqual(judged(other, out).slice(1), ['notice.recalled']);
  // The town's records stand in a folder of their own, as the town's signed head names them.
  assert.ok(readdirSync(`${out}/records/tangqi/0`).length > 0);
  assert.deepEqual(readdirSync(`${file('tangqi')}/records/tangqi/0`).at(-1), readdirSync(`${out}/records/tangqi/0`).at(-1));
});

test('delegated: a supplement that is bent, cut, another file or missing leaves a certificate half checked, and never valid', () => {
  const [name] = supplements().slice(-1);
  const path = `${out}/tuf/phone/${name}`;
  const content = readFileSync(path);
  const halfChecked = (bent) => {
    rmSync(path);
    writeFileSync(path, bent);
    const ended = pipa(['verify', ofTown, '--trust', `${out}/bundle.cbor`, '--json', ...at(100_000)]);
    assert.equal(ended.code, 2);
    return ended.json().results[0].judgement.reasons.map(({ code }) => code).slice(0, 3);
  };
  const missing = ['status.not_checked', 'notice.not_checked', 'record.not_fetched'];
  const bent = Buffer.from(content);
  bent[bent.length - 3] ^= 1;
  assert.deepEqual(halfChecked(bent), missing);
  assert.deepEqual(halfChecked(content.subarray(0, 100)), missing);
  assert.deepEqual(halfChecked(readFileSync(`${out}/bundle.cbor`)), missing);
  rmSync(path);
  assert.deepEqual(judged(ofTown), ['could_not_check', 'status.not_checked']);
});
