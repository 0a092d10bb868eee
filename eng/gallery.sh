#!/usr/bin/env bash
# Pictures of every screen in both themes at 360, 768 and 1440 px, to be looked at: artifacts/gallery.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build --nologo -v quiet src/Parley.Server
cd tests/e2e
[[ -d node_modules ]] || npm ci --silent
npx vitest run --config vitest.gallery.config.ts
