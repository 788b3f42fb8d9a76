# shellcheck shell=bash disable=SC2016,SC2154,SC2317  # check calls the functions; tests/feeders/run and lib.bash set the variables
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# lrng seed-kernel: what the kernel is given, as the kernel itself sees it. Read by tests/feeders/run.

TRACING=/sys/kernel/tracing

# seeds COMMAND...: "bits size" of each RNDADDENTROPY that the kernel gets meanwhile.
seeds() {
    echo >$TRACING/trace
    echo 'p:lrng/ioctl random_ioctl cmd=%si:x32 bits=+u0(%dx):s32 size=+u4(%dx):s32' >$TRACING/kprobe_events || return
    echo 1 >$TRACING/events/lrng/ioctl/enable
    "$@" >&2
    local result=$?
    echo 0 >$TRACING/events/lrng/ioctl/enable
    sed -n 's/.*cmd=0x40085203 bits=\([0-9-]*\) size=\([0-9]*\)$/\1 \2/p' $TRACING/trace
    echo >$TRACING/kprobe_events
    return $result
}

pr_bytes() { status .prediction_resistance.generated_bytes; }
pulls_for_it() {
    local before
    before=$(pr_bytes)
    is '512 64' seeds "$LRNG" seed-kernel --once --bytes 64 && is $((before + 64)) pr_bytes
}
repeats() { [[ $(seeds timeout --preserve-status 15 "$LRNG" seed-kernel --interval 1) == $'256 32\n256 32'* ]]; }

# While it waits for the next turn.
ends_by_circle() {
    local running
    "$LRNG" seed-kernel --interval 1 2>"$WORK/seeder" &
    running=$!
    sleep 2
    "$LRNG" set kernel.credit 1
    wait $running
    is 78 echo $? && grep -q 'would be a circle' "$WORK/seeder" && "$LRNG" set kernel.credit 0
}

NOBODY=(setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps=-all)

check 'a daemon that is credited for jitter only' start_daemon '[jitter]' credit=256 '[cpu]' credit=0 '[kernel]' credit=0 '[hwrng]' enabled=no
check 'the kernel gets full entropy' is '256 32' seeds "$LRNG" seed-kernel --once
check 'from bytes that were made for it' pulls_for_it
check 'ordinary output is not credited' is '0 32' seeds "$LRNG" seed-kernel --once --no-pr
check 'unless it is said' is '8 64' seeds "$LRNG" seed-kernel --once --no-pr --bytes 64 --credit 4
check 'the kernel is seeded at each interval' repeats
check 'a circle ends it' ends_by_circle
check 'a circle is refused' eval '"$LRNG" set kernel.credit 8 && refuses 78 "would be a circle" "$LRNG" seed-kernel --once && "$LRNG" set kernel.credit 0'
check 'a replaced device is refused' refuses 1 "not the kernel's own device (1:8)" replaced "$LRNG" seed-kernel --once
check 'another user is refused' refuses 1 'cannot add 32 bytes: Operation not permitted' "${NOBODY[@]}" "$LRNG" seed-kernel --once
check 'too many bytes are refused' refuses 2 "'65' is not accepted: 32..64" "$LRNG" seed-kernel --bytes 65
check 'once and at intervals exclude each other' refuses 2 'exclude each other' "$LRNG" seed-kernel --once --interval 5
check 'the daemon of the kernel ends' stop_daemon
check 'without a daemon it ends' refuses 3 'no daemon answers' "$LRNG" seed-kernel --once
