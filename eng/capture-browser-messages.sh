#!/usr/bin/env bash
# Writes down what Chromium and Firefox say to a TURN server, into tests/Parley.Stun.Tests/Messages/Browsers: for new versions of them.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/prerequisites.sh

need_dotnet
need_node
need_debian chromium chromium
need_debian firefox-esr firefox-esr
need_debian Xvfb xvfb
[[ ${unmet:-0} == 0 ]] || exit 1

dotnet build --nologo -v quiet samples/TurnOnly
[[ tests/e2e/node_modules/.package-lock.json -nt tests/e2e/package-lock.json ]] || npm --prefix tests/e2e ci --no-progress
cd tests/e2e
npx vitest run --config vitest.capture.config.ts
