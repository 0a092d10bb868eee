#!/usr/bin/env bash
# How long it takes from "Join" to the first remote frame, beside two bare peer connections: see docs/performance.md.
# PARLEY_RUNS=10 by default. The machine should do nothing else meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build --nologo -v quiet -c Release src/Parley.Server
cd tests/e2e
[[ -d node_modules ]] || npm ci --silent
npx vitest run --config vitest.bench.config.ts bench/join-time.bench.ts
