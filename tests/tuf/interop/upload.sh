#!/usr/bin/env bash
# tests/tuf/interop/upload.sh PIPA
#
# `pipa publish --to` with rclone: into a folder, and into an S3 server where one can be had (versitygw, an Apache-2.0
# gateway written in Go: from the PATH, or built into the cache from Go's module proxy, its modules checked by versitygw/go.sum). A break
# leaves the old state whole.
set -euo pipefail
pipa=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
have rclone || skip 'there is no rclone (Debian: apt-get install rclone)'

cd "$work"
export RCLONE_CONFIG=$work/rclone.conf
: >rclone.conf
for name in office root targets online; do "$pipa" keys new --out "$name.key" >/dev/null; done
"$pipa" store init --store store --key office.key >/dev/null
"$pipa" roles init --store store --root-key root.key --targets-key targets.key --online-key online.key --sign-key root.key >/dev/null
publish() { "$pipa" publish --store store --sign-key targets.key --sign-key online.key --out out "$@"; }
issue() {
  "$pipa" issue --store store --key office.key --host pipa.example --number "$1" --product-code 1001 --quantity '1 kg' --origin 330113100 \
    --issued 2026-11-19 --basis self_test && "$pipa" revoke --store store --key office.key "$1"
}
same_status() { # same_status BASE FOLDER: a device gets from BASE what lies in out
  follow "$2" "$1" --target-name status/0 download >/dev/null && cmp "$2.files/status%2F0" "$(ls -t out/tuf/targets/status/* | head -n 1)"
}

issue T-1 >/dev/null
check 'into an empty folder' publish --to "$work/remote"
"$pipa" tuf --metadata-dir device init out/tuf/metadata/1.root.json >/dev/null
check 'a device follows it' same_status "file://$work/remote/tuf" device
issue T-2 >/dev/null
# A folder where a file should go stops the upload before the timestamp.
broken() {
  cp -r remote good
  local next
  publish || return
  next=$(cd out/tuf/metadata && ls -t ./*.snapshot.json | head -n 1)
  mkdir -p "remote/tuf/metadata/$next/in the way" && touch "remote/tuf/metadata/$next/in the way/file"
  ! publish --to "$work/remote" || return
  cmp good/tuf/metadata/timestamp.json remote/tuf/metadata/timestamp.json || return
  follow device "file://$work/remote/tuf" refresh || return
  rm -r "remote/tuf/metadata/$next"
}
check 'a break leaves the old state whole' broken
check 'and the next upload brings the new one' publish --to "$work/remote"
check 'which a device follows' same_status "file://$work/remote/tuf" device
check 'a remote that is not there is said' refuse publish.upload_failed publish --to nowhere:bucket

gateway=$(command -v versitygw || true)
if [[ -z $gateway ]]; then
  gateway=$cache/interop/versitygw-$(key_of "$here/versitygw/go.mod" "$here/versitygw/go.sum")/versitygw
  if [[ ! -x $gateway ]] && have go; then
    (cd "$here/versitygw" && go build -mod=readonly -o "$gateway" github.com/versity/versitygw/cmd/versitygw) >go.log 2>&1 || tail -n 1 go.log
  fi
fi
if [[ ! -x $gateway ]]; then
  say 'skipped: upload: into S3, because there is no versitygw, and it could not be built'
  finish
fi
mkdir -p s3
unset AWS_CA_BUNDLE # rclone 1.60 stumbles over it, and a server on this machine needs none
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
ROOT_ACCESS_KEY=test ROOT_SECRET_KEY=worthless-secret "$gateway" --port "127.0.0.1:$port" posix "$work/s3" >gateway.log 2>&1 &
server=$!
cat >rclone.conf <<CONF
[store]
type = s3
provider = Other
endpoint = http://127.0.0.1:$port
access_key_id = test
secret_access_key = worthless-secret
CONF
bucket() {
  local tries
  for tries in {1..50}; do rclone mkdir store:pipa && return; sleep 0.1; done
  cat gateway.log
  return 1
}
check 'a bucket' bucket
check 'into S3' publish --to store:pipa
served() { # what the bucket holds is what was published
  rm -rf back && rclone copy store:pipa back && diff -r out back
}
check 'all of it is there' served
issue T-3 >/dev/null
check 'and what changes' publish --to store:pipa
check 'a device follows what S3 holds' bash -c 'rclone sync store:pipa back'
check 'the same status list' same_status "file://$work/back/tuf" device
finish
