// The npm package: made, packed, installed into a project of its own, typed, bundled, and run in a browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, makeDemo, root, serve } from './harness.mjs';

const bundler = 'esbuild@0.24.0'; // tools/npm's own, where it is there; else fetched into the test's project
let folder, project, demo, site, own, browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pipa-package-'));
  project = join(folder, 'project');
  mkdirSync(project);
  execFileSync(process.execPath, [join(root, 'web/embed/make_package.mjs'), join(folder, 'package')]);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: join(folder, 'package') });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'paper', private: true, type: 'module' }));
  const shared = join(root, 'build/deps/npm/esbuild');
  const wanted = [join(folder, tarball), ...(existsSync(shared) ? [] : [bundler])];
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...wanted], { cwd: project });
  if (existsSync(shared)) symlinkSync(shared, join(project, 'node_modules/esbuild'));
  demo = makeDemo();
  site = await serve(demo.site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  own?.close();
  demo?.remove();
  if (folder) rmSync(folder, { recursive: true });
});

test('package: its types hold in a strict project', () => {
  writeFileSync(join(project, 'typed.ts'), `import { PipaVerify } from 'pipa-verify';\nimport 'pipa-verify/host';\nconst box = new PipaVerify();\nconst pin: string = box.pin;\nexport { pin };\n`);
  execFileSync(process.execPath, [join(root, 'build/deps/npm/typescript/bin/tsc'), '--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext',
    '--moduleResolution', 'bundler', '--lib', 'es2022,dom,dom.iterable', join(project, 'typed.ts')], { stdio: 'inherit' });
});

test('package: a bundler takes it, and the bundle checks a certificate on a page of another origin', async () => {
  writeFileSync(join(project, 'main.js'), `import 'pipa-verify';\n`);
  execFileSync(join(project, 'node_modules/esbuild/bin/esbuild'), ['main.js', '--bundle', '--format=esm', '--target=es2022', '--outfile=bundle.js', '--log-level=warning'], { cwd: project, stdio: 'inherit' });
  writeFileSync(join(project, 'index.html'), `<!doctype html><html lang="en"><title>Paper</title><script type="module" src="bundle.mjs"></script>` +
    `<pipa-verify portal="${site.origin}/" lang="en" certificate="${demo.find('C04').text}"></pipa-verify>`);
  own = await serve(project, { replace: { '/bundle.mjs': readFileSync(join(project, 'bundle.js')) } });
  const page = await browser.newPage();
  await page.goto(`${own.origin}/`);
  await page.locator('.pv-card[data-verdict=genuine]').waitFor();
  await page.close();
});

test('package: where there is no document it is loaded without harm, and nothing is defined', () => {
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', "const { PipaVerify } = await import('pipa-verify'); console.log(typeof PipaVerify, typeof globalThis.customElements)"], { cwd: project, encoding: 'utf8' });
  assert.equal(said.trim(), 'function undefined');
});

test('package: made twice it is the same, byte for byte', () => {
  const again = join(folder, 'again');
  mkdirSync(again);
  execFileSync(process.execPath, [join(root, 'web/embed/make_package.mjs'), join(again, 'package')]);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', again], { cwd: join(again, 'package') });
  const digest = (/** @type {string} */ where) => createHash('sha256').update(readFileSync(join(where, readdirSync(where).find((name) => name.endsWith('.tgz'))))).digest('hex');
  assert.equal(digest(again), digest(folder));
});

test('package: holds what it names and nothing else', () => {
  const files = execFileSync('tar', ['-tzf', join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')))], { encoding: 'utf8' }).split('\n').filter(Boolean);
  assert.ok(files.every((name) => /^package\/(embed|dom|bridge|types|story\.mjs|view\.mjs|drawings\.mjs|README\.md|package\.json)/.test(name)), files.join('\n'));
  assert.ok(files.includes('package/types/embed/pipa-verify.d.mts'), files.join('\n'));
});
