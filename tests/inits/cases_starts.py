# SPDX-License-Identifier: Apache-2.0
"""Starting: what the program finds, what cannot be started, what came before the start."""

import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess

from case import collector
from scene import ALL, FAULTS, LIBC, PROBE, check, private_mounts, status_of, until

CASES, case = collector()


@case("T5", "0 and not 0 are relayed; one -- is ours, a second is the program's")
def relays(scene):
    check(scene.status("/bin/true") == 0, "true is not 0")
    check(scene.status("/bin/false") == 1, "false is not 1")
    check(scene.status("--", "/bin/true") != 0, "a second -- is not the program")


@case("T7", "a missing program is 127, a folder 126")
def missing(scene):
    check(scene.status("/no/such/program") == 127, "missing is not 127")
    check(scene.status("/etc") == 126, "a folder is not 126")


@case("T8", "standard input is the program's")
def standard_input(scene):
    scene.run("/bin/sh", stdin=b"exit 3\n").expect(3)


@case("D10", "the message of a missing program names it and the reason")
def names_it(scene):
    run = scene.run("/doesnotexist")
    check(run.wait() != 0, "status 0")
    run.read_rest()
    for text in (b"/doesnotexist", b"No such file or directory"):
        check(text in run.err, "stderr is %r" % run.err)


@case("D21", "the program runs where we were started, the init in /")
def directories(scene):
    run = scene.run("/bin/sh", "-c", "pwd; read line", stdin=None)
    run.until_output(scene.folder.encode() + b"\n")
    until(scene.patience, "the init stays in the folder",
          lambda: os.readlink("/proc/%d/cwd" % run.pid) == "/")


@case("D26", "programs that fail at once do not hang it (200 runs)")
def fail_at_once(scene):
    for _ in range(100):
        check(scene.status("/no/such/program") != 0, "status 0")
        check(scene.status("/bin/false") == 1, "not 1")


@case("C3", "an inherited descriptor is the program's alone")
def descriptors(scene):
    ours, theirs = socket.socketpair()
    run = scene.run("/bin/sh", "-c", "echo hello >&7; exec 7>&-; echo closed; read line",
                    setup=lambda: os.dup2(theirs.fileno(), 7), stdin=None)
    theirs.close()
    ours.settimeout(scene.patience)
    check(ours.recv(100) == b"hello\n", "the program does not have it")
    run.until_output(b"closed")
    try:
        check(ours.recv(100) == b"", "data from nobody")
    except TimeoutError:
        check(False, "the init holds it open")


@case("C4", "LISTEN_PID that names the init becomes the program's")
def listen_pid(scene):
    script = 'exec "$0" "$@"'
    # The shell becomes the init: its pid is known before.
    argv = scene.init.argv("/bin/sh", "-c", "echo $LISTEN_PID is $$.")
    run = scene.without("/bin/sh", "-c", "export LISTEN_PID=$$ LISTEN_FDS=1; " + script, *argv)
    run.expect(0)
    run.read_rest()
    named, own = run.out.decode().rstrip(".\n").split(" is ")
    check(named == own, "it is still the init's")


@case("C5", "the folder it was started in can be unmounted")
def unmount(scene):
    private_mounts()
    subprocess.run(["mount", "-t", "tmpfs", "none", scene.folder], check=True)
    run = scene.run("/bin/sh", "-c", "cd /; echo moved; read line", stdin=None)
    run.until_output(b"moved")
    until(scene.patience, "busy", lambda: subprocess.run(
        ["umount", scene.folder], stderr=subprocess.DEVNULL, check=False).returncode == 0)


def pending(number):
    """Steps of a child: the signal waits, blocked, when the init starts."""
    def step():
        os.kill(os.getpid(), number)
    return step


def comes_first(scene, number, name):
    run = scene.run(PROBE, "record-signals", "1", "9", block={number}, setup=pending(number))
    status = run.wait()
    run.read_rest()
    if status == 128 + number:
        check(b"ready" not in run.out, "started all the same")
        return "not started, %d" % status
    check(name in run.out, "lost: status %d" % status)
    return "started, then forwarded"


@case("K1", "an INT from before the start cancels it or is forwarded")
def early_interrupt(scene):
    return comes_first(scene, signal.SIGINT, b"INT")


@case("A6", "a TERM from before the start cancels it or is forwarded")
def early_term(scene):
    return comes_first(scene, signal.SIGTERM, b"TERM")


@case("N5", "told to stop while its input is awaited: nothing runs, 128 + n")
def while_waiting(scene):
    os.mkfifo(scene.folder + "/list")
    run = scene.run("/bin/touch", scene.folder + "/ran", features={"list": scene.folder + "/list"})
    writer = os.open(scene.folder + "/list", os.O_WRONLY)
    run.send(signal.SIGTERM)
    found = run.wait()
    os.close(writer)
    check(found == 143, "status %d" % found)
    check(not os.path.exists(scene.folder + "/ran"), "the program ran")


def masks(run, keys=("SigBlk", "SigIgn", "SigCgt")):
    run.expect(0)
    run.read_rest()
    found = dict(line.split(":\t") for line in run.out.decode().splitlines())
    return {key: found[key] for key in keys}


STATUS = (PROBE, "print-status", "SigBlk", "SigIgn", "SigCgt")


