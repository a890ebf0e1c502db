#!/usr/bin/env bash
# What `cmake --install` makes: a tree that works wherever it lies, with manual page and completions.
# Called with the program that was built; its folder is the build's. Prints what failed, and the
# totals.
set -uo pipefail

build=$(dirname "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

expect() {
  if [[ $2 == $3 ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'failed: %s\n  is       %s\n  expected %s\n' "$1" "$2" "$3"
  fi
}

DESTDIR=$work/tree cmake --install "$build" --prefix /usr >"$work/log" 2>&1
expect "it installs" $? 0
tree=$work/elsewhere
mv "$work/tree/usr" "$tree"
export PATH=$tree/bin:/usr/bin:/bin HOME=$work LC_ALL=C.UTF-8
unset SDD_AUTHOR

expect "the installed one is meant" "$(command -v sdd)" "$tree/bin/sdd"
expect "it tells its version" "$(sdd --version)" 'sdd [0-9]*.[0-9]*.[0-9]*'
sdd check "$root/fixtures/demo" >"$work/out" 2>&1
expect "it checks" "$?: $(tail -n 1 "$work/out")" '2: * errors, * in * of * files*'

# The module for git is found beside it: the author comes from git's configuration.
cp -r "$root/fixtures/updates" "$work/repository"
git -C "$work/repository" init --quiet
git -C "$work/repository" config user.name 'Grace Quay'
(cd "$work/repository" && sdd add-journal quay-lights-2026-05-04-001 --title T --content C >/dev/null)
expect "it asks git" "$(grep -c 'Grace Quay' "$work"/repository/specs/active/quay-lights*.json)" 1

if [[ -e $tree/share/man/man1/sdd.1.gz ]]; then
  expect "the page is sdd(1)" "$(zcat "$tree/share/man/man1/sdd.1.gz" | grep '^\.TH')" '.TH SDD 1 *'
  if command -v man >/dev/null; then
    expect "man takes it without a word" \
      "$(man --warnings -l "$tree/share/man/man1/sdd.1.gz" 2>&1 >/dev/null)" ''
  fi
  expect "bash reads the completion" \
    "$(bash -c 'source "$1" && complete -p sdd' bash "$tree/share/bash-completion/completions/sdd" 2>&1)" \
    '*-F _sdd sdd'
  expect "zsh has its completion" "$(head -n 1 "$tree/share/zsh/vendor-completions/_sdd")" '#compdef sdd'
  expect "fish has its completion" "$(cat "$tree/share/fish/vendor_completions.d/sdd.fish")" \
    '*complete -c sdd*'
fi
expect "the licence is there" "$(head -n 1 "$tree/share/doc/sdd/copyright")" 'MIT License'
expect "the guides are there" "$(head -n 1 "$tree/share/doc/sdd/docs/guide/ci.md")" '# sdd in CI'
expect "the hooks may be run" "$(find "$tree/share/sdd/hooks" -name 'pre-*' ! -perm -u+x)" ''

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
