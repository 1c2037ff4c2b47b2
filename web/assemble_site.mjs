// Puts the site together: what a browser gets is what stands in web/, folder by folder, plus the texts.
//   node web/assemble_site.mjs PROJECT SITE PARTS
// PARTS gets the scripts as they were written, in the folders they are published in: the bundle and the type check start there.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [project, site, parts] = process.argv.slice(2);
const { buildSync } = createRequire(import.meta.url)(path.join(project, 'build/deps/npm/esbuild'));

/** @param {string} from @param {...string} places */
function copy(from, ...places) {
  const source = path.join(project, from);
  for (const place of places) mkdirSync(place, { recursive: true });
  for (const name of readdirSync(source))
    if (/\.(html|css|mjs|svg|json)$/.test(name)) for (const place of places) copyFileSync(path.join(source, name), path.join(place, name));
}

copy('web/site', site, parts);
copy('web/sw', site, parts);
for (const folder of ['bridge', 'learn', 'embed', 'embed/demo']) copy(`web/${folder}`, path.join(site, folder), path.join(parts, folder));
copy('assets/i18n', path.join(site, 'i18n/all'));
// The page that the link of a QR code opens is the start page: with a certificate behind the # it shows the verdict.
mkdirSync(path.join(site, 'C'), { recursive: true });
copyFileSync(path.join(project, 'web/site/index.html'), path.join(site, 'C/index.html'));

// What a phone loads before its verdict, and what an article loads, is one file of each kind, without blanks and comments: round trips
// and bytes less. The other files are published as they stand.
for (const name of ['page.mjs', 'page.css', 'more.css', 'embed/pipa-verify.mjs', 'embed/frame.mjs', 'embed/host.mjs'])
  buildSync({ entryPoints: [path.join(parts, name)], outfile: path.join(site, name), bundle: true, minify: true, allowOverwrite: true,
    charset: 'utf8', format: 'esm', target: 'es2022', external: ['./more.mjs', './status.mjs', './pipa-verify.mjs'], logLevel: 'warning' });

// i18n/<tag>.json is what an answer by certificate and trust needs, <tag>.record.json one by the record too, <tag>.more.json what the
// page loads after it, <tag>.embed.json an article. None has the words of the kiosk, the terminal or lessons.
// (tests/web/bridge.test.mjs holds that answers are the same without the later ones.)
const later = {
  record: /^(label_kind|standing)\.|^(reason|next)\.(balance|dossier|grade|input|label|patrol|test)\.|^(reason|next)\.(upstream\.(stopped|named)|record\.(limited|not_published|unreadable))$/,
  more: /^(choice|explain|lesson|more|relation|statement|value)\.(?!(no_uscc|signature_.*|trust_version)$)/,
  embed: /^embed\./,
};
const notOfThePage = /^(kiosk|cli|learn)\./;
for (const name of readdirSync(path.join(project, 'assets/i18n'))) {
  const [tag, ending] = name.split('.');
  if (ending !== 'json') continue;
  const texts = Object.entries(JSON.parse(readFileSync(path.join(project, 'assets/i18n', name), 'utf8'))).filter(([key]) => !notOfThePage.test(key));
  const write = (/** @type {string} */ part, /** @type {(key: string) => boolean} */ wanted) =>
    writeFileSync(path.join(site, 'i18n', `${tag}${part}.json`), `${JSON.stringify(Object.fromEntries(texts.filter(([key]) => wanted(key))))}\n`);
  write('', (key) => !Object.values(later).some((part) => part.test(key)));
  for (const [part, keys] of Object.entries(later)) write(`.${part}`, (key) => keys.test(key));
}
