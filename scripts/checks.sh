# The steps of scripts/test. Each prints one line with its seconds, what failed above it, and adds
# to $passed, $failed, $skipped: a test run its tests, another check itself.
# shellcheck shell=bash
# Uses setup.sh.

passed=0 failed=0 skipped=0
jobs=$(nproc)

# The sources that are ours, one a line.
sources() { find src tests -name '*.cc' -o -name '*.h'; }

# Builds a preset and runs its tests. ctest's own log is read, so that one list names the tests.
run_tests() {
  local preset=$1 started=$SECONDS folder=$root/build/$1 good=0 bad=1 skip=0
  if build "$preset" all; then
    local built=$((SECONDS - started)) log=$folder/Testing/Temporary/LastTest.log
    rm -f "$log"
    ctest --preset "$preset" >"$folder/ctest.log" 2>&1 </dev/null
    if [[ -e $log ]]; then
      awk -v out="$folder/totals" -f scripts/totals.awk "$log"
      read -r good bad skip <"$folder/totals"
    else
      tail -n 20 "$folder/ctest.log"
    fi
    printf '%s: %d tests passed, %d failed, %d skipped; built in %d s, ran in %d s\n' "$preset" \
      "$good" "$bad" "$skip" "$built" $((SECONDS - started - built))
  else
    printf '%s: does not build, %d s\n' "$preset" $((SECONDS - started))
  fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skip))
}

# check NAME COMMAND…: a step that passes or fails as a whole; its output is shown when it fails.
check() {
  local name=$1 started=$SECONDS log=$root/build/$1.log
  shift
  if "$@" >"$log" 2>&1 </dev/null; then
    passed=$((passed + 1))
    printf '%s: ok, %d s\n' "$name" $((SECONDS - started))
  else
    failed=$((failed + 1))
    tail -n 200 "$log"
    printf '%s: failed, %d s\n' "$name" $((SECONDS - started))
  fi
}

check_format() { sources | xargs clang-format --dry-run -Werror; }

# Every source: they are compiled as some thirty large ones.
check_tidy() {
  local compiled
  cmake --preset tidy || return
  compiled=$(sed -n 's/^ *"file": "\(.*\)".*/\1/p' build/tidy/compile_commands.json)
  [[ -n $compiled ]] || return
  # A configuration that clang-tidy cannot read is no failure to it.
  clang-tidy --dump-config 2>&1 | grep -A 3 'error: ' && return 1
  xargs -P "$jobs" -n 1 clang-tidy --quiet -p build/tidy <<<"$compiled"
}

# A minute in all, shared by the fuzzers, one on each core. They begin with our fixtures; inputs
# worth keeping stay in build/asan-ubsan/fuzz for the next run; an input that fails is printed and kept.
run_fuzzers() {
  local fuzzers fuzzer seconds status=0
  build asan-ubsan all || return
  fuzzers=(build/asan-ubsan/tests/fuzz/*_fuzz)
  [[ -x ${fuzzers[0]} ]] || { echo "there is no fuzzer"; return 1; }
  seconds=$((60 * jobs / ${#fuzzers[@]} + 1))
  for fuzzer in "${fuzzers[@]}"; do
    while (($(jobs -rp | wc -l) >= jobs)); do wait -n || status=1; done
    fuzz "$fuzzer" "$seconds" &
  done
  while [[ -n $(jobs -p) ]]; do wait -n || status=1; done
  return "$status"
}

fuzz() {
  local name=${1##*/} kept=build/asan-ubsan/fuzz/${1##*/}
  mkdir -p "$kept"
  # Looking for leaks needs ptrace, which sandboxes refuse; the test run looks for them.
  ASAN_OPTIONS=detect_leaks=0 "$1" -max_total_time="$2" -max_len=65536 -timeout=20 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/asan-ubsan/fuzz/$name-" "$kept" fixtures \
    >"build/asan-ubsan/fuzz/$name.log" 2>&1 && return
  tail -n 40 "build/asan-ubsan/fuzz/$name.log"
  return 1
}
