import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const textOf = (id) => demo.cases.get(id).text;
const explain = (input, ...more) => pipa(['explain', input, '--lang', 'en', ...more]);

test('explain: the fields lie side by side and fill the message', () => {
  for (const [id, one] of demo.cases) {
    if (!one.bytes || id === 'X4') continue;
    const { bytes, fields } = explain(one.text, ...demo.judging(), '--json').json();
    let end = 0;
    for (const field of fields) {
      // Between fields stand keys and heads: at most the five bytes of the private claim's key and two heads.
      assert.ok(field.offset >= end && field.offset - end <= 7, `${id}: ${field.field} at ${field.offset} after ${end}`);
      end = field.offset + field.length;
    }
    assert.equal(end, bytes, id);
  }
});

test('explain: the bytes of a field are the bytes of the message', () => {
  const { message, fields } = explain(textOf('C01'), '--json').json();
  const bytesOf = (name) => {
    const field = fields.find((one) => one.field === name);
    return message.slice(2 * field.offset, 2 * (field.offset + field.length));
  };
  assert.equal(bytesOf('alg'), '0132');
  assert.equal(bytesOf('promise.quantity'), '03841909c4011878' + '01');
  assert.equal(bytesOf('promise.lot'), `0966${Buffer.from('LOT-01').toString('hex')}`);
});

test('explain: with trust every field has its voucher, without it nobody has confirmed it', () => {
  const trusted = explain(textOf('C01'), ...demo.judging(), '--json').json();
  assert.equal(trusted.fields.find((one) => one.field === 'promise.quantity').voucher, 'producer');
  assert.equal(trusted.fields.find((one) => one.field === 'kid').meaning, 'Yunwu Loquat Cooperative (demo)');
  const alone = explain(textOf('C01'), '--json').json();
  assert.equal(alone.fields.find((one) => one.field === 'promise.quantity').voucher, 'nobody');
  assert.match(explain(textOf('C01')).out, /the code says so/);
});

test('explain: a changed certificate is explained, and nobody vouches for it', () => {
  const { fields, verdict } = explain(textOf('X1'), ...demo.judging(), '--json').json();
  assert.equal(verdict.code, 'altered');
  assert.equal(fields.find((one) => one.field === 'promise.quantity').voucher, 'nobody');
});

test('explain: pictures and files', () => {
  assert.equal(explain(demo.file('labels/C12-50x30.png')).code, 0);
  const { message } = explain(textOf('C04'), '--json').json();
  writeFileSync(file('c04.cose'), Buffer.from(message, 'hex'));
  assert.deepEqual(explain(file('c04.cose'), '--json').json().fields, explain(textOf('C04'), '--json').json().fields);
});

test('explain: a damaged message is shown with the place', () => {
  const ended = explain(textOf('X4'), '--json');
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'cbor.truncated');
  const { error, in: where } = ended.json();
  assert.equal(where, 'message');
  assert.match(ended.err, new RegExp(`\\^\\^ byte ${error.at}\\n`));
});

test('explain: a damaged text is shown with the place', () => {
  const ended = explain('HTTPS://PIPA.EXAMPLE/C#0169436464873497600x91879');
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'base10.bad_digit');
  assert.match(ended.err, /\n +\^ character 42\n/);
});

test('explain: a foreign code is named', () => {
  const ended = explain(textOf('X5'), '--json');
  assert.equal(ended.code, 2);
  assert.equal(ended.json().foreign_code, 'zhe_nong_ma');
});

test('explain: a link as messengers and scanners hand it on is explained like the printed one', () => {
  const [page, digits] = textOf('C01').split('#');
  const printed = explain(textOf('C01'), '--json').json().fields;
  writeFileSync(file('marked.txt'), `\ufeff]Q1${textOf('C01')}\r\n`);
  for (const input of [`${page.toLowerCase()}/?from=timeline#${digits}&wechat_redirect`, `扫码查验 ${textOf('C01')} 点击查看`, file('marked.txt')])
    assert.deepEqual(explain(input, '--json').json().fields, printed, input);
});

test('explain: files that are not there', () => {
  assert.equal(explain(file('missing.png')).code, 74);
  assert.equal(pipa(['explain']).code, 64);
});

test('explain: the element strings of somebody else\'s GS1 Digital Link', () => {
  const link = 'https://id.gs1.org/01/06900000000014/10/LOT%2F1?17=271231&linkType=all';
  const ended = pipa(['explain', link, '--lang', 'en', '--json']);
  assert.equal(ended.code, 2);
  assert.deepEqual(ended.json().gs1, { '01': '06900000000014', 10: 'LOT/1', 17: '271231' });
  assert.match(pipa(['explain', link, '--lang', 'en']).out, /\(10\) LOT\/1/);
  assert.equal(pipa(['explain', 'https://id.gs1.org/01/06900000000015', '--json']).json().gs1, undefined);
});
