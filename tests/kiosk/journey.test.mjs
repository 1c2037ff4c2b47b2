// The native kiosk from its command line: visitors' journeys, every case of the demo district, and what goes wrong
// around it. Each script runs in its own time, so that an idle minute takes as long as drawing its frames.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { filmLabel, kiosk, makeDemo, play, scratch, startKiosk } from './support.mjs';

const { folder, file } = scratch();
const demo = makeDemo(folder);
const small = ['--size', '360x640', '--dpi', '31'];
const textOf = (/** @type {string} */ id) => demo.cases.get(id).text;
const film = filmLabel(file('label.y4m'), textOf('C04'), 1280, 720);

test('journey: attract, the camera sees a printed label, verdict, idle, wiped', () => {
  const { out } = play(file('journey.txt'), [...demo.options, ...small, '--camera', film, '--lang', 'zh-Hans'], `
    expect screen attract
    wait 3000
    tap attract/begin_en
    expect screen scan
    expect language en
    wait 1500
    expect screen result
    expect verdict genuine
    wait 59000
    expect screen result
    expect warning none
    wait 2000
    expect warning 24
    tap idle/stay
    expect warning none
    expect screen result
    wait 62000
    wait 24000
    expect screen attract
    expect language zh-Hans
    expect verdict none
    expect typed none
    report
  `);
  const report = JSON.parse(out);
  assert.ok(report.frame_to_answer_ms > 0);
});

test('journey: the picture of a printed label of the demo, in a folder, is read', () => {
  const labels = file('labels');
  mkdirSync(labels);
  const printed = readdirSync(demo.file('labels')).find((name) => name.startsWith('C01-') && name.endsWith('.png'));
  copyFileSync(demo.file(`labels/${printed}`), path.join(labels, 'C01.png'));
  writeFileSync(path.join(labels, 'a-note.txt'), 'not a picture');
  play(file('folder.txt'), [...demo.options, ...small, '--camera', labels], `
    tap attract/begin_zh
    wait 1500
    expect verdict genuine
    tap result/again
    expect screen scan
    wait 400
    expect screen scan
    tap bar/end
    expect screen attract
  `);
});

test('demo: each case gets its verdict, with its record and all notices, in both languages', () => {
  for (const language of ['zh', 'en']) {
    const lines = ['expect trouble none', 'expect freshness fresh', `tap attract/begin_${language}`];
    for (const one of [...demo.cases.values()].filter(({ trust }) => trust === 'trust.cose')) {
      // Where no records are published, notices and status lists still come with the trust.
      const known = demo.hasRecords || one.expect_verdict === 'revoked' || !one.expect_alone;
      lines.push(`paste ${one.text}`, 'expect screen result', `expect verdict ${one.expect_verdict}`, `expect reason ${known ? one.expect_reason : one.expect_alone[1]}`);
    }
    play(file('records.txt'), [...demo.options, ...small], lines.join('\n'));
  }
});

test('demo: by the list of keys alone each case gets what its certificate can tell, by hand scanner, in both languages', () => {
  const ids = [...demo.cases.keys()];
  for (const [letter, count] of [['C', 18], ['X', 10]]) assert.equal(new Set(ids.filter((id) => id.startsWith(letter)).map((id) => Number(/\d+/.exec(id)))).size, count);
  const lists = new Set([...demo.cases.values()].map((one) => one.trust));
  assert.equal(lists.size, 2, 'the list of today and an old one');
  for (const language of ['zh', 'en']) for (const list of lists) {
    const lines = [`tap attract/begin_${language}`];
    for (const one of [...demo.cases.values()].filter(({ trust }) => trust === list)) {
      const how = /^[\x20-\x7e]+$/.test(one.text) ? 'scan' : 'paste';
      lines.push(`${how} ${one.text}`, 'expect screen result', `expect verdict ${one.expect_verdict === 'revoked' ? 'genuine' : one.expect_verdict}`, `expect reason ${one.expect_alone?.[1] ?? one.expect_reason}`);
    }
    const options = demo.packOptions.map((word) => (word === demo.file('trust.cose') ? demo.file(list) : word));
    play(file('demo.txt'), [...options, ...small], lines.join('\n'));
  }
});

