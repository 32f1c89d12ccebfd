# SPDX-License-Identifier: Apache-2.0
"""Podman run by an ordinary user, in a user namespace with the ranges of /etc/subuid and
/etc/subgid. Those two files are our own, laid over the machine's for this process alone."""

import contextlib
import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import subprocess

import engine

ACCOUNT = "games"  # in the /etc/passwd of every Debian
FIRST, COUNT = 200000, 65536

CLONE_NEWNS = 0x20000


def _own_mounts():
    """From here on this process and its children see mounts of their own."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWNS)")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


class RootlessEngine(engine.Engine):
    """As Engine, but every podman runs as ACCOUNT."""

    def __init__(self):
        super().__init__()
        if shutil.which("newuidmap") is None:
            raise RuntimeError("newuidmap not found: apt-get install uidmap")
        account = pwd.getpwnam(ACCOUNT)
        self.user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def __enter__(self):
        super().__enter__()
        _own_mounts()
        for name in ("subuid", "subgid"):
            ours = self.folder / name
            ours.write_text("%s:%d:%d\n" % (ACCOUNT, FIRST, COUNT))
            target = "/etc/" + name
            if not os.path.exists(target):
                open(target, "a", encoding="utf-8").close()
            subprocess.run(["mount", "--bind", ours, target], check=True)
        runtime = self.folder / "runtime"
        runtime.mkdir()
        for path in (self.state, runtime, self.folder / "cwd", self.folder / "home"):
            subprocess.run(["chown", "-R", "%d:%d" % (self.user["user"], self.user["group"]), path],
                           check=True)
        self.environment.update(XDG_RUNTIME_DIR=str(runtime), TMPDIR=str(self.state))
        # An overlay in a user namespace is another matter than the one that was tried.
        storage = self.folder / "storage.conf"
        storage.write_text(engine.STORAGE_CONF.format(state=self.state, driver="vfs"))
        return self

    def __exit__(self, *details):
        result = super().__exit__(*details)
        for pid in self._pauses():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return result

    def _pauses(self):
        """The processes that hold our user namespaces: of ACCOUNT, with our map."""
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            with contextlib.suppress(OSError):
                maps = [line.split() for line in
                        (status.parent / "uid_map").read_text(encoding="utf-8").splitlines()]
                if ["1", str(FIRST), str(COUNT)] in maps:
                    yield int(status.parent.name)

    def podman(self, *arguments, **options):
        return super().podman(*arguments, **self.user, **options)
