#!/bin/sh
# Install from Debian what the tests use and this machine lacks, without starting it.
#
#   install.sh env|sudo    by which command root's work is done
#   install.sh             not at all: say what is missing
set -eu
as_root=${1:-}

missing=""
[ -x /usr/bin/chromium ] || missing="$missing chromium fonts-liberation"
[ -x /usr/sbin/bearerbox ] || missing="$missing kannel"
[ -x /usr/lib/kannel/test/fakesmsc ] || missing="$missing kannel-extras"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -x /usr/bin/redis-server ] || missing="$missing redis-server"
[ -n "$missing" ] || exit 0

say_what_is_missing() {
    echo "Not installed:$missing. Tests that need them are skipped, and so is the run" \
         "on PostgreSQL if it is among them. As root: apt-get install$missing" >&2
}

# Debian starts what it installs. This file forbids it, for as long as we install.
forbid_starting() {
    policy=/usr/sbin/policy-rc.d
    [ ! -e "$policy" ] || return 0
    trap '$as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod +x "$policy"
}

if [ -z "$as_root" ] || ! command -v apt-get >/dev/null; then
    say_what_is_missing
    exit 0
fi

echo "Installing$missing"
forbid_starting
# shellcheck disable=SC2086 -- one word each
if ! { $as_root apt-get update -qq &&
       $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
           --no-install-recommends $missing >/dev/null; }; then
    say_what_is_missing
fi
