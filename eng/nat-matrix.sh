#!/usr/bin/env bash
# Holds a call between two real browsers behind every pair of NATs, and writes docs/nat-matrix.md. Needs root, for network namespaces.
#
#   eng/nat-matrix.sh                         every pair, with Parley's own relay and with coturn
#   eng/nat-matrix.sh --turn coturn           with one of them: parley or coturn
#   eng/nat-matrix.sh --only 'symmetric x'    some pairs, by a regular expression: writes nothing
#   eng/nat-matrix.sh --restart               instead: what a restart of the server does to a relayed call
#   eng/nat-matrix.sh --move                  instead: what a change of networks does to a call, with Parley's own relay

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/prerequisites.sh

relays=(parley coturn)
file=nat/pairs.matrix.ts
only=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --turn) relays=("${2:?}"); shift 2 ;;
    --only) only=(-t "${2:?}"); shift 2 ;;
    --restart) file=nat/restart.matrix.ts; shift ;;
    --move) file=nat/moves.matrix.ts; relays=(parley); shift ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done

need_dotnet
need_node
need_debian chromium chromium
need_debian firefox-esr firefox-esr
need_debian Xvfb xvfb
need_debian turnserver coturn
need_nat_lab
[[ ${unmet:-0} == 0 ]] || exit 1
[[ -z ${nat_lab_refusal:-} ]] || { echo "Network namespaces cannot be made here: $nat_lab_refusal"; exit 1; }

dotnet build --nologo -v quiet -c Release src/Parley.Server
[[ tests/e2e/node_modules/.package-lock.json -nt tests/e2e/package-lock.json ]] || npm --prefix tests/e2e ci --no-progress

code=0
for relay in "${relays[@]}"; do
  (cd tests/e2e && PARLEY_NAT_TURN=$relay npx vitest run --config vitest.nat.config.ts "$file" "${only[@]}") || code=$?
done
exit "$code"
