// Puts the npm package together: node web/embed/npm/make_package.mjs FOLDER [--key KEY.pem], then `npm pack` in that folder.
// The sources go in as they are, each where its imports expect it, with types made from their JSDoc by TypeScript; dist/ has them bundled, under
// names with a version; provenance.json says what all of it was built from. The same tree gives the same bytes.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { writeEmbedWords } from '../../write_embed_words.mjs';
import { writeProvenance } from './provenance.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const { values, positionals: [target] } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
if (!target) throw new Error('usage: make_package.mjs FOLDER [--key KEY.pem]');
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

const entries = ['pipa-verify', 'host', 'snippets'];
const parts = ['story_box', 'trouble']; // that a box loads when it needs them
const modules = [...entries, ...parts, 'card'].map((name) => `embed/${name}.mjs`);
const ofThePage = ['story.mjs', 'view.mjs', 'drawings.mjs']; // published above the others' folders
const others = ['dom/nodes.mjs', 'bridge/inquiry.mjs', 'bridge/site_file.mjs', 'bridge/wasm_memory.mjs'];

rmSync(target, { recursive: true, force: true });
for (const folder of ['embed', 'dom', 'bridge', 'dist']) mkdirSync(join(target, folder), { recursive: true });
for (const name of [...modules, ...others]) cpSync(join(root, 'web', name), join(target, name));
for (const name of ofThePage) cpSync(join(root, 'web/site', name), join(target, name));
cpSync(join(here, 'package.json'), join(target, 'package.json'));
cpSync(join(root, 'web/embed/README.md'), join(target, 'README.md'));
writeEmbedWords(root, join(target, 'embed'));

const tsc = join(root, 'build/deps/npm/typescript/bin/tsc');
execFileSync(process.execPath, [tsc, ...entries.map((name) => join(target, `embed/${name}.mjs`)), '--declaration', '--emitDeclarationOnly',
  '--allowJs', '--checkJs', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom,dom.iterable',
  '--rootDir', target, '--outDir', join(target, 'types')], { stdio: 'inherit' });

const { buildSync } = createRequire(import.meta.url)(join(root, 'build/deps/npm/esbuild'));
for (const name of ['pipa-verify', 'host', ...parts]) {
  const file = join(target, `dist/${name}-${version}.mjs`);
  buildSync({ entryPoints: [join(target, `embed/${name}.mjs`)], outfile: file, bundle: true, minify: true, charset: 'utf8', format: 'esm', target: 'es2022',
    external: parts.map((part) => `./${part}.mjs`), logLevel: 'warning' });
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(["'])\.\/(story_box|trouble)\.mjs\1/g, `$1./$2-${version}.mjs$1`));
}

const signed = writeProvenance({ root, target, version, key: values.key });
console.log(`pipa-verify ${version} in ${target}; provenance.json is ${signed ? `signed by ${signed}` : 'not signed: no key was given'}`);
