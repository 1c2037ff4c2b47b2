#!/usr/bin/env bash
# tests/tuf/interop/tufjs.sh PIPA
#
# A repository that npm's @tufjs/models made is accepted by npm's tuf-js and by our client; and where python-tuf can be
# had too, all three clients follow the one that python-tuf made. Packages come from npm, into the cache; where they
# cannot be had the test is skipped.
set -euo pipefail
pipa=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
have python3 || skip 'there is no python3 (for the test server)'
node_packages

tufjs() { # tufjs FOLDER TREE BASE: tuf-js downloads everything that TREE/names lists
  local names
  mapfile -t names <"$2/names"
  node "$here/follow.mjs" "$node_home" "$1" "$work/repository/root.json" "$3" "$1.files" "${names[@]}"
}

check 'make a repository with @tufjs/models' node "$here/make_repository.mjs" "$node_home" "$work/repository"
serve "$work/repository"
check 'tuf-js accepts it' tufjs "$work/theirs" "$work/repository/1" "$url/1"
check 'init' "$pipa" tuf --metadata-dir "$work/ours" init "$work/repository/root.json"
check 'so do we' follow "$work/ours" "$url/1" refresh
check 'download everything' fetch_all "$work/ours" "$url/1" "$work/repository/1"
check 'what both trust is the same' bash -c '
  for role in root timestamp snapshot targets; do cmp "$1/$role.json" "$2/$role.json" || exit; done' - "$work/theirs" "$work/ours"

if (python_packages "$here/requirements.txt"); then
  python_packages "$here/requirements.txt"
  rm -rf "$work/repository" "$work/theirs" "$work/ours"
  check 'make a repository with python-tuf' python3 "$here/make_repository.py" "$work/repository"
  check 'tuf-js accepts that one' tufjs "$work/theirs" "$work/repository/1" "$url/1"
  check 'init on it' "$pipa" tuf --metadata-dir "$work/ours" init "$work/repository/root.json"
  check 'we accept it too' fetch_all "$work/ours" "$url/1" "$work/repository/1"
fi
finish
