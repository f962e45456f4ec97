# Sourced by the scripts that install Debian packages for tests: says what is missing, installs it as root, else says how.

# install_missing NAME "PACKAGE…" "COMMAND…" [--quiet]
#
# COMMANDs are looked for where there is no dpkg. Ends the calling script with 0 when nothing is missing, with 1 when it cannot install.
install_missing() {
  local name=$1 missing="" package command
  if command -v dpkg-query >/dev/null 2>&1; then
    for package in $2; do
      [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
    done
  else
    for command in $3; do
      command -v "$command" >/dev/null 2>&1 || missing="$missing $command"
    done
  fi
  [ -n "$missing" ] || { [ "${4:-}" = --quiet ] || echo "$name: all there"; exit 0; }

  if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "$name: missing:$missing" >&2
    echo "$name: install them (on Debian, as root: apt-get install$missing) and run again" >&2
    exit 1
  fi
  echo "$name: installing$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 update -qq
  # shellcheck disable=SC2086
  apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $missing >/dev/null
}
