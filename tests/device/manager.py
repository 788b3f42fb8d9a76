# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# manager.py FOLDER COMMAND...   In systemd's place: starts the daemon with NOTIFY_SOCKET, keeps the descriptors that it sends
# (FDSTORE=1 of sd_notify(3)) and gives them to the next one.
#
# FOLDER/pid is the daemon's process once it said READY=1, FOLDER/store the names of what is kept. HUP stops the daemon by TERM and
# starts the next one, which does not get the descriptors named in FOLDER/lose and finds another version in the state if there is
# FOLDER/spoil; when it ends by itself the next one is started as well, as by Restart=always; TERM stops it for good.
import array
import os
import select
import signal
import socket
import sys

folder, command = sys.argv[1], sys.argv[2:]
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind(f"{folder}/notify")
wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
signal.set_wakeup_fd(wake_write)
for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGCHLD):
    signal.signal(number, lambda *_: None)
store, stopping = [], False


def put(name, text):
    with open(f"{folder}/{name}.new", "w") as file:
        file.write(text)
    os.rename(f"{folder}/{name}.new", f"{folder}/{name}")


def spoil():
    if os.path.exists(f"{folder}/lose"):
        with open(f"{folder}/lose") as names:
            for name in names:
                drop(name.strip())
    if os.path.exists(f"{folder}/spoil"):
        for name, file in store:
            if name.endswith("-state"):
                os.pwrite(file, b"\xff", 8)


def start():
    spoil()
    child = os.fork()
    if child == 0:
        for place, (_, file) in enumerate(store):
            os.dup2(file, 100 + place)
        for place in range(len(store)):
            os.dup2(100 + place, 3 + place)
            os.set_inheritable(3 + place, True)
        os.closerange(3 + len(store), 200)
        os.environ.update(
            NOTIFY_SOCKET=f"{folder}/notify",
            LISTEN_PID=str(os.getpid()),
            LISTEN_FDS=str(len(store)),
            LISTEN_FDNAMES=":".join(name for name, _ in store),
        )
        signal.set_wakeup_fd(-1)
        os.execvp(command[0], command)
    return child


def drop(name=None):
    for entry in [entry for entry in store if name in (None, entry[0])]:
        os.close(entry[1])
        store.remove(entry)


def receive():
    text, rights, _, _ = manager.recvmsg(4096, socket.CMSG_SPACE(4))
    files = [file for _, _, data in rights for file in array.array("i", data)]
    lines = dict(line.split("=", 1) for line in text.decode().splitlines())
    if "FDSTOREREMOVE" in lines:
        drop(lines["FDNAME"])
    elif "FDSTORE" in lines:
        store.extend((lines["FDNAME"], file) for file in files)
        files = []
    for file in files:
        os.close(file)
    put("store", "".join(f"{name}\n" for name, _ in store))
    if lines.get("READY") == "1":
        put("pid", f"{daemon}\n")


daemon = start()
while True:
    ready, _, _ = select.select([manager, wake_read], [], [])
    if manager in ready:
        receive()
        continue
    for number in os.read(wake_read, 16):
        stopping |= number == signal.SIGTERM
        if number in (signal.SIGHUP, signal.SIGTERM):
            os.kill(daemon, signal.SIGTERM)
    if os.waitpid(daemon, os.WNOHANG)[0]:
        if stopping:
            drop()
            sys.exit()
        daemon = start()
