import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, project, scratch } from './support.mjs';

const demo = demoDistrict();
const { file, names } = scratch();

test('demo: C01 fits QR version 10 with a host of 20 characters, and none is over 16', () => {
  const certificates = [...demo.cases.values()].filter((one) => one.id.startsWith('C'));
  assert.equal(certificates.length, 18);
  for (const one of certificates) {
    assert.match(one.text, /^HTTPS:\/\/[A-Z.]{20}\/C#[0-9]+$/);
    assert.ok(one.qr_version <= 16, one.id);
  }
  assert.ok(demo.cases.get('C01').qr_version <= 10);
});

test('demo: numbers, days and quantities are those of the demo data', () => {
  const source = JSON.parse(readFileSync(new URL('assets/demo/certificates.json', `file://${project}`), 'utf8')).cases.filter((one) => one.id.startsWith('C'));
  assert.equal(source.length, 18);
  for (const { id, fields } of source) {
    const ended = pipaOk(['verify', demo.cases.get(id).text, ...demo.judging(), '--json', '--lang', 'zh-Hans'].filter((word) => word !== ''), { shell: '"$@" || [ $? = 1 ]' });
    const { certificate } = ended.json().results[0].judgement;
    assert.equal(certificate.number, fields.number);
    assert.match(certificate.number, /^DEMO-330113-26\d{4}-C\d\d$/);
    assert.equal(certificate.number.slice(12, 18), certificate.issued.slice(2, 10).replaceAll('-', ''));
    assert.equal(certificate.harvest_day, fields.harvested);
  }
});

test('demo: names that the trust pack knows are left out of the certificate', () => {
  for (const [id, has] of [['C01', false], ['C10', true], ['C14', true]]) {
    const { fields } = pipaOk(['explain', demo.cases.get(id).text, '--json']).json();
    assert.equal(fields.some((one) => one.field === 'promise.product_name'), has, id);
  }
});

test('demo: secret keys are private, and no published file holds one', () => {
  const keys = readdirSync(demo.file('keys'));
  assert.ok(keys.includes('office.key') && keys.includes('P1.key'));
  const secrets = keys.map((name) => {
    assert.equal(statSync(demo.file(`keys/${name}`)).mode & 0o777, 0o600, name);
    return JSON.parse(readFileSync(demo.file(`keys/${name}`), 'utf8')).seed;
  });
  assert.equal(statSync(demo.file('keys')).mode & 0o777, 0o700);
  for (const name of ['certificates.json', 'registry.json', 'office.pub', 'certificates.csv'])
    for (const secret of secrets) assert.equal(readFileSync(demo.file(name), 'utf8').includes(secret), false, name);
});

test('demo: keys are drawn anew each time', () => {
  pipaOk(['demo', 'make', '--out', file('again')]);
  assert.notEqual(readFileSync(file('again/office.pub'), 'utf8'), readFileSync(demo.file('office.pub'), 'utf8'));
});

test('demo: the registry it leaves makes the same pack', () => {
  pipaOk(['trust', 'make', '--registry', demo.file('registry.json'), '--key', demo.file('keys/office.key'), '--out', file('trust.cose'), '--allow-invalid']);
  assert.deepEqual(readFileSync(file('trust.cose')), readFileSync(demo.file('trust.cose')));
});

test('demo: links lead to where a local server has them', () => {
  const { url, path, text } = demo.cases.get('C01');
  assert.equal(url, `https://pipa.linping.example${path}`);
  assert.equal(text, `HTTPS://PIPA.LINPING.EXAMPLE${path}`);
  assert.equal(demo.cases.get('X5').url, null);
});

test('demo: further hosts are known to the trust pack', () => {
  pipaOk(['demo', 'make', '--out', file('hosts'), '--host', 'a.example', '--host', '127.0.0.1:8080']);
  const pack = pipaOk(['trust', 'show', file('hosts/trust.cose'), '--office-key', file('hosts/office.pub'), '--json']).json();
  assert.deepEqual(pack.hosts, ['a.example', '127.0.0.1:8080']);
});

test('demo: a folder that is no demo is left alone', () => {
  mkdirSync(file('mine'));
  writeFileSync(file('mine/notes.txt'), 'mine');
  const before = names();
  const ended = pipa(['demo', 'make', '--out', file('mine')]);
  assert.equal(ended.code, 74);
  assert.equal(codeOf(ended.err), 'file.exists');
  assert.equal(pipa(['demo', 'make', '--out', file('new'), '--site', file('missing')]).code, 74);
  assert.deepEqual(names(), before);
});
