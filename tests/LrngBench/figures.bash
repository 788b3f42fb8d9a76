# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
#
# How each figure is measured. Sourced by run, which sets ROUNDS, LRNG, TOOLS, WORK and LAST_CPU.

ROUND_MILLISECONDS=400
DAEMON=
EMPTY=

build_tools() {
    mkdir -p "$TOOLS"
    gcc -O2 -Wall -Wextra -Werror -pthread -o "$TOOLS/readbench" tests/LrngBench/readbench.c
    gcc -O2 -Wall -Wextra -Werror -o "$TOOLS/loadbench" tests/LrngBench/loadbench.c
    gcc -O2 -Wall -Wextra -Werror -o "$TOOLS/getrandombench" tests/LrngBench/getrandombench.c
    # shellcheck disable=SC2046 # pkg-config prints several words
    gcc -O2 -Wall -Wextra -Werror -D_FILE_OFFSET_BITS=64 $(pkg-config --cflags fuse3) \
        -o "$TOOLS/emptyserver" tests/LrngBench/emptyserver.c $(pkg-config --libs fuse3)
}

# The best level that `make build` found here; nothing where the program has none but the base.
instruction_set() {
    local levels=("$PWD"/artifacts/bin/x86-64-*)
    [[ ! -d ${levels[-1]} ]] || echo "${levels[-1]##*/}"
}

# Compiled as the daemon is.
publish_bench() { # PROJECT DIRECTORY
    local rid=linux-x64 level
    [[ $(uname -m) == x86_64 ]] || rid=linux-arm64
    level=$(instruction_set)
    dotnet publish "tests/LrngBench/$1" -c Release -r "$rid" -p:PublishAot=true ${level:+"-p:IlcInstructionSet=$level"} \
        --nologo -v quiet -o "$2"
}

# Every DRNG beside OpenSSL's.
measure_drngs() {
    publish_bench DrngRates "$TOOLS/drng"
    local level
    level=$(instruction_set)
    echo "DRNGs, in one process on one CPU, NativeAOT for ${level:-the base instructions}, $ROUNDS rounds;" \
        'targets: a ratio of at least 1, no byte of the GC heap'
    echo "OpenSSL: its EVP_RAND; for chacha20 its ChaCha20 key stream with a new key taken out of it for each request"
    taskset -c "$LAST_CPU" "$TOOLS/drng/LrngBench" "$ROUNDS"
}

await() { # PATH
    for ((i = 0; i < 500; i++)); do
        [[ -e $1 ]] && return
        sleep 0.02
    done
    echo "tests/LrngBench/run: $1 did not appear" >&2
    cat "$WORK/log" >&2
    exit 1
}

serve() { # cuse|fuse
    mkdir -p "$WORK/mount"
    "$LRNG" serve --transport "$1" --mount "$WORK/mount" --socket "$WORK/socket" >"$WORK/log" 2>&1 &
    DAEMON=$!
    local file=$WORK/mount/random
    [[ $1 == fuse ]] || file=/dev/lrng-random
    await "$file"
    head -c 1 "$file" >/dev/null
}

serve_empty() { # cuse|fuse
    local place=bench-empty file=/dev/bench-empty
    if [[ $1 == fuse ]]; then
        place=$WORK/empty file=$WORK/empty/random
        mkdir -p "$place"
    fi
    "$TOOLS/emptyserver" "$1" "$place" >>"$WORK/log" 2>&1 &
    EMPTY=$!
    await "$file"
}

pin_servers() { # CPU
    taskset -a -p -c "$1" "$DAEMON" >/dev/null
    taskset -a -p -c "$1" "$EMPTY" >/dev/null
}

stop_everything_running() {
    for process in $DAEMON $EMPTY; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    DAEMON='' EMPTY=''
}

stop_everything() {
    stop_everything_running
    umount -l "$WORK/mount" "$WORK/empty" 2>/dev/null || true
    rm -rf "$WORK"
}

header() {
    printf '%s\n%-34s %14s %30s %8s  %s\n' "$1" figure lrng reference ratio target
}

row() { # NAME LRNG REFERENCE RATIO TARGET
    printf '%-34s %14s %30s %8s  %s\n' "$@"
}

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

bytes_per_second() { # FILE BYTES READERS [CPUS]
    taskset -c "${4:-0-$LAST_CPU}" "$TOOLS/readbench" "$1" "$2" "$ROUND_MILLISECONDS" "$3" | awk '{ print $2 }'
}

# Runs the two measurements in turn and leaves their samples in $WORK/a and $WORK/b, the ratios pair by pair in $WORK/ratio.
interleave() { # COMMAND-A -- COMMAND-B
    local a=() b=()
    while [[ $1 != -- ]]; do a+=("$1"); shift; done
    shift
    b=("$@")
    : >"$WORK/a" && : >"$WORK/b"
    for ((round = 0; round < ROUNDS; round++)); do
        "${a[@]}" >>"$WORK/a"
        "${b[@]}" >>"$WORK/b"
    done
    paste "$WORK/a" "$WORK/b" | awk '{ print $1 / $2 }' >"$WORK/ratio"
}

gigabytes() { median <"$1" | awk '{ printf "%.2f GB/s", $1 / 1e9 }'; }
microseconds() { median <"$1" | awk '{ printf "%.2f us", $1 / 1e3 }'; }
ratio() { median <"$WORK/ratio" | awk '{ printf "%.2f", $1 }'; }

