# Fetches the archives that pins.tsv names, and lets none through whose SHA-256 differs. Sourced by tools/setup.

# pin NAME FIELD: a field (version, sha256, licence or places) of a line of pins.tsv.
declare -A pins=()
read_pins() {
  local name version sha256 licence places
  while IFS=$'\t' read -r name version sha256 licence places; do
    [[ -z $name || $name == \#* ]] && continue
    pins[$name.version]=$version pins[$name.sha256]=$sha256 pins[$name.licence]=$licence pins[$name.places]=$places
  done <"$root/tools/pins.tsv"
}
pin() { [[ -n ${pins[$1.$2]:-} ]] || die "tools/pins.tsv has no $2 of $1"; printf '%s' "${pins[$1.$2]}"; }

has_sha256() { [[ -f $1 ]] && printf '%s  %s\n' "$2" "$1" | sha256sum --check --status 2>/dev/null; }

# The mirrors of this Debian release that apt is set up with, one base address a line. Asking apt, and downloading with
# apt's own helper, means that proxies, certificates and log-ins set up for apt hold here too.
debian_mirrors() {
  local suite mirror
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' | while read -r suite mirror; do
    if [[ $suite == "$debian_codename"* ]]; then say "${mirror%/}"; fi
  done | sort -u
}
debian_codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")

apt_download() { # URL FILE
  /usr/lib/apt/apt-helper -o APT::Sandbox::User=root -o Acquire::Retries=2 -q=2 download-file "$1" "$2"
}

# Each fetch_KIND PLACE FILE [NAME] writes FILE, or says why not on standard error.
fetch_debian() {
  local mirror mirrors
  mirrors=$(debian_mirrors)
  [[ -n $mirrors ]] || { say "apt knows no mirror of Debian '$debian_codename'" >&2; return 1; }
  for mirror in $mirrors; do
    apt_download "$mirror/$1" "$2" && return
  done
  return 1
}

fetch_https() {
  have curl || { say "curl is not installed" >&2; return 1; }
  curl --fail --silent --show-error --location --proto '=https' --connect-timeout 15 --retry 2 --output "$2" "https:$1"
}

# pip would build the package's metadata, for which it downloads and runs build tools that nobody pinned. All we want
# is the archive: so pip checks its SHA-256 first (the hash in the requirements file) and then finds an idle build tool.
fetch_pypi() {
  local work archive
  work=$(mktemp -d)
  mkdir -p "$work/idle/scikit_build_core" "$work/got"
  cat >"$work/idle/scikit_build_core/build.py" <<'PYTHON'
import os
def prepare_metadata_for_build_wheel(folder, config_settings=None):
    name, version = os.environ["PIPA_REQUIREMENT"].split("==")
    info = name.replace("-", "_") + "-" + version + ".dist-info"
    os.makedirs(os.path.join(folder, info))
    with open(os.path.join(folder, info, "METADATA"), "w") as out:
        out.write(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return info
PYTHON
  say "$1 --hash=sha256:$(pin "$3" sha256)" >"$work/requirements.txt"
  PIPA_REQUIREMENT=$1 PYTHONPATH=$work/idle PIP_DISABLE_PIP_VERSION_CHECK=1 python3 -m pip download --quiet \
    --no-deps --no-binary :all: --no-build-isolation --require-hashes --requirement "$work/requirements.txt" \
    --dest "$work/got" || { rm -rf "$work"; return 1; }
  archive=$(find "$work/got" -type f)
  mv "$archive" "$2"
  rm -rf "$work"
}

fetch_npm() {
  local work
  have npm || { say "npm is not installed" >&2; return 1; }
  work=$(mktemp -d)
  (cd "$work" && npm pack --silent --ignore-scripts --cache "$work/cache" "$1" >/dev/null) && mv "$work"/*.tgz "$2"
  local failed=$?
  rm -rf "$work"
  return "$failed"
}

# Debian replaces the files of its current release now and then, and drops the old ones. This takes what the release
# offers today instead: its index is signed by Debian's keys, the index vouches for the list of packages, and that list
# for the file. Good enough for the few run-time libraries that our copy of binaryen needs, and for nothing else.
fetch_debian-current() {
  local suite=$1 file=$2 name=$3 work mirror list=main/binary-amd64/Packages.xz path sha256
  work=$(mktemp -d)
  for mirror in $(debian_mirrors); do
    apt_download "$mirror/dists/$suite/InRelease" "$work/InRelease" || continue
    gpgv --quiet --keyring /usr/share/keyrings/debian-archive-keyring.gpg --output "$work/Release" "$work/InRelease" \
      || { say "the signature of $suite's index is wrong" >&2; continue; }
    apt_download "$mirror/dists/$suite/$list" "$work/Packages.xz" || continue
    sha256=$(awk -v list="$list" '/^SHA256:/ {on = 1; next} /^[^ ]/ {on = 0} on && $3 == list {print $1}' "$work/Release")
    has_sha256 "$work/Packages.xz" "$sha256" || { say "$suite's list of packages is not what its index says" >&2; continue; }
    read -r path sha256 < <(xzcat "$work/Packages.xz" | awk -v name="$name" '
      /^Package: / {mine = $2 == name} mine && /^Filename: / {path = $2} mine && /^SHA256: / {print path, $2; exit}')
    apt_download "$mirror/$path" "$file" && has_sha256 "$file" "$sha256" || continue
    say "      note: Debian no longer has $name $(pin "$name" version); took $(basename "$path"), which the signed index of"
    say "      $suite vouches for. Please bring tools/pins.tsv up to date: sha256 $sha256"
    rm -rf "$work"
    return
  done
  rm -rf "$work"
  return 1
}

# fetch NAME: puts the pinned archive into the cache if it is not there, and its path into $fetched.
fetch() {
  local name=$1 sha256 file place kind part failures='' began
  sha256=$(pin "$name" sha256)
  # Named by checksum, so that a changed pin never meets an old file; a file put here by hand may have any name.
  fetched=$cache/archives/$name-$(pin "$name" version)-${sha256:0:8}
  [[ -f $fetched ]] && return
  mkdir -p "$cache/archives"
  for file in "$cache/archives"/*; do
    [[ $file =~ -[0-9a-f]{8}$ ]] && continue # named by us: another archive
    if has_sha256 "$file" "$sha256"; then mv "$file" "$fetched"; return; fi
  done
  for place in $(pin "$name" places); do
    kind=${place%%:*} part=$fetched.part began=$(now_ns)
    rm -f "$part"
    say "      fetch $name $(pin "$name" version) from $place"
    if ! "fetch_$kind" "${place#*:}" "$part" "$name" 2>"$part.why"; then
      failures+="  $place"$'\n'"    $(tr -s '\n' ' ' <"$part.why" | cut -c1-400)"$'\n'
    elif [[ $kind != debian-current ]] && ! has_sha256 "$part" "$sha256"; then
      failures+="  $place"$'\n'"    came with SHA-256 $(sha256sum "$part" | cut -d' ' -f1)"$'\n'
    else
      mv "$part" "$fetched"
      rm -f "$part.why"
      return
    fi
    rm -f "$part" "$part.why"
  done
  say "error: could not fetch $name $(pin "$name" version) (SHA-256 $sha256). Tried:" >&2
  say "  the folder $cache/archives" >&2
  say "    holds no file with that SHA-256; one put there by hand, under any name, will be found" >&2
  printf '%s' "$failures" >&2
  exit 1
}

# unpack ARCHIVE FOLDER: without the archive's own top folder.
unpack() { mkdir -p "$2" && tar -xf "$1" -C "$2" --strip-components=1 --no-same-owner; }
