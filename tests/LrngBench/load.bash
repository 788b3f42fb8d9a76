# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
#
# What sampling costs the other programs of a machine under load, and the daemon itself. Sourced by run, after figures.bash; run sets
# PERIOD and LOAD_ROUNDS.

LOADS=(pipe syscall loopback)
declare -A PERF_BENCH=([pipe]='sched pipe' [syscall]='syscall basic') LOAD_UNIT=([pipe]=ops [syscall]=calls [loopback]=B)
declare -A PERF_LOOPS

# Debian has perf for its kernel's own version, which does for any; without it our own programs do the same.
has_perf() { perf bench -f simple sched pipe -l 1 >/dev/null 2>&1; }

perf_seconds() { # LOOPS KIND: of an instance on each CPU at once
    local cpu
    rm -f "$WORK"/seconds.*
    for ((cpu = 0; cpu <= LAST_CPU; cpu++)); do
        # shellcheck disable=SC2086 # several words
        taskset -c "$cpu" perf bench -f simple ${PERF_BENCH[$2]} -l "$1" >"$WORK/seconds.$cpu" &
        benches+=($!)
    done
    wait "${benches[@]}"
    cat "$WORK"/seconds.*
}

# perf runs a number of loops, not a time.
calibrate_perf() { # KIND
    local benches=()
    PERF_LOOPS[$1]=$(perf_seconds 100000 "$1" | awk -v period="$PERIOD" '{ if ($1 > s) s = $1 } END { printf "%d", 100000 / s * period }')
}

# Operations a second of all CPUs together while each of them is loaded for a period.
load_rate() { # KIND
    local benches=()
    if [[ -n ${PERF_LOOPS[$1]:-} ]]; then
        perf_seconds "${PERF_LOOPS[$1]}" "$1" | awk -v loops="${PERF_LOOPS[$1]}" '{ sum += loops / $1 } END { printf "%.0f\n", sum }'
    else
        "$TOOLS/loadbench" "$1" "$((PERIOD * 1000))"
    fi
}

# One reseed in the middle: the pools are used, and sampling windows open until they are full again.
load_rate_with_reseed() { # KIND
    (sleep "$((PERIOD / 2))" && "$LRNG" reseed --socket "$WORK/socket" >/dev/null) &
    local reseed=$!
    load_rate "$1"
    wait "$reseed"
}

samples_taken() {
    "$LRNG" status --json --socket "$WORK/socket" | awk -F'[:,]' '/"samples"/ { sum += $2 } END { print sum + 0 }'
}

sampling_nanoseconds() {
    local thread
    for thread in /proc/"$DAEMON"/task/*; do
        [[ $(<"$thread/comm") != lrng-sampling ]] || awk '{ print $1 }' "$thread/schedstat"
    done
}

# Leaves what the daemon itself used in $WORK/cpu.KIND (percent of one CPU) and $WORK/record.KIND (ns of the sampling thread a sample).
load_with_daemon() { # KIND
    local samples nanoseconds began
    samples=$(samples_taken)
    nanoseconds=$(sampling_nanoseconds) began=$(date +%s%N)
    activity "$DAEMON" >"$WORK/before"
    load_rate_with_reseed "$1" >>"$WORK/on.$1"
    activity "$DAEMON" >"$WORK/after"
    nanoseconds=$(($(sampling_nanoseconds) - nanoseconds)) began=$(($(date +%s%N) - began))
    samples=$(($(samples_taken) - samples))
    activity_between | awk -v ns="$began" '{ print $2 / ns * 100 }' >>"$WORK/cpu.$1"
    echo "$samples" >>"$WORK/samples.$1"
    ((!samples)) || awk -v t="$nanoseconds" -v n="$samples" 'BEGIN { print t / n }' >>"$WORK/record.$1"
}

loads_with_daemon() {
    serve fuse
    await_filled
    for kind in "${LOADS[@]}"; do load_with_daemon "$kind"; done
    stop_everything_running
}

loads_without_daemon() {
    for kind in "${LOADS[@]}"; do load_rate "$kind" >>"$WORK/off.$kind"; done
}

loss_percent() { paste "$WORK/on.$1" "$WORK/off.$1" | awk '{ print (1 - $1 / $2) * 100 }'; }

print_load() { # KIND
    local kind=$1 name="$1 on every CPU" loss spread
    [[ -z ${PERF_LOOPS[$kind]:-} ]] || name="perf bench ${PERF_BENCH[$kind]}"
    loss=$(loss_percent "$kind" | median | awk '{ printf "%.2f %%", $1 }')
    spread=$(loss_percent "$kind" | sort -g | awk 'NR == 1 { least = $1 } END { printf "%.2f to %.2f", least, $1 }')
    row "$name" "$(millions "$WORK/on.$kind" "${LOAD_UNIT[$kind]}")" "stopped $(millions "$WORK/off.$kind" "${LOAD_UNIT[$kind]}")" \
        "$loss" "loss at most 0.5 % (rounds: $spread)"
    row "  the daemon's CPU time" "$(median <"$WORK/cpu.$kind" | awk '{ printf "%.3f %%", $1 }')" \
        "for $(median <"$WORK/samples.$kind") samples" '' ''
}

millions() { median <"$1" | awk -v unit="$2" '{ printf "%.3f M%s/s", $1 / 1e6, unit }'; }

# The first rounds of perf and the caches are as good as the last: the order alternates, so that a drift of the machine cancels out.
measure_loads() {
    ! has_perf || for kind in "${!PERF_BENCH[@]}"; do calibrate_perf "$kind"; done
    for ((round = 0; round < LOAD_ROUNDS; round++)); do
        if ((round % 2)); then
            loads_without_daemon
            loads_with_daemon
        else
            loads_with_daemon
            loads_without_daemon
        fi
    done
    for kind in "${LOADS[@]}"; do print_load "$kind"; done
}

record_nanoseconds() { taskset -c "$LAST_CPU" "$TOOLS/record/LrngBench"; }

# What a record costs the daemon: from the ring buffer to the source's pool, in a loop; beside it all that the sampling thread used under
# load, which is mostly what the kernel does when a window opens and ends, for a few hundred records each.
measure_record() {
    publish_bench RecordCost "$TOOLS/record"
    for ((round = 0; round < ROUNDS; round++)); do record_nanoseconds; done >"$WORK/cost"
    row 'a record, parsed and taken in' "$(median <"$WORK/cost" | awk '{ printf "%.1f ns", $1 }')" \
        "with windows $(cat "$WORK"/record.* | median | awk '{ printf "%.0f ns", $1 }')" '' 'at most 25 ns'
}
