# What the commands in this folder share. Sourced, not run: it moves to the root of the repository.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

# What it takes to build, by the names of Debian 12, each with its reason.
build_packages=(
    'git=fetches the Swift packages that Slipway is built from'
    'ca-certificates=lets git trust the hosts that it fetches from'
    'libncurses6=the Swift compiler loads it'
    'libcurl4=the Swift package manager loads it'
    'libxml2=the Swift package manager and the linker load it'
    'binutils=the linker'
    'libstdc++-12-dev=C and C++ headers and start files; the cryptography library is C++'
    'libsqlite3-dev=SQLite, the embedded database'
    'zlib1g-dev=zlib, for compressed answers of the APIs that tools call, and compressed styles and scripts'
    'libzip-dev=libzip, for documents of several files that come as one zip; libzip4 alone runs the program'
)

say() { printf '==> %s\n' "$*" >&2; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Prints the comment at the top of the command that is running.
usage() { sed -n '2,/^[^#]/ s/^# \{0,1\}//p' "$0"; }

# Installs what a build needs, and stops unless `swift` is there and is 6.3 or newer.
require_toolchain() {
    local advice='see https://www.swift.org/install/linux/ and put its usr/bin on PATH' printed version
    command -v swift >/dev/null || fail "Slipway needs Swift 6.3 or newer, and no swift is on PATH: $advice"
    require_packages "${build_packages[@]}"
    printed="$(swift --version 2>&1)" || fail "swift --version does not run here: $printed"
    version="$(sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' <<<"$printed" | head -n 1)"
    [[ -n $version ]] || fail "swift --version does not say which version it is: $printed"
    ((${version%.*} * 100 + ${version#*.} >= 603)) ||
        fail "Slipway needs Swift 6.3 or newer, and this is $version: $advice"
}

# Installs the packages that are missing; each argument is `package=reason`.
require_packages() {
    local entry missing=()
    if ! command -v apt-get >/dev/null; then
        say "No apt-get here, so nothing is installed. Debian would need: ${*%%=*}"
        return
    fi
    for entry in "$@"; do
        is_installed "${entry%%=*}" && continue
        say "Missing: ${entry%%=*} (${entry#*=})"
        missing+=("${entry%%=*}")
    done
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

is_installed() {
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

install_packages() {
    local root=() apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "Neither root nor sudo. Let an administrator run: apt-get install $*"
        root=(sudo)
        [[ -t 0 ]] || root=(sudo -n)
    fi
    say "Installing with apt-get: $*"
    "${root[@]}" "${apt[@]}" update >/dev/null ||
        say "Some package lists could not be renewed; trying with those that are here."
    "${root[@]}" "${apt[@]}" install --yes --no-install-recommends "$@" >/dev/null ||
        fail "apt-get could not install: $*"
}
