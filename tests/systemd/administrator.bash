# shellcheck shell=bash disable=SC2016,SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# An administrator who has the package and its manual pages: NTG.1 with two sources, the example of lrng.conf(5) as it stands there; one
# of them breaks; status, log and doctor say which; it is mended as doctor says. The machine has a hardware generator, by
# tests/vm/run --hwrng. Read by tests/systemd/packages.

DRIVER=/sys/bus/virtio/drivers/virtio_rng
HARDWARE=$(cd $DRIVER 2>/dev/null && echo virtio[0-9]*)
DROP_IN=/etc/lrng/lrng.conf.d/ntg1.conf

# The first literal block of its examples.
example() { zcat -f /usr/share/man/man5/lrng.conf.5* | sed '1,/^\.Sh EXAMPLES/d; /^\.Ed/q' | sed '1,/^\.Bd/d; /^\.Ed/d'; }
sets_ntg1() {
    example >$DROP_IN && is 'ntg1 = 2024' grep ntg1 $DROP_IN && is '' "$LRNG" config --check && systemctl restart lrng
}
says_ntg1() {
    wait_until 60 seeded && is 1 eval '"$LRNG" status | grep -c "^designed for: AIS 20/31 NTG.1, two sources of 240 bits"'
}
both_gave() {
    is 'JitterRNG Auxiliary' status '[.sources[] | select(.credited_bits >= 240).name] | join(" ")' &&
        is true status '.hardware_rng | .state == "running" and .credited_bits >= 240'
}
finds_nothing() { "$LRNG" doctor; }

# What a driver does whose hardware is gone. NTG.1's rule is for a first seed; the other source alone gives 256 bits.
breaks() {
    echo "$HARDWARE" >$DRIVER/unbind && systemctl restart lrng && wait_until 30 not_seeded || { property StatusText && return 1; }
}
not_seeded() { [[ $(property StatusText) == 'minimally seeded: blocking readers wait, lrng status and lrng doctor say for what;'* ]]; }
doctor_says() { # LINE
    local output
    output=$("$LRNG" doctor) && { echo "no problem: $output" && return 1; }
    grep -qE "^problem  $1" <<<"$output" || { echo "$output" && return 1; }
}
status_says() {
    "$LRNG" status >/tmp/status
    grep -q '^level: .*(blocking readers wait)$' /tmp/status && grep -A 2 '^hardware generator: none$' /tmp/status | grep -q 'credit: 0 of 256 bits (.*No such device' ||
        { cat /tmp/status && return 1; }
}
log_says() { journalctl -u lrng -b -o cat | grep -q 'hardware generator none: Waiting, credited 0 of 256 bits: .*No such device'; }
log_says_what_is_missing() { journalctl -u lrng -b -o cat | grep -q 'not seeded yet: .* two sources must each give 240; .* Auxiliary has 0 bits'; }
# The daemon finds it by itself.
mends() { echo "$HARDWARE" >$DRIVER/bind && wait_until 120 seeded; }
goes_back() { rm $DROP_IN && systemctl restart lrng && wait_until 60 seeded; }

check 'the example of lrng.conf(5) sets NTG.1 with two sources' sets_ntg1
check 'the status says so' says_ntg1
check 'and that both gave' both_gave
check 'doctor finds nothing' finds_nothing
check 'one source breaks' breaks
check 'the status says which' status_says
check 'so does the log' log_says
check 'and what is missing' log_says_what_is_missing
check 'doctor names the source and what to do' doctor_says 'hwrng: .* no hardware generator behind /dev/hwrng -- fix: load its driver'
check 'and what it leads to' doctor_says 'entropy: seeding.ntg1 wants 240 bits of two sources each, and only one is credited and there: jitter 256'
check 'it is mended' mends
check 'the administrator goes back to the defaults' goes_back
