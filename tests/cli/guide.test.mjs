// The guide of the command line is what it says: every command in it is run, in its order, in a folder of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { surroundings } from '../support/surroundings.mjs';
import { pipaProgram, project, scratch } from './support.mjs';

// The guide's day is 2026-11-20; all of its days move with it to today, since nothing is signed for a day that has not come.
const dayOf = (time) => Math.floor(time / 86_400_000);
const moved = (text, days) => text.replace(/\b(20\d\d)([-/])(\d\d)\2(\d\d)(?!\d)/g, (_, year, mark, month, day) =>
  new Date((dayOf(Date.UTC(year, month - 1, day)) + days) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', mark));
const days = dayOf(Date.now() + 8 * 3_600_000) - 1 - dayOf(Date.UTC(2026, 10, 20));  // to yesterday, so that ten o'clock there is past
const guide = moved(readFileSync(path.join(project, 'tools/pipa/README.md'), 'utf8'), days).split('\n');

/** Commands and files, in the guide's order. */
function steps() {
  const out = [];
  for (let i = 0; i < guide.length; ++i) {
    const fence = /^```\w+ (\S+)$/.exec(guide[i]);
    if (fence) {
      const end = guide.indexOf('```', i);
      out.push({ line: i + 1, name: fence[1], content: guide.slice(i + 1, end).join('\n') + '\n' });
      i = end;
    } else if (guide[i].startsWith('    ')) {
      out.push({ line: i + 1, command: guide[i].trim() });
    }
  }
  return out;
}

test('guide: every command of tools/pipa/README.md does what it says', () => {
  const { folder, file } = scratch();
  mkdirSync(file('bin'));
  symlinkSync(path.resolve(pipaProgram), file('bin/pipa'));
  const env = { ...surroundings(), PATH: `${file('bin')}:${process.env.PATH}` };
  const all = steps();
  assert.ok(all.filter((one) => one.command?.startsWith('pipa ')).length > 30);
  for (const { line, name, content, command } of all) {
    if (name) {
      writeFileSync(file(name), content);
      continue;
    }
    const ended = spawnSync('bash', ['-ec', command], { cwd: folder, env, encoding: 'utf8' });
    assert.equal(ended.status, 0, `line ${line}: ${command}\n${ended.stdout}${ended.stderr}`);
  }
});
