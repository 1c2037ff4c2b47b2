// What the kiosk must reach, measured on the real program under Mesa's software GL (there is no GPU in it anywhere):
//   node tests/bench/kiosk.mjs [--json] [--size 1080x1920]
// first frame: from main() to the first frame shown, and from the start of the process to there; still screen: share of
// one core while a result stands; attract screen: the same over three of its turns; scrolling: what one painted frame of a long result
// costs, in time and in time of the processor (of all threads: the worst that one core alone would take); camera: from a 1080p frame to the finished screen model of its verdict; resident
// memory after all of it. Medians of five runs; nothing is asserted. The size in the browser is tests/web/kiosk.test.mjs's.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { filmLabel, kiosk, makeDemo, startKiosk } from '../kiosk/support.mjs';

const { values: wish } = parseArgs({ options: { json: { type: 'boolean' }, size: { type: 'string', default: '1080x1920' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'pipa-kiosk-bench-'));
const file = (/** @type {string} */ name) => path.join(folder, name);
const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[list.length >> 1];
const rounds = 5, still_s = 10, attract_s = 24, drags = 6;

try {
  const demo = makeDemo(folder);
  const film = filmLabel(file('label.y4m'), demo.cases.get('C04').text, 1920, 1080, 4, 4);
  const options = [...demo.options, '--size', wish.size, '--camera', film, '--idle', '3600'];
  const run = (/** @type {string} */ script) => {
    writeFileSync(file('script.txt'), script);
    const began = performance.now();
    const ended = kiosk([...options, '--script', file('script.txt')]);
    if (ended.code !== 0) throw new Error(ended.err);
    return { ...JSON.parse(ended.out), whole_ms: performance.now() - began };
  };
  const starts = Array.from({ length: rounds }, () => run('report'));
  const journeys = Array.from({ length: rounds }, () => run('tap attract/begin_zh\nwait 1500\nexpect verdict genuine\nwait 100\nreport'));

  const scroll = (/** @type {number} */ times) => run(`tap attract/begin_zh\npaste ${demo.cases.get('C01').text}\nwait 300\nexpect screen result\n${'drag 500 1000 500 300 400\nwait 700\n'.repeat(times)}report`);
  const scrolls = Array.from({ length: rounds }, () => {
    const [rest, moved] = [scroll(0), scroll(drags)];
    const frames = moved.frames - rest.frames;
    return { frame_ms: (moved.whole_ms - rest.whole_ms) / frames, cpu_ms: (moved.cpu_ms - rest.cpu_ms) / frames };
  });

  writeFileSync(file('still.txt'), `tap attract/begin_zh\nwait 1500\nexpect screen result\nwait 100\nlive`);
  const ticksOf = (/** @type {number | undefined} */ pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, one) => sum + Number(one), 0);
  const wait = (/** @type {number} */ ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
  const share = async (/** @type {number | undefined} */ pid, /** @type {number} */ seconds) => {
    const [from, began] = [ticksOf(pid), performance.now()];
    await wait(seconds * 1000);
    return (ticksOf(pid) - from) / 100 / ((performance.now() - began) / 1000) * 100;
  };
  const resting = startKiosk(options);
  await wait(5000);
  const attract = await share(resting.pid, attract_s);
  await resting.end();

  const running = startKiosk([...options, '--script', file('still.txt')]);
  const ticks = () => ticksOf(running.pid);
  let before = -1;
  for (let now = ticks(); now !== before; now = ticks()) { before = now; await wait(2000); } // until the script is through
  const still = await share(running.pid, still_s);
  await running.end();

  const figures = {
    gl: 'software (Mesa llvmpipe)', size: wish.size, load: loadavg()[0],
    first_frame_ms: median(starts.map((one) => one.first_frame_ms)), first_frame_best_ms: Math.min(...starts.map((one) => one.first_frame_ms)),
    process_ms: median(starts.map((one) => one.whole_ms)),
    frame_to_verdict_ms: median(journeys.map((one) => one.frame_to_answer_ms)), frame_to_verdict_best_ms: Math.min(...journeys.map((one) => one.frame_to_answer_ms)),
    still_cpu_percent: still, attract_cpu_percent: attract,
    scroll_frame_ms: median(scrolls.map((one) => one.frame_ms)), scroll_frame_cpu_ms: median(scrolls.map((one) => one.cpu_ms)), resident_mb: Math.max(...journeys.map((one) => one.resident_mb)),
  };
  if (wish.json) console.log(JSON.stringify(figures));
  else {
    const row = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ wanted) => console.log(`${name.padEnd(44)}${value.padStart(12)}   ${wanted}`);
    console.log(`${figures.gl}, ${figures.size}, load ${figures.load.toFixed(1)}`);
    row('main() to first frame', `${figures.first_frame_ms.toFixed(0)} ms`, `500 wanted; best ${figures.first_frame_best_ms.toFixed(0)}`);
    row('process start to end after its first frame', `${figures.process_ms.toFixed(0)} ms`, '');
    row('camera frame of 1080p to verdict', `${figures.frame_to_verdict_ms.toFixed(1)} ms`, `60 wanted; best ${figures.frame_to_verdict_best_ms.toFixed(1)}`);
    row('still screen, share of one core', `${figures.still_cpu_percent.toFixed(2)} %`, '0.5 wanted');
    row('attract screen, share of one core', `${figures.attract_cpu_percent.toFixed(2)} %`, '15 wanted');
    row('scrolling, a frame', `${figures.scroll_frame_ms.toFixed(1)} ms`, `33 wanted; of the processor ${figures.scroll_frame_cpu_ms.toFixed(1)}`);
    row('resident', `${figures.resident_mb.toFixed(0)} MB`, '250 wanted');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
