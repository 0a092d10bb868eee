#!/usr/bin/env bash
# A big file from one page to another, with the memory of both browsers watched: see docs/performance.md.
# PARLEY_FILE_MB=2048 by default; it needs three times as much room in TMPDIR. The machine should do nothing else meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build --nologo -v quiet -c Release src/Parley.Server
cd tests/e2e
[[ -d node_modules ]] || npm ci --silent
npx vitest run --config vitest.bench.config.ts bench/big-file.bench.ts
