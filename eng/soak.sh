#!/usr/bin/env bash
# Eight people in one call for ten minutes: every picture moves in each five seconds, and no browser grows. See docs/performance.md.
# PARLEY_SOAK_MINUTES=10 and PARLEY_SOAK_PEOPLE=8 by default. The machine should do nothing else meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build --nologo -v quiet -c Release src/Parley.Server
cd tests/e2e
[[ -d node_modules ]] || npm ci --silent
npx vitest run --config vitest.bench.config.ts bench/soak.bench.ts