compare_throughput() { # NAME BYTES READERS FILE REFERENCE TARGET REFERENCE-NAME [CPU]
    local allowed=${8:-0-$LAST_CPU}
    interleave bytes_per_second "$4" "$2" "$3" "$allowed" -- bytes_per_second "$5" "$2" "$3" "$allowed"
    row "$1" "$(gigabytes "$WORK/a")" "$7 $(gigabytes "$WORK/b")" "$(ratio)" "$6"
}

compare_readers() { # NAME BYTES FILE TARGET
    interleave bytes_per_second "$3" "$2" 2 -- bytes_per_second "$3" "$2" 1
    row "$1" "$(gigabytes "$WORK/a")" "one reader $(gigabytes "$WORK/b")" "$(ratio)" "$4"
}

pinned_nanoseconds() { taskset -c "$LAST_CPU" "$TOOLS/readbench" "$1" "$2" "$ROUND_MILLISECONDS" 1 | awk '{ print $1 }'; }

compare_time() { # NAME BYTES FILE REFERENCE REFERENCE-NAME TARGET
    interleave pinned_nanoseconds "$3" "$2" -- pinned_nanoseconds "$4" "$2"
    row "$1" "$(microseconds "$WORK/a")" "$5 $(microseconds "$WORK/b")" "$(ratio)" "$6"
}

getrandom_nanoseconds() { # library|kernel BYTES
    LD_PRELOAD=$PWD/artifacts/bin/liblrng-getrandom.so LRNG_DEVICE=$WORK/mount/random LRNG_GENERATION=$WORK/generation \
        "$TOOLS/getrandombench" "$1" "$2" "$ROUND_MILLISECONDS"
}

compare_getrandom() { # NAME BYTES TARGET
    interleave getrandom_nanoseconds library "$2" -- getrandom_nanoseconds kernel "$2"
    row "$1" "$(median <"$WORK/a") ns" "getrandom(2) $(median <"$WORK/b") ns" "$(ratio)" "$3"
}

measure_getrandom() {
    serve fuse
    compare_getrandom 'getrandom by the library, 32 bytes' 32 'at most 100 ns, under 1'
    compare_getrandom 'getrandom by the library, 256 bytes' 256 ''
    compare_getrandom 'the same without store, 257 bytes' 257 ''
    stop_everything_running
}

start_milliseconds() {
    local began ended
    began=$(date +%s%N)
    serve fuse
    ended=$(date +%s%N)
    echo $(((ended - began) / 1000000))
    stop_everything_running
}

# The daemon's reference is a program that does nothing, started in the same way.
true_milliseconds() {
    local began
    began=$(date +%s%N)
    "$LRNG" --version >/dev/null
    echo $((($(date +%s%N) - began) / 1000000))
}

measure_start() { # NAME TARGET
    interleave start_milliseconds -- true_milliseconds
    row "$1" "$(median <"$WORK/a") ms" "lrng --version $(median <"$WORK/b") ms" '' "$2"
}

# THREAD SWITCHES NANOSECONDS for each thread of a process.
activity() {
    local thread
    for thread in /proc/"$1"/task/*; do
        awk '/ctxt_switches/ { sum += $2 } FILENAME ~ /schedstat/ { ns = $1 } END { print FILENAME, sum, ns }' \
            "$thread/status" "$thread/schedstat" 2>/dev/null || true # a thread may have ended
    done
}

# SWITCHES NANOSECONDS of all threads from $WORK/before to $WORK/after; of one that came meanwhile, since it came.
activity_between() {
    awk 'NR == FNR { switches[$1] = $2; ns[$1] = $3; next } { s += $2 - switches[$1]; n += $3 - ns[$1] } END { print s + 0, n + 0 }' \
        "$WORK/before" "$WORK/after"
}

# The block buffer of the jitter source is filled at leisure after the start; only then the daemon is idle.
await_filled() {
    until "$LRNG" status --socket "$WORK/socket" | grep -q 'buffered \([0-9]*\) of \1 blocks'; do sleep 1; done
}

# How many sources are sampled at present.
sampled_sources() { "$LRNG" status --json --socket "$WORK/socket" | grep -c '"active": true' || true; }

measure_activity() { # NAME
    # The status was asked for by .NET threads that linger for some seconds.
    sleep 25
    activity "$DAEMON" >"$WORK/before"
    sleep 20
    activity "$DAEMON" >"$WORK/after"
    activity_between | awk '{ printf "%.1f %.3f\n", $1 / 20, $2 / 20e9 * 100 }' >"$WORK/activity"
    row "$1, wake-ups a second" "$(cut -d ' ' -f 1 "$WORK/activity")" '' '' 'at most 10'
    row "$1, CPU time" "$(cut -d ' ' -f 2 "$WORK/activity") %" '' '' 'under 0.2 %'
}

measure_idle() { # NAME
    serve fuse
    await_filled
    row "$1, resident memory" "$(awk '/VmRSS/ { printf "%.1f MB", $2 / 1024 }' /proc/"$DAEMON"/status)" '' '' 'at most 30 MB'
    # Interrupts are rare on an idle machine: some CPU's pool is not full for hours, and they are sampled all the time.
    measure_activity "$1, sampling"
    stop_everything_running
    # Without interrupts, whose pools fill in hours: those of the scheduler are full after seconds.
    LRNG_INTERRUPTS_ENABLED=no serve fuse
    await_filled
    until [[ $(sampled_sources) == 0 ]]; do sleep 5; done
    measure_activity "$1, pools full"
    stop_everything_running
}
