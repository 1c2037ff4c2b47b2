// pipa publish --oembed: an address of each certificate that editors can paste, without a program behind it.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const on = ['--store', file('office.store'), '--now', demo.now];
const asOffice = [...on, '--key', demo.file('keys/office.key')];
const host = 'https://pipa.example';

mkdirSync(file('built'), { recursive: true });
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@">');
for (const name of ['root', 'targets', 'online']) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
pipaOk(['store', 'init', ...asOffice]);
pipaOk(['store', 'add', ...asOffice, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('certificates.csv')]);
pipaOk(['roles', 'init', ...on, '--root-key', file('root.key'), '--targets-key', file('targets.key'), '--online-key', file('online.key'), '--sign-key', file('root.key')]);
const page = ['--site', file('built'), '--office-key', demo.file('office.pub')];
const publish = (...words) => pipa(['publish', ...on, '--sign-key', file('targets.key'), '--sign-key', file('online.key'), '--out', file('out'), '--json', ...words]);

test('oembed: an address for every certificate, which leads to its answer and to what embeds it', () => {
  assert.equal(publish(...page, '--oembed', host).code, 0);
  const numbers = readdirSync(file('out/e'));
  assert.ok(numbers.length >= 18 && numbers.includes('DEMO-330113-261112-C04'), numbers.join(' '));
  for (const number of numbers) {
    const html = readFileSync(file(`out/e/${number}/index.html`), 'utf8');
    const [, discovered] = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(html);
    assert.equal(discovered, `${host}/e/${number}/oembed.json`);
    assert.ok(html.includes(`${host}/C#~${number}`));
    const answer = JSON.parse(readFileSync(file(`out/e/${number}/oembed.json`), 'utf8'));
    for (const name of ['version', 'type', 'html', 'width', 'height']) assert.ok(name in answer, name); // oembed.com 2.3.4.4: a rich answer has these
    assert.deepEqual([answer.version, answer.type], ['1.0', 'rich']);
    assert.ok(answer.html.includes(`src="${host}/embed/#certificate=${number}"`) && answer.html.includes('sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"'));
    for (const word of ['真实', '召回', 'genuine', 'revoked']) assert.ok(!JSON.stringify(answer).includes(word), 'a static file holds no verdict');
  }
});

test('oembed: goes when it is not asked for any more, and a site has an address of its own', () => {
  assert.equal(publish(...page).code, 0);
  assert.equal(existsSync(file('out/e')), false);
  for (const bad of ['http://pipa.example', 'https://pipa.example/x', 'https://', 'pipa.example', 'https://a"b']) assert.equal(publish(...page, '--oembed', bad).code, 64, bad);
  assert.equal(publish('--oembed', host).code, 64, 'without a page there is nothing to embed');
});
