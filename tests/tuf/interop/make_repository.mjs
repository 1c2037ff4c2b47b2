// Makes a repository with npm's @tufjs/models: make_repository.mjs NODE_HOME OUT. OUT/1 is laid out as make_repository.py
// lays it out; OUT/root.json is the root to begin with.
import {createHash, generateKeyPairSync, sign} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';

const [home, out] = process.argv.slice(2);
const require = createRequire(join(home, 'package.json'));
const models = require('@tufjs/models');
const {canonicalize} = require('@tufjs/canonical-json');

const expires = new Date(Date.now() + 30 * 86400_000).toISOString().replace(/\.\d+Z/, 'Z');
const common = type => ({_type: type, version: 1, spec_version: '1.0.31', expires});
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

/** A key and what signs with it. */
function makeKey(kind) {
    const {publicKey, privateKey} = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', {namedCurve: 'P-256'});
    const value = kind === 'ed25519' ? publicKey.export({format: 'der', type: 'spki'}).subarray(-32).toString('hex')
        : publicKey.export({format: 'pem', type: 'spki'});
    const json = {keytype: kind, scheme: kind === 'ed25519' ? 'ed25519' : 'ecdsa-sha2-nistp256', keyval: {public: value}};
    const keyID = sha256(canonicalize(json));
    return {
        key: models.Key.fromJSON(keyID, json),
        sign: data => new models.Signature({keyID, sig: sign(kind === 'ed25519' ? null : 'sha256', data, privateKey).toString('hex')}),
    };
}

const contents = new Map();
/** Adds a target to a role's metadata. */
function add(targets, path, text) {
    const content = Buffer.from(text);
    contents.set(path, content);
    targets.addTarget(new models.TargetFile({path, length: content.length, hashes: {sha256: sha256(content)},
        unrecognizedFields: {custom: {'种类': 'test'}}}));
}

const signers = {root: [makeKey('ed25519'), makeKey('ecdsa')], timestamp: [makeKey('ed25519')], snapshot: [makeKey('ecdsa')],
    targets: [makeKey('ed25519')], 'town 1': [makeKey('ed25519')]};
const topLevel = ['root', 'timestamp', 'snapshot', 'targets'];
const root = models.Root.fromJSON({...common('root'), consistent_snapshot: true, keys: {},
    roles: Object.fromEntries(topLevel.map(name => [name, {keyids: [], threshold: 1}]))});
for (const role of topLevel) for (const {key} of signers[role]) root.addKey(key, role);

const town = signers['town 1'][0].key;
const delegations = {keys: {[town.keyID]: town.toJSON()},
    roles: [{name: 'town 1', keyids: [town.keyID], threshold: 1, terminating: true, paths: ['town/*']}]};
const roles = {
    'town 1': models.Targets.fromJSON({...common('targets'), targets: {}}),
    targets: models.Targets.fromJSON({...common('targets'), targets: {}, delegations}),
};
add(roles.targets, 'keys.cbor', 'keys of the district');
add(roles['town 1'], 'town/keys.cbor', 'keys of the town');

/** Signs and stores one role; gives what the role above lists. */
function publish(name, signed) {
    const metadata = new models.Metadata(signed);
    for (const signer of signers[name]) metadata.sign(signer.sign);
    const file = Buffer.from(JSON.stringify(metadata.toJSON(), null, 2));
    writeFileSync(join(out, '1/metadata', `${name === 'timestamp' ? '' : '1.'}${name}.json`), file);
    if (name === 'root') writeFileSync(join(out, 'root.json'), file);
    return {version: 1, length: file.length, hashes: {sha256: sha256(file)}};
}

mkdirSync(join(out, '1/metadata'), {recursive: true});
mkdirSync(join(out, '1/content'));
publish('root', root);
const meta = {};
for (const [name, targets] of Object.entries(roles)) meta[`${name}.json`] = publish(name, targets);
const snapshot = publish('snapshot', models.Snapshot.fromJSON({...common('snapshot'), meta}));
publish('timestamp', models.Timestamp.fromJSON({...common('timestamp'), meta: {'snapshot.json': snapshot}}));

[...contents].forEach(([path, content], number) => {
    const file = join(out, '1/targets', dirname(path), `${sha256(content)}.${path.split('/').pop()}`);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, content);
    writeFileSync(join(out, '1/content', String(number)), content);
});
writeFileSync(join(out, '1/names'), [...contents.keys()].map(name => `${name}\n`).join(''));
