# shellcheck shell=bash disable=SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# What the checks of tests/feeders share. Read by tests/feeders/run, which sets LRNG and WORK.

PASSED=0 FAILED=0 DAEMON=''
CONFIG=$WORK/lrng.conf
export LRNG_SERVE_SOCKET=$WORK/socket

# No source earns anything: what seeds the daemon came from outside.
UNCREDITED=('[jitter]' credit=0 '[cpu]' credit=0 '[kernel]' credit=0)
SEEDED=('[jitter]' credit=0 '[cpu]' credit=0 '[kernel]' credit=256 '[hwrng]' enabled=no)
export UNCREDITED SEEDED

# In this shell, for some start what the next ones use.
check() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" >"$WORK/output" 2>&1; then
        echo "ok $name"
        PASSED=$((PASSED + 1))
    else
        echo "not ok $name: $(tail -n 15 "$WORK/output")"
        FAILED=$((FAILED + 1))
    fi
}

is() { # EXPECTED COMMAND...: what the command prints.
    local expected=$1 actual
    shift
    actual=$("$@")
    [[ $actual == "$expected" ]] || { echo "expected '$expected', got '$actual'" && return 1; }
}

# refuses STATUS TEXT COMMAND...
refuses() {
    local expected=$1 text=$2 output status=0
    shift 2
    output=$("$@" 2>&1) || status=$?
    [[ $status == "$expected" && $output == *"$text"* ]] || { echo "status $status: $output" && return 1; }
}

# wait_until SECONDS COMMAND...
wait_until() {
    local end=$((SECONDS + $1))
    until "${@:2}"; do
        ((SECONDS < end)) || return
        sleep 0.2
    done
}

# status FILTER: a value of the status, by jq.
status() { "$LRNG" status --json | jq -r "$1"; }

# at_least NUMBER FILTER
at_least() { (($(status "$2") >= $1)); }

serves() { [[ -c /dev/lrng-random ]] && "$LRNG" status >/dev/null 2>&1; }
ended() { ! kill -0 "$DAEMON" 2>/dev/null; }

# start_daemon LINE OF CONFIGURATION...
start_daemon() {
    printf '%s\n' '[serve]' 'transport = cuse' "$@" >"$CONFIG"
    "$LRNG" serve --config "$CONFIG" 2>"$WORK/log" &
    DAEMON=$!
    wait_until 60 serves || { cat "$WORK/log" && return 1; }
}

# stop_daemon: within 10 s, with status 0.
stop_daemon() {
    kill -TERM "$DAEMON"
    wait_until 10 ended || { echo "it does not end" && kill -KILL "$DAEMON" && return 1; }
    wait "$DAEMON" || { tail -n 3 "$WORK/log" && return 1; }
}

# replaced COMMAND...: with the daemon's devices in the place of the kernel's, in a mount namespace of its own.
replaced() {
    # shellcheck disable=SC2016
    unshare -m bash -c 'mount --bind /dev/lrng-random /dev/random && mount --bind /dev/lrng-urandom /dev/urandom && exec "$@"' - "$@"
}

export auxiliary='.sources[] | select(.name == "Auxiliary")'

# served: bytes that the daemon gave to readers.
served() { status .device.served_bytes; }

# serves_to LEAST COMMAND...: the command succeeds, and LEAST bytes at least were read from the devices by it.
serves_to() {
    local before
    before=$(served)
    "${@:2}" || return
    (($(served) >= before + $1)) || { echo "$(($(served) - before)) bytes were read from the devices, expected $1" && return 1; }
}
