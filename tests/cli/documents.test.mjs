// What the documents name is there: links of Markdown files, and folders and files of ours in backticks.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));
const documents = execFileSync('find', ['.', '-name', '*.md', '-not', '-path', './build/*', '-not', '-path', './assets/learn/*/*'], { cwd: project, encoding: 'utf8' })
  .trim().split('\n');

/** Links to files, and paths in backticks that begin with one of our folders. @param {string} document */
function namedIn(document) {
  const text = readFileSync(path.join(project, document), 'utf8').replace(/^ {4}.*$/gm, '').replace(/```[\s\S]*?```/g, '');
  const linked = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to]) => to).filter((to) => !/^[a-z]+:/.test(to))
    .map((to) => path.join(path.dirname(document), to));
  const quoted = [...text.matchAll(/`((?:src|web|kiosk|assets|shaders|tests|tools)\/[\w./-]+)`/g)].map(([, to]) => to.replace(/\/$/, ''));
  return [...linked, ...quoted];
}

test('documents: every file that one of them names is there', (t) => {
  let named = 0;
  /** @type {string[]} */
  const missing = [];
  for (const document of documents)
    for (const to of namedIn(document)) {
      ++named;
      if (![project, path.join(project, path.dirname(document))].some((folder) => existsSync(path.join(folder, to)))) missing.push(`${document} names ${to}`);
    }
  assert.deepEqual(missing, []);
  t.diagnostic(`${documents.length} documents, ${named} names`);
  assert.ok(named > 100);
});
