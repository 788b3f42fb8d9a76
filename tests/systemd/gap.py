# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# gap.py DEVICE [--nonblocking]   Reads again and again until SIGTERM, by a descriptor that it keeps and by one that it opens anew
# each time, with O_NONBLOCK if told so. Prints "begun" after the first read, and at the end the number of reads, how many failed, and
# the longest time between two that succeeded, in milliseconds.
import os
import signal
import sys
import time

passing_flags = os.O_RDONLY | (os.O_NONBLOCK if "--nonblocking" in sys.argv[2:] else 0)
ended = []
signal.signal(signal.SIGTERM, lambda *_: ended.append(True))


def read(kept, flags=os.O_RDONLY):
    """A descriptor that the read succeeded by; -1 if it failed."""
    device = kept
    try:
        if kept < 0:
            device = os.open(sys.argv[1], flags)
        if len(os.read(device, 16)) == 16:
            return device
    except OSError:
        pass
    if device >= 0:
        os.close(device)
    return -1


kept, reads, failed, longest, before = -1, 0, 0, 0.0, time.monotonic()
while not ended:
    kept = read(kept)
    passing = read(-1, passing_flags)
    if passing >= 0:
        os.close(passing)
    failed += (kept < 0) + (passing < 0)
    reads += 2
    if kept >= 0 and passing >= 0:
        now = time.monotonic()
        longest, before = max(longest, now - before), now
        if reads == 2:
            print("begun", flush=True)
    time.sleep(0.005)
longest = max(longest, time.monotonic() - before)
print(reads, failed, round(longest * 1000))
