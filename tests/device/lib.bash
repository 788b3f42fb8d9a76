# shellcheck shell=bash
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# What the checks share. tests/device/run sets TRANSPORT, LRNG, SLOW, the tools (DEVTOOL, ...) and WORK (an empty folder of
# the check), and removes every process and mount when the check has ended.

set -eEuo pipefail
: "${WORK:?is set by tests/device/run}"

# Not the default names: a daemon of the machine itself may be running.
NAME=lrng-test-random
MAJOR=122
MOUNT=$WORK/mount
export LRNG_SERVE_SOCKET=$WORK/socket

# Configurations, to be given to start_daemon.
UNSEEDED=('[jitter]' credit=0 '[cpu]' credit=0 '[kernel]' credit=0)
SEEDED=('[kernel]' credit=256)
PULLING=('[jitter]' credit=256 '[cpu]' credit=0 '[kernel]' credit=0)
export UNSEEDED SEEDED PULLING

DAEMON=''

# An unexpected failure of a command ends the check, and this says which.
trap '[[ -e $WORK/reason ]] || echo "line $LINENO: $BASH_COMMAND" >"$WORK/reason"' ERR

fail() {
    printf '%s\n' "$*" >"$WORK/reason"
    exit 1
}

skip() {
    printf '%s\n' "$*" >"$WORK/reason"
    exit 77
}

# only cuse|fuse: the check is about what the other transport does not have. Not counted there.
only() {
    [[ $TRANSPORT == "$1" ]] || exit 76
}

need() {
    command -v "$1" >/dev/null || skip "the program $1"
}

# equal WHAT EXPECTED ACTUAL
equal() {
    [[ $2 == "$3" ]] || fail "$1: expected '$2', got '$3'"
}

# device random|urandom: its path.
device() {
    if [[ $TRANSPORT == cuse ]]; then
        echo "/dev/${NAME%random}$1"
    else
        echo "$MOUNT/$1"
    fi
}

now_ms() {
    local now=${EPOCHREALTIME/[.,]/}
    echo $((now / 1000))
}

# wait_until SECONDS COMMAND...: SECONDS on a fast machine. Returns 1 when the time is over.
wait_until() {
    local end=$(($(now_ms) + $1 * SLOW * 1000))
    shift
    until "$@"; do
        (($(now_ms) < end)) || return 1
        sleep 0.02
    done
}

# limited SECONDS COMMAND...: not longer than that. In the check's own process group, so that nothing of it outlives the check.
limited() {
    timeout --foreground $(($1 * SLOW)) "${@:2}"
}

# Where the machine has a hardware generator it would seed daemons that are to be without entropy.
write_config() {
    printf '%s\n' '[hwrng]' 'enabled = no' '[serve]' "transport = $TRANSPORT" "device = $NAME" "major = $MAJOR" "mount = $MOUNT" "$@" \
        >"$WORK/lrng.conf"
}

# launch_daemon [LINE OF CONFIGURATION]...: does not wait until it serves. TMPDIR shows whether it leaves files.
launch_daemon() {
    write_config "$@"
    : >"$WORK/log"
    TMPDIR=$WORK/tmp "$LRNG" serve --config "$WORK/lrng.conf" >"$WORK/stdout" 2>>"$WORK/log" &
    DAEMON=$!
}

start_daemon() {
    launch_daemon "$@"
    wait_until 10 serving_or_dead || fail "the daemon does not serve"
    kill -0 "$DAEMON" 2>/dev/null || fail "the daemon ended: $(tail -n 2 "$WORK/log" | tr '\n' ' ')"
}

serving_or_dead() {
    grep -q ' serving ' "$WORK/log" || ended "$DAEMON"
}

ended() {
    ! kill -0 "$1" 2>/dev/null
}

# stop_daemon [SIGNAL]: sees to it that it ends with status 0 and leaves nothing.
stop_daemon() {
    local status=0
    kill -TERM "$DAEMON"
    wait_until 5 ended "$DAEMON" || fail "the daemon does not stop"
    wait "$DAEMON" || status=$?
    equal "status of the daemon" 0 "$status"
    nothing_left
}

nothing_left() {
    ! grep -qF " $MOUNT " /proc/self/mountinfo || fail "a mount is left"
    [[ ! -e $LRNG_SERVE_SOCKET ]] || fail "the socket is left"
    [[ -z $(ls -A "$WORK/tmp") ]] || fail "temporary files are left: $(ls -A "$WORK/tmp")"
    if [[ $TRANSPORT == cuse ]]; then
        [[ ! -e /dev/$NAME && ! -e $(device urandom) ]] || fail "a node is left"
        [[ ! -e /sys/class/cuse/$NAME ]] || fail "a device is left"
    fi
}

# Interrupts of a disk: of one that the folder is on, or of what the machine was started from.
write_to_disk() {
    dd if=/dev/zero of="$WORK/written" bs=4k count=256 oflag=direct,sync status=none
}

read_from_disk() {
    echo 3 >/proc/sys/vm/drop_caches
    find /usr/lib -type f -size -16k -print0 | head -zn 200 | xargs -0 cat >/dev/null
}

property_of() {
    "$LRNG" status --lrng-type | awk -v name=" Name: $1" -v key=" $2: " \
        '/^ Name: / { here = $0 == name } here && index($0, key) == 1 { print substr($0, length(key) + 1) }'
}

running() {
    [[ $(status_of ".sources[] | select(.name == \"$1\").state") == running ]]
}

# status_of FILTER: a value of the status, by jq.
status_of() {
    "$LRNG" status --json | jq -er "$1"
}

# hint_and_line FILE: errors are one line and a hint.
hint_and_line() {
    [[ $(sed -n 1p "$1") == 'lrng: '?* && $(sed -n 2p "$1") == 'hint: '?* && $(wc -l <"$1") == 2 ]] ||
        fail "not one line and a hint: $(head -c 500 "$1" | tr '\n' '|')"
}

# refused STATUS TEXT COMMAND...: ends with the status, prints nothing on stdout, one line with TEXT and a hint on stderr.
refused() {
    local expected=$1 text=$2 status=0
    shift 2
    limited 10 "$@" >"$WORK/refused.out" 2>"$WORK/refused.err" || status=$?
    equal "status of ${*:1}" "$expected" "$status"
    [[ ! -s $WORK/refused.out ]] || fail "words on stdout: $*"
    # What the daemon logged before it gave up stands above it.
    sed -i '/^[0-9:.]\{12\} [a-z]*: lrng\[/d' "$WORK/refused.err"
    hint_and_line "$WORK/refused.err"
    grep -qF -- "$text" "$WORK/refused.err" || fail "'$text' is not in: $(head -n 1 "$WORK/refused.err")"
}

has_parked() {
    (($(status_of .device.parked_readers) == $1))
}

# wait_parked N: until N reads wait in the daemon.
wait_parked() {
    wait_until 15 has_parked "$1" || fail "$1 parked readers expected, $(status_of .device.parked_readers) are there"
}

# pulls: how many the sources were asked for so far.
pulls() {
    status_of .prediction_resistance.pulls
}

has_pulled() {
    (($(pulls) >= $1))
}

# seed: gives an unseeded daemon what it needs.
seed() {
    "$LRNG" set jitter.credit 256
}

# bytes_of FILE NUMBER [dd operand]...: one read(2); what it got goes to stdout, dd's complaint to stderr.
bytes_of() {
    local file=$1 number=$2
    shift 2
    dd if="$file" bs="$number" count=1 status=none "$@"
}
