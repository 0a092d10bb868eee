#!/usr/bin/env bash
# Keeps many rooms of signalling clients busy against the real server and prints what that costs. Ends with exit code 1 if anything was
# wrong or anything is left behind.
#
#   bench/rooms/run.sh                                ten minutes, 500 rooms of four
#   bench/rooms/run.sh --minutes 1 --rooms 50

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

dotnet build ../../src/Parley.Server --configuration Release --verbosity quiet --nologo
[[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --no-progress
exec node load.mjs "$@"
