#!/usr/bin/env bash
# Two thousand Socket.IO clients that connect, join, talk and die without goodbye, for half an hour: the server's memory stays flat, and no
# session is left behind. PARLEY_SOAK_MINUTES=30 and PARLEY_SOAK_CLIENTS=2000 by default.
set -euo pipefail
cd "$(dirname "$0")/.."
host=tests/conformance/Parley.SocketIO.ConformanceHost
dotnet build --nologo -v quiet -c Release "$host"
# Each client is a socket or two, here and in the server.
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
client=tests/conformance/socket.io-client
[[ -d $client/node_modules ]] || npm ci --silent --prefix "$client"
exec node "$client/soak/soak.mjs" "$host/bin/Release/net10.0/Parley.SocketIO.ConformanceHost.dll"
