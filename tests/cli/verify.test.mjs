import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { jpegOfScans, pgmOf, pngOf, whitePng } from './pictures.mjs';
import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { folder, file } = scratch();
const textOf = (id) => demo.cases.get(id).text;
const verify = (inputs, { more = [], ...options } = {}) => pipa(['verify', ...inputs, ...demo.judging(), ...more], options);
const exitCodes = { genuine: 0, out_of_date: 1, altered: 1, unknown_issuer: 1, revoked: 1, could_not_check: 2 };
const exitCodeOf = (one) => (one.expect_verdict === 'genuine' && one.expect_level === 'stop' ? 1 : exitCodes[one.expect_verdict]);
const label = demo.file('labels/C01-60x40.png');

for (const [id, one] of demo.cases) {
  test(`verify: ${id} is ${one.expect_verdict}, ${one.expect_reason}`, () => {
    const dossier = one.dossier ? ['--dossier', demo.file(one.dossier)] : [];
    const ended = pipa(['verify', one.text, ...demo.judging(one.trust), ...dossier, '--json', '--lang', 'en']);
    const [{ judgement, view }] = ended.json().results;
    assert.equal(judgement.verdict, one.expect_verdict);
    assert.equal(judgement.level, one.expect_level);
    assert.equal(judgement.reasons[0].code, one.expect_reason);
    assert.equal(view.verdict.reason_code, one.expect_reason);
    assert.equal(ended.code, exitCodeOf(one));
    assert.equal(ended.json().exit_code, ended.code);
  });
}

test('verify: without its dossier a certificate is judged alone', () => {
  for (const one of [...demo.cases.values()].filter(({ dossier }) => dossier)) {
    const [{ judgement }] = pipa(['verify', one.text, ...demo.judging(), '--json']).json().results;
    assert.deepEqual([judgement.level, judgement.reasons[0].code], one.expect_alone, one.id);
    assert.equal(judgement.dossier, undefined);
  }
});

test('verify: dossiers are found in a folder, by number', () => {
  const texts = [...demo.cases.values()].filter(({ dossier }) => dossier);
  const { results } = verify(texts.map(({ text }) => text), { more: ['--dossier', demo.file('dossiers'), '--json'] }).json();
  assert.deepEqual(results.map(({ judgement }) => judgement.reasons[0].code), texts.map((one) => one.expect_reason));
  const nowhere = verify([textOf('C01')], { more: ['--dossier', folder, '--json'] }).json().results[0].judgement;
  assert.ok(nowhere.reasons.some(({ code }) => code === 'record.not_fetched'));
  assert.equal(verify([textOf('C01')], { more: ['--dossier', file('missing')] }).code, 74);
  writeFileSync(file('garbage.dossier'), 'garbage');
  const garbage = verify([textOf('C01')], { more: ['--dossier', file('garbage.dossier'), '--json'] }).json().results[0].judgement;
  assert.ok(garbage.reasons.some(({ code }) => code === 'record.unreadable'));
});

test('verify: prints every section of the dossier', () => {
  const out = verify([textOf('C06')], { more: ['--dossier', demo.file('dossiers'), '--lang', 'zh-Hans'] }).out;
  for (const word of ['通知与召回', '毒死蜱', '0.36 mg/kg', '限量 0.05 mg/kg', '是限量的 7.2 倍', '经过', '网格巡查', '陈**', '全部依据', '检测机构测得']) assert.ok(out.includes(word), word);
  assert.ok(!out.includes('陈示例'));
});

test('verify: a picture says what its text says', () => {
  const [picture, text] = verify([label, textOf('C01')], { more: ['--json'] }).json().results;
  assert.equal(picture.text, textOf('C01'));
  assert.deepEqual(picture.judgement, text.judgement);
});

test('verify: kinds of pictures are told by content, not by name', () => {
  copyFileSync(label, file('label.txt'));
  assert.equal(verify([file('label.txt')]).code, 0);
  writeFileSync(file('text.png'), `${textOf('C04')}\n`);
  assert.equal(verify([file('text.png')]).code, 0, 'a text that calls itself a picture');
});

