# shellcheck shell=bash disable=SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# What the checks of the unit share. Read by tests/systemd/run.

PASSED=0 FAILED=0
LRNG=/usr/bin/lrng
NOBODY=(setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps=-all)
export LRNG

check() { # NAME COMMAND...
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "ok $name"
        PASSED=$((PASSED + 1))
    else
        echo "not ok $name: $output"
        FAILED=$((FAILED + 1))
    fi
}

is() { # EXPECTED COMMAND...: what the command prints.
    local expected=$1 actual
    shift
    actual=$("$@")
    [[ $actual == "$expected" ]] || { echo "expected '$expected', got '$actual'" && return 1; }
}

# status FILTER: a value of the status, by jq.
status() { "$LRNG" status --json | jq -r "$1"; }

# wait_until LIMIT COMMAND...: LIMIT in seconds, for the command is slow in software emulation.
wait_until() {
    local end=$((SECONDS + $1))
    until "${@:2}"; do
        ((SECONDS < end)) || return
        sleep 0.2
    done
}

property() { systemctl show -P "$1" lrng; }
main() { property MainPID; }

reads() { is 1000 eval 'timeout 30 head -c 1000 /dev/lrng-random | wc -c'; }
