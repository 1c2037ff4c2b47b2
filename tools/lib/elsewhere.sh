# Running tests on another day and in another place: clock, time zone, locale and umask. Sourced by tools/test.
#
# Only programs that are built already: CMake, Ninja and the compilers go by the dates of files. Timers run as ever; it is
# the day that is moved, and the dates of files with it.

# Where: days from now, time zone, locale.
elsewhere_places=('400 America/Los_Angeles C' '3653 Asia/Shanghai zh_CN.UTF-8')

# elsewhere DAYS ZONE LOCALE COMMAND...: runs it there, for a user whose new files nobody else can read.
elsewhere() (
  days=$1 zone=$2 locale=$3
  shift 3
  umask 077
  export TZ=$zone LANG=$locale FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1
  unset LC_ALL LANGUAGE
  [[ $locale == C ]] || export LOCPATH=$root/build/locale
  moved=$(faketime -m -f "+${days}d" date +%s)
  ((moved - $(date +%s) > (days - 1) * 86400)) || die "faketime does not move the clock here"
  exec faketime -m -f "+${days}d" "$@"
)

# make_locales: those of elsewhere_places, into build/locale, from what Debian's package locales describes.
make_locales() {
  local days zone locale
  mkdir -p "$root/build/locale"
  while read -r days zone locale; do
    [[ $locale == C || -d $root/build/locale/$locale ]] && continue
    localedef --inputfile="${locale%.*}" --charmap="${locale#*.}" "$root/build/locale/$locale" || return
  done < <(printf '%s\n' "${elsewhere_places[@]}")
}

# elsewhere_files PLACE FILE...: the tests that run there, one a line. Those that publish run in every place, because what is
# published has an expiry of its own; the others are dealt out in turn, so that each runs in one.
elsewhere_files() {
  local place=$1 file turn=0
  shift
  for file; do
    if grep -q "'publish'" "$file"; then say "$file"; continue; fi
    if ((turn++ % ${#elsewhere_places[@]} == place)); then say "$file"; fi
  done
}
