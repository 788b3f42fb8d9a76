# shellcheck shell=bash disable=SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Interrupts as the only credited source of the daemon without privileges. Read by tests/systemd/run.
#
# The load: the files below /usr/lib of less than 64 KiB are read through virtio (9p) with the page cache dropped each time, and
# 10.0.2.2 is pinged through virtio-net as fast as it answers.

use_interrupts_only() {
    mkdir -p /etc/lrng
    printf '%s\n' '[interrupts]' 'events_per_256_bits = 256' 'vectors = local_timer' '[jitter]' credit=0 '[cpu]' credit=0 '[kernel]' credit=0 '[hwrng]' credit=0 >/etc/lrng/lrng.conf
    systemctl restart lrng
}

read_files() {
    while :; do
        echo 3 >/proc/sys/vm/drop_caches
        find /usr/lib -type f -size -64k -exec cat {} + >/dev/null
    done
}

start_load() {
    local card
    card=$(basename /sys/class/net/e*)
    ip address add 10.0.2.15/24 dev "$card"
    ip link set "$card" up
    set -m # a group each, so that what they started ends with them
    read_files &
    LOAD=("-$!")
    busybox ping -q -A 10.0.2.2 >/dev/null &
    LOAD+=("-$!")
    set +m
}

stop_load() {
    kill -- "${LOAD[@]}"
    wait
}

# sampling NAME MEMBER
sampling() { status ".sources[] | select(.name == \"$1\").sampling.$2"; }
samples() { SAMPLES=([IRQ]=$(sampling IRQ samples) [Scheduler]=$(sampling Scheduler samples)); }
has_mixed() { (($(sampling IRQ mixed) > 0)); }
has_more_samples() { (($(sampling "$1" samples) > SAMPLES[$1])); }
is_seeded() { [[ $(status .level) == fully_seeded ]]; }
seeds_within_a_minute() { wait_until 60 is_seeded || { "$LRNG" status && return 1; }; }
credited_so_far() { status '[.sources[] | select(.credited_bits > 0).name] | join(" ")'; }

# The store is emptied by the stop, and nothing is put into it.
start_without_probe() {
    systemctl stop lrng
    mkdir -p /run/systemd/system/lrng.service.d
    printf '[Service]\nExecStartPre=\n' >/run/systemd/system/lrng.service.d/probe.conf
    systemctl daemon-reload && systemctl start lrng && is 0 property NFileDescriptorStore
}

earn_nothing() {
    is 0 status '.sources[] | select(.name == "IRQ").credit' &&
        is true status '.sources[] | select(.name == "IRQ").reason | contains("as any local user can")'
}

declare -A SAMPLES
check 'interrupts become the only credited source' use_interrupts_only
for source in IRQ Scheduler; do
    check "$source is sampled by perf events" is perf sampling $source path
done
samples
start_load
check 'it is fully seeded' seeds_within_a_minute
check 'by interrupts alone' is IRQ credited_so_far
check 'interrupts of timers are mixed in' has_mixed
for source in IRQ Scheduler; do
    check "$source gave samples" has_more_samples $source
done
"$LRNG" status | sed -n '/^source: IRQ/,/^source: Jitter/s/^/# /p'
stop_load 2>/dev/null
check 'root reads' reads
check 'it starts without the events' start_without_probe
check 'and looks at /proc/interrupts' is proc_interrupts sampling IRQ path
check 'which earn nothing' earn_nothing
