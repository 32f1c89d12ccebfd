# SPDX-License-Identifier: Apache-2.0
"""What the cases are played with: programs started in an exact state, watched through /proc and
pipes, waited for with deadlines.

A case runs in a process of its own, which is the reaper of all that is left behind.
"""

import ctypes
import os
import pathlib
import pty
import select
import signal
import subprocess
import time

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_CHILD_SUBREAPER = 36
CLONE_NEWNS = 0x20000
PROBE = os.environ.get("PROBE", "probe")
ALL = frozenset(range(1, 65)) - {32, 33}
# What the kernel sends for a fault of the program itself.
FAULTS = {signal.SIGILL, signal.SIGTRAP, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE,
          signal.SIGSEGV, signal.SIGSYS}


class Wrong(Exception):
    """The init did not do what the case asks for."""


def check(good, text):
    if not good:
        raise Wrong(text)


def name_of(number):
    """As the probe prints it."""
    special = {29: "POLL", 30: "PWR", 6: "ABRT", 17: "CHLD", 16: "STKFLT"}
    if number in special:
        return special[number]
    return signal.Signals(number).name.removeprefix("SIG") if number < 32 else str(number)


def until(patience, what, condition):
    """Looks until the condition holds and gives what it gives."""
    end = time.monotonic() + patience
    pause = 0.0005
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise Wrong(what)
        time.sleep(pause)
        pause = min(2 * pause, 0.02)


def stat_of(pid):
    """(state, parent, group, session) or None if there is no such process."""
    try:
        text = pathlib.Path("/proc/%d/stat" % pid).read_text(encoding="latin-1")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text[text.rindex(")") + 2:].split()
    return fields[0], int(fields[1]), int(fields[2]), int(fields[3])


def state_of(pid):
    found = stat_of(pid)
    return found[0] if found else None


def alive(pid):
    return state_of(pid) not in (None, "Z", "X")


def children_of(pid):
    try:
        text = pathlib.Path("/proc/%d/task/%d/children" % (pid, pid)).read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(word) for word in text.split()]


def status_of(pid):
    """/proc/PID/status as a dictionary."""
    lines = pathlib.Path("/proc/%d/status" % pid).read_text(encoding="utf-8").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


def own_terminal(name):
    """The calling process becomes the leader of a session at this terminal."""
    os.setsid()
    fd = os.open(name, os.O_RDWR)  # becomes the controlling terminal of a leader without one
    for number in (0, 1, 2):
        os.dup2(fd, number)


