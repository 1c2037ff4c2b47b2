import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file, names } = scratch();
const sizes = ['50x30', '60x40', '100x70', 'A5'];
const certificates = [...demo.cases.values()].filter((one) => one.id.startsWith('C'));
const textOf = (id) => demo.cases.get(id).text;
const sheet = (...words) => pipa(['sheet', ...words, ...demo.trust()]);
const sheetOk = (...words) => pipaOk(['sheet', ...words, ...demo.trust()]);
const textsIn = (...pictures) => {
  const { results } = pipa(['verify', ...pictures, ...demo.judging(), '--json']).json();
  return results.map((result) => result.text);
};
const overlap = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.001 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.001;

for (const dpi of [203, 300, 600]) {
  for (const size of sizes) {
    test(`sheet: every label of ${size} mm at ${dpi} dpi is read back`, () => {
      const out = file(`png-${size}-${dpi}`);
      sheetOk('--csv', demo.file('certificates.csv'), '--size', size, '--png', String(dpi), '--out', out);
      const pictures = readdirSync(out).sort().map((name) => `${out}/${name}`);
      assert.equal(pictures.length, certificates.length);
      assert.deepEqual(textsIn(...pictures).sort(), certificates.map((one) => one.text).sort());
    });
  }
}

for (const size of sizes) {
  test(`sheet: on ${size} mm no text lies on the code's quiet zone, on another text or outside`, () => {
    const { labels } = sheetOk('--csv', demo.file('certificates.csv'), '--size', size, '--out', file('layout.pdf'), '--json').json();
    const [width, height] = size === 'A5' ? [210, 148] : size.split('x').map(Number);
    for (const { number, code, texts, module_mm: module, dots_per_module: dots } of labels) {
      assert.ok(Number.isInteger(dots) && Math.abs(dots * 25.4 / 300 - module) < 0.001, number);
      assert.ok(code.x >= 0 && code.y >= 0 && code.x + code.width <= width && code.y + code.height <= height, `${number}: code`);
      texts.forEach(({ id, text, rect }, index) => {
        assert.ok(rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width + 0.001 && rect.y + rect.height <= height + 0.001, `${number}: ${id} outside`);
        assert.equal(overlap(rect, code), false, `${number}: ${id} ${text} on the code`);
        for (const other of texts.slice(index + 1)) assert.equal(overlap(rect, other.rect), false, `${number}: ${id} on ${other.id}`);
      });
      assert.equal(texts.filter(({ id }) => id.startsWith('title')).map(({ text }) => text).join(''), '承诺达标合格证');
      for (const id of ['product', 'number', 'demo']) assert.ok(texts.some((text) => text.id === id), `${number}: no ${id}`);
      if (!['50x30', '60x40'].includes(size)) for (const id of ['quantity', 'origin', 'promisor', 'contact', 'issued']) assert.ok(texts.some((text) => text.id === id), `${number}: no ${id}`);
    }
  });
}

test('sheet: modules have 0.4 mm and more where the size allows, and a warning says where not', () => {
  const large = sheetOk('--csv', demo.file('certificates.csv'), '--size', '60x40', '--out', file('large.pdf'), '--json');
  assert.ok(large.json().labels.every((label) => label.module_mm >= 0.4));
  assert.equal(large.err, '');
  const small = sheetOk(textOf('C13'), '--size', '50x30', '--dpi', '203', '--out', file('small.svg'), '--json');
  assert.ok(small.json().labels[0].module_mm < 0.4);
  assert.match(small.err, /warning: DEMO-330113-261119-C13: modules of 0\.375 mm/);
});

test('sheet: a PDF label, drawn by another program, is read back', () => {
  for (const size of sizes) {
    sheetOk(textOf('C10'), '--size', size, '--out', file('label.pdf'));
    execFileSync('pdftoppm', ['-r', '200', '-png', '-singlefile', file('label.pdf'), file('label')]);
    assert.deepEqual(textsIn(file('label.png')), [textOf('C10')], size);
  }
});

