# shellcheck shell=bash disable=SC2154  # part of tests/vm/run, which sets the variables
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# The two kinds of machine. Each start function becomes the machine: descriptors 3, 4 and 5 take the command's
# stdout, stderr and exit status, 6 the kernel's console; an interactive command has the terminal at 0 and 1.
# A session of its own (user-mode Linux would make itself one anyway) lets the caller kill the machine as a group,
# and --pdeathsig ends the machine when the caller is killed by force and cannot.

# make_initrd TO COMMAND...: the cached initramfs followed by what belongs to this run.
make_initrd() {
    local to=$1 root=$work/initrd.root search=$repository/artifacts/bin dotnet size
    shift
    mkdir -p "$root/vm"
    cp "$here/guest/init" "$root/init"
    cp "$here"/guest/* "$root/vm"

    size=$(stty size 2>/dev/null) || size='24 80'
    printf '%s=%q\n' kernel "$kernel" modules "$folder/lib/modules" repository "$repository" directory "$PWD" \
        systemd "$systemd" interactive "$interactive" rows "${size% *}" columns "${size#* }" >"$root/vm/settings"

    search+=:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    dotnet=$(command -v dotnet) || dotnet=/usr/bin/dotnet
    [[ :$search: == *:${dotnet%/*}:* ]] || search+=:${dotnet%/*}
    # env -i: the same environment whether systemd is the first process or not.
    {
        printf 'cd %q && exec env -i' "$PWD"
        printf ' %q' "PATH=$search" "${variables[@]}" "$@"
        echo
    } >"$root/vm/arguments"
    [[ ! $prepare ]] || printf 'cd %q && export PATH=%q && %s\n' "$PWD" "$search" "$prepare" >"$root/vm/prepare"

    # Both parts are compressed: the kernel finds an uncompressed one only at a multiple of 4.
    (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) | cat "$folder/initrd.gz" - >"$to"
}

start_uml() {
    local size=${memory:-2048} terminals=("ssl0=null,fd:3" "ssl1=null,fd:4" "ssl2=null,fd:5") allowed=() room
    [[ ! $interactive ]] || terminals+=("ssl3=fd:0,fd:1")
    # Unpinned it runs at a quarter of the speed: its threads take turns, never run at once.
    mapfile -t allowed < <(awk '/^Cpus_allowed_list/ { print $2 }' /proc/self/status | tr ',' '\n' |
        awk -F- '{ for (cpu = $1; cpu <= $NF; cpu++) print cpu }')
    # Its memory is an unlinked file there. /dev/shm is faster, but small in many containers.
    room=$(df --output=avail -BM /dev/shm | tail -n 1)
    export TMPDIR=/dev/shm
    ((${room//[^0-9]/} > size)) || TMPDIR=$work
    exec setsid setpriv --pdeathsig KILL taskset -c "${allowed[-1 - lane % ${#allowed[@]}]}" "$folder/linux" mem="${size}M" initrd="$work/initrd.gz" \
        con=null con0=null,fd:6 "${terminals[@]}" quiet panic=-1 \
        uml_dir="$work" umid=uml 2>&6
}

start_qemu() {
    local total=${memory:-3072} numa=() terminals=() card=() hwrng=() channel node share generator
    share=$((total / nodes))
    for ((node = 0; nodes > 1 && node < nodes; node++)); do
        numa+=(-object "memory-backend-ram,id=memory$node,size=${share}M")
        numa+=(-numa "node,nodeid=$node,memdev=memory$node,cpus=$((node * cpus / nodes))-$(((node + 1) * cpus / nodes - 1))")
    done
    # The guest sees the channels as /dev/hvc0 and up, in this order.
    for channel in out:3 err:4 status:5; do
        terminals+=(-chardev "file,id=${channel%:*},path=/dev/fd/${channel#*:}")
        terminals+=(-device "virtconsole,chardev=${channel%:*}")
    done
    if [[ $interactive ]]; then
        terminals+=(-chardev "stdio,id=terminal,signal=off" -device "virtconsole,chardev=terminal")
    fi
    if [[ $network ]]; then
        card=(-netdev "user,id=network,restrict=on" -device "virtio-net-pci,netdev=network,romfile=")
    fi
    for generator in "${!generators[@]}"; do
        # The silent one is a backend whose other end never answers.
        case ${generators[generator]} in
        silent) hwrng+=(-chardev "null,id=end$generator" -object "rng-egd,id=rng$generator,chardev=end$generator") ;;
        *) hwrng+=(-object "rng-random,id=rng$generator,filename=${generators[generator]}") ;;
        esac
        hwrng+=(-device "virtio-rng-pci,rng=rng$generator")
    done
    # -nodefaults: each device that is not there is a driver less for udev to load.
    # thread=single: the processors take turns. With a thread each they are quicker by a quarter while the host has a processor for each,
    # slower otherwise, and now and then one loses its timers or takes no interrupt any more. If they stall nevertheless, the kernel
    # gives up after a minute.
    exec setsid setpriv --pdeathsig KILL qemu-system-x86_64 -accel tcg,thread=single -cpu max -smp "$cpus" -m "$((share * nodes))M" "${numa[@]}" \
        -nodefaults -display none -no-reboot -kernel "$folder/linux" -initrd "$work/initrd.gz" \
        -append "console=ttyS0 quiet panic=-1 softlockup_panic=1 watchdog_thresh=30 systemd.unit=multi-user.target systemd.show_status=false" \
        -chardev file,id=console,path=/dev/fd/6 -serial chardev:console \
        -device virtio-serial-pci "${terminals[@]}" "${card[@]}" "${hwrng[@]}" \
        -virtfs local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap 2>&6
}
