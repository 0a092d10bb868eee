# What the tests need from the machine. Sourced by test.sh.

# Debian keeps servers where only root's shell looks.
export PATH=$PATH:/usr/sbin

# need_debian COMMAND PACKAGE: installs the package when this may and can be done, otherwise says what is missing.
need_debian() {
  local command=$1 package=$2
  command -v "$command" >/dev/null && return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing $package ..."
    if [[ -z ${apt_updated:-} ]]; then
      apt-get update -qq </dev/null >/dev/null 2>&1
      apt_updated=1
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package" </dev/null >/dev/null 2>&1
    command -v "$command" >/dev/null && return 0
  fi
  missing "$command is missing: install the package $package."
}

need_dotnet() {
  command -v dotnet >/dev/null || { missing "dotnet is missing: install the .NET SDK 10.0."; return; }
  # Inside the repository this honours global.json.
  [[ $(dotnet --version 2>/dev/null) == 10.0.* ]] \
    || missing "the .NET SDK 10.0 is missing; installed: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')."
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || { missing "node or npm is missing: install Node.js 20.19 or newer."; return; }
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
    || missing "Node.js 20.19 or newer is needed; installed: $(node --version)."
}

missing() {
  echo "Missing: $1"
  unmet=$((${unmet:-0} + 1))
}

# What calls between network namespaces need (tests/e2e/nat); $nat_lab_refusal says why the machine does not let us make them.
need_nat_lab() {
  local name=parley-try-$$
  need_debian ip iproute2
  need_debian nft nftables
  need_debian certutil libnss3-tools
  need_debian openssl openssl
  nat_lab_refusal=$(ip netns add "$name" 2>&1 && ip netns exec "$name" nft add table ip try 2>&1) || nat_lab_refusal=${nat_lab_refusal:-no reason given}
  ip netns delete "$name" 2>/dev/null
  [[ -z $nat_lab_refusal ]] || echo "Not tried here: calls through NATs, for want of network namespaces: $nat_lab_refusal"
}
