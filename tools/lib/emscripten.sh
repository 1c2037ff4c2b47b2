# The compiler for the browser, and the node packages. Sourced by tools/setup.
#
# Debian 12 has clang 19 but no Emscripten that knows C++23, so we unpack Debian 13's into the cache, with its binaryen
# and the three run-time libraries that binaryen was linked against. Nothing of Debian 13 is installed. On Debian 13 it is the
# same: its package would bring a gigabyte that we do not use. An emcc that is there already is taken if it works.

emscripten_parts=(emscripten binaryen libc6 libstdc++6 libgcc-s1)
emscripten_oldest=3.1.69

# Sets $emscripten (the folder of emcc), $emscripten_key and, if that is ours to make, $emscripten_home.
find_emscripten() {
  local on_path version folder name
  on_path=$(command -v emcc || true)
  if [[ -n $on_path ]]; then
    version=$(emcc --version | sed -n '1s/.* \([0-9][0-9.]*\).*/\1/p')
    for folder in "$(dirname "$(realpath "$on_path")")" /usr/share/emscripten; do
      [[ -f $folder/cmake/Modules/Platform/Emscripten.cmake ]] || continue
      [[ $(printf '%s\n' "$emscripten_oldest" "$version" | sort -V | head -n 1) == "$emscripten_oldest" ]] || continue
      emscripten_works "$folder" "$version" || continue
      emscripten=$folder emscripten_key="$folder $version" emscripten_home=''
      return
    done
  fi
  emscripten_key=$({ for name in "${emscripten_parts[@]}"; do pin "$name" sha256; done; declare -f build_emscripten
    } | sha256sum | cut -c1-10)
  emscripten_home=$cache/emscripten-$(pin emscripten version)-$emscripten_key
  emscripten=$emscripten_home/usr/share/emscripten
}

# Whether somebody else's emcc compiles what Pipa needs, for this user: tried once for each version.
emscripten_works() { # FOLDER VERSION
  local stamp
  stamp=$cache/emscripten-works-$(say "$1 $2" | sha256sum | cut -c1-10)
  [[ -f $stamp ]] && return
  run_logged "trying the emcc of $1" try_emscripten "$1"
  ((run_status == 0)) || { say "      so the emcc of $1 is left alone"; return 1; }
  touch "$stamp"
}

# Not ours to make, or made and tried out (the stamp is written last).
emscripten_ready() { [[ -z $emscripten_home || -f $emscripten_home/works ]]; }

prepare_emscripten() {
  local name archives=()
  [[ $(dpkg --print-architecture) == amd64 ]] \
    || die "the pinned Emscripten is for amd64; put an emcc of version $emscripten_oldest or newer on the PATH"
  for name in "${emscripten_parts[@]}"; do fetch "$name"; archives+=("$fetched"); done
  rm -rf "$emscripten_home"
  run_logged emscripten build_emscripten "$emscripten_home" "$npm_home/node_modules/acorn" "${archives[@]}"
  or_die "Emscripten could not be set up"
}

build_emscripten() { # HOME ACORN EMSCRIPTEN.deb BINARYEN.deb LIBRARY.deb...
  set -e
  local home=$1 acorn=$2 emscripten_deb=$3 binaryen_deb=$4 deb libraries program
  shift 4
  mkdir -p "$home.part" "$home.part/debian13"
  # The package brings its system libraries in every variant. Those for threads, workers, sanitizers and 64 bits are a
  # gigabyte that we do not use; emcc would make them anew if asked.
  dpkg-deb --fsys-tarfile "$emscripten_deb" | tar -x -C "$home.part" --no-same-owner --exclude='./usr/share/doc' \
    --exclude='./usr/share/emscripten/test' --exclude='*/wasm64-emscripten' \
    --exclude='*/wasm32-emscripten/*-mt*' --exclude='*/wasm32-emscripten/*-ww*' --exclude='*/wasm32-emscripten/*san*'
  dpkg-deb --extract "$binaryen_deb" "$home.part"
  for deb; do dpkg-deb --extract "$deb" "$home.part/debian13"; done
  # Programs name their loader by its full path: hence first the final place, and a stamp when all works.
  rm -rf "$home"
  mv "$home.part" "$home"
  libraries=$home/debian13/usr/lib/x86_64-linux-gnu
  for program in "$home"/usr/bin/*; do
    [[ -f $program && $(head -c 4 "$program") == $'\x7fELF' ]] || continue
    patchelf --set-interpreter "$libraries/ld-linux-x86-64.so.2" --set-rpath "$libraries:$home/usr/lib:$home/usr/lib/x86_64-linux-gnu" "$program"
  done
  find "$home/usr/lib" -name 'libbinaryen.so*' -type f -exec patchelf --set-rpath "$libraries" {} \;
  mkdir -p "$home/usr/share/emscripten/node_modules"
  cp -r "$acorn" "$home/usr/share/emscripten/node_modules/"
  cat >"$home/usr/share/emscripten/.emscripten" <<PYTHON
import shutil
LLVM_ROOT = '/usr/bin'
LLVM_ADD_VERSION = '19'
CLANG_ADD_VERSION = '19'
BINARYEN_ROOT = '$home/usr'
EMSCRIPTEN_ROOT = '$home/usr/share/emscripten'
CACHE = '$home/usr/share/emscripten/cache'
FROZEN_CACHE = False
NODE_JS = shutil.which('node')
PYTHON
  try_emscripten "$home/usr/share/emscripten"
  touch "$home/works"
}

# Compiles and runs what Pipa needs of C++23, of exceptions and of optimising the whole; as a side effect emcc makes what its
# cache lacks.
try_emscripten() {
  local work
  work=$(mktemp -d)
  cat >"$work/hello.cpp" <<'CPP'
#include <cstdio>
#include <expected>
#include <stdexcept>
#include <string>
std::expected<std::string, int> hello(bool good) {
  if (!good) return std::unexpected(7);
  return "hello";
}
int main() {
  try {
    throw std::runtime_error("caught");
  } catch (const std::exception& error) {
    std::printf("%s %d %s\n", hello(true)->c_str(), hello(false).error(), error.what());
  }
}
CPP
  for mode in -O0 -O2; do
    "$1/em++" -std=c++23 $mode -fwasm-exceptions "$work/hello.cpp" -o "$work/hello.js"
    [[ $(node "$work/hello.js") == 'hello 7 caught' ]] || { say "hello.cpp, built with $mode, did not say what it should"; return 1; }
  done
  say 'extern "C" int answer() { return 42; }' >"$work/answer.cpp"
  "$1/em++" -Oz -flto --no-entry -sSTANDALONE_WASM -sMALLOC=emmalloc -sEXPORTED_FUNCTIONS=_answer "$work/answer.cpp" -o "$work/answer.wasm"
  rm -rf "$work"
}

# The node packages that package-lock.json pins, as npm checks and installs them.
find_npm() {
  npm_home=$cache/npm-$(cat "$root/tools/npm/package.json" "$root/tools/npm/package-lock.json" | sha256sum | cut -c1-10)
}
prepare_npm() {
  rm -rf "$npm_home.part"
  mkdir -p "$npm_home.part"
  cp "$root/tools/npm/package.json" "$root/tools/npm/package-lock.json" "$npm_home.part/"
  run_logged 'npm ci' in_folder "$npm_home.part" npm ci --ignore-scripts --no-audit --no-fund
  or_die "npm ci failed"
  mv "$npm_home.part" "$npm_home"
}
