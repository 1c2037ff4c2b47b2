#!/usr/bin/env bash
# tests/tuf/interop/conformance.sh PIPA
#
# Runs the suite of theupdateframework/tuf-conformance against `PIPA tuf`, whole and without expected failures. The suite
# is in no package registry: set PIPA_TUF_CONFORMANCE to a folder that holds a copy of it. Without one, without the
# Python packages that it needs or without the program faketime the test is skipped.
set -euo pipefail
pipa=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
suite=${PIPA_TUF_CONFORMANCE:-}
[[ -n $suite ]] || skip 'PIPA_TUF_CONFORMANCE names no folder with the conformance suite'
[[ -d $suite/tuf_conformance ]] || skip "$suite holds no conformance suite"
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
