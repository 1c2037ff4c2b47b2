// Puts the npm package together: node web/embed/make_package.mjs FOLDER, then `npm pack` in that folder.
// The sources go in as they are, each where its imports expect it, with types made from their JSDoc by TypeScript.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const target = process.argv[2];
if (!target) throw new Error('usage: make_package.mjs FOLDER');

const modules = ['pipa-verify.mjs', 'host.mjs', 'card.mjs', 'story_box.mjs'];
const ofThePage = ['story.mjs', 'view.mjs', 'drawings.mjs']; // published above the others' folders
const others = ['dom/nodes.mjs', 'bridge/portal.mjs', 'bridge/inquiry.mjs', 'bridge/site_file.mjs', 'bridge/wasm_memory.mjs'];

rmSync(target, { recursive: true, force: true });
for (const folder of ['embed', 'dom', 'bridge']) mkdirSync(join(target, folder), { recursive: true });
for (const name of modules) cpSync(join(here, name), join(target, 'embed', name));
for (const name of ofThePage) cpSync(join(here, '../site', name), join(target, name));
for (const name of others) cpSync(join(here, '..', name), join(target, name));
for (const name of ['package.json', 'README.md']) cpSync(join(here, name), join(target, name));

const tsc = join(root, 'build/deps/npm/typescript/bin/tsc');
execFileSync(process.execPath, [tsc, ...modules.slice(0, 2).map((name) => join(target, 'embed', name)), '--declaration', '--emitDeclarationOnly',
  '--allowJs', '--checkJs', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom,dom.iterable',
  '--rootDir', target, '--outDir', join(target, 'types')], { stdio: 'inherit' });
