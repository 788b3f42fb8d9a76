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

DEVICE=/dev/lrng-random

# under_reader FILE COMMAND...: what a client of DEVICE meets meanwhile that reads all the time, to /tmp/FILE: reads, failed ones,
# longest gap in ms.
under_reader() {
    local reader result=0
    python3 "$here/gap.py" "$DEVICE" >"/tmp/$1.begun" &
    reader=$!
    wait_until 30 test -s "/tmp/$1.begun" && "${@:2}" && reads || result=1
    sleep 1
    kill $reader
    wait $reader
    tail -n 1 "/tmp/$1.begun" >"/tmp/$1"
    return $result
}
failed_reads() { cut -d ' ' -f 2 "/tmp/$1"; }
met() { # WHAT FILE [WHO]
    local reads failed gap
    read -r reads failed gap <"/tmp/$2"
    printf '%-18s %-21s %5d reads, %4d failed, at most %5d ms without one\n' "$1:" "${3:-a program}" "$reads" "$failed" "$gap"
}

reads() { is 1000 eval 'timeout 30 head -c 1000 "$DEVICE" | wc -c'; }
