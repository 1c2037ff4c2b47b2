"""python-tuf's own client: follow.py METADATA_DIR ROOT BASE_URL TARGET_DIR NAME... downloads the targets."""

import pathlib
import sys

from tuf.ngclient import Updater

metadata_dir, root, base, target_dir, *names = sys.argv[1:]
for folder in (metadata_dir, target_dir):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
updater = Updater(
    metadata_dir, f"{base}/metadata/", target_dir, f"{base}/targets/", bootstrap=pathlib.Path(root).read_bytes()
)
updater.refresh()
for name in names:
    info = updater.get_targetinfo(name)
    if info is None:
        sys.exit(f"{name} is not in the repository")
    updater.download_target(info)
    print(name)