@case("T19", "some ignored and some blocked signals are so in the program too")
def some_signals(scene):
    ignored = {signal.SIGTTOU, signal.SIGSEGV, signal.SIGINT}
    blocked = {signal.SIGTTIN, signal.SIGILL, signal.SIGTERM}
    found = masks(scene.run(*STATUS, ignore=ignored, block=blocked))
    for key, wanted in (("SigIgn", ignored), ("SigBlk", blocked)):
        bits = int(found[key], 16)
        check(all(bits >> (number - 1) & 1 for number in wanted), "%s is %s" % (key, found[key]))


@case("N3", "mask and dispositions of the program are exactly those inherited")
def whole_masks(scene):
    for state in ({}, {"ignore": {1, 2, 13, 22, 40}, "block": {10, 15, 20, 21, 40, 64}},
                  {"ignore": ALL - FAULTS - {9, 19, 17}}):
        expected = masks(scene.without(*STATUS, **state))
        found = masks(scene.run(*STATUS, **state))
        check(found == expected, "%s, not %s" % (found, expected))


@case("N1", "an inherited ignored SIGCHLD does no harm")
def ignored_child(scene):
    scene.run("/bin/sh", "-c", "exit 37", ignore={signal.SIGCHLD}).expect(37)


@case("N2", "all signals inherited blocked: status relayed, mask kept")
def all_blocked(scene):
    scene.run("/bin/sh", "-c", "exit 38", block=ALL).expect(38)
    expected = masks(scene.without(*STATUS, block=ALL), ("SigBlk",))
    found = masks(scene.run(*STATUS, block=ALL), ("SigBlk",))
    check(found == expected, "%s, not %s" % (found, expected))


def executable(path, content):
    path.write_bytes(content)
    path.chmod(0o755)
    return str(path)


@case("N9", "what cannot be executed is 126 or 127, whatever the reason")
def unfit(scene):
    folder = pathlib.Path(scene.folder)
    (folder / "closed").mkdir(mode=0o700)
    shutil.copy("/bin/true", folder / "closed" / "true")
    private_mounts()
    (folder / "noexec").mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "noexec", "none", folder / "noexec"], check=True)
    shutil.copy("/bin/true", folder / "noexec" / "true")
    def nobody():
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
    for what, program, wanted in (
            ("interpreter", executable(folder / "script", b"#!/no/such/interpreter\n"), {126, 127}),
            ("long name", "/" + 300 * "x", {126, 127}),
            ("no folder", "/etc/passwd/x", {126, 127}),
            ("closed folder", str(folder / "closed" / "true"), {126}),
            ("noexec", str(folder / "noexec" / "true"), {126}),
            ("not executable", "/etc/passwd", {126})):
        found = scene.status(program, setup=nobody)
        check(found in wanted, "%s: %d" % (what, found))


@case("N9b", "an empty executable is no success")
def empty(scene):
    program = executable(pathlib.Path(scene.folder) / "empty", b"")
    found = scene.status(program)
    check(found in (126, 127), "status %d" % found)


@case("N11", "settled, the init has nothing open of what it inherited, and is in /")
def settled(scene):
    null = os.open("/dev/null", os.O_RDONLY)
    def give():
        for number in (5, 77):
            os.dup2(null, number)
    run = scene.run(PROBE, "hold", setup=give)
    run.until_output(b"ready")
    def only_own():
        links = {fd: os.readlink("/proc/%d/fd/%s" % (run.pid, fd))
                 for fd in os.listdir("/proc/%d/fd" % run.pid)}
        return all(int(fd) < 3 or link != "/dev/null" for fd, link in links.items())
    until(scene.patience, "still open", only_own)
    check(os.readlink("/proc/%d/cwd" % run.pid) == "/", "not in /")


@case("N15", "it can become the program: same process, nothing left behind")
def becomes(scene):
    if not hasattr(scene.init, "becoming"):
        scene.init.option("become", None)
    argv = scene.init.becoming(PROBE, "print-status", "Pid", "SigBlk", "SigIgn", "SigCgt")
    state = {"ignore": {1, 22}, "block": {15, 40}}
    run = scene.without(*argv, **state)
    run.expect(0)
    run.read_rest()
    plain = scene.without(PROBE, "print-status", "SigBlk", "SigIgn", "SigCgt", **state)
    expected = masks(plain)
    found = dict(line.split(":\t") for line in run.out.decode().splitlines())
    check(int(found.pop("Pid")) == run.pid, "another process")
    check(found == expected, "%s, not %s" % (found, expected))
    fds = scene.without(*scene.init.becoming(PROBE, "print-fds"))
    fds.expect(0)
    fds.read_rest()
    check(fds.out == b"0 1 2\n", "open: %r" % fds.out)


@case("N10", "idle, it never wakes up (5 s)")
def idle(scene):
    run = scene.run(PROBE, "hold")
    run.until_output(b"ready")
    until(scene.patience, "does not sleep", lambda: status_of(run.pid)["State"].strip()[0] == "S")
    before = status_of(run.pid)["voluntary_ctxt_switches"]
    LIBC.poll(None, ctypes.c_ulong(0), 5000)
    after = status_of(run.pid)["voluntary_ctxt_switches"]
    check(before == after, "%d times" % (int(after) - int(before)))
