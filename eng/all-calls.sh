#!/usr/bin/env bash
# The browser tests with all the time there is, about an hour: with the browsers also the other way around, with signalling that is away
# for five minutes, and then renegotiation at random, with other dice in each round.
#
#   eng/all-calls.sh                 everything, and PARLEY_ROUNDS=5 of the dice
#   eng/all-calls.sh specs/layout    only these, and no dice
#
# The machine should do nothing else meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build --nologo -v quiet Parley.slnx
cd tests/e2e
[[ -d node_modules ]] || npm ci --silent
export PARLEY_THOROUGH=1
npx vitest run "$@"
[[ $# == 0 ]] || exit 0
for ((round = 1; round <= ${PARLEY_ROUNDS:-5}; round++)); do
  # A failure prints its seed.
  PARLEY_SEED=$RANDOM npx vitest run --project calls specs/renegotiation.spec.ts
done
