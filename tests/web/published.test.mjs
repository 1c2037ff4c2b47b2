// The page of a real store's site: what the office withdraws is withdrawn on the next visit.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { answerOf, builtSite, openBrowser, openDemo, openPage, pipa } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;
/** @type {string} */
let now;

/** @param {string} name */
const at = (name) => path.join(demo.folder, name);
/** @param {...string} words */
const run = (...words) => execFileSync(pipa, words, { stdio: 'pipe' });
const onStore = () => ['--store', at('office.store'), '--now', now];
const asOffice = () => [...onStore(), '--key', at('keys/office.key')];
const publish = () => {
  const keys = ['targets', 'online'].flatMap((name) => ['--sign-key', at(`${name}.key`)]);
  run('publish', ...onStore(), ...keys, '--site', builtSite, '--office-key', at('office.pub'), '--demo-now', now, '--out', at('site'));
};

before(async () => {
  demo = await openDemo();
  now = JSON.parse(readFileSync(at('certificates.json'), 'utf8')).now;
  for (const name of ['root', 'targets', 'online']) run('keys', 'new', '--out', at(`${name}.key`));
  run('store', 'init', ...asOffice());
  run('store', 'add', ...asOffice(), '--indices', '4096+1024', at('trust.cose'), at('certificates.csv'));
  run('roles', 'init', ...onStore(), '--root-key', at('root.key'), '--targets-key', at('targets.key'), '--online-key', at('online.key'), '--sign-key', at('root.key'));
  renameSync(at('site'), at('site-of-the-demo'));
  publish();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

const visit = () => openPage(browser, `${demo.url}/C?lang=en${demo.fragmentOf('C04')}`);

test('a published site: genuine, pinned to the root, from the bundle; then withdrawn', async () => {
  const first = await visit();
  assert.deepEqual(await answerOf(first.page), { level: 'ok', word: 'Genuine promise', code: 'genuine.signature_fits' });
  assert.equal(await first.page.getAttribute('meta[name="pipa-root"]', 'content'), readFileSync(at('site/root.pin'), 'utf8').trim());
  assert.ok(first.requests.includes('/bundle.cbor'), first.requests.join(' '));
  await first.done();
  const [, number] = /** @type {RegExpExecArray} */ (/"id": "C04",\s*"number": "([^"]+)"/.exec(readFileSync(at('certificates.json'), 'utf8')));
  run('revoke', ...asOffice(), number);
  publish();
  const second = await visit();
  const { level, code } = await answerOf(second.page);
  assert.deepEqual([level, code], ['stop', 'status.withdrawn']);
  await second.done();
});
