#!/usr/bin/env bash
# Runs the tests that need real mail servers: starts Dovecot and Postfix in a folder of their own, runs the tests, stops them.
# Where the servers are missing it says so and leaves with status 3. Arguments go to go test, for instance -v.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
"$here/mailservers.sh" start "$dir" || { status=$?; rm -rf "$dir"; exit $status; }
stop() { "$here/mailservers.sh" stop "$dir" >/dev/null; rm -rf "$dir"; }
trap stop EXIT
cd "$here/../.."
KLACHTD_MAILSERVERS="$dir/env" go test -count=1 -timeout 15m -run 'RealServers' "$@" ./cmd/klachtd
