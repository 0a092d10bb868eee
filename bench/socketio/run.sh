#!/usr/bin/env bash
# What a message, a delivery and a connection cost Parley.SocketIO, and what they cost socket.io on Node, by turns, on this machine. Ends
# with exit code 1 if an answer was wrong or missing.
#
#   bench/socketio/run.sh                       three rounds, a quarter of an hour
#   bench/socketio/run.sh --quick               a short look, two minutes
#   bench/socketio/run.sh --only echo,idle      of echo, bytes, broadcast, storm, idle

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# 10,000 connections, at both ends.
ulimit -n "$(ulimit -Hn)"
dotnet build ../Parley.SocketBenchServer --configuration Release --verbosity quiet --nologo
dotnet build ../Parley.SocketLoad --configuration Release --verbosity quiet --nologo
[[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --no-progress
exec node compare.mjs "$@"
