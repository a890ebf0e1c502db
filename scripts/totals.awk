# Counts tests in ctest's LastTest.log and shows what failed. Prints "PASSED FAILED SKIPPED" to the
# file `out`, and each failed test's own output to stdout.
#
# An entry of ctest counts by the lines of gtest in it; else by its line "N passed, N failed[, N
# skipped]"; else as one test. One that ctest does not call passed has at least one failure: a test
# that a crash or a time limit ended has begun (RUN) and is told as failed.

function show(text) { printf "%s", text }

function begin_entry(name) {
  entry = name; good = bad = skip = 0; counted = 0; running = ""; text = ""; all = ""; ended = 0
}

function end_entry(passed) {
  if (running != "") { ++bad; counted = 1; show(text running " did not come to its end\n") }
  if (!passed && bad == 0) { ++bad; counted = 1; show("--- " entry " failed:\n" all) }
  if (!counted) ++good
  total_good += good; total_bad += bad; total_skip += skip
  entry = ""
}

/^[0-9]+\/[0-9]+ Testing: / { begin_entry($3); next }
entry == "" { next }
/^<end of output>$/ { ended = 1; next }
ended && /^Test Passed\.$/ { end_entry(1); next }
ended && /^Test Skipped/ { ++skip; counted = 1; end_entry(1); next }
ended && /^Test (Fail|Timeout|not)|^Unable/ { end_entry(0); next }
ended { next }

# A line of a megabyte would hide what it failed at.
length($0) > 1000 { $0 = substr($0, 1, 1000) "…" }
{ all = all $0 "\n" }
running != "" { text = text $0 "\n" }
/^\[ RUN      \] / { running = $4; text = $0 "\n"; next }
/^\[       OK \] .* \([0-9]+ ms\)$/ { ++good; counted = 1; running = ""; next }
/^\[  SKIPPED \] .* \([0-9]+ ms\)$/ { ++skip; counted = 1; running = ""; next }
/^\[  FAILED  \] .* \([0-9]+ ms\)$/ { ++bad; counted = 1; show(text); running = ""; next }
running == "" && /^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/ {
  counted = 1; good += $1; bad += $3; skip += $5
  if ($3 > 0) show("--- " entry " failed:\n" all)
}

END { print total_good + 0, total_bad + 0, total_skip + 0 > out }
