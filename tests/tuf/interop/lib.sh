# What the interop scripts share. Sourced after $pipa and $here are set. A script that cannot have its packages says
# 'skipped: ...' and exits with 77, which ctest counts as skipped.
. "$here/../../../tools/lib/common.sh"

skip() { say "skipped: $(basename "$0" .sh): $*"; exit 77; }
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT

# key_of FILE...: a short hash, so that changed versions get a folder of their own.
key_of() { cat "$@" | sha256sum | cut -c1-10; }

# python_packages REQUIREMENTS: installs them, each file's SHA-256 checked, into a folder of the cache and puts that on PYTHONPATH.
python_packages() {
  have python3 || skip 'there is no python3'
  local folder part log=$work/pip.log
  folder=$cache/interop/python-$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')-$(key_of "$1" "$here/requirements.txt")
  if [[ ! -d $folder ]]; then
    python3 -m pip --version >/dev/null 2>&1 || skip 'there is no pip for python3'
    mkdir -p "$cache/interop"
    part=$(mktemp -d "$folder.XXXXXX")
    python3 -m pip install --quiet --disable-pip-version-check --target "$part" \
      --require-hashes --only-binary :all: --requirement "$1" >"$log" 2>&1 \
      || { rm -rf "$part"; skip "pip cannot get what $(basename "$1") pins: $(grep -m 1 -E 'ERROR|HASH' "$log" || tail -n 1 "$log")"; }
    mv -T "$part" "$folder" 2>/dev/null || rm -rf "$part" # another run was faster
  fi
  export PYTHONPATH=$folder${PYTHONPATH:+:$PYTHONPATH} PYTHONDONTWRITEBYTECODE=1
}

# node_packages: npm ci of the lock file beside this script, into $node_home.
node_packages() {
  local part log=$work/npm.log
  { have node && have npm; } || skip 'there is no node or npm'
  node_home=$cache/interop/node-$(key_of "$here/package.json" "$here/package-lock.json")
  [[ -d $node_home ]] && return
  mkdir -p "$cache/interop"
  part=$(mktemp -d "$node_home.XXXXXX")
  cp "$here/package.json" "$here/package-lock.json" "$part"
  npm ci --prefix "$part" --no-audit --no-fund --ignore-scripts >"$log" 2>&1 \
    || { rm -rf "$part"; skip "npm cannot get tuf-js: $(tail -n 1 "$log")"; }
  mv -T "$part" "$node_home" 2>/dev/null || rm -rf "$part"
}

# serve FOLDER: over HTTP on this machine; the address goes to $url. What was asked for is in $work/served.
serve() {
  : >"$work/served"
  python3 "$here/serve.py" "$1" >"$work/served" 2>/dev/null &
  server=$!
  local tries
  for tries in {1..100}; do
    read -r url 2>/dev/null <"$work/served" && [[ -n $url ]] && return
    sleep 0.05
  done
  die "the test server did not start"
}

passed=0 failed=0
check() { # check WHAT COMMAND...
  local what=$1 log=$work/check.log
  shift
  if "$@" >"$log" 2>&1; then passed=$((passed + 1)); return; fi
  failed=$((failed + 1))
  say "FAILED: $what"
  tail -n 20 "$log"
}
refuse() { # refuse CODE COMMAND...: the command must fail, and say this code
  local code=$1
  shift
  if "$@" >"$work/refuse.log" 2>&1; then say "it was accepted"; return 1; fi
  grep -qF "$code" "$work/refuse.log" || { cat "$work/refuse.log"; return 1; }
}
finish() { say "$passed passed, $failed failed"; ((failed == 0)); exit; }

# follow DIR BASE COMMAND...: our client in the folder DIR, on the repository at BASE.
follow() {
  local folder=$1 base=$2
  shift 2
  "$pipa" tuf --metadata-dir "$folder" --metadata-url "$base/metadata" --target-base-url "$base/targets" \
    --target-dir "$folder.files" "$@"
}
# fetch_all DIR BASE TREE: downloads every target that the file TREE/names lists, and compares it with TREE/content.
fetch_all() {
  local folder=$1 base=$2 tree=$3 name number=0
  while IFS= read -r name; do
    follow "$folder" "$base" --target-name "$name" download --json >"$work/got.json" || return
    cmp "$tree/content/$number" "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["targets"][0]["file"])' "$work/got.json")" || return
    number=$((number + 1))
  done <"$tree/names"
  ((number > 0))
}
