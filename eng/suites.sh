# Runs suites, counts, and leaves no process behind. Sourced by test.sh, which sets $artifacts.

# A line for each suite: passed, failed, name. A file, because suites that run beside each other are in processes of their own.
tally=$artifacts/tally
: >"$tally"

# Every process of this run carries this mark in its environment, wherever it moves to: a browser makes groups and sessions of its own.
run_mark="$$-$RANDOM$RANDOM"
export PARLEY_TEST_RUN=$run_mark

# beside FUNCTION: goes through other suites at the same time, in a process that ends what they leave for itself; until `meet`.
beside() {
  (
    export PARLEY_TEST_RUN=$run_mark-$1
    "$1"
  ) &
  company=$!
}

meet() {
  wait "$company"
}

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
  echo "$2 $3 $1" >>"$tally"
  # At once, so that what runs beside it does not get in between.
  printf '%s\n' "$(describe_suite "$@")"
}

describe_suite() {
  local name=$1 passed=$2 failed=$3 started=$4 notes=${5:-} word=ok
  [[ $failed == 0 ]] || word=FAIL
  printf '%-5s %-40s %5d passed %5d failed %5d s\n' "$word" "$name" "$passed" "$failed" $((SECONDS - started))
  if [[ $failed != 0 ]]; then
    [[ -f $artifacts/$name.log ]] && tail -n "${PARLEY_LOG_LINES:-60}" "$artifacts/$name.log" | sed 's/^/      | /'
    [[ -n $notes ]] && sed 's/^/      * /' <<<"$notes"
    echo "      log: ${artifacts#"$PWD"/}/$name.log"
  fi
}

# end_leftovers [MARK]: ends what a suite has started and left running; with a mark, what any of those whose mark begins so has.
end_leftovers() {
  local environment pid own pattern="^PARLEY_TEST_RUN=${1:-$PARLEY_TEST_RUN\$}"
  own=" $$ $BASHPID "
  for environment in /proc/[0-9]*/environ; do
    pid=${environment#/proc/}
    pid=${pid%/environ}
    [[ $own == *" $pid "* ]] && continue
    if grep -qsz "$pattern" "$environment" 2>/dev/null && [[ -e /proc/$pid/exe ]]; then
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
  end_leftovers "$run_mark"
}

interrupted() {
  echo "Interrupted."
  echo "0 1 interrupted" >>"$tally"
  finish
}

finish() {
  end_everything
  local passed failed name passed_total=0 failed_total=0 failed_suites=()
  while read -r passed failed name; do
    passed_total=$((passed_total + passed))
    failed_total=$((failed_total + failed))
    [[ $failed == 0 ]] || failed_suites+=("$name")
  done <"$tally"
  [[ ${#failed_suites[@]} == 0 ]] || echo "Failed: ${failed_suites[*]}"
  echo "Took $SECONDS s"
  echo "$passed_total passed, $failed_total failed"
  [[ $failed_total == 0 && $passed_total != 0 ]]
  exit
}