test('verify: JPEG and PGM', () => {
  execFileSync('pdftoppm', ['-r', '150', '-jpeg', '-singlefile', demo.file('labels/sheet.pdf'), file('sheet')]);
  const { results } = verify([file('sheet.jpg')], { more: ['--json'] }).json();
  assert.equal(results.length, 8, 'one A4 page holds eight labels');
  assert.ok(results.every((result) => result.judgement.verdict === 'genuine'));
  execFileSync('pdftoppm', ['-r', '200', '-gray', '-singlefile', '-x', '0', '-y', '0', '-W', '850', '-H', '600', demo.file('labels/sheet.pdf'), file('label')]);
  assert.equal(verify([file('label.pgm')]).code, 0);
});

test('verify: texts from a pipe, one a line', () => {
  const input = `${textOf('C01')}\r\n\n${textOf('X1')}\n${textOf('X5')}`;
  const ended = verify(['-'], { input, more: ['--json'] });
  assert.equal(ended.code, 1);
  assert.deepEqual(ended.json().results.map((result) => result.judgement.verdict), ['genuine', 'altered', 'could_not_check']);
  assert.match(ended.json().results[1].input, /line 3/);
});

// What lies between a label and the program: each of these is the label of C01, whose text is judged as it was printed.
const digitsOf = (id) => textOf(id).split('#')[1];
const pageOf = (id) => textOf(id).split('#')[0].toLowerCase().replace(/c$/, 'C');
const german = (text) => [...text].map((c) => ({ ':': 'Ö', '/': '-', '#': '§', '-': 'ß', Y: 'Z', Z: 'Y' })[c] ?? c).join('');
const french = (text) => [...text].map((c) => {
  const at = '0123456789:/.#-AQZWM'.indexOf(c);
  return at < 0 ? c : [...'à&é"\'(-è_çM!:3)QAWZ?'][at];
}).join('');
const garbs = {
  'CapsLock': (id) => textOf(id).toLowerCase(),
  'AIM and ECI prefixes, GS and CRLF': (id) => `]Q2\\000026${textOf(id)}\x1d\r\n`,
  'a byte order mark and hidden characters': (id) => `\ufeff\u200b${textOf(id)}\u200e`,
  'a German computer': (id) => german(textOf(id)),
  'a French computer': (id) => french(textOf(id)),
  'a messenger\'s query': (id) => `${pageOf(id)}?from=singlemessage&isappinstalled=0#${digitsOf(id)}`,
  'an encoded hash': (id) => `${pageOf(id)}%23${digitsOf(id)}`,
  'full-width signs': (id) => `${pageOf(id).replace(':', '：')}＃${digitsOf(id)}`,
  'blanks among the digits': (id) => `${pageOf(id)}#${digitsOf(id).match(/.{1,4}/g).join(' ')}`,
  'words around': (id) => `扫码查验 <${textOf(id)}>。`,
  'digits alone in lines': (id) => digitsOf(id).match(/.{1,80}/g).join('\n'),
};
for (const [garb, dress] of Object.entries(garbs)) {
  test(`verify: ${garb}: as printed, given directly, in a file and through a pipe`, () => {
    const plain = verify([textOf('C01'), textOf('X1')], { more: ['--json'] }).json().results;
    writeFileSync(file('garb.txt'), `${dress('C01')}\n${dress('X1')}\n`);
    const ways = [verify([dress('C01'), dress('X1')], { more: ['--json'] }), verify([file('garb.txt')], { more: ['--json'] }),
      verify(['-'], { input: `\ufeff${dress('C01')}\r\n\r\n${dress('X1')}`, more: ['--json'] })];
    for (const way of ways) {
      assert.equal(way.code, 1);
      const { results } = way.json();
      assert.deepEqual(results.map(({ judgement }) => judgement.verdict), ['genuine', 'altered']);
      results.forEach(({ text }, i) => assert.equal(text.split('#').at(-1), plain[i].text.split('#').at(-1)));
    }
  });
}

