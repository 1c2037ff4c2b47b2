// tools/mutants: see there.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { grouped } from './spots.mjs';
import { all_spots, build, git, programs, root, work } from './tree.mjs';

const all_tests = ['pipa_unit_tests', 'pipa_demo_tests', 'pipa_tuf_tests', 'pipa_log_tests', 'pipa_inquiry_tests', 'pipa_store_tests'];

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, count: { type: 'string' }, folder: { type: 'string', multiple: true, default: ['src'] },
    since: { type: 'string' }, at: { type: 'string', multiple: true }, again: { type: 'boolean', default: false },
    tests: { type: 'string', default: all_tests.join(',') }, jobs: { type: 'string', default: String(availableParallelism()) },
    time: { type: 'string' }, list: { type: 'boolean', default: false }, thorough: { type: 'boolean', default: false },
  },
});
const tests = options.tests.split(',');

// The same order for the same seed (Fisher-Yates with mulberry32, by its author in the public domain).
function shuffled(items, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const out = [...items];
  for (let i = out.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

function changed_lines(since) {
  const lines = new Set();
  let file = '';
  for (const line of git('diff', '--unified=0', since, '--', 'src').split('\n')) {
    if (line.startsWith('+++ b/')) file = line.slice(6);
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk) for (let i = 0; i < Number(hunk[2] ?? 1); ++i) lines.add(`${file}:${Number(hunk[1]) + i}`);
  }
  return lines;
}

function chosen_of(spots) {
  const lines = options.since === undefined ? undefined : changed_lines(options.since);
  const is_below = (file, place) => file === place || file.startsWith(`${place.replace(/\/$/, '')}/`);
  const wanted = spots.filter((spot) => options.folder.some((place) => is_below(spot.file, place)) &&
      (lines === undefined || lines.has(`${spot.file}:${spot.line}`)) &&
      (options.at === undefined || options.at.includes(`${spot.file}:${spot.line}`)));
  if (options.count === undefined) return wanted;
  // Refusals and the rest by turns: a refusal that nobody misses is the worse of the two.
  const guards = shuffled(wanted.filter((spot) => spot.guard), Number(options.seed)),
      others = shuffled(wanted.filter((spot) => !spot.guard), Number(options.seed) + 1);
  const turns = [];
  for (let i = 0; i < Math.max(guards.length, others.length); ++i) turns.push(...guards.slice(i, i + 1), ...others.slice(i, i + 1));
  return turns.slice(0, Number(options.count));
}

const source_lines = new Map();
function line_of(spot) {
  if (!source_lines.has(spot.file)) source_lines.set(spot.file, readFileSync(join(root, spot.file), 'utf8').split('\n'));
  return source_lines.get(spot.file)[spot.line - 1].trim();
}
const say = (text) => process.stdout.write(`${text}\n`);
const show = (spot) => `${spot.file}:${spot.line} ${spot.kind}: ${line_of(spot).slice(0, 150)}`;
// What a spot is, wherever the lines above it have moved it to.
const identity_of = (spot, all) => {
  const twins = all.filter((other) => other.file === spot.file && other.kind === spot.kind && line_of(other) === line_of(spot));
  return `${spot.file} ${spot.kind} ${line_of(spot)} ${twins.indexOf(spot)}`;
};

// Which spots each test case passes, and how long it takes: {program, name, took_s, passes}. Test cases that fail as it is do not count.
function trace() {
  const cases = [];
  for (const program of tests) {
    // The same program passes the same spots: it is run for this once.
    const hash = createHash('sha256').update(readFileSync(join(programs, program))).digest('hex'), file = join(work, `trace-${program}`);
    if (!existsSync(`${file}.of`) || readFileSync(`${file}.of`, 'utf8') !== hash) {
      rmSync(file, { force: true });
      spawnSync(join(programs, program), [], { cwd: root, env: { ...process.env, PIPA_BENT_TRACE: file }, stdio: 'ignore' });
      if (!existsSync(file)) throw new Error(`${program} ran no test`);
      writeFileSync(`${file}.of`, hash);
    }
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const [name, took, failed, passes] = line.split('\t');
      if (failed !== '0') { say(`  fails as it is, and counts for nothing: ${program} "${name}"`); continue; }
      cases.push({ program, name, took_s: Number(took), passes: passes.trim().split(' ').filter(Boolean).map(Number) });
    }
  }
  return cases;
}

