#!/usr/bin/env bash
# Installs what the tests of other languages need, from Debian, only when something is missing: PHP for the form handler, PyJWT and
# ruby-jwt as independent verifiers of receipts. Safe to call again and again.
set -euo pipefail

packages="php-cli python3 python3-jwt python3-cryptography ruby ruby-jwt"

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
  for package in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
  done
else
  for command in php python3 ruby; do
    command -v "$command" >/dev/null 2>&1 || missing="$missing $command"
  done
fi
[ -n "$missing" ] || { [ "${1:-}" = --quiet ] || echo "interop: all there"; exit 0; }

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
  echo "interop: missing:$missing" >&2
  echo "interop: install them (on Debian, as root: apt-get install$missing) and run again" >&2
  exit 1
fi
echo "interop: installing$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=300 update -qq
# shellcheck disable=SC2086
apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $missing >/dev/null
