// Puts the site together: what a browser gets is what stands in web/, folder by folder, plus the texts.
//   node web/assemble_site.mjs PROJECT SITE PARTS
// PARTS gets the scripts as they were written, in the folders they are published in: the bundle and the type check start there.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { writeEmbedWords } from './write_embed_words.mjs';

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
for (const folder of ['dom', 'bridge', 'learn', 'embed', 'embed/demo']) copy(`web/${folder}`, path.join(site, folder), path.join(parts, folder));
writeEmbedWords(project, path.join(site, 'embed'), path.join(parts, 'embed'));
copy('assets/i18n', path.join(site, 'i18n/all'));
copy('assets/pictures', path.join(site, 'pictures'));
// The page that the link of a QR code opens is the start page: with a certificate behind the # it shows the verdict. Whoever comes to the start
// page itself has no code in hand: there, what else would come after an answer is fetched at once, whole.wasm in the place of verify.wasm.
mkdirSync(path.join(site, 'C'), { recursive: true });
const start = readFileSync(path.join(project, 'web/site/index.html'), 'utf8');
writeFileSync(path.join(site, 'C/index.html'), start);
const ahead = ['more.mjs', 'around.mjs'].map((name) => `\n  <link rel="modulepreload" href="/${name}">`).join('');
writeFileSync(path.join(site, 'index.html'), start.replace(/href="\/verify\.wasm"(.*)/, `href="/whole.wasm"$1${ahead}\n  <link rel="preload" href="/more.css" as="style">`));

// What a phone loads before its verdict and right after it, and what an article loads, is one file of each kind, without blanks and comments:
// round trips and bytes less. The other files are published as they stand.
for (const name of ['page.mjs', 'desk.mjs', 'page.css', 'more.mjs', 'more.css', 'around.mjs', 'learn/learn.mjs', 'learn/lesson_desk.mjs', 'embed/pipa-verify.mjs', 'embed/story_box.mjs', 'embed/trouble.mjs', 'embed/builder.mjs', 'embed/frame.mjs', 'embed/host.mjs'])
  buildSync({ entryPoints: [path.join(parts, name)], outfile: path.join(site, name), bundle: true, minify: true, allowOverwrite: true,
    charset: 'utf8', format: 'esm', target: 'es2022', external: ['./desk.mjs', './more.mjs', '/pointer.svg', './offline.mjs', './scan.mjs', './around.mjs', './report.mjs', './share_card.mjs', './compare.mjs', './read_aloud.mjs', './pipa-verify.mjs', './story_box.mjs', './trouble.mjs', './builder.mjs'], logLevel: 'warning' });

// The same under names with a version, for articles that name their bytes (integrity): a later site leaves them as they are.
const { version } = JSON.parse(readFileSync(path.join(project, 'web/embed/npm/package.json'), 'utf8'));
const ofVersion = ['pipa-verify', 'story_box', 'trouble', 'host'];
for (const name of ofVersion) {
  const script = readFileSync(path.join(site, `embed/${name}.mjs`), 'utf8');
  writeFileSync(path.join(site, `embed/${name}-${version}.mjs`), script.replace(/(["'])\.\/(story_box|trouble)\.mjs\1/g, `$1./$2-${version}.mjs$1`));
}

// i18n/<tag>.json is what verify.wasm's answer needs, <tag>.more.json what whole.wasm and the page say beside it, <tag>.embed.json what an article
// needs beside both, <tag>.make.json what the builder of boxes and its stills say. None has the words of the kiosk, the terminal or lessons.
const notOfThePage = /^(kiosk|cli|learn|embed\.trouble)\./;
const ofBuilder = /^embed\.(make|still)\./;
const ofArticles = /^embed\.(?!make\.|still\.|trouble\.)/;
const neverOfTheAnswer = /^(badge|choice|compare|lots|portal|register|report|visit|drawing|explain|lesson|more|relation|statement|basis|form|kind|tested)\./;
// Of texts that are no link of a code, which verify.wasm does not read.
const ofOtherTexts = /^(reason|next)\.check\.(foreign_code|scanner_layout)\b/;
const partlyOfTheAnswer = /^(note|row|section|value|voucher)\./;
const ofFacts = /^(row\.(product|quantity|origin|harvest|issued|promised_by)|voucher\.(producer|district|nobody)\.\w+)$/;
const ofTheAnswer = (/** @type {string} */ key) => !neverOfTheAnswer.test(key) && !ofOtherTexts.test(key) && (!partlyOfTheAnswer.test(key) || ofFacts.test(key));
for (const name of readdirSync(path.join(project, 'assets/i18n'))) {
  const [tag, ending] = name.split('.');
  if (ending !== 'json') continue;
  const texts = Object.entries(JSON.parse(readFileSync(path.join(project, 'assets/i18n', name), 'utf8'))).filter(([key]) => !notOfThePage.test(key));
  const write = (/** @type {string} */ part, /** @type {(key: string) => boolean} */ wanted) =>
    writeFileSync(path.join(site, 'i18n', `${tag}${part}.json`), `${JSON.stringify(Object.fromEntries(texts.filter(([key]) => wanted(key))))}\n`);
  const ofThePage = (/** @type {string} */ key) => !ofArticles.test(key) && !ofBuilder.test(key);
  write('', (key) => ofThePage(key) && ofTheAnswer(key));
  write('.more', (key) => ofThePage(key) && !ofTheAnswer(key));
  write('.embed', (key) => ofArticles.test(key));
  write('.make', (key) => ofBuilder.test(key));
}