// Runs these test cases of one program with a spot bent. Where one fails, or the program ends otherwise than it should or not at all:
// the name of the one, or '' where nobody knows. Undefined where nothing happens.
function notices(number, program, cases, slot) {
  const list = join(work, `cases-${slot}`), failed = join(work, `failed-${slot}`);
  writeFileSync(list, `${cases.map((one) => `"${one.name.replace(/[\\"]/g, '\\$&')}"`).join('\n')}\n`);
  rmSync(failed, { force: true });
  const limit_s = 20 + 8 * cases.reduce((sum, one) => sum + one.took_s, 0);
  return new Promise((resolve) => {
    // A bound that is gone may eat all memory, and a loop without its end all time.
    const child = spawn('bash', ['-c', 'ulimit -v 6000000; exec "$@"', 'bent', join(programs, program), '--abort', '--input-file', list],
      { cwd: root, env: { ...process.env, PIPA_BENT: String(number), PIPA_BENT_FAILED: failed }, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), limit_s * 1000);
    child.on('exit', (status) => {
      clearTimeout(timer);
      if (status === 0) resolve(undefined);
      else resolve(existsSync(failed) ? readFileSync(failed, 'utf8') : '');
    });
  });
}

// The quick ones first: as many as fit into a third of a second, then into three seconds, then all that is left.
function batches_of(cases) {
  const batches = [[], [], []];
  let sum = 0;
  for (const one of [...cases].sort((a, b) => a.took_s - b.took_s)) {
    sum += one.took_s;
    batches[sum < 0.3 ? 0 : sum < 3 ? 1 : 2].push(one);
  }
  return batches.flatMap((some) => [...grouped(some, (one) => one.program)]);
}

async function is_noticed(spot, cases, known, slot) {
  const own = cases.filter((one) => one.passes_set.has(spot.number));
  spot.reached = own.length;
  const last = known?.program && own.find((one) => one.program === known.program && one.name === known.name);
  if (last && await notices(spot.number, last.program, [last], slot) !== undefined) return { program: last.program, name: last.name };
  for (const [program, some] of batches_of(own)) {
    const name = await notices(spot.number, program, some, slot);
    if (name !== undefined) return { program, name };
  }
  if (options.thorough)  // what one test case prepares another may look at
    for (const program of tests)
      if (await notices(spot.number, program, cases.filter((one) => one.program === program), slot) !== undefined) return { program };
  return undefined;
}

async function main() {
  const began = Date.now();
  mkdirSync(work, { recursive: true });
  const cache_file = join(work, 'noticed.json');
  const cache = existsSync(cache_file) ? JSON.parse(readFileSync(cache_file, 'utf8')) : {};
  const spots = all_spots();
  for (const spot of spots) spot.key = createHash('sha256').update(identity_of(spot, spots)).digest('hex').slice(0, 24);
  const chosen = chosen_of(spots).filter((spot) => !options.again || cache[spot.key] === null);
  say(`${spots.length} spots in src, ${chosen.length} chosen`);
  if (options.list) { for (const spot of chosen) say(`  ${spot.number} ${show(spot)}`); return; }
  // Files that nobody asks about are built as they are, which a cache of objects knows already.
  const files = new Set(chosen.map((spot) => spot.file));
  build(spots.filter((spot) => files.has(spot.file)), tests, Number(options.jobs));
  const cases = trace();
  for (const one of cases) one.passes_set = new Set(one.passes);
  const possible = chosen.filter((spot) => !spot.skip);
  let next = 0, done = 0;
  const in_time = () => options.time === undefined || Date.now() - began < Number(options.time) * 1000;
  const work_off = async (slot) => {
    while (next < possible.length && in_time()) {
      const spot = possible[next++];
      const by = await is_noticed(spot, cases, cache[spot.key], slot);
      spot.noticed = by !== undefined;
      cache[spot.key] = by ?? null;
      if (!by) say(`  not noticed ${show(spot)}${spot.reached ? '' : '  (no test comes here)'}`);
      if (++done % 20 === 0) writeFileSync(cache_file, JSON.stringify(cache));
      if (done % 100 === 0) say(`  ${done} of ${possible.length}`);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, (_, slot) => work_off(slot)));
  writeFileSync(cache_file, JSON.stringify(cache));
  const tried = possible.filter((spot) => spot.noticed !== undefined);
  const folders = grouped(tried, (spot) => spot.file.replace(/\/[^/]*$/, ''));
  for (const [folder, own] of [...folders].sort()) say(`${folder.padEnd(20)} ${own.filter((spot) => spot.noticed).length} of ${own.length} noticed`);
  const noticed = tried.filter((spot) => spot.noticed).length;
  for (const spot of chosen.filter((one) => one.skip)) say(`  not tried (${spot.skip}) ${show(spot)}`);
  say(`mutants: ${noticed} of ${tried.length} noticed (${(noticed / Math.max(tried.length, 1)).toFixed(3)}), ${chosen.length - tried.length} not tried`);
}

await main();