test('sheet: A4 holds them all, side by side', () => {
  for (const [size, perPage] of [['50x30', 36], ['60x40', 21], ['100x70', 8], ['A5', 2]]) {
    sheetOk('--csv', demo.file('certificates.csv'), '--size', size, '--paper', 'a4', '--out', file('a4.pdf'));
    const information = execFileSync('pdfinfo', [file('a4.pdf')], { encoding: 'utf8' });
    assert.match(information, /Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/);
    assert.equal(Number(/Pages: +(\d+)/.exec(information)[1]), Math.ceil(certificates.length / perPage), size);
  }
});

test('sheet: a PDF page is as large as its label', () => {
  sheetOk(textOf('C01'), '--size', '100x70', '--out', file('page.pdf'));
  assert.match(execFileSync('pdfinfo', [file('page.pdf')], { encoding: 'utf8' }), /Page size: +283\.46\d* x 198\.42\d* pts/);
});

test('sheet: SVG in millimetres, without text that needs a font', () => {
  sheetOk(textOf('C01'), '--size', '60x40', '--out', file('label.svg'));
  const svg = readFileSync(file('label.svg'), 'utf8');
  assert.match(svg, /<svg [^>]*width="60mm" height="40mm"/);
  assert.equal(svg.includes('<text'), false);
});

test('sheet: long names are made smaller and then elided, never cut', () => {
  const key = demo.file('keys/P1.key');
  const text = pipaOk(['issue', '--key', key, '--host', 'pipa.linping.example', '--number', 'DEMO-1', '--product-name', '软条白沙枇杷精选特级大果礼品装双层防震包装冷链直达当日采摘现发',
    '--quantity', '999999 box x 999.999 kg', '--origin', '330113100', '--issued', '2026-05-22', '--basis', 'self_test']).out.trim();
  for (const size of sizes) {
    const [label] = sheetOk(text, '--size', size, '--out', file('long.svg'), '--json').json().labels;
    for (const { id, rect } of label.texts) assert.equal(overlap(rect, label.code), false, `${size}: ${id}`);
    if (size === '50x30') assert.ok(label.texts.find(({ id }) => id === 'product').elided);
  }
});

test('sheet: without a trust pack names are missing, and that is said', () => {
  const ended = pipaOk(['sheet', textOf('C01'), '--out', file('nameless.svg'), '--json']);
  assert.match(ended.err, /warning: .*without a trust pack/);
  assert.equal(ended.json().labels[0].texts.some(({ id }) => id === 'promisor' || id === 'demo'), false);
});

test('sheet: a code that was changed after signing is not printed', () => {
  const ended = sheet(textOf('X1'), '--out', file('altered.svg'));
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'cose.wrong_signature');
  assert.equal(existsSync(file('altered.svg')), false);
});

test('sheet: bad data and wrong use', () => {
  assert.equal(sheet(textOf('X5'), '--out', file('x.svg')).code, 65);
  writeFileSync(file('no-text.csv'), 'number\nA-1\n');
  assert.equal(codeOf(sheet('--csv', file('no-text.csv'), '--out', file('x.pdf')).err), 'csv.bad_table');
  assert.equal(sheet('--csv', file('missing.csv'), '--out', file('x.pdf')).code, 74);
  assert.equal(sheet('--out', file('x.svg')).code, 64);
  assert.equal(sheet(textOf('C01'), '--size', '10x10', '--out', file('x.svg')).code, 64);
  assert.equal(sheet(textOf('C01'), textOf('C02'), '--out', file('x.svg')).code, 74, 'one file holds one label');
});

test('sheet: an output that cannot be written leaves nothing behind', () => {
  mkdirSync(file('taken'));
  writeFileSync(file('plain'), '');
  const before = names();
  for (const place of ['taken/../missing/label.svg', 'missing/label.pdf', 'missing/folder', 'plain']) {
    const ended = sheet(textOf('C01'), '--out', file(place));
    assert.equal(ended.code, 74, place);
  }
  assert.deepEqual(names(), before);
  // The second of two files cannot be written: the first one goes again.
  mkdirSync(file('half'));
  mkdirSync(file(`half/${demo.cases.get('C02').number}.svg`));
  assert.equal(sheet(textOf('C01'), textOf('C02'), '--out', file('half')).code, 74);
  assert.deepEqual(readdirSync(file('half')), [`${demo.cases.get('C02').number}.svg`]);
});
