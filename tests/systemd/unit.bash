# shellcheck shell=bash disable=SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# The unit: privileges, hand-over of the events, restart, stop. Read by tests/systemd/run.

UNIT=/usr/lib/systemd/system/lrng.service

# tests/device/run builds it on the host, for compilers are slow here.
IOCTLTOOL=artifacts/test/ioctltool
[[ -x $IOCTLTOOL ]] || { IOCTLTOOL=/usr/bin/ioctltool && cc -std=gnu11 -O2 -pthread -I native/include -o $IOCTLTOOL tests/device/ioctltool.c; }

PRELOADTOOL=artifacts/test/preloadtool
[[ -x $PRELOADTOOL ]] || { PRELOADTOOL=/usr/bin/preloadtool && cc -std=gnu11 -O2 -o $PRELOADTOOL tests/device/preloadtool.c; }

# field NAME: of /proc/PID/status of the daemon, in one line.
field() { awk -v name="$1:" '$1 == name { $1 = ""; print substr($0, 2) }' "/proc/$(main)/status"; }

gone() { [[ ! -e /dev/lrng-random && ! -e /dev/lrng-urandom && ! -e /run/lrng ]]; }
anybody_reads() { is 100 eval 'timeout 30 "${NOBODY[@]}" head -c 100 /dev/lrng-random | wc -c'; }

# The installed library by its name, with its own defaults: without the generation file there were no 448 bytes in store.
any_program_asks() {
    local before
    before=$(status .device.served_bytes)
    is $'32\n32' eval 'printf "0\n0\n" | "${NOBODY[@]}" env LD_PRELOAD=liblrng-getrandom.so $PRELOADTOOL steps' || return
    is $((before + 448)) status .device.served_bytes
}

generation() { stat -c '%a %i' /run/lrng/generation; }

# Boot: whoever comes after sysinit.target finds the device.
ready_before_sysinit() {
    local ready sysinit
    ready=$(property ActiveEnterTimestampMonotonic)
    sysinit=$(systemctl show -P ActiveEnterTimestampMonotonic sysinit.target)
    ((ready > 0 && ready <= sysinit)) || { echo "ready at $ready us, sysinit.target at $sysinit" && return 1; }
}

without_capabilities() {
    local set
    for set in CapInh CapPrm CapEff CapBnd CapAmb; do
        is 0000000000000000 field "$set" || return
    done
}

threshold() { systemd-analyze security --threshold=8 "$@" >/dev/null; }

# The names that systemd gave the descriptors, one a line.
handed_over() { tr '\0' '\n' <"/proc/$(main)/environ" | sed -n 's/^LISTEN_FDNAMES=//p' | tr : '\n' | grep -v '^cuse-'; }

# One event of each kind for every CPU, in the daemon and in systemd's store, which does not grow: the devices are not in it while the
# daemon runs.
has_events() {
    local cpu names
    names=$(handed_over)
    for ((cpu = 0; cpu < $(nproc); cpu++)); do
        grep -qE "^perf-irq-$cpu-[0-9]+$" <<<"$names" || { echo "no perf-irq-$cpu in: $names" && return 1; }
        grep -qx "perf-sched-$cpu" <<<"$names" || { echo "no perf-sched-$cpu in: $names" && return 1; }
    done
    # And the kernel's events, one of which says that the machine was copied.
    is 1 grep -cx kernel-events <<<"$names" && is "$((2 * cpu + 1))" wc -l <<<"$names" && is "$((2 * cpu + 1))" property NFileDescriptorStore
}

# The machine has one, by tests/vm/run --hwrng.
reads_hardware() { wait_until 30 has_read_hardware || { status .hardware_rng && return 1; }; }
has_read_hardware() { (($(status .hardware_rng.read_bytes) >= 32)); }