test('verify: a file in UTF-16, and one with columns', () => {
  writeFileSync(file('windows.txt'), Buffer.from(`\ufeff${textOf('C01')}\r\n${textOf('X1')}\r\n`, 'utf16le'));
  writeFileSync(file('columns.csv'), `1,${textOf('C01')}\n2,${textOf('X1')}\n`);
  for (const name of ['windows.txt', 'columns.csv']) {
    const ended = verify([file(name)], { more: ['--json'] });
    assert.equal(ended.code, 1);
    assert.deepEqual(ended.json().results.map(({ judgement }) => judgement.verdict), ['genuine', 'altered'], name);
  }
});

test('verify: several codes in one text are all judged', () => {
  const ended = verify([`${textOf('C01')} ${textOf('X1')}`], { more: ['--json'] });
  assert.equal(ended.code, 1);
  assert.deepEqual(ended.json().results.map(({ judgement }) => judgement.verdict), ['genuine', 'altered']);
});

test('verify: what a scanner garbled for good is not called somebody else\'s code', () => {
  const ended = verify([textOf('C01').replace(/[^A-Z0-9]/g, '')], { more: ['--json'] });
  assert.equal(ended.code, 2);
  assert.equal(ended.json().results[0].judgement.reasons[0].code, 'check.scanner_layout');
});

test('verify: another address in front is not passed over', () => {
  const ended = verify([`https://evil.example/ ${textOf('C01')}`, `https://evil.example/?u=${textOf('C01')}`], { more: ['--json'] });
  assert.equal(ended.code, 2);
  assert.deepEqual(ended.json().results.map(({ judgement }) => judgement.reasons[0].code), ['check.foreign_code', 'check.foreign_code']);
});

test('verify: an empty file is no answer', () => {
  for (const content of ['', '\ufeff', ' \r\n\n']) {
    writeFileSync(file('empty.txt'), content);
    const ended = verify([file('empty.txt')]);
    assert.equal(codeOf(ended.err), 'file.unreadable');
    assert.equal(ended.code, 74);
  }
  assert.equal(verify(['-'], { input: '' }).code, 74);
});

/** Grey pictures of one width below each other. @param {string[]} names of PGM files as pdftoppm writes them */
function stacked(names) {
  const parts = names.map((name) => {
    const bytes = readFileSync(name);
    const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString('latin1')).map(Number);
    return { width, height, pixels: bytes.subarray(bytes.length - width * height) };
  });
  return pgmOf(parts[0].width, parts.reduce((sum, { height }) => sum + height, 0), Buffer.concat(parts.map(({ pixels }) => pixels)));
}

test('verify: of a sheet with 24 labels all are judged, and one that is altered decides', () => {
  const genuine = [...demo.cases.values()].filter((one) => one.id.startsWith('C')).map(({ text }) => text);
  for (const [name, texts] of [['a', [textOf('X1'), ...genuine.slice(0, 7)]], ['b', genuine.slice(7, 15)], ['c', genuine.slice(0, 8)]]) {
    // Whoever has the list of keys prints no altered code.
    pipaOk(['sheet', ...texts, ...(name === 'a' ? [] : demo.trust()), '--paper', 'a4', '--out', file(`${name}.pdf`)]);
    execFileSync('pdftoppm', ['-r', '150', '-gray', '-singlefile', file(`${name}.pdf`), file(name)]);
  }
  writeFileSync(file('many.pgm'), stacked(['a.pgm', 'b.pgm', 'c.pgm'].map(file)));
  const ended = verify([file('many.pgm')], { more: ['--json'] });
  const { results } = ended.json();
  assert.equal(results.length, 24);
  assert.equal(results.filter(({ judgement }) => judgement.verdict === 'altered').length, 1);
  assert.equal(ended.code, 1);
});

