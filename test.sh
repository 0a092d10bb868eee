#!/usr/bin/env bash
# Builds Parley, runs every check and every test, and ends with one line: N passed, N failed.
#
#   ./test.sh                 everything
#   ./test.sh PART...         some of it: format, unit, web, conformance, e2e, or the name of one suite
#   ./test.sh --list          the suites
#
# A test project below tests/ (*.Tests) and an npm package with a test script are found, not listed here.

set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
artifacts=$PWD/artifacts/test
mkdir -p "$artifacts"
rm -f "$artifacts"/*.log "$artifacts"/*.json
source eng/prerequisites.sh
source eng/suites.sh
trap interrupted INT TERM
trap end_everything EXIT

# A build must not leave servers behind, and no tool may ask, colour or phone.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1 CI=true

# --- What there is -----------------------------------------------------------------------------------------------------------

unit_projects=()
for project in tests/*.Tests/*.csproj; do
  unit_projects+=("$(basename "${project%.csproj}")")
done

# Packages with a test script: the client, then the conformance suites, then the browsers, alone and last.
web_packages=() conformance_packages=() e2e_packages=()
while read -r package; do
  case $package in
    tests/e2e*) e2e_packages+=("$package") ;;
    tests/*) conformance_packages+=("$package") ;;
    *) web_packages+=("$package") ;;
  esac
done < <(git -c safe.directory='*' ls-files --cached --others --exclude-standard -- 'package.json' '*/package.json' \
  | while read -r file; do [[ -f $file ]] && grep -q '"test":' "$file" && dirname "$file"; done)

parts=("$@")
# wants NAME GROUP: whether this suite was asked for, by its own name or by its group's; without arguments, everything.
wants() {
  local part
  [[ ${#parts[@]} == 0 ]] && return 0
  for part in "${parts[@]}"; do
    [[ $part == "$1" || $part == "${2:-}" ]] && return 0
  done
  return 1
}

wants_any() {
  local group=$1 name
  shift
  wants "$group" "$group" && return 0
  for name in "$@"; do
    wants "$name" "$group" && return 0
  done
  return 1
}

suites=(format counting "${unit_projects[@]}" "${web_packages[@]}" "${conformance_packages[@]}" "${e2e_packages[@]}")
if [[ ${1:-} == --list ]]; then
  printf '%s\n' "${suites[@]}"
  trap - EXIT
  exit 0
fi
for part in "${parts[@]}"; do
  if ! printf '%s\n' "${suites[@]}" unit web conformance e2e | grep -qxF -- "$part"; then
    echo "There is no part '$part'. ./test.sh --list names them."
    failed_total=1
    finish
  fi
done
[[ ${#parts[@]} == 0 ]] || echo "Only: ${parts[*]}"

# --- What it needs -----------------------------------------------------------------------------------------------------------

need_debian git git
need_dotnet
need_node
if wants_any conformance "${conformance_packages[@]}" || wants_any e2e "${e2e_packages[@]}"; then
  need_debian nginx nginx
  need_debian openssl openssl
  # Only its programs are needed; where services run, Debian starts one.
  command -v turnserver >/dev/null || { need_debian turnserver coturn; systemctl disable --now coturn >/dev/null 2>&1; }
fi
if wants_any e2e "${e2e_packages[@]}"; then
  need_debian chromium chromium
  need_debian chromium-headless-shell chromium-headless-shell
  need_debian firefox-esr firefox-esr
  need_debian Xvfb xvfb
  need_debian turnserver coturn
  need_nat_lab
fi
if [[ ${unmet:-0} != 0 ]]; then
  failed_total=$unmet
  finish
fi

# --- Packages ----------------------------------------------------------------------------------------------------------------

# npm ci, unless what is installed is newer than the lock file. npm writes node_modules/.package-lock.json last. The server's build
# asks the same question, so neither installs after the other.
install_package() {
  [[ $1/node_modules/.package-lock.json -nt $1/package-lock.json ]] && return 0
  (cd "$1" && npm ci --no-progress) </dev/null >"$artifacts/npm.log" 2>&1 || { cat "$artifacts/npm.log"; return 1; }
}

# The client is part of every build, because the server's build makes it.
for package in "${web_packages[@]}"; do
  install_package "$package" || not_run "${package//\//-}" "npm ci failed"
done

# --- The web client ----------------------------------------------------------------------------------------------------------

has_script() { node -e 'process.exit(JSON.parse(require("fs").readFileSync(process.argv[1])).scripts?.[process.argv[2]] ? 0 : 1)' "$1/package.json" "$2"; }

# vitest PACKAGE: runs the package's tests with a report beside the readable output.
vitest() {
  local name=${1//\//-} report
  report=$artifacts/$name.json
  tests "$name" "$report" npm --prefix "$1" test -- --reporter=default --reporter=json --outputFile.json="$report"
}

for package in "${web_packages[@]}"; do
  wants "$package" web || continue
  for script in check build size; do
    has_script "$package" "$script" && check "${package//\//-}-$script" npm --prefix "$package" run "$script"
  done
  vitest "$package"
done

# --- .NET --------------------------------------------------------------------------------------------------------------------

wants format && check format dotnet format whitespace . --folder --verify-no-changes --exclude '**/node_modules/' '**/obj/' '**/bin/'
wants counting unit && check counting node --test eng/

built=true
if wants_any unit "${unit_projects[@]}" || wants_any conformance "${conformance_packages[@]}" || wants_any e2e "${e2e_packages[@]}"; then
  check restore dotnet restore Parley.slnx && check build dotnet build Parley.slnx --no-restore -warnaserror || built=false
fi

for project in "${unit_projects[@]}"; do
  wants "$project" unit || continue
  if [[ $built == false ]]; then
    not_run "$project" "the build failed"
    continue
  fi
  report=$artifacts/$project.json
  tests "$project" "$report" "tests/$project/bin/Debug/net10.0/$project" -noLogo -noColor -ctrf "$report"
done

# --- Real clients and real browsers ------------------------------------------------------------------------------------------

for package in "${conformance_packages[@]}" "${e2e_packages[@]}"; do
  group=conformance
  [[ $package == tests/e2e* ]] && group=e2e
  wants "$package" "$group" || continue
  if [[ $built == false ]]; then
    not_run "${package//\//-}" "the build failed"
  elif ! install_package "$package"; then
    not_run "${package//\//-}" "npm ci failed"
  else
    has_script "$package" check && check "${package//\//-}-check" npm --prefix "$package" run check
    vitest "$package"
  fi
done

finish
