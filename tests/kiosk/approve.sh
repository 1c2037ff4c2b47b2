#!/usr/bin/env bash
# tests/kiosk/approve.sh [BUILD FOLDER]
#
# Draws every screen of the kiosk and keeps it as the approved one. Look at `git diff` of tests/kiosk/approved before
# you commit; with PIPA_KIOSK_SHOTS=FOLDER the pictures are also left there in full size. Default: build/release.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=${1:-$root/build/release}/bin
mkdir -p "$root/tests/kiosk/approved"
rm -f "$root"/tests/kiosk/approved/*.png
PIPA_APPROVE=1 LIBGL_ALWAYS_SOFTWARE=1 "$bin/kiosk_screen_tests" 'screens: look as approved*'
ls "$root/tests/kiosk/approved" | wc -l | xargs printf '%s screens approved\n'
