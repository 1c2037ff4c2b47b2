// The tests themselves: they can be tried on another day and elsewhere, because the program under test knows of it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

import { surroundings } from '../support/surroundings.mjs';
import { pipaOk, scratch } from './support.mjs';

const { file } = scratch();

test('surroundings: without --now the program goes by the clock that the tests go by, moved or not', () => {
  pipaOk(['keys', 'new', '--out', file('office.key')]);
  pipaOk(['store', 'init', '--store', file('office.store'), '--key', file('office.key')]);
  const [{ at }] = pipaOk(['store', 'show', '--store', file('office.store'), '--journal', '--json']).json().journal;
  assert.ok(Math.abs(Date.parse(at) - Date.now()) < 3_600_000, `${at} is another day than ${new Date().toISOString()}`);
});

test('surroundings: clock, zone and locale are the caller\'s, the language is not', () => {
  const wanted = { TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', FAKETIME: '+1d', LC_ALL: 'zh_CN.UTF-8', LANGUAGE: 'zh', PIPA_TRUST: 'elsewhere.cose' };
  const module = new URL('../support/surroundings.mjs', import.meta.url).href;
  const script = `import('${module}').then(({ surroundings }) => console.log(JSON.stringify(surroundings())))`;
  // Without LD_PRELOAD, FAKETIME moves nothing.
  const told = JSON.parse(spawnSync(process.execPath, ['-e', script], { env: { PATH: process.env.PATH, ...wanted }, encoding: 'utf8' }).stdout);
  assert.deepEqual(told, { LANG: 'zh_CN.UTF-8', PATH: process.env.PATH, TZ: 'Asia/Shanghai', FAKETIME: '+1d', LC_MESSAGES: 'C.UTF-8' });
  assert.equal(surroundings().LC_MESSAGES, 'C.UTF-8');
});
