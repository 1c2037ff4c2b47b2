// The tree that is bent: a copy of this one in build/mutants/tree, with every spot of src behind a switch, and built there.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { grouped, spots_of } from './spots.mjs';
import { with_switches } from './switches.mjs';

export const root = join(import.meta.dirname, '../..');
export const work = join(root, 'build/mutants');
const tree = join(work, 'tree');
export const programs = join(tree, 'build/release/bin');
const switches = join(root, 'tools/mutation');

export const git = (...words) => execFileSync('git', ['-C', root, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });

function tracked_files() {
  return [...new Set(git('ls-files', '-co', '--exclude-standard').split('\n'))].filter((file) => file && existsSync(join(root, file)));
}

// All spots of src, numbered. Each file has numbers of its own, which it keeps: what is bent in one changes no other, so that no
// other is built again.
export function all_spots() {
  const spots = [], ranges_file = join(work, 'numbers.json');
  const ranges = existsSync(ranges_file) ? JSON.parse(readFileSync(ranges_file, 'utf8')) : {};
  let end = Object.values(ranges).reduce((most, range) => Math.max(most, range.from + range.size), 0);
  for (const file of tracked_files().filter((name) => /^src\/.*\.cpp$/.test(name)).sort()) {
    const own = spots_of(file, readFileSync(join(root, file), 'utf8'));
    if (!(ranges[file]?.size >= own.length)) {
      ranges[file] = { from: end, size: own.length + 24 };
      end += ranges[file].size;
    }
    own.forEach((spot, i) => { spot.number = ranges[file].from + i; });
    spots.push(...own);
  }
  mkdirSync(work, { recursive: true });
  writeFileSync(ranges_file, JSON.stringify(ranges));
  return spots;
}

// Written only where it differs, so that nothing is built twice.
function put(path, content) {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function write_sources(spots) {
  const by_file = grouped(spots, (spot) => spot.file);
  for (const [file, own] of by_file) {
    const { text, unbendable } = with_switches(readFileSync(join(root, file), 'utf8'), own);
    for (const spot of unbendable) spot.skip = 'not an operator of its own';
    put(join(tree, file), text);
  }
}

// What is bent is built without warnings, and nothing else is built in another way, so that what a cache of objects has is not built again.
function added_to_build(tests, bent) {
  const lines = [...bent].map((file) =>
      `set_source_files_properties(\${PROJECT_SOURCE_DIR}/${file} DIRECTORY ${file.split('/', 2).join('/')} PROPERTIES COMPILE_OPTIONS -w)`);
  for (const program of tests) lines.push(`target_sources(${program} PRIVATE \${PROJECT_SOURCE_DIR}/src/bent_listener.cpp)`);
  return `\n${lines.join('\n')}\n`;
}

function copy_tree(tests, bent) {
  mkdirSync(join(tree, 'build'), { recursive: true });
  if (!existsSync(join(tree, 'build/deps'))) symlinkSync(join(root, 'build/deps'), join(tree, 'build/deps'));
  for (const file of tracked_files()) {
    if (bent.has(file)) continue;
    const from = join(root, file), to = join(tree, file);
    if (!statSync(from).isFile()) continue;
    let content = readFileSync(from);
    if (file === 'CMakeLists.txt') content = `${content}${added_to_build(tests, bent)}`;
    // Tests that read the tree itself read the one that is not bent.
    if (file === 'tests/support/CMakeLists.txt') content = content.toString().replace('PIPA_PROJECT_FOLDER="${PROJECT_SOURCE_DIR}"',
        `PIPA_PROJECT_FOLDER="${root}"`);
    put(to, content);
  }
  for (const file of ['pipa_bent.hpp', 'bent_listener.cpp']) put(join(tree, 'src', file), readFileSync(join(switches, file)));
}

// Builds these test programs with a switch at each of the spots. A spot that the compiler refuses gets `skip`.
export function build(spots, tests, jobs) {
  copy_tree(tests, new Set(spots.map((spot) => spot.file)));
  write_sources(spots);
  const run = (...words) => spawnSync('cmake', words, { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 28 });
  const configured = run('--preset', 'release', '-DPIPA_WERROR=ON');
  if (configured.status !== 0) throw new Error(`cmake: ${configured.stderr.slice(-2000)}`);
  for (let tries = 0; tries < 8; ++tries) {
    const built = run('--build', '--preset', 'release', '--target', ...tests, '--', '-k', '0', '-j', String(jobs));
    if (built.status === 0) return;
    const wrong = new Set([...built.stdout.matchAll(/^(?:\S*\/)?(src\/[\w/]+\.cpp):(\d+):\d+: error/gm)].map((found) => `${found[1]}:${found[2]}`));
    let dropped = 0;
    for (const spot of spots)
      if (!spot.skip && wrong.has(`${spot.file}:${spot.line}`)) { spot.skip = 'does not compile'; ++dropped; }
    if (dropped === 0) throw new Error(`the bent tree does not build:\n${built.stdout.slice(-4000)}`);
    write_sources(spots);
  }
  throw new Error('the bent tree does not build');
}

export function forget_tree() { rmSync(tree, { recursive: true, force: true }); }