test('verify: a picture from a pipe', () => {
  assert.equal(verify(['-'], { input: readFileSync(label) }).code, 0);
});

test('verify: the gravest answer gives the exit code', () => {
  assert.equal(verify([textOf('C01'), textOf('X5')]).code, 2);
  assert.equal(verify([textOf('X5'), textOf('X1'), textOf('C01')]).code, 1);
  assert.equal(verify([textOf('X1'), file('missing.png')]).code, 74);
  writeFileSync(file('half.png'), readFileSync(label).subarray(0, 900));
  assert.equal(verify([textOf('X1'), file('half.png')]).code, 65);
});

test('verify: inputs that cannot be read are named, and the others are judged all the same', () => {
  const ended = verify([file('missing.png'), textOf('C01')], { more: ['--json'] });
  assert.equal(codeOf(ended.err), 'file.unreadable');
  const [missing, genuine] = ended.json().results;
  assert.equal(missing.error.code, 'file.unreadable');
  assert.equal(genuine.judgement.verdict, 'genuine');
});

/** As many symbols as may be counted in one picture: who knows whether there are more? */
function pictureOfManyCodes() {
  const { modules } = JSON.parse(pipaOk(['conform'], { input: `${JSON.stringify({ op: 'qr.draw', text: '1' })}\n` }).out);
  const [scale, columns, cell] = [3, 16, modules.length + 8];
  const width = columns * cell * scale;
  const dark = (x, y) => modules[y % cell - 4]?.[x % cell - 4] === '1';
  return pgmOf(width, width, Buffer.from(Array.from({ length: width * width }, (_, i) => (dark(Math.floor(i % width / scale), Math.floor(i / width / scale)) ? 0 : 255))));
}

