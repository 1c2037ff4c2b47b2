# Small helpers that every script in tools/ shares. Sourced, not run; needs nothing but bash and coreutils.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${PIPA_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/pipa}
jobs=$(nproc)

say()  { printf '%s\n' "$*"; }
die()  { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# seconds TIME_IN_NS: seconds since then, with one decimal.
now_ns()  { date +%s%N; }
seconds() { local tenths=$(( ($(now_ns) - $1) / 100000000 )); printf '%d.%d' $((tenths / 10)) $((tenths % 10)); }

# show_help FILE: the comment at the head of a script is its --help.
show_help() { sed -n '2,/^$/{s/^# \{0,1\}//;p}' "$1"; }

# run_logged LABEL COMMAND...: runs the command with its output in a log file ($log), says every 20 s that it is still
# at it, and shows the end of the log only if it fails. How it ended is in $run_status, and the function itself succeeds:
# bash forgets about 'set -e' within anything whose success is asked for with 'if' or '||', so it must not be asked for.
log_folder=$cache/logs
log_lines=30
run_logged() {
  local label=$1 began ticker
  shift
  mkdir -p "$log_folder"
  log=$log_folder/${label//[^A-Za-z0-9.+-]/_}.log
  began=$(now_ns)
  # The ticker is in the background and not the work, so that Ctrl-C reaches the work. Its sleep outlives it by some
  # seconds and must hold nothing open meanwhile: neither our output nor the lock of tools/setup (9).
  (while sleep 20 >/dev/null && kill -0 $$; do say "      $label: still working, $(seconds "$began") s"; done) 2>/dev/null 9>&- &
  ticker=$!
  set +e
  (set -e; "$@") >"$log" 2>&1 </dev/null
  run_status=$?
  set -e
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  ((run_status == 0)) && return
  say "      $label failed after $(seconds "$began") s. The end of its log:" >&2
  tail -n "$log_lines" "$log" | sed 's/^/      | /' >&2
  say "      The whole log: $log" >&2
}
# or_die MESSAGE: after run_logged.
or_die() { ((run_status == 0)) || die "$1"; }
