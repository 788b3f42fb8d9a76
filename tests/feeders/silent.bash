# shellcheck shell=bash disable=SC2317  # check calls the functions
# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# A hardware generator that never answers holds nothing up. The last: from then on a read of /dev/hwrng is beyond every signal.
# Read by tests/feeders/run.

without_an_answer() { [[ $(feed .reason) == 'no answer for '* ]]; }
waits() { wait_until 30 without_an_answer && is '0 waiting' feed '"\(.credit) \(.state)"'; }

check 'one that is silent' eval 'unbind 0 && bind 2'
check 'the daemon starts with it all the same' start_daemon "${SEEDED[@]}" '[hwrng]' enabled=yes
check 'and says so' waits
check 'and serves' is 1000 eval 'timeout 30 head -c 1000 /dev/lrng-random | wc -c'
check 'and ends' stop_daemon
