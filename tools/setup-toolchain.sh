#!/usr/bin/env bash
# Gets the native toolchain ready: Debian 13's Emscripten, compilers and libraries in a root of their own, or the machine's own tools.
#
# Usage: tools/setup-toolchain.sh [--quiet]
# The root lives in ${KELISIM_TOOLCHAIN:-/opt/kelisim-toolchain}; nothing on the machine itself is upgraded (mmdebstrap is installed
# when missing). Versions: tools/versions.env. Commands run inside through tools/run-in-toolchain.sh. Safe to call again and again.
set -euo pipefail
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=tools/versions.env
. "$repo/tools/versions.env"
# shellcheck source=tools/lib/toolchain.sh
. "$repo/tools/lib/toolchain.sh"

quiet=${1:-}
say() { [ "$quiet" = --quiet ] || echo "toolchain: $*"; }
note() { echo "toolchain: $*" >&2; }

# --- 1. already there? ------------------------------------------------------------------------------------------------------
if toolchain_root_ready; then
  kind=$(cat "$KELISIM_ROOT/$STAMP_NAME.kind")
  say "root ready in $KELISIM_ROOT ($kind packages)"
  exit 0
fi

# --- 2. the machine's own tools, when they are new enough -------------------------------------------------------------------
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Says what the machine's own tools lack, one word per line; nothing when they will do.
missing_on_host() {
  local v
  if command -v emcc >/dev/null 2>&1; then
    v=$(emcc --version 2>/dev/null | head -n 1 | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1 || true)
    version_at_least "${v:-0}" "$MIN_EMSCRIPTEN" || echo "emscripten>=$MIN_EMSCRIPTEN(found:${v:-none})"
  else
    echo "emscripten>=$MIN_EMSCRIPTEN"
  fi
  v=$(cmake --version 2>/dev/null | head -n 1 | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' || true)
  version_at_least "${v:-0}" "$MIN_CMAKE" || echo "cmake>=$MIN_CMAKE"
  command -v ninja >/dev/null 2>&1 || echo ninja
  command -v c++ >/dev/null 2>&1 || echo "c++(C++20)"
  if ! command -v cmake >/dev/null 2>&1; then
    echo "Catch2>=$MIN_CATCH2 nlohmann_json>=$MIN_NLOHMANN_JSON"
  else
    local t
    t=$(mktemp -d)
    for lib in "Catch2 $MIN_CATCH2" "nlohmann_json $MIN_NLOHMANN_JSON"; do
      printf 'cmake_minimum_required(VERSION 3.20)\nproject(probe LANGUAGES NONE)\nfind_package(%s REQUIRED)\n' "$lib" >"$t/CMakeLists.txt"
      cmake -G Ninja -S "$t" -B "$t/build" >/dev/null 2>&1 || echo "${lib/ />=}"
      rm -rf "$t/build"
    done
    rm -rf "$t"
  fi
}

fetch_closure() { # fetch_closure DEST: the pinned closure compiler, checked against the pinned hash
  local t
  t=$(mktemp -d)
  (
    cd "$t"
    npm pack --silent "$CLOSURE_COMPILER_PACKAGE@$CLOSURE_COMPILER_VERSION" >/dev/null 2>&1 || {
      note "npm could not fetch $CLOSURE_COMPILER_PACKAGE@$CLOSURE_COMPILER_VERSION"
      exit 1
    }
    node -e '
      const [want] = process.argv.slice(1), fs = require("fs"), c = require("crypto")
      const file = fs.readdirSync(".").find((f) => f.endsWith(".tgz"))
      const got = "sha512-" + c.createHash("sha512").update(fs.readFileSync(file)).digest("base64")
      if (got !== want) { console.error(`toolchain: the closure compiler has hash ${got}, expected ${want}`); process.exit(1) }
    ' "$CLOSURE_COMPILER_INTEGRITY"
    tar xzf ./*.tgz package/compiler
  ) || {
    rm -rf "$t"
    return 1
  }
  install -D -m755 "$t/package/compiler" "$1"
  rm -rf "$t"
}

what_to_install() {
  note "$1"
  cat >&2 <<TEXT
Install these and run again:
  - Emscripten $EMSCRIPTEN_VERSION or newer, with emcc on PATH   (emsdk install $EMSCRIPTEN_VERSION && emsdk activate $EMSCRIPTEN_VERSION)
  - CMake $MIN_CMAKE or newer, Ninja, a C++20 compiler
  - Catch2 3 and nlohmann-json $MIN_NLOHMANN_JSON or newer, where CMake finds them
On Debian 13:  apt-get install $TOOLCHAIN_PACKAGES
On Debian 12 or 13 as root, with permission to mount, this script does it by itself in $KELISIM_ROOT.
The files in dist/ come with the repository: only building them anew needs any of this.
TEXT
  exit 1
}

lacking=$(missing_on_host | tr '\n' ' ')
if [ -z "$lacking" ]; then
  closure="$repo/.cache/closure-$CLOSURE_COMPILER_VERSION/compiler"
  if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] && [ ! -x "$closure" ]; then fetch_closure "$closure"; fi
  mkdir -p "$repo/.cache"
  {
    echo "kind=host"
    if [ -x "$closure" ]; then echo "closure=$closure"; fi
  } >"$repo/$HOST_MARK"
  say "using the machine's own tools ($(emcc --version | head -n 1)); the bytes of dist/ may differ from the reference"
  exit 0
fi
rm -f "$repo/$HOST_MARK"

# --- 3. the reference root --------------------------------------------------------------------------------------------------
[ "$(uname -s)" = Linux ] && [ -f /etc/debian_version ] && [ "$(. /etc/os-release && echo "$ID")" = debian ] ||
  what_to_install "this is not Debian, and the machine's own tools lack: $lacking"
[ "$(uname -m)" = x86_64 ] || what_to_install "the reference root is for amd64, and the machine's own tools lack: $lacking"
[ "$(id -u)" = 0 ] || what_to_install "making the reference root needs root, and the machine's own tools lack: $lacking"
unshare --mount --propagation private true 2>/dev/null ||
  what_to_install "this container may not mount (unshare --mount is refused), and the machine's own tools lack: $lacking"
for tool in node npm flock; do
  command -v $tool >/dev/null 2>&1 || { note "$tool is missing: install Node.js 20 or newer (and util-linux)"; exit 1; }
done

# Two runs at the same time: the second waits, then finds the work done.
mkdir -p "$(dirname "$KELISIM_ROOT")"
exec 9>"$KELISIM_ROOT.lock"
flock -n 9 || { note "another run is preparing $KELISIM_ROOT; waiting for it"; flock 9; }
if toolchain_root_ready; then
  say "reference root ready in $KELISIM_ROOT"
  exit 0
fi

started=$SECONDS
say "making the reference root in $KELISIM_ROOT (one to four minutes, 3 GB)"

# The machine's own package source, read now, so that a mirror near it is used and none is named here.
mirror=$(awk '/^URIs:/{u=$2} /^Suites:/{if (u != "" && $0 !~ /security/ && $2 !~ /nodistro/) {print u; exit}}' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true)
[ -n "$mirror" ] ||
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
    awk '$1=="deb" && /debian/ && !/security/ {for (i=2; i<=NF; i++) if ($i ~ /:\/\//) {print $i; exit}}' || true)
[ -n "$mirror" ] || what_to_install "no Debian package source is configured (looked in /etc/apt/sources.list*)"

if ! command -v mmdebstrap >/dev/null 2>&1 || ! command -v mount >/dev/null 2>&1; then
  say "installing mmdebstrap"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 update -qq
  apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends mmdebstrap debian-archive-keyring mount >/dev/null
fi

# Built aside and renamed when complete, so that a run cut short leaves nothing half done.
new="$KELISIM_ROOT.new"
rm -rf "$new"
log=$(mktemp)
if ! mmdebstrap --variant=apt --components=main \
  --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Check-Date "false"' \
  --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Retries "5"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --include="$(printf %s "$TOOLCHAIN_PACKAGES" | tr -s ' ' ',')" \
  "$DEBIAN_SUITE" "$new" "$mirror" >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  rm -f "$log"
  rm -rf "$new"
  note "mmdebstrap failed (its last lines are above)"
  exit 1
fi
rm -f "$log"
rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/*

fetch_closure "$new/usr/bin/closure-compiler"

found=$(chroot "$new" emcc --version | head -n 1 | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)
[ "$found" = "$EMSCRIPTEN_VERSION" ] || note "the root holds Emscripten $found, not $EMSCRIPTEN_VERSION"

# The reference, byte for byte, or something newer of the same release?
kind=reference
for pin in $REFERENCE_DEBIAN_VERSIONS; do
  have=$(chroot "$new" dpkg-query -W -f '${Version}' "${pin%%=*}" 2>/dev/null || echo none)
  [ "$have" = "${pin#*=}" ] || {
    note "${pin%%=*} is $have, the reference is ${pin#*=}: the bytes of dist/ may differ"
    kind=other
  }
done
echo "$kind" >"$new/$STAMP_NAME.kind"
toolchain_stamp >"$new/$STAMP_NAME"
rm -rf "$KELISIM_ROOT"
mv "$new" "$KELISIM_ROOT"
say "reference root ready in $KELISIM_ROOT after $((SECONDS - started)) s"
