#!/usr/bin/env bash
# usage: tests/interop/run.sh [NUTGRAF] [--table] [--only CLIENT,…] [--inputs INPUT,…] [--units N] [--surrogates]
# Files by nutgraf through the programs of others and back (interop.py), then what checks beside pofilter find (faults.py).
# NUTGRAF: a release binary, target/release/nutgraf unless given. Clients are put into $INTEROP_HOME, target/interop unless set:
# Debian packages by apt-get as root, Python packages into a venv, Node packages; what cannot be had is skipped by name.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export INTEROP_HOME=${INTEROP_HOME:-$here/../../target/interop}
mkdir -p "$INTEROP_HOME" && INTEROP_HOME=$(cd "$INTEROP_HOME" && pwd) || exit 2
log=$INTEROP_HOME/install.log
skip() { echo "skipped: $* (see $log)" >&2; }

debian=(omegat php-cli php-xml php-symfony-translation php-symfony-config qttools5-dev-tools gettext libxml-tmx-perl libreoffice-writer libreoffice-calc)
missing=()
for package in "${debian[@]}"; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    get() { DEBIAN_FRONTEND=noninteractive timeout 900 apt-get "$@" >>"$log" 2>&1; }
    get update -q || skip "fresh lists of packages"
    get install -y -q --no-install-recommends "${missing[@]}" ||
      for package in "${missing[@]}"; do get install -y -q --no-install-recommends "$package" || skip "$package"; done
  else
    skip "${missing[@]}: needs apt-get and root"
  fi
fi

python=$INTEROP_HOME/venv/bin/python
[ -x "$python" ] || "${PYTHON:-python3}" -m venv "$INTEROP_HOME/venv" >>"$log" 2>&1 || { echo "no Python environment: see $log" >&2; exit 2; }
if ! cmp -s "$here/requirements.txt" "$INTEROP_HOME/requirements.txt"; then
  "$python" -m pip install -q --disable-pip-version-check -r "$here/requirements.txt" >>"$log" 2>&1 &&
    cp "$here/requirements.txt" "$INTEROP_HOME/" || skip "Python packages"
fi
"$python" -c 'import lxml' 2>>"$log" || { echo "lxml is missing, nothing runs without it: see $log" >&2; exit 2; }

if ! { [ -d "$INTEROP_HOME/node_modules/xliff" ] && cmp -s "$here/package-lock.json" "$INTEROP_HOME/package-lock.json"; }; then
  cp "$here/package.json" "$here/package-lock.json" "$INTEROP_HOME/"
  if ! command -v npm >/dev/null; then
    skip "Node packages: no npm"
  elif ! (cd "$INTEROP_HOME" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund >>"$log" 2>&1); then
    skip "Node packages"
    rm -f "$INTEROP_HOME/package-lock.json"
  fi
fi

status=0
"$python" "$here/interop.py" "$@" || status=$?
[ "$status" -le 1 ] || exit "$status"
nutgraf=$here/../../target/release/nutgraf
case ${1:-} in "" | --*) ;; *) nutgraf=$1 ;; esac
"$python" "$here/faults.py" "$nutgraf" || status=$?
exit "$status"
