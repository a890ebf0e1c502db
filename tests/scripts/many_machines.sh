#!/usr/bin/env bash
# A server with our pre-receive, and clones that update the same three specs at once and push with
# fetch, merge and retry. Then a clone without the merge driver resolves a conflict badly.
#
#   many_machines.sh SDD FIXTURES CLONES UPDATES
#
# Every update must arrive, once; every commit on the server must pass `sdd check`; the bad push, and
# no other, must be refused by the name of the entry that it would lose.
set -euo pipefail
sdd=$(readlink -f "$1") fixtures=$(readlink -f "$2") clones=$3 updates=$4
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir "$room/bin" "$room/home"
ln -s "$sdd" "$room/bin/sdd"
export PATH="$room/bin:$PATH" HOME="$room/home" GIT_CONFIG_NOSYSTEM=1 SDD_AUTHOR=Ada
git config --global user.name Ada
git config --global user.email ada@example.org
git config --global init.defaultBranch main
git config --global merge.renames false

fail() { printf 'many machines: %s\n' "$*" >&2; exit 1; }
specs=(quay-lights-2026-05-04-001 quay-ropes-2026-05-04-002 quay-gates-2026-05-04-003)

# The server, and the first commit.
git init -q --bare "$room/server.git"
(cd "$room/server.git" && sdd setup-git >/dev/null)
git clone -q "$room/server.git" "$room/first" 2>/dev/null
cd "$room/first"
cp -r "$fixtures/updates/." .
for id in "${specs[@]:1}"; do
  sed "s/${specs[0]}/$id/" "specs/active/${specs[0]}.json" >"specs/active/$id.json"
done
sdd setup-git >/dev/null
git add -A
git commit -q -m 'three specs' 2>/dev/null
git push -q origin HEAD:main 2>/dev/null

push() {  # with fetch, merge, retry
  local tries
  for ((tries = 0; tries < 200; ++tries)); do
    git push -q origin HEAD:main 2>"$1.push" && return
    grep -q 'SDD[0-9]\|pre-receive hook declined' "$1.push" && fail "$1: refused: $(cat "$1.push")"
    git fetch -q && git merge -q --no-edit origin/main >"$1.merge" 2>&1 ||
      fail "$1: does not merge: $(cat "$1.merge")"
  done
  fail "$1: 200 pushes were too late"
}

work() {  # clone number $1
  local update spec
  git clone -q "$room/server.git" "$room/clone$1" 2>/dev/null
  cd "$room/clone$1"
  sdd setup-git >/dev/null
  for ((update = 1; update <= updates; ++update)); do
    spec=${specs[($1 + update) % 3]}
    sdd add-journal "$spec" --title "update $update of clone $1" --content done --quiet >/dev/null
    if ((update == 1 && $1 <= 3)); then
      sdd complete-task "${specs[$1 - 1]}" task-2-1 --quiet >/dev/null
    fi
    git commit -q -a -m "update $update of clone $1" 2>/dev/null
    push "$room/$1"
  done
}

workers=()
for ((clone = 1; clone <= clones; ++clone)); do
  work "$clone" &
  workers+=($!)
done
failed=0
for worker in "${workers[@]}"; do wait "$worker" || failed=1; done
((failed == 0)) || fail 'a clone gave up'

# What arrived.
git clone -q "$room/server.git" "$room/last"
cd "$room/last"
for id in "${specs[@]}"; do sdd get-journal "$id" --json; done | jq -r '.[].title' |
  grep '^update' | sort >"$room/arrived"
for ((clone = 1; clone <= clones; ++clone)); do
  for ((update = 1; update <= updates; ++update)); do echo "update $update of clone $clone"; done
done | sort >"$room/sent"
cmp "$room/sent" "$room/arrived" || fail 'what arrived is not what was sent'
for ((clone = 1; clone <= clones && clone <= 3; ++clone)); do
  status=$(jq -r '.hierarchy["task-2-1"].status' "specs/active/${specs[clone - 1]}.json")
  [[ $status == completed ]] || fail "the task that clone $clone completed is $status"
done
commits=0
for commit in $(git rev-list origin/main); do
  git checkout -q "$commit"
  sdd check --quiet >"$room/check" || fail "$commit does not pass: $(cat "$room/check")"
  ((++commits))
done

# A clone without the driver: its conflict is resolved with one side.
git clone -q "$room/server.git" "$room/bad"
git clone -q "$room/server.git" "$room/good"
cd "$room/good"
sdd setup-git >/dev/null
sdd add-journal "${specs[0]}" --title 'the entry of the good clone' --content done --quiet >/dev/null
git commit -q -a -m good 2>/dev/null
push "$room/good"
before=$(git --git-dir="$room/server.git" rev-parse main)
cd "$room/bad"
sdd add-journal "${specs[0]}" --title 'the entry of the bad clone' --content done --quiet >/dev/null
git commit -q -a -m bad
git fetch -q
git merge -q --no-edit -s ours origin/main
git push -q origin HEAD:main 2>"$room/refused" && fail 'a push that loses an entry was taken'
grep -q "SDD902.*'the entry of the good clone'" "$room/refused" ||
  fail "refused for another reason: $(cat "$room/refused")"
[[ $(git --git-dir="$room/server.git" rev-parse main) == "$before" ]] || fail 'the server moved'
git reset -q --hard HEAD~1
sdd setup-git >/dev/null
git merge -q --no-edit origin/main >/dev/null 2>&1
push "$room/bad"

printf 'many machines: %d clones, %d updates each, %d arrived, 0 lost; %d commits pass; 1 bad push refused\n' \
  "$clones" "$updates" "$(wc -l <"$room/arrived")" "$commits"
