# The Debian packages that Pipa needs, by purpose, and how they are installed. Sourced by tools/setup.
#
# NAME=COMMAND means: not needed when that command is there already, wherever it comes from.

declare -A packages=(
  [base]='ca-certificates git=git curl=curl xz-utils=xz'
  [programs]='gcc=gcc g++=g++ make=make cmake=cmake ninja-build=ninja pkg-config=pkg-config python3=python3 python3-pip=pip3
    libsqlite3-dev libcairo2-dev libpango1.0-dev libpng-dev libjpeg62-turbo-dev libcurl4-openssl-dev libssl-dev zlib1g-dev
    fonts-noto-cjk'
  [kiosk]='libfreetype-dev
    libx11-dev libxext-dev libxrandr-dev libxcursor-dev libxi-dev libxfixes-dev libxss-dev
    libwayland-dev libxkbcommon-dev libdecor-0-dev libegl-dev libgles-dev libgl-dev libdrm-dev libgbm-dev
    libudev-dev libdbus-1-dev libasound2-dev libpulse-dev libgl1-mesa-dri libegl1 libgles2'
  [web]='clang-19 lld-19 llvm-19 patchelf brotli=brotli'
  [checks]='poppler-utils=pdftoppm'
  [tests]='clang-19 lld-19 llvm-19 libclang-rt-19-dev chromium=chromium rclone=rclone faketime=faketime locales xvfb=Xvfb'
)

# Node 18 or newer; Debian 12's own is 18.
packages_for_node() {
  local major
  major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  if ((${major:-0} < 18)) || ! have npm; then say nodejs npm; fi
}

# missing_packages GROUP...: those that are not there, once each.
missing_packages() {
  local group entry names=()
  for group; do
    for entry in ${packages[$group]:-} $([[ $group == web || $group == checks ]] && packages_for_node); do
      [[ $entry == *=* ]] && have "${entry#*=}" && continue
      names+=("${entry%%=*}")
    done
  done
  # dpkg-query lists what it knows; whatever it does not list as installed is missing.
  printf '%s\n' "${names[@]}" | sort -u | comm -23 - <(
    dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
}

install_packages() {
  local missing as_root=()
  have apt-get || { say "no apt-get here: trusting that what tools/lib/packages.sh lists is installed"; return; }
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [[ -z ${missing// /} ]] && return
  say "Debian packages to install: $missing" | fold -s -w 118
  ((EUID == 0)) || { have sudo || die "installing packages needs root (or sudo)"; as_root=(sudo --preserve-env=DEBIAN_FRONTEND); }
  mkdir -p "$cache"
  export DEBIAN_FRONTEND=noninteractive
  run_logged 'apt-get update' "${as_root[@]}" apt-get update --quiet
  or_die "apt-get update failed"
  # shellcheck disable=SC2086  # a list of names
  run_logged 'apt-get install' "${as_root[@]}" apt-get install --yes --quiet --no-install-recommends $missing
  or_die "not all packages could be installed"
}
