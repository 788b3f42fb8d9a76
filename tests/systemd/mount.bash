# shellcheck shell=bash disable=SC2016,SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# lrng-fs.service in the place of lrng.service, as on a kernel without CUSE. Read by tests/systemd/run.

MOUNT=/run/lrng/fs

# Without what the checks before it configured.
takes_its_place() {
    rm -rf /etc/lrng/lrng.conf /run/systemd/system/lrng.service.d && systemctl daemon-reload &&
        systemctl disable --now lrng && systemctl enable --now lrng-fs
}
is_the_other_one() { is lrng-fs.service systemctl show -P Id lrng && is running property SubState; }
serves_files() { is "fuse $MOUNT/random $MOUNT/urandom" status '.device | "\(.transport) \(.paths | join(" "))"'; }
anybody_reads_files() { is 64 eval 'timeout 60 "${NOBODY[@]}" head -qc 32 $MOUNT/random $MOUNT/urandom | wc -c'; }
without_privileges() { is lrng ps -o user= -p "$(main)" && is 0000000000000000 field CapEff && is 0000000000000000 field CapPrm; }
says_where() { [[ $(property StatusText) == "fully seeded; $MOUNT/random and $MOUNT/urandom" ]]; }
# As containers have it: one of its files over another one.
restarts_in_place() {
    local DEVICE=/tmp/in-place
    touch $DEVICE && mount --bind $MOUNT/random $DEVICE && under_reader mount restarts && serves_files
}
no_mount() { ! grep -q " $MOUNT " /proc/self/mountinfo && ! pgrep -u lrng -x lrng; }
mount_is_gone() { systemctl stop lrng && is success property Result && no_mount && is 'fs generation' eval 'ls /run/lrng | xargs'; }
# Told to end by somebody else than systemd, which starts it no more.
is_removed_after_a_signal() { kill "$(main)" && wait_until 30 no_mount && systemctl start lrng && anybody_reads_files; }
# The next daemon does not come: systemd holds the mount's only descriptor, and closes it.
ends_with_a_wrong_configuration() {
    echo 'no such line' >/etc/lrng/lrng.conf
    ! systemctl restart lrng && is 78 property ExecMainStatus && ! timeout 30 cat $MOUNT/random 2>/tmp/cat-says &&
        grep 'not connected' /tmp/cat-says && timeout 30 systemctl list-units >/dev/null && rm /etc/lrng/lrng.conf &&
        systemctl start lrng && anybody_reads_files
}
# The kernel keeps modes for an hour.
takes_another_mode() {
    stat -c %a $MOUNT/random && printf '[serve]\nmode = 0600\n' >/etc/lrng/lrng.conf && systemctl restart lrng &&
        is 600 stat -c %a $MOUNT/random && ! timeout 30 "${NOBODY[@]}" head -c 1 $MOUNT/random && rm /etc/lrng/lrng.conf &&
        systemctl restart lrng && anybody_reads_files
}
gives_it_back() { systemctl disable lrng-fs && systemctl enable --now lrng && is lrng.service systemctl show -P Id lrng && reads; }

check 'the unit of the mount takes the place of the other' takes_its_place
check 'under its name' is_the_other_one
check 'it serves files' serves_files
check 'any user reads the files' anybody_reads_files
check 'it is lrng without a capability' without_privileges
check 'it has events' is perf sampling IRQ path
check 'and tells its state' says_where
check 'the units that wait for the seed take it' eval 'timeout 60 systemctl start lrng-seeded.target && is running property SubState'
check 'it restarts with its mount, under a reader of a file of it that is mounted elsewhere' restarts_in_place
check 'no read failed' is 0 failed_reads mount
check 'it takes another mode' takes_another_mode
check 'it leaves no mount when it is killed' is_removed_after_a_signal
check 'it ends when the next one does not come' ends_with_a_wrong_configuration
check 'it is back with its mount after kill -9' eval 'before=$(main) && systemctl kill -s KILL lrng && wait_until 30 runs_anew "$before" && anybody_reads_files'
systemd-analyze security --no-pager lrng | tail -n 1
check 'it leaves nothing' mount_is_gone
check 'the other one is back' gives_it_back
met 'planned restart' mount 'a file of the mount'
