# What scripts/sdd and scripts/test share: the Debian packages, and a build that is up to date.
# shellcheck shell=bash
#
#   source setup.sh
#   build release sdd || exit 3       # then $root/build/release/sdd is there and current
#
# build PRESET TARGET…
#   1. takes the lock: several may be started at once, one builds, the others wait
#   2. sees that the packages are there; asks dpkg only about those it has not seen yet
#   3. configures where this has not been done, or was done for other presets or in another place
#   4. builds (0.1 s when there is nothing to do)
#   5. when 3 or 4 failed: a package may have been removed or upgraded since it was seen, so asks
#      dpkg about all, and tries once more where that can have been the reason
#
# Says only what a person must know, and that on stderr; a log beside the build has the rest.
# Every function returns 0, or non-zero after saying why.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

program_packages=(g++ cmake ninja-build pkg-config libsimdjson-dev libvalijson-dev libcli11-dev
  libgit2-dev libgtest-dev libgmock-dev libbenchmark-dev libre2-dev libfmt-dev libexpected-dev
  libssl-dev libcmark-dev libtomlplusplus-dev)
test_packages=(git jq python3-jsonschema)
ci_packages=(clang clang-tidy clang-format libclang-rt-14-dev)
packages=("${program_packages[@]}")

# A compiler cache is used where there is one; who set a launcher keeps it.
if [[ -z ${CMAKE_CXX_COMPILER_LAUNCHER+set} ]] && command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi

say() { printf 'sdd: %s\n' "$*" >&2; }

require_debian() {
  [[ $(uname -s) == Linux ]] && command -v apt-get >/dev/null && command -v dpkg-query >/dev/null &&
    return
  say "this needs Debian 12 or a Linux much like it (apt-get, dpkg-query); elsewhere install what" \
    "CONTRIBUTING.md lists and build with 'cmake --workflow --preset release'"
  return 1
}

# Prints those of the packages that are not installed.
missing_packages() {
  local installed package
  installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null)
  for package in "$@"; do
    grep -qxF "installed $package" <<<"$installed" || echo "$package"
  done
}

install_packages() {
  local log=$root/build/packages.log as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    # Without a terminal nobody can type sudo's password.
    if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [[ ! -t 2 ]]; }; then
      say "packages are missing that only root can install; run:" \
        "sudo apt-get install --no-install-recommends $*"
      return 1
    fi
    as_root=(sudo)
  fi
  say "installing Debian packages: $*"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --yes
    -o DPkg::Lock::Timeout=300)
  # The lists are fetched only when they do not lead to the packages: none there, or too old.
  "${apt[@]}" install --no-install-recommends "$@" >"$log" 2>&1 </dev/null && return
  "${apt[@]}" update >>"$log" 2>&1 </dev/null &&
    "${apt[@]}" install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null && return
  tail -n 20 "$log" >&2
  say "apt-get could not install them (all it said: $log)"
  return 1
}

# Installs those of $packages that are missing. build/packages.seen names the ones found before:
# asking dpkg takes longer than all else that is done when nothing is to do.
ensure_packages() {
  local seen="" package missing unseen=() file=$root/build/packages.seen
  [[ -e $file ]] && seen=$(<"$file")
  for package in "${packages[@]}"; do
    [[ " $seen " == *" $package "* ]] || unseen+=("$package")
  done
  ((${#unseen[@]} == 0)) && return
  require_debian || return
  missing=$(missing_packages "${unseen[@]}")
  # shellcheck disable=SC2086
  if [[ -n $missing ]]; then install_packages $missing || return; fi
  echo "$seen ${unseen[*]}" >"$file"
}

# A build folder holds for one place and one text of the presets.
configure() {
  local preset=$1 log=$2 folder=$root/build/$1 state
  state="$root $(cksum <"$root/CMakePresets.json")"
  [[ -e $folder/build.ninja && -e $folder/configured && $(<"$folder/configured") == "$state" ]] &&
    return
  (cd "$root" && cmake --preset "$preset" --fresh) >>"$log" 2>&1 </dev/null &&
    echo "$state" >"$folder/configured"
}

configure_and_make() {
  local preset=$1 log=$2
  shift 2
  : >"$log"
  ensure_packages && configure "$preset" "$log" &&
    ninja -C "$root/build/$preset" "$@" >>"$log" 2>&1 </dev/null
}

build_locked() {
  local preset=$1 log=$root/build/$1/build.log gone
  shift
  configure_and_make "$preset" "$log" "$@" && return
  [[ -s $log ]] || return # it never came to building, and the reason has been said
  gone=$(missing_packages "${packages[@]}")
  if [[ -n $gone ]] || grep -qE '^CMake Error|missing and no known rule' "$log"; then
    rm -f "$root/build/packages.seen" "$root/build/$preset/configured"
    configure_and_make "$preset" "$log" "$@" && return
  fi
  tail -n 60 "$log" >&2
  say "the build failed (all it said: $log)"
  return 1
}

build() {
  local folder=$root/build/$1
  if ! mkdir -p "$folder" 2>/dev/null || [[ ! -w $folder || ! -w $root/build ]]; then
    say "cannot write to '$folder', where the build goes"
    return 1
  fi
  # One lock for all build folders: they share the packages, and would share the cores. What is
  # started under it does not inherit it.
  (flock 9 && build_locked "$@" 9>&-) 9>"$root/build/lock"
}