test('scanner: garbage gets the core\'s answer, and the next code its own', () => {
  play(file('garbage.txt'), [...demo.options, ...small], `
    tap attract/begin_zh
    paste \x01\x02garbage
    expect verdict could_not_check
    scan ${textOf('C04')}
    wait 200
    expect verdict genuine
  `);
});

test('keypad: a person types, and is told apart from a scanner', () => {
  play(file('keypad.txt'), [...demo.options, ...small], `
    tap attract/begin_en
    tap scan/type
    expect screen type
    tap type/key_L
    tap type/key_P
    type 2026
    expect typed LP2026
    erase
    expect typed LP202
    enter
    expect number LP202
    expect verdict could_not_check
    tap result/retype
    expect screen type
    tap type/scan
    scan ${textOf('C04')}
    wait 200
    expect screen result
  `);
});

test('settings: language and text size stay until the visit ends', () => {
  play(file('settings.txt'), [...demo.options, ...small], `
    tap attract/begin_zh
    expect language zh-Hans
    scan ${textOf('C04')}
    wait 200
    tap bar/language
    expect language en
    tap bar/text
    drag 180 400 180 200 120
    wait 300
    expect scrolled yes
    tap bar/end
    expect language zh-Hans
  `);
});

test('camera: missing at first, comes, is unplugged and back', () => {
  const later = file('later.y4m');
  copyFileSync(film, `${later}.away`);
  play(file('camera.txt'), [...demo.options, ...small, '--camera', later], `
    tap attract/begin_zh
    wait 300
    expect camera kiosk.camera.missing
    plug
    wait 6000
    expect screen result
    unplug
    tap result/again
    wait 300
    expect camera kiosk.camera.missing
    plug
    wait 3200
    expect camera live
    unplug
    wait 1000
    expect camera kiosk.camera.lost
    scan ${textOf('C07')}
    wait 200
    expect verdict genuine
  `);
});

test('trust: a list that does not verify is told on every screen, and nothing is called forged', () => {
  const wrong = file('wrong.cose');
  const bytes = readFileSync(demo.file('trust.cose'));
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(wrong, bytes);
  const options = ['--office-key', demo.file('office.pub'), '--now', demo.now, ...small];
  for (const [list, code, reason] of [[wrong, 'trust.wrong_signer', 'check.trust_foreign'], [file('none.cose'), 'file.unreadable', 'check.no_trust']]) {
    const { err } = play(file('trust.txt'), ['--trust', list, ...options], `
      expect trouble kiosk.trouble.no_trust ${code}
      tap attract/begin_en
      scan ${textOf('C04')}
      wait 200
      expect verdict could_not_check
      expect reason ${reason}
    `);
    assert.match(err, new RegExp(`the list of trusted keys cannot be used: ${code}`));
  }
});

test('font: without a Chinese one it goes on in English and says so', () => {
  const { err } = play(file('font.txt'), [...demo.options, ...small, '--font', file('no.ttf')], `
    expect trouble kiosk.trouble.no_font
    expect language en
    tap attract/begin_zh
    scan ${textOf('C04')}
    wait 200
    expect verdict genuine
  `);
  assert.match(err, /no\.ttf cannot be used/);
});

test('display: without one it says so and ends with 69', () => {
  const { code, err } = kiosk(small, { SDL_VIDEO_DRIVER: 'x11', DISPLAY: ':9999' });
  assert.equal(code, 69);
  assert.match(err, /^pipa-kiosk: there is no display: /);
});

test('lessons: a pack of the office opens the way to the learning screens, a wrong one leaves it shut', () => {
  for (const options of [demo.options, demo.packOptions])
    play(file('learn.txt'), [...options, ...small], 'tap attract/begin_zh\ntap bar/learn\nexpect screen learn\n');
  const shut = demo.packOptions.map((word) => (word === demo.file('learn.cose') ? demo.file('trust.cose') : word));
  const { err } = play(file('shut.txt'), [...shut, ...small], 'tap attract/begin_zh\nexpect target/bar/learn no\n');
  assert.match(err, /the education pack cannot be used: /);
});

