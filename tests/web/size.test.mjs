// What a phone loads before it shows a verdict, and that the scripts are what their types say.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

import { builtSite, pipa, project } from './site.mjs';

const verdict = ['C/index.html', 'page.css', 'page.mjs', 'desk.mjs', 'verify.wasm', 'i18n/zh-Hans.json'];
// 112 KB is what is wanted, and what it was (111.4) before the judge learned what a test, a recheck, an interval, a lost key and one that has run
// out come to, and whose word reaches which goods. That is 15 KB of rules, which every answer rests on, 0.4 KB that look ahead for the record,
// and 1 KB that judge off the page's main thread. This keeps the rest from growing.
const most = 130 * 1024;

/** @type {string} */
let demo;
before(() => {
  demo = mkdtempSync(path.join(tmpdir(), 'pipa-size-'));
  execFileSync(pipa, ['demo', 'make', '--out', path.join(demo, 'demo'), '--site', builtSite], { stdio: 'pipe' });
});
after(() => rmSync(demo, { recursive: true, force: true }));

const brotliSize = (/** @type {Buffer} */ body) =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }).length;

test('size: what the verdict needs is at most 130 KB in brotli, the bundle of the demo included', (t) => {
  const files = [...verdict, 'bundle.cbor'].map((name) => ({ name, size: brotliSize(readFileSync(path.join(demo, 'demo/site', name))) }));
  for (const { name, size } of files) t.diagnostic(`${name}: ${size}`);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  t.diagnostic(`together: ${total}`);
  assert.ok(total <= most);
});

// ZXing-C++ is 73 KB of it; our own reader of damaged labels the rest.
test('size: the reader of codes is at most 120 KB in brotli', (t) => {
  const size = brotliSize(readFileSync(path.join(builtSite, 'scan.wasm')));
  t.diagnostic(`scan.wasm: ${size}`);
  assert.ok(size > 10_000 && size <= 120 * 1024);
});

test('size: a typical dossier is at most 8 KB in brotli', (t) => {
  const sizes = readdirSync(path.join(demo, 'demo/dossiers')).map((name) => brotliSize(readFileSync(path.join(demo, 'demo/dossiers', name)))).sort((a, b) => a - b);
  t.diagnostic(`the 18 of the demo: ${sizes.join(' ')}`);
  assert.equal(sizes.length, 18);
  assert.ok(sizes[sizes.length - 1] <= 8192);
});

test('size: the education pack is at most 150 KB in brotli', (t) => {
  const size = brotliSize(readFileSync(path.join(demo, 'demo/site/learn/pack.cose')));
  t.diagnostic(`learn/pack.cose: ${size}`);
  assert.ok(size > 10_000 && size <= 150 * 1024);
});

// Checked as written, in the folders they are published in, where their imports of each other meet.
test('types: the scripts of the site pass the strict type check', () => {
  const parts = path.join(builtSite, '../web/parts');
  const compiler = path.join(project, 'build/deps/npm/typescript/bin/tsc');
  const flags = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom,dom.iterable'];
  const scripts = ['.', 'bridge', 'learn', 'embed'].map((folder) => path.join(parts, folder)).concat(path.join(builtSite, 'kiosk'))
    .flatMap((folder) => readdirSync(folder)
      .filter((name) => name.endsWith('.mjs') && !['make_package.mjs', 'kiosk.mjs'].includes(name)) // the latter is Emscripten's
      .map((name) => path.join(folder, name)));
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...flags, ...scripts], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
