// What the package was built from, as an in-toto statement (v1) with SLSA's provenance (v1): commit, tools by their lock file, and the SHA-256 of every file.
// With a key (Ed25519, PEM) it is a DSSE envelope; without one the bare statement, which says of itself that nobody signed it.

import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sha256 = (/** @type {Buffer} */ content) => createHash('sha256').update(content).digest('hex');

/** @param {string} folder */
const filesOf = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(join(folder, name)).isFile()).sort();

/** The commit, and whether the tree differs from it; null where there is no history. @param {string} root */
function commitOf(root) {
  const git = (/** @type {string[]} */ ...words) => execFileSync('git', ['-C', root, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { commit: git('rev-parse', 'HEAD'), changed: git('status', '--porcelain', '--', 'web', 'assets/i18n') !== '' };
  } catch {
    return null;
  }
}

/** @param {string} root @param {string[]} names */
function toolsOf(root, names) {
  const { packages } = JSON.parse(readFileSync(join(root, 'tools/npm/package-lock.json'), 'utf8'));
  return names.map((name) => {
    const { version, integrity } = packages[`node_modules/${name}`];
    const [algorithm, digest] = integrity.split('-');
    return { uri: `pkg:npm/${name}@${version}`, digest: { [algorithm]: Buffer.from(digest, 'base64').toString('hex') } };
  });
}

/** DSSE's pre-authentication encoding. @param {string} type @param {Buffer} payload */
const encoded = (type, payload) => Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);

/** @param {{root: string, target: string, version: string, key?: string}} what @returns {string} the key's id; '' where nobody signed */
export function writeProvenance({ root, target, version, key }) {
  const built = commitOf(root);
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: filesOf(target).filter((name) => name !== 'provenance.json').map((name) => ({ name, digest: { sha256: sha256(readFileSync(join(target, name))) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://pipa.example/build/npm-package/v1',
        externalParameters: { package: 'pipa-verify', version, command: 'node web/embed/npm/make_package.mjs FOLDER' },
        internalParameters: { signed: key !== undefined, ...(built ? { treeDiffersFromCommit: built.changed } : {}) },
        resolvedDependencies: [...(built ? [{ uri: 'git+pipa', digest: { gitCommit: built.commit } }] : []), ...toolsOf(root, ['esbuild', 'typescript'])],
      },
      runDetails: { builder: { id: 'https://pipa.example/builder/by-hand' } }, // no time: the same tree gives the same bytes
    },
  };
  const text = `${JSON.stringify(statement, null, 2)}\n`;
  const file = join(target, 'provenance.json');
  if (key === undefined) {
    writeFileSync(file, text);
    return '';
  }
  const type = 'application/vnd.in-toto+json', payload = Buffer.from(text);
  const secret = createPrivateKey(readFileSync(key));
  if (secret.asymmetricKeyType !== 'ed25519') throw new Error('the key for the provenance must be Ed25519');
  const keyid = sha256(createPublicKey(secret).export({ type: 'spki', format: 'der' }));
  const envelope = { payloadType: type, payload: payload.toString('base64'), signatures: [{ keyid, sig: sign(null, encoded(type, payload), secret).toString('base64') }] };
  writeFileSync(file, `${JSON.stringify(envelope, null, 2)}\n`);
  return keyid;
}
