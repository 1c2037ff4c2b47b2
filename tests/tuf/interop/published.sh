#!/usr/bin/env bash
# tests/tuf/interop/published.sh PIPA
#
# What `pipa publish` publishes refreshes and downloads in python-tuf and in npm's tuf-js, before and after the root's keys
# were rotated. Each is skipped where its packages cannot be had; the test is skipped when neither can.
set -euo pipefail
pipa=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
have python3 || skip 'there is no python3 (for the test server)'
with_python=yes with_node=yes
(python_packages "$here/requirements.txt") || with_python=
(node_packages) || with_node=
[[ $with_python$with_node ]] || skip 'neither python-tuf nor tuf-js can be had'
[[ $with_python ]] && python_packages "$here/requirements.txt"
[[ $with_node ]] && node_packages

cd "$work"
for name in a b targets online online2; do "$pipa" keys new --out "$name.key" >/dev/null; done
"$pipa" demo make --out demo >/dev/null
office=demo/keys/office.key
"$pipa" store init --store store --key $office >/dev/null
"$pipa" store add --store store --key $office --indices 4096+1024 demo/trust.cose demo/learn.cose demo/certificates.csv >/dev/null
"$pipa" roles init --store store --root-key a.key --root-key b.key --root-threshold 2 --targets-key targets.key --online-key online.key \
  --sign-key a.key --sign-key b.key >/dev/null
"$pipa" revoke --store store --key $office "$(sed -n '2s/,.*//p' demo/certificates.csv)" >/dev/null
"$pipa" publish --store store --sign-key targets.key --sign-key online.key --out out >/dev/null
cp out/tuf/metadata/1.root.json root.json
serve "$work/out"
names=(registry.cose learn.cose notices.cbor status/0)

python() { # python FOLDER
  python3 "$here/follow.py" "$1" root.json "$url/tuf" "$1.files" "${names[@]}"
}
tufjs() { node "$here/follow.mjs" "$node_home" "$1" root.json "$url/tuf" "$1.files" "${names[@]}"; }
ours() {
  [[ -d $1 ]] || "$pipa" tuf --metadata-dir "$1" init root.json || return
  local name options=()
  for name in "${names[@]}"; do options+=(--target-name "$name"); done
  follow "$1" "$url/tuf" "${options[@]}" download
}
all_follow() {
  check "our client $1" ours ours
  [[ ! $with_python ]] || check "python-tuf $1" python python
  [[ ! $with_node ]] || check "tuf-js $1" tufjs tufjs
  # The last target came to all of them, and is the same.
  local folder
  for folder in python tufjs; do
    [[ ! -d $folder.files ]] || check "$folder has the same status list $1" cmp "ours.files/status%2F0" "$folder.files/status%2F0"
  done
}
all_follow 'on the first state'
"$pipa" roles rotate --store store --online-key online2.key --sign-key a.key --sign-key b.key >/dev/null
"$pipa" revoke --store store --key $office "$(sed -n '3s/,.*//p' demo/certificates.csv)" >/dev/null
"$pipa" publish --store store --sign-key targets.key --sign-key online2.key --out out >/dev/null
all_follow 'after new keys and another revocation'
finish
