# shellcheck shell=bash disable=SC2016,SC2154,SC2317  # check calls the functions; tests/feeders/run and lib.bash set the variables
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Unchanged programs that feed the device or read it. Read by tests/feeders/run.

# 256 bits for the first seed, and the pool was given as many again.
fed_or_dead() { at_least "$1" "$auxiliary | .credited_bits + .available_bits" || ! kill -0 "$2" 2>/dev/null; }

# feeds COMMAND...: seeds a daemon that has no other entropy, and goes on to do so after a pull.
feeds() {
    local feeder result=0
    start_daemon "${UNCREDITED[@]}" '[hwrng]' enabled=no || return
    is false status .operational || result=1
    "$@" >"$WORK/feeder" 2>&1 &
    feeder=$!
    wait_until 60 fed_or_dead 512 $feeder && kill -0 $feeder || result=1
    status "$auxiliary | \"credited \(.credited_bits), available \(.available_bits)\"" && tail -n 5 "$WORK/feeder"
    is true status .operational || result=1
    kill $feeder
    wait $feeder
    stop_daemon && return $result
}

# Both devices are thrown at everything that stress-ng knows to do with a device, and read.
stress() {
    replaced stress-ng --dev 2 --dev-file /dev/random --urandom 2 --timeout "$1" --oomable >"$WORK/stress" 2>&1 || { cat "$WORK/stress" && return 1; }
}
survives() {
    kill -0 "$DAEMON" && is 1000 eval 'timeout 30 head -c 1000 /dev/lrng-random | wc -c' || return
    ! grep -E ' (warn|fail|crit):' "$WORK/log"
}

# What they read must come from the devices: getrandom(2) is the kernel's.
openssl_rand() { is 64 eval 'replaced "$WITHOUT" openssl rand -hex 32 | head -c 64 | wc -c'; }
openssl_key() { replaced "$WITHOUT" openssl genpkey -algorithm ed25519 -out "$WORK/key.pem" && openssl pkey -in "$WORK/key.pem" -check -noout; }
openssl_files() { is 64 eval 'replaced openssl rand -rand "/dev/random:/dev/urandom" -hex 32 | head -c 64 | wc -c'; }
ssh_key() { rm -f "$WORK/id" && replaced "$WITHOUT" ssh-keygen -q -t ed25519 -N '' -f "$WORK/id" && ssh-keygen -l -f "$WORK/id.pub"; }

# libgcrypt knows getentropy only and opens no device; liblrng-getrandom.so answers that. The agent makes the key.
gnupg_key() {
    local home=$WORK/gnupg
    mkdir -m 700 "$home" && export GNUPGHOME=$home
    replaced env LD_PRELOAD="$PRELOAD" gpg --batch --quiet --passphrase '' --quick-gen-key lrng@example.org ed25519 default never || return
    gpgconf --kill all
    gpg --batch --list-secret-keys lrng@example.org
}

check 'the generator of random bytes' eval 'unbind 1 && bind 0'
check 'rngd feeds the device' feeds rngd -f -o /dev/lrng-random -d 1 -n 1
check 'jitterentropy-rngd feeds it in the place of /dev/random' feeds replaced jitterentropy-rngd -v
check 'haveged feeds it in the place of /dev/random' feeds replaced haveged -F -w 1024

check 'a daemon for programs' start_daemon "${SEEDED[@]}"
check 'openssl rand reads it' serves_to 32 openssl_rand
check 'openssl genpkey reads it' serves_to 32 openssl_key
check 'openssl reads both devices as files' serves_to 512 openssl_files
check 'ssh-keygen reads it' serves_to 32 ssh_key
check 'gnupg reads it' serves_to 32 gnupg_key
check "stress-ng for $STRESS s" serves_to 1000000 stress "$STRESS"
check 'the daemon is as before' survives
check 'the daemon for programs ends' stop_daemon
