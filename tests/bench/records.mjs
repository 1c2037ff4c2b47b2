// Records of stores of 10^3, 10^5 and 10^6 certificates, published, and published once more after one certificate: times, files, and what one scan
// fetches. For larger stores the same by formula. Figures, never assertions.
//   node tests/bench/records.mjs [--json] [--certificates 1000,100000]
// Needs build/release/bin/pipa_records_bench; 10^6 takes some minutes and 3 GB of disk for as long.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, certificates: { type: 'string', default: '1000,100000,1000000' } } });
const project = fileURLToPath(new URL('../../', import.meta.url));
const program = process.env.PIPA_RECORDS_BENCH ?? path.join(project, 'build/release/bin/pipa_records_bench');

/** @param {number} count */
function measure(count) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipa-records-'));
  try {
    const said = JSON.parse(execFileSync(program, [String(count), path.join(folder, 'bench')], { encoding: 'utf8', maxBuffer: 1 << 24 }));
    /** @param {string} name */
    const brotli = (name) => brotliCompressSync(readFileSync(path.join(said.site, name))).length;
    // Supplement and record are hashes and compressed already: brotli only adds to them.
    /** @param {string} name */
    const plain = (name) => (name === '' ? 0 : readFileSync(path.join(said.site, name)).length);
    return { ...said, scan: { bundle: brotli('bundle.cbor'), supplement: plain(said.supplement), record: plain(said.record) } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The largest number of bits under which no file is expected to have fewer than 32 certificates: certificates fall into files by chance, so a
 * file of `mean` has fewer with the lower tail of Poisson's distribution, and there are 2^bits of them.
 * @param {number} certificates
 */
function expectedBits(certificates) {
  for (let bits = 32; bits > 0; --bits) {
    const mean = certificates / 2 ** bits;
    let term = Math.exp(-mean), below = 0;
    for (let k = 0; k < 32; ++k) [below, term] = [below + term, term * mean / (k + 1)];
    if (below * 2 ** bits < 0.5) return bits;
  }
  return 0;
}

/** @param {number} certificates @param {number} perCertificate bytes of one in a record file */
function onPaper(certificates, perCertificate) {
  const bits = expectedBits(certificates);
  const mean = certificates / 2 ** bits, proof = 34 * Math.max(0, bits - 6);
  const usual = Math.round(mean * perCertificate + proof), largest = Math.round((mean + 5.5 * Math.sqrt(mean)) * perCertificate + proof);
  const oneMore = 2 ** Math.max(0, bits - 6);
  return { certificates, bits, mean: Math.round(mean), record: usual, largest, one_more_files: oneMore, one_more_bytes: oneMore * usual };
}

const measured = values.certificates.split(',').map((count) => measure(Number(count)));
const last = measured[measured.length - 1];
const perCertificate = (last.record_bytes - last.record_files * 34 * Math.max(0, last.bits - 6)) / last.certificates;
const paper = [1e6, 1e7, 1e8, 1e9].map((count) => onPaper(count, perCertificate));
/** @param {...(string | number)} cells */
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
/** @param {number} seconds */
const time = (seconds) => `${seconds.toFixed(2)} s`;
if (values.json) {
  console.log(JSON.stringify({ measured, per_certificate: perCertificate, on_paper: paper }));
} else {
  row('certificates', 'files, in all', 'fewest share a name', 'largest file', 'large dossiers', 'first', 'one more', 'written', 'nothing new',
    'scan: bundle + supplement + record');
  row(...Array(10).fill('---'));
  for (const one of measured)
    row(one.certificates, `2^${one.bits}, ${one.all_files}`, one.fewest, one.largest_record_file, one.large_dossiers, time(one.first.seconds),
      time(one.one_more.seconds), one.one_more.files_written, time(one.unchanged.seconds),
      `${one.scan.bundle} + ${one.scan.supplement} + ${one.scan.record}`);
  console.log(`\nOn paper, ${perCertificate.toFixed(0)} bytes a certificate:\n`);
  row('certificates', 'files', 'mean of a file', 'record of one scan', 'largest', 'one more: files, bytes');
  row(...Array(6).fill('---'));
  for (const one of paper)
    row(one.certificates.toExponential(0), `2^${one.bits}`, one.mean, one.record, one.largest,
      `${one.one_more_files}, ${(one.one_more_bytes / 1e6).toFixed(1)} MB`);
}
