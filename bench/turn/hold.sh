#!/usr/bin/env bash
# Holds 10,000 allocations on a running server, each on a socket of its own, uses them, and gives them back. Ends with exit code 1 if one
# is lost, if memory grows or if anything is left behind.
#
#   bench/turn/hold.sh                                 on our server, four minutes
#   bench/turn/hold.sh --server coturn                 on coturn's
#   bench/turn/hold.sh --allocations 1000              fewer

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# A socket of the server's for each of them, and one of the client's in the other process.
needed=10500
if (($(ulimit -n) < needed)) && ! ulimit -n $needed 2>/dev/null; then
  echo "Each process may open $(ulimit -Hn) files, and 10,000 allocations need $needed: ask root, or for fewer (--allocations)." >&2
fi

source build.sh
exec node hold.mjs "$@"
