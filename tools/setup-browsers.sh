#!/usr/bin/env bash
# Installs the browsers the end-to-end tests drive, from Debian, only when one is missing: Chromium, Firefox ESR, WebKitGTK with its driver,
# a virtual display, and the bindings that stand in for a native webview. Their drivers come from npm. Safe to call again and again.
set -euo pipefail

packages="chromium firefox-esr webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1 fonts-dejavu-core"

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
  for package in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
  done
else
  for command in chromium firefox-esr WebKitWebDriver Xvfb; do
    command -v "$command" >/dev/null 2>&1 || missing="$missing $command"
  done
fi
[ -n "$missing" ] || { [ "${1:-}" = --quiet ] || echo "browsers: all there"; exit 0; }

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
  echo "browsers: missing:$missing" >&2
  echo "browsers: install them (on Debian, as root: apt-get install$missing) and run again" >&2
  exit 1
fi
echo "browsers: installing$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=300 update -qq
# shellcheck disable=SC2086
apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $missing >/dev/null
chromium --version 2>/dev/null
firefox-esr --version
