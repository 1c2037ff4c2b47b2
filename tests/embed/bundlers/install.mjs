// The bundlers that package-lock.json pins, in a folder of the cache, as npm checks and installs them; where they cannot be had, why.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lists = ['package.json', 'package-lock.json'];

/** @returns {{modules?: string, why?: string}} */
export function bundlers() {
  const hash = createHash('sha256');
  for (const name of lists) hash.update(readFileSync(join(here, name)));
  const cache = join(process.env.PIPA_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pipa'), 'interop');
  const home = join(cache, `bundlers-${hash.digest('hex').slice(0, 10)}`);
  if (existsSync(home)) return { modules: join(home, 'node_modules') };
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(`${home}.`);
  for (const name of lists) copyFileSync(join(here, name), join(part, name));
  const { status, stderr, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: part, encoding: 'utf8', timeout: 180_000 });
  if (status !== 0) {
    rmSync(part, { recursive: true });
    return { why: `npm cannot get the bundlers that tests/embed/bundlers pins: ${error?.message ?? stderr.trim().split('\n').at(-1)}` };
  }
  try {
    renameSync(part, home);
  } catch {
    rmSync(part, { recursive: true }); // another run was faster
  }
  return { modules: join(home, 'node_modules') };
}
