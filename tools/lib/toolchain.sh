# Shared by tools/setup-toolchain.sh and tools/run-in-toolchain.sh: where the root is and whether it fits tools/versions.env.
# Expects $repo and the variables of versions.env; sourced, never run.
# shellcheck shell=bash disable=SC2034,SC2154

KELISIM_ROOT=${KELISIM_TOOLCHAIN:-/opt/kelisim-toolchain}
STAMP_NAME=.kelisim-toolchain
# Written by the set-up when the machine's own tools are used.
HOST_MARK=.cache/toolchain-host

# What the root was made from: any change of a pinned version makes a new root.
toolchain_stamp() {
  printf '%s\n' "$DEBIAN_SUITE" "$TOOLCHAIN_PACKAGES" "$REFERENCE_DEBIAN_VERSIONS" \
    "$CLOSURE_COMPILER_PACKAGE@$CLOSURE_COMPILER_VERSION" "$CLOSURE_COMPILER_INTEGRITY"
}

toolchain_root_ready() {
  [ -f "$KELISIM_ROOT/$STAMP_NAME" ] && [ "$(cat "$KELISIM_ROOT/$STAMP_NAME")" = "$(toolchain_stamp)" ]
}