class Run:
    """A started program: its pid, what it prints, how it ends."""

    def __init__(self, argv, patience, *, stdin=b"", ignore=(), block=(), setup=None, cwd=None,
                 env=None, terminal=False):
        self.argv, self.patience = argv, patience
        self.out = self.err = b""
        self._mark = 0
        self.status = None
        in_read, self.stdin = os.pipe2(os.O_CLOEXEC)
        out_read, out_write = os.pipe2(os.O_CLOEXEC)
        err_read, err_write = os.pipe2(os.O_CLOEXEC)
        self.controller = None
        name = None
        if terminal:
            self.controller, other = pty.openpty()
            # Kept open: a terminal that nobody has open reads as hung up.
            self._other, name = other, os.ttyname(other)
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.dup2(in_read, 0)
                os.dup2(out_write, 1)
                os.dup2(err_write, 2)
                if name:
                    own_terminal(name)
                else:
                    os.setpgid(0, 0)
                self._become(ignore, block, setup, cwd, env)
            except BaseException as error:  # pylint: disable=broad-except
                os.write(2, ("cannot start: %r\n" % error).encode())
            os._exit(99)
        for fd in (in_read, out_write, err_write):
            os.close(fd)
        self._streams = {out_read: "out", err_read: "err"}
        if terminal:
            self._streams[self.controller] = "out"
        if stdin is not None:
            os.write(self.stdin, stdin)
            self.close_stdin()

    def _become(self, ignore, block, setup, cwd, env):
        signal.pthread_sigmask(signal.SIG_BLOCK, ALL)
        for number in ALL - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN if number in ignore else signal.SIG_DFL)
        if cwd:
            os.chdir(cwd)
        if setup:
            setup()
        signal.pthread_sigmask(signal.SIG_SETMASK, block)
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", **(env or {})}
        os.execve(self.argv[0], self.argv, environment)

    def close_stdin(self):
        if self.stdin is not None:
            os.close(self.stdin)
            self.stdin = None

    def type(self, text):
        """Into the terminal, or into standard input."""
        os.write(self.stdin if self.controller is None else self.controller, text)

    def _pump(self, patience):
        """Reads what comes within that time; False if nothing did."""
        if not self._streams:
            return False
        ready, _, _ = select.select(list(self._streams), [], [], patience)
        for fd in ready:
            try:
                data = os.read(fd, 65536)
            except OSError:  # EIO: nobody has the terminal open any more
                data = b""
            if not data:
                del self._streams[fd]
                if fd != self.controller:
                    os.close(fd)
                continue
            setattr(self, self._streams[fd], getattr(self, self._streams[fd]) + data)
        return bool(ready)

    def until_output(self, text, where="out"):
        """Waits until the program has printed the text."""
        end = time.monotonic() + self.patience
        while text not in getattr(self, where):
            left = end - time.monotonic()
            if left <= 0 or not self._streams:
                raise Wrong("%r is not printed, but %r" % (text.decode(), self._said()))
            self._pump(min(left, 0.5))
        return getattr(self, where)

    def until_next(self, text):
        """Waits for the text behind where it was found the last time."""
        end = time.monotonic() + self.patience
        while text not in self.out[self._mark:]:
            left = end - time.monotonic()
            if left <= 0 or not self._streams:
                raise Wrong("%r does not come, but %r" % (text.decode(), self._said()))
            self._pump(min(left, 0.5))
        self._mark = self.out.index(text, self._mark) + len(text)

    def until_foreground(self, good):
        """Waits until the terminal's foreground group is such a one."""
        until(self.patience, "another has the terminal",
              lambda: good(os.tcgetpgrp(self.controller)))

    def said_lines(self, prefix):
        """How many lines with that beginning have come so far."""
        while self._pump(0):
            pass
        return sum(line.startswith(prefix) for line in self.out.decode().splitlines())

    def give_up(self):
        """No more is wanted of its outputs."""
        for fd in self._streams:
            os.close(fd)
        self._streams = {}

    def _said(self):
        return (self.out + self.err)[-120:].decode(errors="replace")

    def line(self, prefix):
        """The rest of the first line that begins so."""
        self.until_output(prefix)
        end = time.monotonic() + self.patience
        while b"\n" not in self.out[self.out.index(prefix):]:
            if time.monotonic() > end:
                raise Wrong("half a line")
            self._pump(0.1)
        return self.out[self.out.index(prefix) + len(prefix):].split(b"\n")[0].decode().strip()

    def send(self, number):
        os.kill(self.pid, number)

    def program(self):
        """The pid of the program that the init has started."""
        return until(self.patience, "no program is started", lambda: children_of(self.pid))[0]

    def ended(self):
        if self.status is None:
            pid, raw = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = raw
        return self.status is not None

    def wait(self):
        """The status as a shell reports it; Wrong if the init does not end."""
        end = time.monotonic() + self.patience
        while not self.ended():
            if time.monotonic() > end:
                raise Wrong("does not end")
            if not self._pump(0.005):
                time.sleep(0.0005)
        return self.shell_status()

    def shell_status(self):
        if os.WIFSIGNALED(self.status):
            return 128 + os.WTERMSIG(self.status)
        return os.WEXITSTATUS(self.status)

    def read_rest(self, patience=None):
        """Reads until everybody has closed the outputs, or Wrong."""
        end = time.monotonic() + (patience or self.patience)
        while any(name for fd, name in self._streams.items() if fd != self.controller):
            if time.monotonic() > end:
                raise Wrong("somebody still holds the output")
            self._pump(0.05)

    def expect(self, status):
        found = self.wait()
        check(found == status, "status %d, not %d%s" % (
            found, status, ": " + self._said() if self._said() else ""))


class Scene:
    """What a case is given: an init, a folder of its own, and ways to start it."""

    def __init__(self, init, folder):
        self.init, self.folder = init, folder
        self.patience = init.patience

    def run(self, *program, features=None, **state):
        """Starts the init with a program."""
        state.setdefault("cwd", self.folder)
        return Run(self.init.argv(*program, **(features or {})), self.patience, **state)

    def status(self, *program, features=None, **state):
        run = self.run(*program, features=features, **state)
        run.wait()
        return run.shell_status()

    def first(self, *program, features=None, **state):
        """The same as the first process of a PID namespace; gives (outer run, pid of the init)."""
        state.setdefault("cwd", self.folder)
        argv = ["/usr/bin/unshare", "--kill-child", "-pf", "--mount-proc",
                *self.init.argv(*program, **(features or {}))]
        run = Run(argv, self.patience, **state)
        return run, run.program()

    def without(self, *program, **state):
        """The program without any init."""
        state.setdefault("cwd", self.folder)
        return Run(list(program), self.patience, **state)


def subreaper():
    if LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def private_mounts():
    """From here on mounts are seen by nobody else."""
    if LIBC.unshare(CLONE_NEWNS) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


def queue(pid, number, value):
    """sigqueue(3)."""
    if LIBC.sigqueue(pid, number, ctypes.c_void_p(value)) != 0:
        raise OSError(ctypes.get_errno(), "sigqueue")
