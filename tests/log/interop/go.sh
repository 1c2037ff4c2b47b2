#!/usr/bin/env bash
# go.sh PIPA: a log that pipa keeps is read by other people's code (golang.org/x/mod/sumdb, transparency-dev/formats), and a
# log that this code makes is verified by pipa. Needs Go; without it, or without its modules, this says so and is skipped.
set -euo pipefail
pipa=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../tuf/interop/lib.sh"

have go || skip 'there is no Go'
(cd "$here" && go build -o "$work/interop" .) >"$work/go.log" 2>&1 || skip "Go cannot build the other side: $(tail -n 1 "$work/go.log")"
other=$work/interop

# Certificates from a table, so that tiles fill up.
for key in log witness producer; do "$pipa" keys new --out "$work/$key.key" >/dev/null; done
"$pipa" log init --log "$work/log" --key "$work/log.key" --name log.example/pipa >"$work/vkey"
vkey=$(cat "$work/vkey")
{
  say number,product_code,quantity,origin,issued,form,bases
  for number in {1000..1599}; do say "LOG-$number,1001,5 kg,330113100,2026-11-20T08:00:00+08:00,2025-A,自行检测合格"; done
} >"$work/table.csv"
"$pipa" issue --csv "$work/table.csv" --key "$work/producer.key" --host pipa.example --out "$work/issued.csv" >/dev/null
tail -n +2 "$work/issued.csv" | cut -d, -f2 >"$work/texts"

append() { "$pipa" log append --log "$work/log" --key "$work/log.key" --proofs "$work/log/proof" "$1"; }
witness() {
  "$pipa" log witness --log "$work/log" --vkey "$vkey" --key "$work/witness.key" --name witness.example --state "$work/seen"
}
read_by_other() { "$other" check "$work/log" "$vkey" "$(cat "$work/witness.vkey")" "$work/older"; }

cp "$work/log/checkpoint" "$work/older"
began=0
for until in 1 255 256 257 512 600; do
  sed -n "$((began + 1)),${until}p" "$work/texts" >"$work/batch"
  check "append up to $until" append "$work/batch"
  witness >"$work/witness.vkey"
  if ((began)); then check "the other side reads $until entries" read_by_other; fi
  cp "$work/log/checkpoint" "$work/older"
  began=$until
done

for count in 1 2 255 256 257 700 66000; do
  "$other" make "$work/made-$count" log.example/go "$count" >"$work/made-$count.vkey"
  check "pipa reads $count entries" "$pipa" log verify --log "$work/made-$count" --vkey "$(cat "$work/made-$count.vkey")"
done
printf 'x' | dd of="$work/made-700/tile/entries/001" bs=1 seek=100 conv=notrunc 2>/dev/null
check 'pipa refuses a changed entry' refuse log.broken "$pipa" log verify --log "$work/made-700" --vkey "$(cat "$work/made-700.vkey")"
finish
