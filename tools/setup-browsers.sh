#!/usr/bin/env bash
# Installs the browsers the end-to-end tests drive, from Debian, only when one is missing: Chromium, Firefox ESR, WebKitGTK with its driver,
# a virtual display, and the bindings that stand in for a native webview. Their drivers come from npm. Safe to call again and again.
set -euo pipefail

# shellcheck source=tools/lib/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/install.sh"

install_missing browsers \
  "chromium firefox-esr webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1 fonts-dejavu-core" \
  "chromium firefox-esr WebKitWebDriver Xvfb" "${1:-}"
chromium --version 2>/dev/null
firefox-esr --version
