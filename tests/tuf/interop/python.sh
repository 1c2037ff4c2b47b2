#!/usr/bin/env bash
# tests/tuf/interop/python.sh PIPA
#
# Our client follows a repository that python-tuf made (make_repository.py says what is in it), over HTTP and from a
# folder, before and after its keys were rotated; and refuses it where somebody changed it. Packages come from PyPI with
# pip, into the cache; where they cannot be had the test is skipped.
set -euo pipefail
pipa=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
python_packages "$here/requirements.txt"

python3 "$here/make_repository.py" "$work/repository"
serve "$work/repository"
device=$work/device

check "python-tuf's own client accepts the first state" bash -c '
  mapfile -t names <"$2/1/names" && python3 "$1/follow.py" "$2/own" "$2/root.json" "$3/1" "$2/own.files" "${names[@]}"' \
  - "$here" "$work/repository" "$url"
check 'init' "$pipa" tuf --metadata-dir "$device" init "$work/repository/root.json"
check 'a second init is refused' refuse file.exists "$pipa" tuf --metadata-dir "$device" init "$work/repository/root.json"
check 'refresh' follow "$device" "$url/1" refresh
check 'download everything' fetch_all "$device" "$url/1" "$work/repository/1"

two_requests() {
  : >"$work/served"
  follow "$device" "$url/1" refresh || return
  [[ $(<"$work/served") == $'/1/metadata/2.root.json\n/1/metadata/timestamp.json' ]]
}
check 'an unchanged repository takes the two requests that the specification demands' two_requests
check 'from a folder, as from a USB stick' bash -c '
  "$1" tuf --metadata-dir "$2.stick" init "$3/root.json" && "$1" tuf --metadata-dir "$2.stick" --metadata-url "file://$3/1/metadata" \
    --target-base-url "file://$3/1/targets" --target-dir "$2.stick.files" --target-name keys.cbor --target-name yunhe/keys.cbor download' \
  - "$pipa" "$device" "$work/repository"

check 'after rotation' follow "$device" "$url/2" refresh
check 'download everything after rotation' fetch_all "$device" "$url/2" "$work/repository/2"
check 'going back is refused' refuse tuf. follow "$device" "$url/1" refresh
check 'and going forward still works' follow "$device" "$url/2" refresh
check 'a target that is not there' refuse tuf.no_such_target follow "$device" "$url/2" --target-name none download

bent() { # bent FILE: a copy of the second state whose FILE has another last byte but one
  rm -rf "$work/repository/bent" && cp -r "$work/repository/2" "$work/repository/bent" || return
  printf '!' | dd of="$(find "$work/repository/bent" -path "*$1")" bs=1 conv=notrunc seek=0 status=none
}
check 'bend a target' bent '.more.txt'
rm -f "$device.files/"*more.txt
check 'a bent target is refused' refuse tuf.wrong_hash follow "$device" "$url/bent" --target-name yunhe/more.txt download
check 'bend the snapshot' bent '/2.snapshot.json'
rm -rf "$device.new"
check 'init a new device' "$pipa" tuf --metadata-dir "$device.new" init "$work/repository/root.json"
check 'a bent snapshot is refused' refuse tuf.wrong_hash follow "$device.new" "$url/bent" refresh
check 'bend the root' bent '/2.root.json'
rm -rf "$device.new"
check 'init a new device again' "$pipa" tuf --metadata-dir "$device.new" init "$work/repository/root.json"
check 'a bent root is refused' refuse tuf.bad_json follow "$device.new" "$url/bent" refresh
check 'nothing but the root is trusted then' test "$(ls "$device.new")" = root.json
check 'a server that is not there' refuse tuf.unreachable follow "$device" http://127.0.0.1:1 refresh
finish
