import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, pipa, pipaOk, scratch } from './support.mjs';

const { file, names } = scratch();
const key = file('issuer.key');
pipaOk(['keys', 'new', '--out', key]);
const host = 'pipa.linping.example';

const one = { number: 'DEMO-330113-260522-C01', 'product-code': '1001', quantity: '120 box x 2.5 kg', origin: '330113100', issued: '2026-05-22', basis: 'self_test' };
const words = (fields) => ['issue', '--key', key, '--host', host, ...Object.entries(fields).flatMap(([name, value]) => [`--${name}`, value])];
const explained = (text) => {
  const fields = pipaOk(['explain', text, '--json', '--lang', 'en']).json().fields;
  return Object.fromEntries(fields.map((field) => [field.field, field.cbor]));
};

test('issue: one certificate as the text of its code', () => {
  const ended = pipaOk(words(one));
  assert.match(ended.out, /^HTTPS:\/\/PIPA\.LINPING\.EXAMPLE\/C#[0-9]+\n$/);
  const json = pipaOk([...words(one), '--json']).json();
  assert.equal(json.number, one.number);
  assert.ok(json.bytes < 170 && json.qr_version <= 10);
  assert.equal(explained(json.text)['promise.quantity'], '3: [2500, 1, 120, 1]');
});

test('issue: every field arrives', () => {
  const all = { ...one, 'product-name': '软条白沙枇杷', harvested: '2026-05-21', form: '2025-B', bases: '质量安全控制符合要求;自行检测合格', labels: '7;3', lot: 'LOT-9',
    upstream: 'B-2 A-1', quarantine: 'Q-77', gtin: '6901234567892', expires: '2026-06-01', 'status-index': '4096' };
  delete all.basis;
  const fields = explained(pipaOk(words(all)).out.trim());
  assert.deepEqual(fields, { ...fields,
    'promise.product_name': '2: "软条白沙枇杷"', 'promise.harvest_day': '5: 20594', 'promise.form': '6: 4', 'promise.bases': '7: 3', 'promise.labels': '8: [3, 7]',
    'promise.lot': '9: "LOT-9"', 'promise.upstream': "10: [h'412d31', h'422d32']", 'promise.quarantine': '11: "Q-77"', 'promise.gtin': '12: 6901234567892',
    exp: '4: 1780329599', status: '65535: {1: 4096}' });
});

test('issue: what was bought is named by its code, by a reference, or by a number on paper', () => {
  const bought = pipaOk([...words({ ...one, number: 'B-2' }), '--json']).json();
  const upstream = (named) => explained(pipaOk(words({ ...one, number: 'M-1', form: '2025-B', upstream: named })).out.trim())['promise.upstream'];
  const byCode = upstream(bought.text);
  assert.match(byCode, /^10: \[\[h'422d32', h'[0-9a-f]{16}', h'[0-9a-f]{16}'\]\]$/);
  const [, signer, digest] = /** @type {RegExpMatchArray} */ (byCode.match(/h'([0-9a-f]{16})', h'([0-9a-f]{16})'/));
  assert.equal(upstream(`B-2:${signer}${digest}`), byCode);
  assert.equal(upstream(`A-1;${bought.text}`), `10: [h'412d31', ${byCode.slice(5)}`);
  for (const wrong of ['B-2:', `B-2:${signer}`, `b-2:${signer}${digest}`, `${bought.text.slice(0, -9)}`])
    assert.match(pipa(words({ ...one, number: 'M-1', form: '2025-B', upstream: wrong })).err, /--upstream/);
});

test('issue: several wrong options are all named', () => {
  const ended = pipa(words({ ...one, quantity: '12 boxen', origin: '33', issued: 'yesterday' }));
  assert.equal(ended.code, 65);
  for (const name of ['--quantity', '--origin', '--issued']) assert.match(ended.err, new RegExp(`\\(${name}`));
});

test('issue: what the form does not offer is refused', () => {
  assert.equal(codeOf(pipa(words({ ...one, basis: 'self_promise' })).err), 'cert.wrong_bases');
  const { basis, ...without } = one;
  assert.equal(codeOf(pipa(words(without)).err), 'cert.missing_field');
  assert.equal(codeOf(pipa(words({ ...one, 'product-name': 'x'.repeat(97) })).err), 'cert.bad_field');
  assert.equal(codeOf(pipa(words({ ...one, 'product-name': 'a\u202eb' })).err), 'cert.bad_field');
});

test('issue: wrong use is 64', () => {
  assert.equal(pipa(['issue']).code, 64);
  assert.equal(pipa([...words(one), '--host', 'no host']).code, 64);
  assert.equal(pipa([...words(one), '--csv', file('x.csv'), '--out', file('y.csv')]).code, 64, 'a table and options of one certificate exclude each other');
  assert.equal(pipa(['issue', '--key', key, '--host', host, '--csv', file('x.csv')]).code, 64, 'a table needs --out');
});

const header = 'number,product_code,product_name,quantity,origin,issued,form,bases';
const line = (number, quantity = '60 kg') => `${number},2007,,${quantity},330113002,2026-11-18,2025-A,quality_control`;
const table = (...lines) => [header, ...lines].join('\n') + '\n';
const issueTable = (csv, ...more) => {
  writeFileSync(file('in.csv'), csv);
  return pipa(['issue', '--key', key, '--host', host, '--csv', file('in.csv'), '--out', file('out.csv'), ...more]);
};
const issuedNumbers = () => readFileSync(file('out.csv'), 'utf8').trim().split('\n').slice(1).map((row) => row.split(',')[0]);

test('issue: a table of many', () => {
  const ended = issueTable(table(line('A-1'), line('A-2'), line('A-3')), '--json');
  assert.equal(ended.code, 0, ended.err);
  assert.equal(ended.json().issued, 3);
  assert.deepEqual(issuedNumbers(), ['A-1', 'A-2', 'A-3']);
});

test('issue: a table as spreadsheets write it', () => {
  const csv = `\uFEFF"number",product_name,quantity,origin,issued,form,bases\r\n`
    + `A-1,"混装叶菜, 示例 ""甲""","200 kg",330113001,2026-11-19,2025-A,"quality_control,self_test"\r\n\r\nA-2,青菜,60 千克,330113002,2026-11-18,2025-A,自行检测合格`;
  const ended = issueTable(csv);
  assert.equal(ended.code, 0, ended.err);
  assert.deepEqual(issuedNumbers(), ['A-1', 'A-2']);
  const text = readFileSync(file('out.csv'), 'utf8').split('\n')[1].split(',')[1];
  assert.equal(explained(text)['promise.product_name'], String.raw`2: "混装叶菜, 示例 \"甲\""`);
});

test('issue: every bad line is named with its column, and none is written', () => {
  const untouched = readFileSync(file('out.csv'));
  const ended = issueTable(table(line('A-1'), line('a 2'), line('A-3', '12 boxen'), line('A-4'), 'A-5,2007', line('A-4')));
  assert.equal(ended.code, 65);
  assert.match(ended.err, /line 3, column number: /);
  assert.match(ended.err, /line 4, column quantity: .*12 boxen/);
  assert.match(ended.err, /line 6: .*2 fields under 8 columns/);
  assert.match(ended.err, /line 7, column number: .*line 5 already/);
  assert.deepEqual(readFileSync(file('out.csv')), untouched);
});

test('issue: --keep-going writes the good lines and still ends with 65', () => {
  const ended = issueTable(table(line('A-1'), line('A-2', 'much'), line('A-3')), '--keep-going', '--json');
  assert.equal(ended.code, 65);
  assert.deepEqual(issuedNumbers(), ['A-1', 'A-3']);
  const { issued, refused, problems } = ended.json();
  assert.deepEqual([issued, refused], [2, 1]);
  assert.deepEqual([problems[0].line, problems[0].column, problems[0].code], [3, 'quantity', 'cert.bad_field']);
});

test('issue: tables that are no tables', () => {
  const broken = {
    'csv.bad_table': ['', '\uFEFF', table(line('A-1') + '"'), table('"A-1,2007'), table(line('A-1').replace('2007', '"20"07')), table('A-1,\r2007'), `${header},number\n`],
    'csv.unknown_column': [`${header},colour\n`],
  };
  for (const [code, texts] of Object.entries(broken)) {
    for (const text of texts) {
      const ended = issueTable(text);
      assert.equal(ended.code, 65, text);
      assert.equal(codeOf(ended.err), code, text);
    }
  }
});

test('issue: the line of a quote that never closes is the one where it opens', () => {
  const ended = issueTable(table(line('A-1'), 'A-2,"oops', line('A-3')));
  assert.match(ended.err, /line 3: the quote that opens here is never closed/);
});

test('issue: a table in GB 18030 or UTF-16, with Chinese heads, is read; damaged UTF-8 is not taken for it', () => {
  const heads = '合格证编号,产品名称,数量,产地代码,开具日期,采收日期,承诺依据,批号\n';
  const text = `${heads}Ａ－1,青菜,５００斤,330113002,2026/11/18 0:00,46343,自行检测合格,ＬＯＴ－1\n`;
  const inEncoding = (encoding) => {
    const ended = spawnSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text });
    assert.equal(ended.status, 0);
    return ended.stdout;
  };
  const tables = [Buffer.from(text), Buffer.from(`\uFEFF${text}`), inEncoding('GB18030'), inEncoding('UTF-16'), Buffer.from(text.replaceAll(',', ';')), Buffer.from(text.replaceAll(',', '\t')),
    Buffer.from(`sep=;\n${text.replaceAll(',', ';')}`), Buffer.from(text.replaceAll('\n', ',,\n') + ',,,,,,,,,\n\n')];
  for (const [index, table] of tables.entries()) {
    const ended = issueTable(table);
    assert.equal(ended.code, 0, `${index}: ${ended.err}`);
    assert.deepEqual(issuedNumbers(), ['A-1']);
    const facts = explained(readFileSync(file('out.csv'), 'utf8').split('\n')[1].split(',')[1]);
    assert.match(facts['promise.quantity'], /250/);
    assert.match(JSON.stringify(facts), /LOT-1/);
  }
  const damaged = Buffer.from(text);
  damaged[damaged.indexOf(Buffer.from('青')) + 1] = 0x20;
  const ended = issueTable(damaged);
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'import.bad_encoding');
  assert.match(issueTable(Buffer.from('PK\x03\x04rest')).err, /import\.bad_encoding.*soffice --headless --convert-to csv/);
});

