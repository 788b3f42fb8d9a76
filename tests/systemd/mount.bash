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
mount_is_gone() { systemctl stop lrng && is success property Result && ! grep -q " $MOUNT " /proc/self/mountinfo && [[ ! -e /run/lrng ]]; }
gives_it_back() { systemctl disable lrng-fs && systemctl enable --now lrng && is lrng.service systemctl show -P Id lrng && reads; }

check 'the unit of the mount takes the place of the other' takes_its_place
check 'under its name' is_the_other_one
check 'it serves files' serves_files
check 'any user reads the files' anybody_reads_files
check 'it is lrng without a capability' without_privileges
check 'it has events' is perf sampling IRQ path
check 'and tells its state' says_where
check 'the units that wait for the seed take it' eval 'timeout 60 systemctl start lrng-seeded.target && is running property SubState'
check 'it restarts with its mount' eval 'systemctl restart lrng && serves_files && anybody_reads_files'
check 'it is back with its mount after kill -9' eval 'before=$(main) && systemctl kill -s KILL lrng && wait_until 30 runs_anew "$before" && anybody_reads_files'
systemd-analyze security --no-pager lrng | tail -n 1
check 'it leaves nothing' mount_is_gone
check 'the other one is back' gives_it_back