SEEDER=lrng-seed-kernel
seeder_ended() { [[ $(systemctl show -P SubState $SEEDER) == failed ]]; }
circle_is_refused() { systemctl start $SEEDER && wait_until 30 seeder_ended && is 78 systemctl show -P ExecMainStatus $SEEDER; }
# A seed is 32 bytes with prediction resistance.
kernel_is_seeded() {
    local before
    before=$(status .prediction_resistance.generated_bytes)
    "$LRNG" set kernel.credit 0 && "$LRNG" set jitter.credit 256 && systemctl reset-failed $SEEDER && systemctl start $SEEDER || return
    wait_until 60 has_seeded $((before + 32)) && is running systemctl show -P SubState $SEEDER
}
has_seeded() { (($(status .prediction_resistance.generated_bytes) >= $1)); }
seeder_stops() { systemctl stop $SEEDER && is success systemctl show -P Result $SEEDER; }

credit() { status '.sources[] | select(.name == "JitterRNG").credit'; }
refuses() { # TEXT COMMAND...
    local text=$1 output
    shift
    output=$("$@" 2>&1) && { echo "not refused" && return 1; }
    [[ $output == *"$text"* ]] || { echo "$output" && return 1; }
}

# The privilege is the caller's, read by a daemon that has none.
root_sets() { "$LRNG" set jitter.credit 17 && is 17 credit; }
others_do_not_set() { refuses CAP_SYS_ADMIN "${NOBODY[@]}" "$LRNG" set jitter.credit 18 && is 17 credit; }
container_root_does_not_set() { refuses CAP_SYS_ADMIN unshare -U -r "$LRNG" set jitter.credit 18 && is 17 credit; }
root_clears() { is 0 "$IOCTLTOOL" /dev/lrng-random clear; }
others_do_not_clear() { is EPERM "${NOBODY[@]}" "$IOCTLTOOL" /dev/lrng-random clear; }

restarts() {
    local before
    before=$(main)
    systemctl restart lrng && [[ $(main) != "$before" ]]
}

runs_anew() { [[ $(main) != "$1" && $(property SubState) == running ]]; }
devices_are_left() { journalctl -u lrng -b -o cat | grep -q 'over from the daemon before'; }
stops_and_starts() { systemctl stop lrng && gone && systemctl start lrng; }
returns_after_kill() {
    local before
    before=$(main)
    systemctl kill -s KILL lrng
    wait_until 30 runs_anew "$before" && is 1 property NRestarts
}

in_words() { [[ $(property StatusText) == 'fully seeded; /dev/lrng-random and /dev/lrng-urandom' ]]; }
watched() { [[ $(property WatchdogUSec) == 2min && $(property WatchdogTimestampMonotonic) -gt 0 ]]; }

# A reader that began before it goes on.
reloads() {
    mkdir -p /etc/lrng
    printf '[jitter]\ncredit = 21\n' >/etc/lrng/lrng.conf
    head -c 2000000 /dev/lrng-urandom >/tmp/read &
    local before reader=$!
    before=$(main)
    systemctl reload lrng && wait_until 30 is 21 credit && wait $reader || return
    is 2000000 stat -c %s /tmp/read && is "$before" main && is running property SubState
}

refuses_a_bad_reload() {
    printf '[jitter]\ncredit = 22\n[cpu]\ncredit = many\n' >/etc/lrng/lrng.conf
    systemctl reload lrng
    wait_until 30 eval 'journalctl -u lrng -o cat | grep -q "configuration refused.*/etc/lrng/lrng.conf:4"' && is 21 credit &&
        rm /etc/lrng/lrng.conf && systemctl restart lrng
}

# By the journal's native protocol, not as a line of text.
logs_fields() {
    local entry
    entry=$(journalctl -u lrng -b -o json LRNG_SOURCE=JitterRNG | tail -n 1)
    is '6 10 Running 9c8763306628436fa370c01e0000000a' jq -r '"\(.PRIORITY) \(.LRNG_EVENT) \(.LRNG_STATE) \(.MESSAGE_ID)"' <<<"$entry"
}

