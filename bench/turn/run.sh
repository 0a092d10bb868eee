#!/usr/bin/env bash
# What a relayed packet costs our TURN server, and what it costs coturn, by turns, on this machine. Ends with exit code 1 if packets were
# lost, came twice or were changed.
#
#   bench/turn/run.sh                                  10 and 500 flows, five rounds, ten minutes
#   bench/turn/run.sh --rounds 1 --flows 10            a quick look
#   bench/turn/run.sh --tcp                            clients come over TCP

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source build.sh
exec node compare.mjs "$@"
