#!/usr/bin/env bash
# The browser tests whose subject takes long, longer than ./test.sh lets them: renegotiation at random for a minute each, with dice
# of its own in each round, and signalling that is away for five minutes.
# PARLEY_ROUNDS=5 by default. The machine should do nothing else meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build --nologo -v quiet src/Parley.Server
cd tests/e2e
[[ -d node_modules ]] || npm ci --silent
export PARLEY_LONG=1
npx vitest run --project calls specs/lasting.spec.ts
for ((round = 1; round <= ${PARLEY_ROUNDS:-5}; round++)); do
  # A failure prints its seed.
  PARLEY_SEED=$RANDOM npx vitest run --project calls specs/renegotiation.spec.ts
done
