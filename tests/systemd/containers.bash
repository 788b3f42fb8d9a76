# shellcheck shell=bash disable=SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Containers that read their /dev/random all the time, as it was when they began, while one daemon ends and the next begins.
# Read by tests/systemd/packages.

ENGINES=('podman, CDI' 'podman, -v, as nobody' systemd-nspawn bubblewrap)
READER=(python3 - /dev/random "in a container")

# The reader comes by stdin, for a container need not see this folder.
containers_begin() {
    # shellcheck disable=SC2034 # for in_*
    local engine LIMIT=600
    in_podman --device lrng.dev/random=as-dev-random -- "${READER[@]}" <"$here/gap.py" >"/tmp/${ENGINES[0]}" 2>&1 &
    in_podman "${IN_PLACE[@]}" --user 65534:65534 -- "${READER[@]}" <"$here/gap.py" >"/tmp/${ENGINES[1]}" 2>&1 &
    in_nspawn "${READER[@]}" <"$here/gap.py" >"/tmp/${ENGINES[2]}" 2>&1 &
    in_bubblewrap "${READER[@]}" <"$here/gap.py" >"/tmp/${ENGINES[3]}" 2>&1 &
    for engine in "${ENGINES[@]}"; do
        wait_until 120 grep -q begun "/tmp/$engine" || { echo "$engine:" && cat "/tmp/$engine" && return 1; }
    done
}
containers() { pkill "$1" -f "^${READER[*]}"; }

# by_containers EVENT COMMAND...: what each meets meanwhile, to /tmp/EVENT, a line each: reads, failed ones, longest gap in ms, engine.
by_containers() {
    local event=$1 engine
    containers_tell && "${@:2}" && wait_until 60 seeded && sleep 1 && containers_tell || return
    for engine in "${ENGINES[@]}"; do
        echo "$(tail -n 1 "/tmp/$engine") $engine"
    done >"/tmp/$event"
    grep -cE '^[1-9][0-9]* [0-9]+ [0-9]+ ' "/tmp/$event" | grep -qx "${#ENGINES[@]}" || { cat "/tmp/$event" && return 1; }
}
lines_of() { wc -l <"/tmp/$1"; }
reader_has_told() { (($(lines_of "$1") > $2)); }
containers_tell() {
    local engine told=()
    for engine in "${ENGINES[@]}"; do
        told+=("$(lines_of "$engine")")
    done
    containers -USR1
    for engine in "${!ENGINES[@]}"; do
        wait_until 10 reader_has_told "${ENGINES[engine]}" "${told[engine]}" || { echo "${ENGINES[engine]} does not read" && return 1; }
    done
}
containers_failed_reads() { awk '{ failed += $2 } END { print failed }' "/tmp/$1"; }
containers_met() { # WHAT EVENT
    local reads failed gap engine
    while read -r reads failed gap engine; do
        printf '%-18s %-21s %5d reads, %4d failed, at most %5d ms without one\n' "$1:" "$engine" "$reads" "$failed" "$gap"
    done <"/tmp/$2"
}