test('process: ends within a second of SIGTERM, with 0', async () => {
  const running = startKiosk([...demo.options, ...small]);
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  const asked = Date.now();
  assert.equal(await running.end(), 0);
  assert.ok(Date.now() - asked < 1000);
});

// Where SDL sleeps by itself a signal has to wake it. There is no such driver without an X server.
test('process: asleep before a still picture on X11, it ends within a second of SIGTERM', { skip: !existsSync('/usr/bin/Xvfb') && 'no Xvfb here' }, async () => {
  const server = spawn('/usr/bin/Xvfb', ['-displayfd', '1', '-screen', '0', '640x640x24'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const display = await new Promise((resolve) => { server.stdout.once('data', (part) => resolve(String(part).trim())); });
  writeFileSync(file('asleep.txt'), `tap attract/begin_zh\npaste ${textOf('C04')}\nexpect screen result\nlive\n`);
  const running = startKiosk([...demo.options, ...small, '--script', file('asleep.txt')], { SDL_VIDEO_DRIVER: 'x11', DISPLAY: `:${display}` });
  await new Promise((resolve) => { setTimeout(resolve, 4000); });
  const asked = Date.now();
  assert.equal(await running.end(), 0);
  const took = Date.now() - asked;
  server.kill();
  assert.ok(took < 1000, `${took} ms`);
});

test('command line: --screenshot keeps the first screen, or the last of a script', () => {
  assert.equal(kiosk([...demo.options, ...small, '--screenshot', file('first.png')]).code, 0);
  writeFileSync(file('shot.txt'), 'tap attract/begin_zh\n');
  assert.equal(kiosk([...demo.options, ...small, '--script', file('shot.txt'), '--screenshot', file('last.png')]).code, 0);
  for (const name of ['first.png', 'last.png']) {
    const head = readFileSync(file(name));
    assert.deepEqual([head.readUInt32BE(16), head.readUInt32BE(20)], [360, 640]);
  }
  assert.notDeepEqual(readFileSync(file('first.png')), readFileSync(file('last.png')));
  const { code, err } = kiosk([...small, '--screenshot', '/nowhere/at/all.png']);
  assert.equal(code, 74);
  assert.match(err, /cannot write \/nowhere\/at\/all\.png/);
});

test('command line: help has examples and the exit codes', () => {
  const { code, out } = kiosk(['--help']);
  assert.equal(code, 0);
  for (const word of ['--site', '--root-pin', '--keep', '--trust', '--office-key', '--learn', '--camera', '--lang', '--script', '--screenshot', 'Example:', '0 ended as asked', '64 wrong use', '69 no display']) assert.ok(out.includes(word), word);
  assert.match(kiosk(['--version']).out, /^\d+\.\d+\.\d+\n$/);
});

test('command line: each kind of mistake has its exit code and a sentence', () => {
  writeFileSync(file('bad.txt'), 'tap attract/begin_zh\nfly away\n');
  writeFileSync(file('fails.txt'), 'expect screen result\n');
  writeFileSync(file('bad.y4m'), 'RIFF');
  const cases = [
    [['--nonsense'], 64, /nonsense/], [['--lang', 'de'], 64, /--lang/], [['--size', '9x9'], 64, /--size/], [['--now', 'noon'], 64, /--now/],
    [['--trust', demo.file('trust.cose')], 64, /--office-key/], [['--root-pin', '00'], 64, /--site/], [['--keep', file('kept')], 64, /--site/],
    [['--office-key', demo.file('office.pub')], 64, /--site/], [[...demo.options, ...demo.packOptions.slice(0, 4)], 64, /exclude each other/], [['--warning', '5'], 64, /--warning/],
    [['--script', file('bad.txt')], 65, /line 2: no such command: fly/], [['--camera', file('bad.y4m')], 65, /bad\.y4m: /],
    [['--script', file('none.txt')], 74, /none\.txt/], [[...small, '--script', file('fails.txt')], 1, /expected screen 'result', found 'attract'/],
  ];
  for (const [words, wanted, sentence] of cases) {
    const { code, err, out } = kiosk(/** @type {string[]} */ (words));
    assert.equal(code, wanted, `${words}: ${err}${out}`);
    assert.match(err, /** @type {RegExp} */ (sentence));
    assert.equal(out, '');
  }
});
