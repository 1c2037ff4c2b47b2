# How each third-party library is built. Sourced by tools/setup.
#
# A recipe build_NAME runs in a fresh folder that holds the unpacked source as src/, and installs into $stage$prefix.
# $target is native or wasm. What a recipe says is part of the key of what it built: change it, and it is built anew.

# By target, and by what needs them: the programs and the page, the kiosk, the tests that are compiled.
native_libraries=(libsodium zxing-cpp nlohmann-json md4c cli11) native_kiosk_libraries=(sdl3) native_unit_libraries=(catch2 libcbor)
wasm_libraries=(libsodium zlib zxing-cpp nlohmann-json md4c) wasm_kiosk_libraries=(sdl3)

# Everything in the browser that may throw must use the same kind of exceptions, or it cannot be linked together.
wasm_flags='-O3 -msimd128 -fwasm-exceptions'

# with_cmake FLAGS...: configure, build, install.
with_cmake() {
  local more=()
  case $target in
    native) more=(-DCMAKE_C_COMPILER="$native_cc" -DCMAKE_CXX_COMPILER="$native_cxx" -DCMAKE_POSITION_INDEPENDENT_CODE=ON) ;;
    wasm) more=(-DCMAKE_TOOLCHAIN_FILE="$emscripten/cmake/Modules/Platform/Emscripten.cmake"
                -DCMAKE_C_FLAGS="$wasm_flags" -DCMAKE_CXX_FLAGS="$wasm_flags") ;;
  esac
  cmake -S "${source:-src}" -B out -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DCMAKE_INSTALL_PREFIX="$prefix" \
    -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_POLICY_DEFAULT_CMP0077=NEW "${more[@]}" "$@"
  cmake --build out
  DESTDIR=$stage cmake --install out
}

