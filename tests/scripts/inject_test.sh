#!/usr/bin/env bash
# The real program with system calls that fail, are cut short or kill it, by strace: every call of
# the write path once. Afterwards the file holds the old bytes or the new ones, the exit code is
# true, and the same request, repeated, gives the new bytes and leaves nothing behind.
#
# The last line tells the totals; "1 skipped" where strace is missing or may not trace.
set -uo pipefail
sdd=${1:?the program}
room=$(mktemp -d) || exit 3
trap 'rm -rf "$room"' EXIT
if ! strace -o /dev/null true 2>/dev/null; then
  echo "strace is not here, or may not trace"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi

export SDD_NOW=2026-06-01T12:00:00Z SDD_AUTHOR=Ada
spec=$room/specs/active/demo-2026-01-02-001.json
log=$room/specs/.sdd/log/demo-2026-01-02-001.jsonl
mkdir -p "${spec%/*}"
cat >"$room/old" <<'JSON'
{"spec_id": "demo-2026-01-02-001", "title": "T", "generated": "2026-01-02T03:04:05Z",
"last_updated": "2026-01-02T03:04:05Z", "metadata": {},
"hierarchy": {
"spec-root": {"type": "spec", "title": "T", "status": "pending", "parent": null, "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
"phase-1": {"type": "phase", "title": "P", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
"task-1-1": {"type": "task", "title": "A", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"task_category": "research"}}
},
"journal": []}
JSON

update() { "$@" "$sdd" --quiet complete-task "$spec" task-1-1 --request-id once; }

fresh() {
  rm -rf "$room/specs/.sdd"
  cp "$room/old" "$spec"
  "$sdd" --quiet history "$spec" --forget none >/dev/null 2>&1  # makes .sdd, as any run before did
}

fresh
update env >/dev/null || { echo "the update does not work"; exit 1; }
cp "$spec" "$room/new"
cmp -s "$room/old" "$room/new" && { echo "the update changes nothing"; exit 1; }

passed=0 failed=0 applied=0
complain() {
  failed=$((failed + 1))
  printf 'FAILED %s: %s\n' "$1" "$2"
  cat "$room/said"
}

# check WHAT EXIT: what must hold after a run that went wrong, and after the next.
check() {
  local what=$1 exit=$2 stands=other
  cmp -s "$spec" "$room/old" && stands=old
  cmp -s "$spec" "$room/new" && stands=new
  [[ $stands != other ]] || { complain "$what" "neither old nor new bytes"; return; }
  if ((exit == 0)); then
    [[ $stands == new ]] || { complain "$what" "exit 0, and old bytes"; return; }
  elif ((exit < 128)) && [[ $stands == new ]] && ! grep -q applied "$room/said"; then
    complain "$what" "exit $exit, new bytes, and not a word of it"
    return
  fi
  [[ $stands == new ]] && applied=$((applied + 1))
  update env >"$room/said" 2>&1 || { complain "$what" "the next run fails"; return; }
  cmp -s "$spec" "$room/new" || { complain "$what" "the next run does not give the new bytes"; return; }
  [[ -z $(ls -A "$room/specs/.sdd/tmp" "$room/specs/.sdd/displaced" | grep -v ':$') ]] ||
    { complain "$what" "files are left"; return; }
  [[ $(grep -c '"done":"once"' "$log") == 1 ]] || { complain "$what" "not acknowledged once"; return; }
  passed=$((passed + 1))
}

# inject CALL FAULT: for the first, the second … such call, until there is none.
inject() {
  local call=$1 fault=$2 n exit
  for ((n = 1; n < 200; n++)); do
    fresh
    update timeout 30 strace -f -qq -o "$room/trace" -e "trace=$call" -e "inject=$call:$fault:when=$n" \
      >"$room/said" 2>&1
    exit=$?
    grep -qE 'INJECTED|killed by' "$room/trace" || return 0
    check "$call:$fault:when=$n" "$exit"
  done
}

for call in write fsync renameat2 unlink flock pread64 ftruncate fchmod; do
  error=EIO
  [[ $call == write ]] && error=ENOSPC
  inject "$call" "error=$error"
done
for call in write fsync renameat2 unlink; do inject "$call" "signal=KILL"; done
inject openat "error=EMFILE"
inject write "signal=TERM"

echo "$applied of $((passed + failed)) had been applied when they ended"
((passed > 50)) || { echo "too few calls were met"; failed=$((failed + 1)); }
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
