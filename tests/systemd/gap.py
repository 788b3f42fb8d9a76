# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# gap.py DEVICE   Opens and reads the device again and again until SIGTERM; then prints the number of reads and the longest time between
# two of them that succeeded, in milliseconds.
import os
import signal
import sys
import time

ended = []
signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
reads, longest, before = 0, 0.0, time.monotonic()
while not ended:
    try:
        device = os.open(sys.argv[1], os.O_RDONLY)
        try:
            got = len(os.read(device, 16))
        finally:
            os.close(device)
    except OSError:
        got = 0
    if got == 16:
        now = time.monotonic()
        longest, before, reads = max(longest, now - before), now, reads + 1
    time.sleep(0.005)
longest = max(longest, time.monotonic() - before)
print(reads, round(longest * 1000))