test('issue: one mistake in many lines is told once, and what is missing in the head is told of the head', () => {
  const many = Array.from({ length: 3000 }, (_, i) => line(`M-${i}`, '2,5 kg'.replace(',', '，')));
  const ended = issueTable(table(...many), '--json');
  assert.equal(ended.code, 65);
  assert.equal(ended.err.match(/csv\.bad_value: line/g).length, 5);
  assert.match(ended.err, /column quantity: csv\.bad_value: 3000 lines in all, from line 2 to 3001/);
  assert.deepEqual(ended.json().groups, [{ code: 'csv.bad_value', column: 'quantity', lines: 3000, first: 2, last: 3001 }]);
  assert.match(issueTable('number,product_name,origin,issued\nA,b,330113,2026-11-18\n').err, /cert\.missing_field.*no column quantity/);
  assert.equal(issueTable('number,quantity,origin,issued,product_name,bases\nA-1,1 kg,330113002,2026-11-18,a,self_test\n').code, 0, 'the form is 2025-A');
});

test('issue: a harvest after the issue, and characters for private use, are refused', () => {
  const heads = 'number,product_name,quantity,origin,issued,harvested';
  assert.match(issueTable(`${heads}\nA-1,青菜,1 kg,330113002,2026-11-18,2026-11-19\n`).err, /column harvested: .*after the day of issue/);
  assert.match(issueTable(`${heads}\nA-1,\uE000菜,1 kg,330113002,2026-11-18,2026-11-17\n`).err, /column product_name: .*U\+E000/);
  assert.match(issueTable(`${heads}\nA-1,青菜,1 kg,3.30113E+08,2026-11-18,2026-11-17\n`).err, /column origin: .*3\.30113E\+08/);
});

test('issue: an output that cannot be written leaves nothing behind', () => {
  mkdirSync(file('folder'), { recursive: true });
  const before = names();
  for (const place of [file('folder'), file('missing/out.csv'), '/proc/out.csv']) {
    writeFileSync(file('in.csv'), table(line('A-1')));
    const ended = pipa(['issue', '--key', key, '--host', host, '--csv', file('in.csv'), '--out', place]);
    assert.equal(ended.code, 74, place);
    assert.equal(codeOf(ended.err), 'file.unwritable', place);
  }
  assert.deepEqual(names(), before);
});

test('issue: an input that cannot be read is 74', () => {
  for (const place of [file('missing.csv'), file('folder')]) {
    const ended = pipa(['issue', '--key', key, '--host', host, '--csv', place, '--out', file('none.csv')]);
    assert.equal(ended.code, 74, place);
    assert.equal(codeOf(ended.err), 'file.unreadable', place);
  }
});
