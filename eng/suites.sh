# Runs one suite after another, counts, and leaves no process behind. Sourced by test.sh, which sets $artifacts.

passed_total=0
failed_total=0
failed_suites=()

# Every process of this run carries this mark in its environment, wherever it moves to: a browser makes groups and sessions of its own.
export PARLEY_TEST_RUN="$$-$RANDOM$RANDOM"

# check NAME COMMAND...: one thing that holds or does not. Its exit code is the verdict.
check() {
  local name=$1 started=$SECONDS code
  shift
  run "$name" "$@"
  code=$?
  if [[ $code == 0 ]]; then
    report_suite "$name" 1 0 "$started"
  else
    report_suite "$name" 0 1 "$started" "exit code $code"
  fi
  return "$code"
}

# tests NAME REPORT COMMAND...: a suite that writes a machine-readable report. The report is the verdict, see count-tests.mjs.
tests() {
  local name=$1 report=$2 started=$SECONDS counts notes
  shift 2
  rm -f "$report"
  run "$name" "$@"
  { read -r counts; notes=$(cat); } < <(node eng/count-tests.mjs "$report" $?)
  # shellcheck disable=SC2086 # two numbers; none where node itself has failed
  report_suite "$name" ${counts:-0 1} "$started" "$notes"
}

# not_run NAME REASON: a suite that could not be started has failed.
not_run() {
  report_suite "$1" 0 1 "$SECONDS" "not run: $2"
}

run() {
  local log code
  log=$artifacts/$1.log
  shift
  # timeout puts the command into a process group of its own and ends the whole group.
  timeout --kill-after=10 "${PARLEY_SUITE_SECONDS:-1800}" "$@" </dev/null >"$log" 2>&1 &
  wait $!
  code=$?
  [[ $code == 124 || $code == 137 ]] && echo "Stopped after ${PARLEY_SUITE_SECONDS:-1800} s: the suite hangs." >>"$log"
  end_leftovers
  return "$code"
}

report_suite() {
  local name=$1 passed=$2 failed=$3 started=$4 notes=${5:-} word=ok
  passed_total=$((passed_total + passed))
  failed_total=$((failed_total + failed))
  [[ $failed == 0 ]] || { word=FAIL; failed_suites+=("$name"); }
  printf '%-5s %-40s %5d passed %5d failed %5d s\n' "$word" "$name" "$passed" "$failed" $((SECONDS - started))
  if [[ $failed != 0 ]]; then
    [[ -f $artifacts/$name.log ]] && tail -n "${PARLEY_LOG_LINES:-60}" "$artifacts/$name.log" | sed 's/^/      | /'
    [[ -n $notes ]] && sed 's/^/      * /' <<<"$notes"
    echo "      log: ${artifacts#"$PWD"/}/$name.log"
  fi
}

# Ends what a suite has started and left running.
end_leftovers() {
  local environment pid own
  own=" $$ $BASHPID "
  for environment in /proc/[0-9]*/environ; do
    pid=${environment#/proc/}
    pid=${pid%/environ}
    [[ $own == *" $pid "* ]] && continue
    if grep -qsz "^PARLEY_TEST_RUN=$PARLEY_TEST_RUN\$" "$environment" 2>/dev/null && [[ -e /proc/$pid/exe ]]; then
      kill -KILL "$pid" 2>/dev/null
    fi
  done
}

# Where there is no /proc, the groups that timeout made are still ended.
end_everything() {
  trap - EXIT INT TERM
  local job
  for job in $(jobs -p); do
    kill -TERM "$job" 2>/dev/null
  done
  end_leftovers
}

interrupted() {
  echo "Interrupted."
  failed_total=$((failed_total + 1))
  finish
}

finish() {
  end_everything
  [[ ${#failed_suites[@]} == 0 ]] || echo "Failed: ${failed_suites[*]}"
  echo "Took $SECONDS s"
  echo "$passed_total passed, $failed_total failed"
  [[ $failed_total == 0 && $passed_total != 0 ]]
  exit
}
