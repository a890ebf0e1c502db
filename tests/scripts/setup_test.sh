#!/usr/bin/env bash
# How scripts/sdd gets its packages and its build, on a machine made of stand-ins: PATH holds only
# fakes of dpkg-query, apt-get, sudo, id, cmake and ninja, and the few real tools it needs.
# Prints what failed, and the totals.
set -uo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../scripts" && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# A clone with nothing built, every package installed, and the user root.
new_machine() {
  rm -rf "$work"/*
  mkdir -p "$work/clone/scripts" "$work/bin" "$work/state"
  cp "$scripts/sdd" "$scripts/setup.sh" "$work/clone/scripts/"
  echo '{}' >"$work/clone/CMakePresets.json"
  local tool
  for tool in bash env dirname readlink uname grep flock mkdir rm cat cksum tail touch chmod; do
    ln -s "$(command -v "$tool")" "$work/bin/$tool"
  done
  echo 0 >"$work/state/uid"
  # shellcheck source=/dev/null
  (source "$work/clone/scripts/setup.sh" && printf '%s\n' "${packages[@]}") >"$work/state/installed"
  fake id 'cat "$state/uid"'
  fake dpkg-query 'echo "$*" >>"$state/dpkg.calls"
    while read -r package; do echo "installed $package"; done <"$state/installed"'
  fake apt-get 'echo "$*" >>"$state/apt.calls"
    [[ ! -e $state/apt.fails ]] || { echo "E: no such luck"; exit 100; }
    [[ $* != *" update" || ! -e $state/lists.old ]] || { rm "$state/lists.old"; exit 0; }
    [[ $* == *" update" || ! -e $state/lists.old ]] || exit 100
    for word in "$@"; do [[ $word == -* ]] || echo "$word" >>"$state/installed"; done'
  fake cmake 'mkdir -p build/release && touch build/release/build.ninja
    echo "$*" >>"$state/cmake.calls"'
  fake ninja 'echo "$*" >>"$state/ninja.calls"; cat >"$state/ninja.stdin"
    [[ ! -e $state/ninja.fails ]] || { echo "missing.h: No such file"; exit 1; }
    printf "%s\n" "#!$(command -v bash)" "echo \"ran \$PWD \$*\"; cat; exit 7" >"$2/sdd"
    chmod +x "$2/sdd"'
}

fake() {
  printf '#!%s\nstate=%q\n%s\n' "$work/bin/bash" "$work/state" "$2" >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}

# Starts scripts/sdd (or the link $command) on that machine: sets out, err, code.
sdd() {
  out=$(cd "$work" && PATH=$work/bin "${command:-$work/clone/scripts/sdd}" "$@" 2>"$work/err" <<<input)
  code=$?
  err=$(<"$work/err")
}

remove() { grep -vxF "$1" "$work/state/installed" >"$work/left"; mv "$work/left" "$work/state/installed"; }
calls() { cat "$work/state/$1.calls" 2>/dev/null; }

expect() {
  if [[ $2 == $3 ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf '%s: %s\n  wanted: %s\n  got:    %s\n' "$scenario" "$1" "$3" "$2"
  fi
}

scenario="nothing is missing"
new_machine
sdd check a 'b c'
expect "exit code" "$code" 7
expect "stdout" "$out" "ran $work check a b c"$'\n'input
expect "stderr" "$err" "sdd: building sdd …"
expect "apt-get" "$(calls apt)" ""
expect "the build leaves stdin alone" "$(<"$work/state/ninja.stdin")" ""

scenario="the second time"
rm "$work/state/dpkg.calls"
sdd
expect "stderr" "$err" ""
expect "dpkg-query" "$(calls dpkg)" ""
expect "configured once" "$(calls cmake | grep -c .)" 1

scenario="a new preset file"
echo '{"version": 6}' >"$work/clone/CMakePresets.json"
sdd
expect "configured again" "$(calls cmake | grep -c .)" 2

scenario="through a link"
mkdir "$work/elsewhere"
ln -s "$work/clone/scripts/sdd" "$work/elsewhere/sdd"
command=$work/elsewhere/sdd sdd x
expect "stdout" "$out" "ran $work x"$'\n'input

scenario="two packages are missing"
new_machine
remove ninja-build
remove libssl-dev
sdd
expect "apt-get" "$(calls apt)" "*install --no-install-recommends ninja-build libssl-dev"
expect "apt-get is called once" "$(calls apt | grep -c .)" 1
expect "stderr" "$err" "*installing Debian packages: ninja-build libssl-dev*"
expect "exit code" "$code" 7

scenario="package lists are old"
new_machine
remove libssl-dev
touch "$work/state/lists.old"
sdd
expect "apt-get" "$(calls apt | grep -o ' update\| install ')" $' install \n update\n install '
expect "exit code" "$code" 7

scenario="apt-get fails"
new_machine
remove libssl-dev
touch "$work/state/apt.fails"
sdd
expect "exit code" "$code" 3
expect "stderr" "$err" "*E: no such luck*apt-get could not install them*"
expect "nothing was built" "$(calls ninja)" ""

scenario="not root, no sudo"
new_machine
remove libssl-dev
echo 1000 >"$work/state/uid"
sdd
expect "exit code" "$code" 3
expect "stderr" "$err" "*run: sudo apt-get install --no-install-recommends libssl-dev"
expect "stdout" "$out" ""
expect "apt-get" "$(calls apt)" ""

scenario="not root, nothing missing"
new_machine
echo 1000 >"$work/state/uid"
sdd
expect "exit code" "$code" 7

scenario="not root, sudo"
new_machine
remove libssl-dev
echo 1000 >"$work/state/uid"
fake sudo 'echo "$*" >>"$state/sudo.calls"; [[ $1 == -n ]] || exec "$@"'
sdd
expect "sudo" "$(calls sudo)" "*env DEBIAN_FRONTEND=noninteractive apt-get *libssl-dev"
expect "apt-get" "$(calls apt)" "*libssl-dev"
expect "exit code" "$code" 7

scenario="not root, sudo wants a password, no terminal"
new_machine
remove libssl-dev
echo 1000 >"$work/state/uid"
fake sudo 'exit 1'
sdd
expect "exit code" "$code" 3
expect "stderr" "$err" "*run: sudo apt-get install*"

scenario="a package was removed after it had been seen"
new_machine
sdd
remove libfmt-dev
fake ninja '[[ -e $state/apt.calls ]] || { echo "fmt.h: No such file"; exit 1; }'
sdd
expect "apt-get" "$(calls apt)" "*libfmt-dev"
expect "exit code" "$code" 7

scenario="the sources do not compile"
new_machine
touch "$work/state/ninja.fails"
sdd
expect "exit code" "$code" 3
expect "stderr" "$err" "*missing.h: No such file*the build failed*"
expect "stdout" "$out" ""
expect "one try" "$(calls ninja | grep -c .)" 1

scenario="no Debian"
new_machine
rm "$work/bin/apt-get" "$work/bin/dpkg-query"
sdd
expect "exit code" "$code" 3
expect "stderr" "$err" "*needs Debian 12*"

scenario="started three times at once"
new_machine
fake ninja 'mkdir "$state/building" || echo overlap >>"$state/overlap.calls"
  printf "%s\n" "#!$(command -v bash)" "exit 7" >"$2/sdd"; chmod +x "$2/sdd"; rmdir "$state/building"'
ln -s "$(command -v rmdir)" "$work/bin/rmdir"
for _ in 1 2 3; do (sdd; echo "$code" >>"$work/codes") & done
wait
expect "exit codes" "$(<"$work/codes")" $'7\n7\n7'
expect "builds that overlapped" "$(calls overlap)" ""

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0 && passed > 0))