# For the browser: no -fwasm-exceptions and no -msimd128, because it is C and throws nothing, and so our own small
# modules that do without both can link it too. No configure either: it takes two minutes under emcc to find out what
# the list below says (compare its DEFS when the version changes). For size: a verification takes 0.094 ms instead of 0.088, and
# the phone page, which loads it before it shows a verdict, is 2.2 KB smaller in brotli.
build_libsodium() {
  cd src
  if [[ $target == native ]]; then
    CC=$native_cc CFLAGS='-O3 -fPIC' ./configure --prefix="$prefix" --with-pic --disable-shared --disable-dependency-tracking
    make -j"$jobs"
    make install DESTDIR="$stage"
    return
  fi
  cp builds/msvc/version.h src/libsodium/include/sodium/ # the only header that configure would write
  cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(sodium C)
file(GLOB_RECURSE sources src/libsodium/*.c)
add_library(sodium STATIC ${sources})
target_include_directories(sodium PRIVATE src/libsodium/include/sodium)
target_compile_definitions(sodium PRIVATE CONFIGURED=1 _GNU_SOURCE=1 NATIVE_LITTLE_ENDIAN=1 HAVE_SYS_MMAN_H=1
  HAVE_SYS_PARAM_H=1 HAVE_SYS_RANDOM_H=1 HAVE_THREADS_H=1 HAVE_INLINE_ASM=1 HAVE_ATOMIC_OPS=1 HAVE_C11_MEMORY_FENCES=1
  HAVE_GCC_MEMORY_FENCES=1 HAVE_ALLOCA_H=1 HAVE_ALLOCA=1 HAVE_C_VARARRAYS=1 HAVE_GETPID=1 HAVE_POSIX_MEMALIGN=1
  HAVE_NANOSLEEP=1 HAVE_CLOCK_GETTIME=1 HAVE_EXPLICIT_BZERO=1)
install(TARGETS sodium)
install(DIRECTORY src/libsodium/include/ DESTINATION include FILES_MATCHING PATTERN "*.h" PATTERN private EXCLUDE)
install(FILES libsodium.pc DESTINATION lib/pkgconfig)
CMAKE
  cat >libsodium.pc <<PC
Name: libsodium
Description: the part of libsodium that runs in browsers
Version: $(pin libsodium version)
Libs: -L$prefix/lib -lsodium
Cflags: -I$prefix/include
PC
  source=. wasm_flags= with_cmake -DCMAKE_C_FLAGS_RELEASE='-Oz -DNDEBUG'
}

# For the browser only, where it unpacks status lists; natively it is Debian's. Upstream's own build makes two libraries of
# one name under emcc, and packs, which nothing in the browser does. No exceptions and no SIMD, as with libsodium; for size and
# without gzip's own format, because the phone page loads it before it shows a verdict: 4.6 KB in brotli instead of 11.8.
build_zlib() {
  cd src
  cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(zlib C)
add_library(z STATIC adler32.c inffast.c inflate.c inftrees.c zutil.c)
target_compile_definitions(z PRIVATE NO_GZIP)
install(TARGETS z)
install(FILES zlib.h zconf.h DESTINATION include)
CMAKE
  source=. wasm_flags= with_cmake -DCMAKE_C_FLAGS_RELEASE='-Oz -DNDEBUG'
}

# QR alone; everything that draws codes stays out of the browser.
build_zxing-cpp() {
  local writers=OFF other off=()
  [[ $target == native ]] && writers=NEW
  for other in AZTEC DATAMATRIX MAXICODE PDF417 1D; do off+=("-DZXING_ENABLE_$other=OFF"); done
  source=src/core with_cmake -DZXING_READERS=ON -DZXING_ENABLE_QRCODE=ON -DZXING_WRITERS="$writers" \
    -DZXING_USE_BUNDLED_ZINT=ON "${off[@]}"
}

build_nlohmann-json() { with_cmake -DJSON_BuildTests=OFF; }
build_md4c()          { with_cmake -DBUILD_MD2HTML_EXECUTABLE=OFF; }
build_cli11()         { with_cmake -DCLI11_BUILD_TESTS=OFF -DCLI11_BUILD_EXAMPLES=OFF -DCLI11_BUILD_DOCS=OFF -DCLI11_SINGLE_FILE=OFF -DCLI11_PRECOMPILED=ON; }
build_catch2()        { with_cmake -DBUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF -DCMAKE_CXX_STANDARD=20; }
build_libcbor()       { with_cmake -DWITH_EXAMPLES=OFF -DWITH_TESTS=OFF; }

# For the kiosk. Drivers are loaded at run time, so one program serves a desk (X11, Wayland) and a bare screen (KMS).
# SDL leaves out silently what it has no headers for; we would rather hear of it now.
build_sdl3() {
  local off=() driver config wanted
  local unused='SHARED TESTS TEST_LIBRARY EXAMPLES INSTALL_TESTS INSTALL_DOCS HAPTIC SENSOR DIALOG GPU VULKAN RENDER'
  if [[ $target == native ]]; then
    wanted='VIDEO_DRIVER_X11 VIDEO_DRIVER_WAYLAND VIDEO_DRIVER_KMSDRM VIDEO_DRIVER_OFFSCREEN VIDEO_DRIVER_DUMMY
      VIDEO_OPENGL_ES2 VIDEO_OPENGL_EGL CAMERA_DRIVER_V4L2 AUDIO_DRIVER_ALSA AUDIO_DRIVER_PULSEAUDIO'
    unused+=' HIDAPI_LIBUSB'
  else
    wanted='VIDEO_DRIVER_EMSCRIPTEN VIDEO_OPENGL_ES2 CAMERA_DRIVER_EMSCRIPTEN'
    # Natively these stay: without them SDL 3.2.10 still names its virtual joystick, and cannot be linked.
    unused+=' JOYSTICK HIDAPI AUDIO' # nothing in there makes a sound
    # The kiosk draws with WebGL and takes a camera's pixels as the browser has them: SDL's blitters, its conversions and
    # its picture decoders would only be downloaded.
    off+=(-DCMAKE_C_FLAGS_RELEASE='-Oz -DNDEBUG -DSDL_LEAN_AND_MEAN=1')
  fi
  for driver in $unused; do off+=("-DSDL_$driver=OFF"); done
  with_cmake -DSDL_STATIC=ON -DSDL_CAMERA=ON -DSDL_DEPS_SHARED=ON "${off[@]}"
  config=$(find out -path '*build_config/SDL_build_config.h')
  for driver in $wanted; do
    grep -q "^#define SDL_$driver 1" "$config" || { say "SDL was built without $driver"; return 1; }
  done
}

# library_key NAME: a short hash of all that decides what comes out: the pin, the recipe, the flags and the compiler.
library_key() {
  { pin "$1" sha256; say "$target" "$wasm_flags"; declare -f with_cmake unpack "build_$1"
    if [[ $target == native ]]; then say "$native_version"; else say "$emscripten_key"; fi
  } | sha256sum | cut -c1-10
}
library_folder() { printf '%s/%s/%s-%s-%s' "$cache" "$target" "$1" "$(pin "$1" version)" "$(library_key "$1")"; }

# build_library NAME: fetches and builds in a temporary folder; the finished thing gets its name by one rename.
build_library() {
  local name=$1 prefix work
  prefix=$(library_folder "$name")
  mkdir -p "$cache/work" "$cache/$target"
  work=$(mktemp -d "$cache/work/$name.XXXXXX")
  fetch "$name"
  unpack "$fetched" "$work/src"
  stage=$work/stage
  run_logged "$name ($target)" in_folder "$work" "build_$name"
  or_die "$name could not be built for $target"
  # pkg-config files must not know where they lie, so that the merged folder below can hold them too.
  find "$stage$prefix" -name '*.pc' -exec sed -i "s|$prefix|\${pcfiledir}/../..|g" {} +
  # Archives carry the dates of their release; with today's, a build that used an older version notices the change.
  find "$stage$prefix" -type f -exec touch {} +
  rm -rf "$prefix"
  mv "$stage$prefix" "$prefix"
  rm -rf "$work"
}
in_folder() { cd "$1"; shift; "$@"; }

# merge_libraries NAME...: one folder with those of them that are built, as hard links, for CMAKE_PREFIX_PATH. Its path goes to
# $merged. What an earlier set-up built stays in reach of the build folders that need it.
merge_libraries() {
  local name folders=() key
  for name; do [[ ! -d $(library_folder "$name") ]] || folders+=("$(library_folder "$name")"); done
  key=$(printf '%s\n' "${folders[@]##*/}" | sort | sha256sum | cut -c1-10)
  merged=$cache/$target/all-$key
  [[ -d $merged ]] && return
  rm -rf "$merged.part"
  mkdir -p "$merged.part"
  for name in "${folders[@]}"; do cp -al "$name/." "$merged.part/"; done
  mv "$merged.part" "$merged"
}
