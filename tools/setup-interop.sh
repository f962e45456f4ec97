#!/usr/bin/env bash
# Installs what the tests of other languages need, from Debian, only when something is missing: PHP for the form handler, PyJWT and
# ruby-jwt as independent verifiers of receipts. Safe to call again and again.
set -euo pipefail

# shellcheck source=tools/lib/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/install.sh"

install_missing interop \
  "php-cli python3 python3-jwt python3-cryptography ruby ruby-jwt" \
  "php python3 ruby" "${1:-}"
