#!/usr/bin/env bash
# Compiles samples/TypedCall ahead of time to a native program, with every warning of the trimmer and the compiler an error, and lets the
# official client try it. Takes minutes, so it is no part of ./test.sh, which tries the same program in its usual form.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/prerequisites.sh
command -v clang >/dev/null || need_debian gcc gcc
[[ ${unmet:-0} == 0 ]] || exit 1
artifacts=$PWD/artifacts/aot
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet publish samples/TypedCall --use-current-runtime -c Release -p:Native=true -warnaserror -o "$artifacts"
file=$artifacts/TypedCall
[[ -x $file && ! -e $file.dll ]] || { echo "$file is not a native program."; exit 1; }
echo "$file: $(du -h "$file" | cut -f1)"
cd tests/conformance/socket.io-client
[[ -d node_modules ]] || npm ci --no-progress
PARLEY_TYPED_CALL=$file npx vitest run classes
