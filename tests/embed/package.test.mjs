// The npm package: made, packed, installed into a project of its own, typed, put through each bundler, rendered on a server, and run in a browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bundlers } from './bundlers/install.mjs';
import { opened, root, serve } from './harness.mjs';

const all = opened();
const folder = mkdtempSync(join(tmpdir(), 'pipa-package-'));
const project = join(folder, 'project');
const { modules, why } = bundlers();
const { version } = JSON.parse(readFileSync(join(root, 'web/embed/npm/package.json'), 'utf8'));
after(() => rmSync(folder, { recursive: true }));

/** Made and packed. @param {string} name of a folder @param {string[]} more */
function pack(name, ...more) {
  const place = join(folder, name);
  mkdirSync(place);
  const said = execFileSync(process.execPath, [join(root, 'web/embed/npm/make_package.mjs'), join(place, 'package'), ...more], { encoding: 'utf8' });
  execFileSync('npm', ['pack', '--silent', '--pack-destination', place], { cwd: join(place, 'package') });
  return { said, made: join(place, 'package'), tarball: join(place, String(readdirSync(place).find((one) => one.endsWith('.tgz')))) };
}
const digestOf = (/** @type {string} */ file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** @type {ReturnType<typeof pack>} */
let first;
before(() => {
  first = pack('first');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'paper', private: true, type: 'module' }));
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--offline', first.tarball], { cwd: project });
  for (const name of modules ? readdirSync(modules).filter((one) => !one.startsWith('.')) : []) if (!existsSync(join(project, 'node_modules', name))) symlinkSync(join(String(modules), name), join(project, 'node_modules', name));
  writeFileSync(join(project, 'main.js'), "import 'pipa-verify';\n");
});

/** @param {string} [attributes] */
const boxOf = (attributes = '') => `<pipa-verify portal="${all.site.origin}/" lang="en" demo-now="${all.demo.now}" size="story" certificate="${all.demo.find('C04').text}" ${attributes}></pipa-verify>`;

/** A page of another origin in which the bundle must find its answer and its later parts. @param {string} served a folder @param {string} script @param {string} [body] */
async function runs(served, script, body = boxOf()) {
  writeFileSync(join(served, 'paper.html'), `<!doctype html><html lang="en"><title>Paper</title><script type="module" src="${script}"></script><main>${body}<pipa-verify lang="en"></pipa-verify></main>`);
  const own = await serve(served);
  const page = await all.browser.newPage();
  const problems = /** @type {string[]} */ ([]);
  page.on('pageerror', (/** @type {Error} */ error) => problems.push(error.message));
  await page.goto(`${own.origin}/paper.html`);
  await page.locator('.pv-card[data-verdict=genuine]').waitFor();
  await page.locator('.pv-behind').waitFor(); // a part that is loaded later
  await page.getByText('the article names none').waitFor(); // and another one
  assert.deepEqual(problems, []);
  await page.close();
  own.close();
}

test('package: its types hold in a strict project', () => {
  writeFileSync(join(project, 'typed.ts'), `import { PipaVerify } from 'pipa-verify';\nimport { componentSnippet } from 'pipa-verify/snippets';\nimport 'pipa-verify/host';\nconst box = new PipaVerify();\n` +
    `const pin: string = box.pin;\nconst html: string = componentSnippet({ portal: 'https://pipa.example/', certificate: 'A-1', title: 'Check', height: 300, pin });\nexport { html };\n`);
  execFileSync(process.execPath, [join(root, 'build/deps/npm/typescript/bin/tsc'), '--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext',
    '--moduleResolution', 'bundler', '--lib', 'es2022,dom,dom.iterable', join(project, 'typed.ts')], { stdio: 'inherit' });
});

test('package: as a plain <script type=module>, under its name with a version', () => runs(join(project, 'node_modules/pipa-verify'), `dist/pipa-verify-${version}.mjs`));

test('package: bundled by esbuild', async () => {
  const { buildSync } = createRequire(import.meta.url)(join(root, 'build/deps/npm/esbuild'));
  buildSync({ absWorkingDir: project, entryPoints: ['main.js'], bundle: true, splitting: true, format: 'esm', target: 'es2022', outdir: join(project, 'of-esbuild'), outExtension: { '.js': '.mjs' }, logLevel: 'error' });
  await runs(join(project, 'of-esbuild'), 'main.mjs');
});

