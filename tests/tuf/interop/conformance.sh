#!/usr/bin/env bash
# tests/tuf/interop/conformance.sh PIPA
#
# Runs the suite of theupdateframework/tuf-conformance against `PIPA tuf`, whole and without expected failures. The suite is in no
# package registry: its archive is pinned in tools/pins.tsv, and comes from the cache's archives/ folder, where it can be put by hand, or from its
# home; or PIPA_TUF_CONFORMANCE names a folder with a copy. Without it, without the Python packages that it needs or without the
# program faketime the test is skipped.
set -euo pipefail
pipa=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
. "$root/tools/lib/fetch.sh"
suite_sha256=2a2e901a282b73d57e8d12f5eaad142f435f5826495dc1b8b5ea2e1127ed35f5 # of the suite's files, wherever it comes from

suite=${PIPA_TUF_CONFORMANCE:-}
if [[ -z $suite ]]; then
  read_pins
  fetched=$(fetch tuf-conformance >"$work/fetch.log" 2>&1 && say "$fetched") || skip "the suite cannot be had: $(sed -n '$s/^ *//p' "$work/fetch.log")"
  suite=$work/suite
  unpack "$fetched" "$suite"
fi
[[ -d $suite/tuf_conformance ]] || skip "$suite holds no conformance suite"
got=$(cd "$suite" && find pyproject.toml tuf_conformance -type f ! -path '*/__pycache__/*' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum | cut -d' ' -f1)
[[ $got == "$suite_sha256" ]] || die "$suite is another conformance suite than the one that is pinned (SHA-256 of its files: $got)"
have faketime || skip 'there is no faketime (Debian: apt-get install faketime)'
python_packages "$here/conformance.txt"

# The suite takes the entry point apart at spaces, so it gets a path without any; and no .xfails file stands beside it.
printf '#!/bin/sh\nexec "%s" tuf "$@"\n' "$pipa" >"$work/client"
chmod +x "$work/client"
cd "$suite"
status=0
python3 -m pytest tuf_conformance --quiet -p no:cacheprovider --entrypoint "$work/client" \
  --json-report --json-report-file "$work/report.json" || status=$?
python3 - "$work/report.json" <<'PYTHON'
import json, sys
counts = json.load(open(sys.argv[1]))["summary"]
passed, total = counts.get("passed", 0), counts.get("total", 0)
print(f"conformance: {passed} of {total} tests pass")
print(f"{passed} passed, {total - passed} failed")
sys.exit(passed != total or total == 0)
PYTHON
exit "$status"
