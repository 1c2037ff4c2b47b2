import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file, names } = scratch();
const officeKey = readFileSync(demo.file('office.pub'), 'utf8').trim();
mkdirSync(file('built/C'), { recursive: true });
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@"><meta content="@PIPA_DEMO_NOW@">');
writeFileSync(file('built/C/index.html'), '<b>@PIPA_OFFICE_KEY@@PIPA_OFFICE_KEY@</b>');
writeFileSync(file('built/page.mjs'), '// @PIPA_OFFICE_KEY@ stays in scripts');
const site = (out, built = file('built')) => pipa(['site', '--site', built, ...demo.trust(), '--out', out]);

test('site: built files, trust pack and key come together', () => {
  assert.equal(site(file('out')).code, 0);
  assert.equal(readFileSync(file('out/index.html'), 'utf8'), `<meta content="${officeKey}"><meta content="">`);
  assert.equal(readFileSync(file('out/C/index.html'), 'utf8'), `<b>${officeKey}${officeKey}</b>`);
  assert.equal(readFileSync(file('out/page.mjs'), 'utf8'), '// @PIPA_OFFICE_KEY@ stays in scripts');
  assert.deepEqual(readFileSync(file('out/trust.cose')), readFileSync(demo.file('trust.cose')));
});

test('site: an older site is exchanged whole', () => {
  writeFileSync(file('out/old.html'), '');
  assert.equal(site(`${file('out')}/`).code, 0);
  assert.equal(existsSync(file('out/old.html')), false);
  assert.deepEqual(names(), ['built', 'out']);
});

test('site: a folder that is no site is left alone', () => {
  mkdirSync(file('mine'));
  writeFileSync(file('mine/thesis.txt'), 'years of work');
  const ended = site(file('mine'));
  assert.equal(ended.code, 74);
  assert.equal(codeOf(ended.err), 'file.exists');
  assert.equal(readFileSync(file('mine/thesis.txt'), 'utf8'), 'years of work');
});

test('site: a failure leaves the old site and nothing else', () => {
  const before = names();
  assert.equal(site(file('out'), file('missing')).code, 74);
  mkdirSync(file('bare'));
  writeFileSync(file('bare/index.html'), 'no place for a key');
  assert.equal(site(file('out'), file('bare')).code, 74);
  mkdirSync(file('linked'));
  symlinkSync('/etc/passwd', file('linked/index.html'));
  assert.equal(site(file('out'), file('linked')).code, 74);
  assert.equal(site(file('nowhere/out')).code, 74);
  assert.deepEqual(names(), [...before, 'bare', 'linked'].sort());
  assert.ok(existsSync(file('out/index.html')));
});

test('site: a pack that the page would refuse is not published', () => {
  const ended = pipa(['site', '--site', file('built'), '--trust', demo.file('trust.cose'), '--office-key', '11'.repeat(32), '--out', file('never')]);
  assert.equal(ended.code, 65);
  assert.equal(existsSync(file('never')), false);
});