test('package: bundled by Vite', { skip: why ?? false }, async () => {
  const { build } = await import(join(String(modules), 'vite/dist/node/index.js'));
  await build({ root: project, logLevel: 'error', configFile: false, base: './', build: { outDir: join(project, 'of-vite'), target: 'es2022', rollupOptions: { input: join(project, 'main.js'), output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' } } } });
  await runs(join(project, 'of-vite'), 'main.mjs');
});

test('package: bundled by webpack', { skip: why ?? false }, async () => {
  const webpack = createRequire(import.meta.url)(join(String(modules), 'webpack'));
  const stats = await new Promise((resolve, reject) => webpack({ context: project, mode: 'production', entry: './main.js', devtool: false, experiments: { outputModule: true },
    output: { path: join(project, 'of-webpack'), filename: 'main.mjs', chunkFilename: '[id].mjs', module: true, publicPath: 'auto' } }, (/** @type {any} */ error, /** @type {any} */ done) => (error ? reject(error) : resolve(done))));
  assert.equal(stats.hasErrors(), false, stats.toString());
  await runs(join(project, 'of-webpack'), 'main.mjs');
});

test('package: where there is no document it does no harm, and a server writes what readers without scripts get', async () => {
  const script = `const { PipaVerify } = await import('pipa-verify'); const { componentSnippet } = await import('pipa-verify/snippets');
    console.log(JSON.stringify([typeof PipaVerify, typeof globalThis.customElements, componentSnippet({ portal: '${all.site.origin}/', certificate: ${JSON.stringify(all.demo.find('C04').text)}, title: 'Check <it>', height: 300, lang: 'en', script: '' })]))`;
  const [kind, elements, html] = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: project, encoding: 'utf8' }));
  assert.deepEqual([kind, elements], ['function', 'undefined']);
  await runs(join(project, 'node_modules/pipa-verify'), `dist/pipa-verify-${version}.mjs`, html.replace('<pipa-verify', `<pipa-verify demo-now="${all.demo.now}" size="story"`));
  const context = await all.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.setContent(html);
  assert.equal(await page.locator('pipa-verify a').innerText(), 'Check <it>');
  assert.equal(await page.locator('pipa-verify a').getAttribute('href'), `${all.site.origin}/C/#${all.demo.find('C04').text.split('#')[1]}`);
  assert.ok(await page.locator('pipa-verify a').isVisible());
  await context.close();
});

test('package: made twice it is the same, byte for byte', () => assert.equal(digestOf(pack('second').tarball), digestOf(first.tarball)));

test('package: its provenance names the commit, the tools and each file, and says that nobody signed it', () => {
  assert.match(first.said, /not signed: no key was given/);
  const statement = JSON.parse(readFileSync(join(first.made, 'provenance.json'), 'utf8'));
  assert.deepEqual([statement._type, statement.predicateType, statement.predicate.buildDefinition.internalParameters.signed], ['https://in-toto.io/Statement/v1', 'https://slsa.dev/provenance/v1', false]);
  const packed = execFileSync('tar', ['-tzf', first.tarball], { encoding: 'utf8' }).split('\n').filter(Boolean).map((name) => name.slice('package/'.length));
  assert.deepEqual(statement.subject.map((/** @type {any} */ one) => one.name).sort(), packed.filter((name) => name !== 'provenance.json').sort());
  for (const { name, digest } of statement.subject) assert.equal(digestOf(join(first.made, name)), digest.sha256, name);
  const sources = statement.predicate.buildDefinition.resolvedDependencies.map((/** @type {any} */ one) => one.uri);
  assert.ok(sources.some((/** @type {string} */ uri) => /^pkg:npm\/esbuild@\d/.test(uri)) && (sources.includes('git+pipa') || !existsSync(join(root, '.git'))), sources.join(' '));
});

test('package: with a key the statement is in an envelope that the key has signed', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const { said, made } = pack('signed', '--key', join(folder, 'key.pem'));
  const { payloadType, payload, signatures: [{ keyid, sig }] } = JSON.parse(readFileSync(join(made, 'provenance.json'), 'utf8'));
  assert.equal(keyid, createHash('sha256').update(createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ type: 'spki', format: 'der' })).digest('hex'));
  assert.match(said, new RegExp(`signed by ${keyid}`));
  const content = Buffer.from(payload, 'base64');
  assert.ok(verify(null, Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${content.length} `), content]), publicKey, Buffer.from(sig, 'base64')));
  assert.equal(JSON.parse(content.toString()).predicate.buildDefinition.internalParameters.signed, true);
});

test('package: holds what it names and nothing else, and each script of dist has a version in its name', () => {
  const files = execFileSync('tar', ['-tzf', first.tarball], { encoding: 'utf8' }).split('\n').filter(Boolean);
  assert.ok(files.every((name) => /^package\/(dist|embed|dom|bridge|types|story\.mjs|view\.mjs|drawings\.mjs|README\.md|package\.json|provenance\.json)/.test(name)), files.join('\n'));
  assert.ok(files.includes('package/types/embed/pipa-verify.d.mts'), files.join('\n'));
  for (const name of files.filter((one) => one.startsWith('package/dist/'))) {
    assert.ok(name.endsWith(`-${version}.mjs`), name);
    assert.doesNotMatch(readFileSync(join(first.made, name.slice('package/'.length)), 'utf8'), /["']\.\/(story_box|trouble)\.mjs["']/);
  }
});

test('package: the site has the same names with a version, for articles that keep one', () => {
  for (const name of ['pipa-verify', 'story_box', 'trouble', 'host'])
    assert.equal(readFileSync(join(all.demo.site, `embed/${name}-${version}.mjs`), 'utf8'), readFileSync(join(first.made, `dist/${name}-${version}.mjs`), 'utf8'), name);
});
