# shellcheck shell=bash disable=SC2016,SC2154,SC2317  # check calls the functions; tests/feeders/run and lib.bash set the variables
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# The daemon's own feed from /dev/hwrng, with three hardware generators: random bytes, zeros, and none at all. Read by tests/feeders/run.
#
# One of them has a driver at a time: where one is silent the kernel's own thread waits for it and holds up the readers of all others.

HWRNG=/sys/class/misc/hw_random
DRIVER=/sys/bus/virtio/drivers/virtio_rng
GENERATORS=()

find_generators() {
    modprobe virtio-rng && mapfile -t GENERATORS < <(cd $DRIVER && printf '%s\n' virtio[0-9]* | sort -V) && is 3 echo ${#GENERATORS[@]}
}
unbind() { echo "${GENERATORS[$1]}" >$DRIVER/unbind; }
bind() { echo "${GENERATORS[$1]}" >$DRIVER/bind && is virtio_rng.0 cat $HWRNG/rng_current; }
set_quality() { echo "$1" >$HWRNG/rng_quality && is "$1" cat $HWRNG/rng_quality; }

feed() { status ".hardware_rng | $1"; }
in_state() { [[ $(feed .state) == "$1" ]]; }

# A stock that is empty is not pulled, so nothing invites it after its first block.
earns_nothing_without_quality() {
    wait_until 30 at_least 32 .hardware_rng.read_bytes || { feed . && return 1; }
    is '0 0 running the kernel states no quality of virtio_rng.0 (rng_quality)' feed '"\(.credit) \(.credited_bits) \(.state) \(.reason)"' || return
    is 0 status "$auxiliary.available_bits" && is false status .operational
}

has_quality() { [[ $(feed .quality) == "$1" ]]; }

# 1000 in 1024 of 256 bits are 250; the setting allows 200.
earns_by_quality() {
    wait_until 60 at_least 512 .hardware_rng.credited_bits || { feed . && return 1; }
    wait_until 30 is_operational || return
    is '200 set by the administrator' feed '"\(.credit) \(.reason)"' && [[ $(feed .credited_bits) -ge 512 ]] || return
    set_quality 256 && "$LRNG" get --pr 32 --hex >/dev/null && wait_until 30 has_quality 256 || return
    # The first bytes at another quality are tested anew.
    wait_until 30 in_state running && is '64 the kernel states a quality of 256 in 1024 for virtio_rng.0' feed '"\(.credit) \(.reason)"'
}
is_operational() { [[ $(status .operational) == true ]]; }

# A whole pull takes the pool's bits, and the feed brings them back.
refills() {
    local before
    before=$(feed .credited_bits)
    "$LRNG" reseed && wait_until 30 at_least $((before + 256)) .hardware_rng.credited_bits
}

zeros_earn_nothing() {
    wait_until 60 in_state failed || { feed . && return 1; }
    is '0 0' feed '"\(.credit) \(.credited_bits)"' || return
    [[ $(feed .reason) == *'repetition count test'* ]] && is false status .operational
}

check 'there are three hardware generators' find_generators
check 'one of random bytes' eval 'unbind 2 && unbind 1 && set_quality 0'
check 'the daemon starts with it' start_daemon "${UNCREDITED[@]}" '[hwrng]' credit=200
check 'it earns nothing' earns_nothing_without_quality
check 'the daemon without a quality ends' stop_daemon
check 'with a quality' set_quality 1000
check 'the daemon starts with that' start_daemon "${UNCREDITED[@]}" '[hwrng]' credit=200
check 'it seeds the daemon, as much as quality and setting allow' earns_by_quality
check 'it fills the pool again after a pull' refills
check 'the daemon ends' stop_daemon

check 'one of zeros' eval 'unbind 0 && bind 1 && set_quality 1024'
check 'the daemon starts with zeros' start_daemon "${UNCREDITED[@]}" '[hwrng]' credit=256
check 'and finds it out' zeros_earn_nothing
check 'the daemon of zeros ends' stop_daemon
