#!/usr/bin/env bash
# Runs a command with the native toolchain, in the caller's folder: inside the reference root, or directly where the machine's own tools serve.
#
# Usage: tools/run-in-toolchain.sh CMD [ARG…]
#        tools/run-in-toolchain.sh --kind      prints "reference", "other" (a root with newer packages) or "host"
# The repository and the caller's folder appear in the root under their own paths, in a mount namespace of this run alone, so any
# number of runs can share the root. The environment is a fixed one: a build must not depend on who calls it.
set -euo pipefail
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=tools/versions.env
. "$repo/tools/versions.env"
# shellcheck source=tools/lib/toolchain.sh
. "$repo/tools/lib/toolchain.sh"
[ $# -gt 0 ] || { echo "usage: tools/run-in-toolchain.sh CMD [ARG…]" >&2; exit 2; }

if toolchain_root_ready; then
  [ "$1" != --kind ] || { cat "$KELISIM_ROOT/$STAMP_NAME.kind"; exit 0; }
  [ "$(id -u)" = 0 ] || { echo "run-in-toolchain: entering $KELISIM_ROOT needs root" >&2; exit 1; }
  here=$(pwd -P)
  export KELISIM_ROOT repo here
  exec unshare --mount --propagation private -- bash -c '
    set -e
    for folder in /tmp "$repo" "$here"; do
      mkdir -p "$KELISIM_ROOT$folder"
      mount --rbind "$folder" "$KELISIM_ROOT$folder"
    done
    mount --rbind /proc "$KELISIM_ROOT/proc"
    mount --rbind /dev "$KELISIM_ROOT/dev"
    exec chroot "$KELISIM_ROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="${TERM:-dumb}" \
      LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC KELISIM_IN_TOOLCHAIN=1 \
      bash -c "cd \"\$0\" && exec \"\$@\"" "$here" "$@"
  ' bash "$@"
fi

if [ -f "$repo/$HOST_MARK" ]; then
  [ "$1" != --kind ] || { echo host; exit 0; }
  closure=$(sed -n 's/^closure=//p' "$repo/$HOST_MARK")
  [ -z "$closure" ] || export EM_CLOSURE_COMPILER="$closure"
  export LC_ALL=C.UTF-8 TZ=UTC
  exec "$@"
fi

echo "run-in-toolchain: no toolchain yet; run tools/setup-toolchain.sh" >&2
exit 1
