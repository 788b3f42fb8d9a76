# shellcheck shell=bash
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Containers of several engines, whose root is this machine's and whose /dev/random and /dev/urandom are the daemon's. None lives
# longer than LIMIT seconds.

LIMIT=60 RUNTIME=crun
PODMAN=(podman --root /tmp/podman --runroot /tmp/podman-run --storage-driver vfs --cgroup-manager cgroupfs)
RUN=(run --rm --interactive --network none --rootfs)
IN_PLACE=(-v /dev/lrng/random:/dev/random -v /dev/lrng/urandom:/dev/urandom --device-cgroup-rule 'c 121:* rw')
export IN_PLACE

in_podman() { # OPTIONS... -- COMMAND...
    local options=()
    while [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    timeout "$LIMIT" "${PODMAN[@]}" --runtime "$RUNTIME" "${RUN[@]}" "${options[@]}" /:O "${@:2}"
}

in_nspawn() { # OPTIONS... COMMAND...
    local root=/tmp/nspawn
    mkdir -p $root/{usr,etc,dev,proc,sys,run,tmp,var,root}
    for link in bin sbin lib lib64; do ln -sfn usr/$link $root/$link; done
    cp /etc/os-release $root/etc/ 2>/dev/null || touch $root/etc/os-release
    timeout "$LIMIT" systemd-nspawn --quiet --register=no --keep-unit --pipe -D $root --bind-ro=/usr --bind=/dev/lrng/random:/dev/random \
        --bind=/dev/lrng/urandom:/dev/urandom "$@"
}

in_namespace() { # COMMAND...
    # shellcheck disable=SC2016 # the inner shell's
    timeout "$LIMIT" unshare -m bash -c 'mount --bind /dev/lrng/random /dev/random && mount --bind /dev/lrng/urandom /dev/urandom && exec "$@"' - "$@"
}

in_bubblewrap() { # COMMAND...
    timeout "$LIMIT" bwrap --ro-bind / / --dev /dev --dev-bind /dev/lrng/random /dev/random --dev-bind /dev/lrng/urandom /dev/urandom "$@"
}
