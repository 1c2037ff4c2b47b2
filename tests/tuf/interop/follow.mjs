// npm's tuf-js client: follow.mjs NODE_HOME METADATA_DIR ROOT BASE_URL TARGET_DIR NAME... downloads the targets.
import {copyFileSync, mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const [home, metadataDir, root, base, targetDir, ...names] = process.argv.slice(2);
const {Updater} = createRequire(join(home, 'package.json'))('tuf-js');
for (const folder of [metadataDir, targetDir]) mkdirSync(folder, {recursive: true});
copyFileSync(root, join(metadataDir, 'root.json'));
const updater = new Updater({metadataDir, metadataBaseUrl: `${base}/metadata`, targetDir, targetBaseUrl: `${base}/targets`,
    config: {fetchRetry: 0}});
await updater.refresh();
for (const name of names) {
    const info = await updater.getTargetInfo(name);
    if (info === undefined) throw new Error(`${name} is not in the repository`);
    await updater.downloadTarget(info, join(targetDir, encodeURIComponent(name)));
    console.log(name);
}