const badPictures = {
  'truncated PNG': ['image.unreadable', 65, () => readFileSync(label).subarray(0, 900)],
  'PNG of nothing but a signature': ['image.unreadable', 65, () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  'header of 60 million pixels': ['image.too_large', 65, () => pngOf(10_000, 6_000)],
  'header of 2^62 pixels': ['image.unreadable', 65, () => pngOf(0x7FFFFFFF, 0x7FFFFFFF)],
  'JPEG of nothing but a signature': ['image.unreadable', 65, () => Buffer.from([0xFF, 0xD8, 0xFF, 0xE0])],
  'JPEG of thirty scans over 49 million pixels': ['image.unreadable', 65, () => jpegOfScans(7000, 30)],
  'PGM with fewer pixels than it says': ['image.unreadable', 65, () => pgmOf(100, 100, Buffer.alloc(99))],
  'PGM of 60 million pixels': ['image.too_large', 65, () => pgmOf(10_000, 6_000, Buffer.alloc(10))],
  'PGM without white': ['image.unreadable', 65, () => pgmOf(1, 1, Buffer.alloc(1), 0)],
  'picture of 256 codes': ['image.many_codes', 2, pictureOfManyCodes],
  'picture without a code': ['image.no_code', 2, () => whitePng(300)],
  'bytes that are neither picture nor text': ['utf8.invalid', 65, () => Buffer.from([0xC3, 0x28, 0xFF])],
};
for (const [name, [code, exitCode, make]] of Object.entries(badPictures)) {
  test(`verify: ${name} is ${code}`, () => {
    writeFileSync(file('picture'), make());
    const ended = verify([file('picture')]);
    assert.equal(codeOf(ended.err), code, ended.err);
    assert.equal(ended.code, exitCode);
    assert.equal(ended.out, '');
  });
}

test('verify: a file of more than 64 MB is refused', () => {
  writeFileSync(file('huge.png'), '\x89PNG\r\n\x1a\n', 'latin1');
  truncateSync(file('huge.png'), (64 << 20) + 1);
  const ended = verify([file('huge.png')]);
  assert.equal(codeOf(ended.err), 'file.too_large');
  assert.equal(ended.code, 65);
});

test('verify: a folder is no file', () => {
  const ended = verify([folder]);
  assert.equal(codeOf(ended.err), 'file.unreadable');
  assert.equal(ended.code, 74);
});

test('verify: trust may come from the environment, and must come from somewhere', () => {
  const env = { PIPA_TRUST: demo.file('trust.cose'), PIPA_OFFICE_KEY: demo.file('office.pub') };
  assert.equal(pipa(['verify', textOf('C01'), '--now', demo.now], { env }).code, 0);
  assert.equal(pipa(['verify', textOf('C01')]).code, 64);
  assert.equal(pipa(['verify', textOf('C01'), '--trust', demo.file('trust.cose')]).code, 64);
  assert.equal(pipa(['verify', ...demo.judging()]).code, 64);
});

test('verify: a wrong office key is bad data', () => {
  const ended = pipa(['verify', textOf('C01'), '--trust', demo.file('trust.cose'), '--office-key', '00'.repeat(32)]);
  assert.equal(codeOf(ended.err), 'trust.wrong_signer');
  assert.equal(ended.code, 65);
});

test('verify: a time that is none, and a language that is none', () => {
  assert.equal(pipa(['verify', textOf('C01'), ...demo.trust(), '--now', 'noon']).code, 65);
  assert.equal(pipa(['verify', textOf('C01'), ...demo.trust(), '--lang', 'tlh']).code, 64);
});

test('verify: words in both languages, without colour into a pipe', () => {
  const chinese = verify([textOf('C01')], { more: ['--lang', 'zh-Hans'] }).out;
  const english = verify([textOf('C01')], { more: ['--lang', 'en'] }).out;
  for (const word of ['真实，但请留意', 'season.not_plausible_now', '下一步', '不能证明', '塘栖枇杷（软条白沙）', '120 箱 × 2.5 千克', '临平云坞枇杷专业合作社（示例）', '演示数据']) assert.ok(chinese.includes(word), word);
  for (const word of ['Genuine, but look closer', 'Next step', 'Does not prove', 'Tangqi loquat', '120 boxes × 2.5 kg', 'Yunwu Loquat Cooperative', 'invented']) assert.ok(english.includes(word), word);
  for (const text of [chinese, english]) {
    assert.equal(text.includes('\x1b'), false);
    assert.equal(text.includes('['), false, 'a text is missing from the catalogue');
  }
});

test('verify: the language follows the terminal', () => {
  assert.match(verify([textOf('C01')], { env: { LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' } }).out, /真实，但请留意/);
  assert.match(verify([textOf('C01')], { env: { LC_MESSAGES: '', LANG: 'de_DE.UTF-8' } }).out, /Genuine, but look closer/);
});

test('verify: colour on a terminal only, and not with NO_COLOR', () => {
  const onTerminal = (env) => pipa(['verify', textOf('C01'), ...demo.judging()], { env, shell: 'script --quiet --return --command "$(printf "%q " "$@")" /dev/null' }).out;
  assert.match(onTerminal({ TERM: 'xterm' }), /\x1b\[/);
  assert.equal(onTerminal({ TERM: 'xterm', NO_COLOR: '1' }).includes('\x1b['), false);
  assert.equal(onTerminal({ TERM: 'dumb' }).includes('\x1b['), false);
});

test('verify: no line is wider than the terminal, Chinese characters counted as two', () => {
  const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;
  const cells = (line) => [...line].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
  for (const [, one] of demo.cases)
    for (const language of ['zh-Hans', 'en'])
      for (const line of verify([one.text], { more: ['--lang', language] }).out.split('\n').slice(1))
        assert.ok(cells(line) <= 80, `${one.id} ${language}: ${line}`);
});

test('verify: output that cannot be written is 74', () => {
  const ended = pipa(['verify', textOf('C01'), ...demo.judging()], { shell: '"$@" > /dev/full' });
  assert.equal(ended.code, 74);
});
