#!/usr/bin/env bash
# Opens pages of digests in Chromium as a reader does: tests/browser/run.sh PAGE.html…
# What cannot be had here is skipped by its name; set CHROMIUM where the browser stands elsewhere.
set -euo pipefail
pages=()
for page in "$@"; do pages+=("$(realpath "$page")"); done
cd "$(dirname "$0")"
skip() { echo "skipped: pages in a browser ($1)"; exit 0; }
[ ${#pages[@]} -gt 0 ] || { echo "usage: tests/browser/run.sh PAGE.html…" >&2; exit 2; }
export CHROMIUM=${CHROMIUM:-$(command -v chromium || true)}
[ -n "$CHROMIUM" ] || skip "no chromium"
command -v npm >/dev/null || skip "no npm"
[ -d node_modules/playwright-core ] && [ -d node_modules/axe-core ] || npm ci --silent --ignore-scripts || skip "playwright-core, axe-core"
exec node check.mjs "${pages[@]}"