# In place of an error a system call that the filter does not allow ends the process here.
needs_no_other_call() {
    mkdir -p /run/systemd/system/lrng.service.d
    printf '[Service]\nSystemCallErrorNumber=kill\n' >/run/systemd/system/lrng.service.d/kill.conf
    systemctl daemon-reload && systemctl restart lrng && reads && "$LRNG" status >/dev/null && "$LRNG" reseed &&
        systemctl restart lrng && reads && systemctl stop lrng && is success property Result
    local result=$?
    rm -r /run/systemd/system/lrng.service.d && systemctl daemon-reload && return $result
}

check 'the units are accepted' is '' eval 'systemd-analyze verify ${UNIT%/*}/lrng* 2>&1'
check 'systemd sees little to attack in it' threshold --offline=yes $UNIT
check 'it runs after the boot' is running property SubState
check 'it was ready before sysinit.target' ready_before_sysinit
check 'the kernel opens events for root only' is 3 cat /proc/sys/kernel/perf_event_paranoid
check 'it runs as lrng' is "$(id -u lrng) $(id -u lrng) $(id -u lrng) $(id -u lrng)" field Uid
check 'in its group and no other' is "$(id -g lrng)" field Groups
check 'without a capability' without_capabilities
check 'under a filter' is 2 field Seccomp
check '/dev/cuse is for its group' is 'root:lrng 660' stat -c '%U:%G %a' /dev/cuse
check 'the devices are for everybody' is $'666\n666' stat -c %a /dev/lrng-random /dev/lrng-urandom
check 'root reads' reads
check 'any user reads' anybody_reads
check 'any program asks it for random numbers' any_program_asks
GENERATION=$(generation)
check 'any user sees the status' "${NOBODY[@]}" $LRNG status
check 'systemd handed over an event of each kind for each CPU' has_events
check '/dev/hwrng is for its group' is 'root:lrng 640' stat -c '%U:%G %a' /dev/hwrng
check 'which reads it' reads_hardware
check 'root changes a setting' root_sets
check 'another user changes nothing' others_do_not_set
check 'nor does the root of a container' container_root_does_not_set
check 'root empties the pool by ioctl' root_clears
check 'another user empties nothing' others_do_not_clear
check 'it says what it does' wait_until 60 in_words
check 'the watchdog is fed' watched
check 'its lines in the journal have fields' logs_fields
check 'it reads its configuration again' reloads
check 'but not a bad one' refuses_a_bad_reload
check 'it restarts under a reader' under_reader restart restarts
check 'no read failed' is 0 failed_reads restart
check 'because it left its devices to the next one' devices_are_left
check 'with the events handed over again' has_events
check 'it is back after kill -9, under a reader' under_reader kill returns_after_kill
check 'with the generation file that it had' is "$GENERATION" generation
check 'root reads again' reads
check 'any user reads again' anybody_reads
check 'any program asks it again' any_program_asks
check 'and has its events' has_events
check 'it is stopped and started under a reader' under_reader stop stops_and_starts
check 'it logged no warning' is '' eval 'journalctl --quiet _SYSTEMD_UNIT=lrng.service -p warning -o cat | grep -v "^lrng\[142\]\|configuration refused"'
check 'the unit that seeds the kernel is accepted' systemd-analyze verify /usr/lib/systemd/system/$SEEDER.service
check 'it refuses a circle' circle_is_refused
check 'it seeds the kernel' kernel_is_seeded
check 'and stops' seeder_stops
systemd-analyze security --no-pager $SEEDER | tail -n 1
check 'the daemon stops' systemctl stop lrng
check 'without an error' is success property Result
check 'and leaves nothing' gone
check 'it needs no other system call' needs_no_other_call
echo 'What a client met that read all the time (software emulation starts programs some ten times slower):'
met 'planned restart' restart
met 'stop, start' stop
met 'kill -9' kill
systemd-analyze security --no-pager lrng | tail -n 1
