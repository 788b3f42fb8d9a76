# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# gap.py DEVICE [--nonblocking]   Reads again and again until SIGTERM, by a descriptor that it keeps and by one that it opens anew
# each time, with O_NONBLOCK if told so. Prints "begun" after the first read; at the end, and on SIGUSR1, the number of reads since it
# printed last, how many failed, and the longest time between two that succeeded, in milliseconds.
import os
import signal
import sys
import time

passing_flags = os.O_RDONLY | (os.O_NONBLOCK if "--nonblocking" in sys.argv[2:] else 0)
ended, asked = [], []
signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
signal.signal(signal.SIGUSR1, lambda *_: asked.append(True))


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


def tell():
    print(reads, failed, round(max(longest, time.monotonic() - before) * 1000), flush=True)


kept, begun, reads, failed, longest, before = -1, False, 0, 0, 0.0, time.monotonic()
while not ended:
    if asked:
        asked.clear()
        tell()
        reads, failed, longest, before = 0, 0, 0.0, time.monotonic()
    kept = read(kept)
    passing = read(-1, passing_flags)
    if passing >= 0:
        os.close(passing)
    failed += (kept < 0) + (passing < 0)
    reads += 2
    if kept >= 0 and passing >= 0:
        now = time.monotonic()
        longest, before = max(longest, now - before), now
        if not begun:
            begun = True
            print("begun", flush=True)
    # While there is no device, the kernel starts modprobe for each attempt to open it.
    time.sleep(0.005 if kept >= 0 and passing >= 0 else 0.05)
tell()
