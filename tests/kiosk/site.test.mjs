// What a published site brings to the native kiosk: numbers and the records behind them, and a bundle that must never go back.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { makeDemo, play, scratch } from './support.mjs';

const { folder, file } = scratch();
const demo = makeDemo(folder);
const small = ['--size', '360x640', '--dpi', '31'];
const textOf = (/** @type {string} */ id) => demo.cases.get(id).text;

test('number: the keypad leads to the certificate and its record, and back from an article to the answer', () => {
  const { number } = demo.cases.get('C11');
  play(file('number.txt'), [...demo.options, ...small], [`tap attract/begin_en`, 'tap scan/type', ...[...number].map((key) => `tap type/key_${key}`), `expect typed ${number}`,
    'tap type/done', 'expect screen result', 'expect verdict revoked', 'expect reason notice.recalled',
    'drag 180 420 180 160 1600', 'wait 900', 'expect scrolled yes',
    'tap result/lesson/limit', 'expect screen learn', 'tap learn/answer', 'expect screen result', 'expect scrolled yes',
    'tap result/again', 'expect screen scan'].join('\n'));
});

test('number: what is wrong with the records is said, each in its own words, and a code keeps its verdict', () => {
  const site = file('spoilt');
  const { number, text } = demo.cases.get('C04');
  const share = path.join(site, 'lots', createHash('sha256').update(number).digest('hex').slice(0, 2));
  cpSync(demo.file('site'), site, { recursive: true });
  const options = demo.options.map((word) => (word === demo.file('site') ? site : word));
  const asked = (/** @type {string} */ problem) => play(file('spoilt.txt'), [...options, ...small], `
    tap attract/begin_en
    tap scan/type
    type ${number}
    enter
    expect number ${problem}
    tap number/scan
    scan ${text}
    wait 200
    expect verdict genuine
  `);
  const whole = readFileSync(share);
  truncateSync(share, whole.length - 1);
  asked('broken');
  truncateSync(share, 0);
  asked('broken');
  truncateSync(share, (8 << 20) + 1);
  asked('too_large');
  rmSync(share);
  asked('missing');
  writeFileSync(share, readFileSync(demo.file('site/lots/00')));
  asked('unknown');
  play(file('malformed.txt'), [...options, ...small], 'tap attract/begin_zh\ntap scan/type\ntype -LP2026\nenter\nexpect number malformed\n');
  play(file('alone.txt'), [...demo.packOptions, ...small], `tap attract/begin_zh\ntap scan/type\ntype ${number}\nenter\nexpect number no_records\n`);
});

test('trust: an older bundle is refused and said, and the one that was verified last still serves, across restarts', () => {
  const site = file('site'), keep = file('kept'), bundle = path.join(site, 'bundle.cbor');
  cpSync(demo.file('site'), site, { recursive: true });
  const options = ['--site', site, '--root-pin', demo.file('root.pin'), '--keep', keep, '--now', demo.now, ...small];
  const starts = (/** @type {string} */ trouble) => play(file('keep.txt'), options, `
    expect trouble ${trouble}
    tap attract/begin_en
    scan ${textOf('C06')}
    wait 200
    expect reason notice.recalled
    expect freshness fresh
  `).err;
  assert.equal(starts('none'), '');
  assert.deepEqual(readdirSync(keep).sort(), ['bundle.cbor', 'bundle.seen']);

  copyFileSync(demo.file('bundle-old.cbor'), bundle);
  assert.match(starts('kiosk.trouble.trust_rolled_back tuf.rollback'), /going on with the one verified last: tuf\.rollback/);
  writeFileSync(bundle, readFileSync(demo.file('bundle.cbor')).subarray(0, 5000));
  assert.match(starts('kiosk.trouble.trust_refused cbor.truncated'), /verified last: cbor\.truncated/);
  rmSync(bundle);
  assert.match(starts('kiosk.trouble.trust_offline file.unreadable'), /verified last: file\.unreadable/);
  copyFileSync(demo.file('bundle.cbor'), bundle);
  starts('none');

  // What was kept is spoilt, and what comes is older: nothing is trusted, and nothing called forged.
  copyFileSync(demo.file('bundle-old.cbor'), bundle);
  writeFileSync(path.join(keep, 'bundle.cbor'), 'spoilt');
  play(file('keep.txt'), options, `
    expect trouble kiosk.trouble.no_trust tuf.rollback
    tap attract/begin_en
    scan ${textOf('C04')}
    wait 200
    expect reason check.no_trust
  `);
});

test('trust: a bundle of another root is none, and a folder that cannot be written only loses the memory', () => {
  const other = demo.options.map((word) => (word === demo.file('root.pin') ? '00'.repeat(32) : word));
  play(file('root.txt'), [...other, ...small], 'expect trouble kiosk.trouble.no_trust bundle.wrong_root\n');
  writeFileSync(file('no-folder'), '');
  const { err } = play(file('memory.txt'), [...demo.options, '--keep', file('no-folder'), ...small], 'expect trouble none\n');
  assert.match(err, /what was verified cannot be kept: /);
});
