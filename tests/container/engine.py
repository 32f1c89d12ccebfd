# SPDX-License-Identifier: Apache-2.0
"""Podman with runc, and all of its state in a folder of its own: nothing on the machine is used or
changed, and every run starts from nothing."""

import contextlib
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import time

DEADLINE = 60  # seconds for one command of the engine; each takes about half a second

# Podman's own limits need CAP_SYS_RESOURCE, and its default runtime a cgroup v2 hierarchy.
CONTAINERS_CONF = """\
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
tmp_dir = "{state}/tmp"
[network]
network_config_dir = "{state}/networks"
"""
STORAGE_CONF = """\
[storage]
driver = "{driver}"
graphroot = "{state}/root"
runroot = "{state}/run"
"""
POLICY = {"default": [{"type": "insecureAcceptAnything"}]}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclasses.dataclass
class Ended:
    """How a container ended, seen from outside."""

    exit_code: int
    stdout: str
    stderr: str
    message: str = ""  # what stands in its /dev/termination-log

    @property
    def record(self):
        """The termination message as the JSON object it must be."""
        return json.loads(self.message)


def overlay_works(folder):
    """Whether an overlay can be mounted there: not on top of another overlay."""
    layers = [folder / name for name in ("lower", "upper", "work", "merged")]
    for layer in layers:
        layer.mkdir()
    options = "lowerdir=%s,upperdir=%s,workdir=%s" % tuple(layers[:3])
    mounted = subprocess.run(["mount", "-t", "overlay", "-o", options, "none", layers[3]],
                             capture_output=True, check=False).returncode == 0
    if mounted:
        subprocess.run(["umount", layers[3]], check=True)
    for layer in layers:
        shutil.rmtree(layer)
    return mounted


class Engine:
    """A context: what runs in it is ended, and its state removed, with the block."""

    def __init__(self):
        if os.geteuid() != 0:
            raise RuntimeError("needs root: containers are run by a rootful podman")
        for program in ("podman", "runc", "conmon"):
            if shutil.which(program) is None:
                raise RuntimeError("%s not found: apt-get install podman runc" % program)
        # Short: podman's cleanup gives up over a runroot of more than 50 characters, and whoever
        # waits for the container then waits 20 s more.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="indexrun.", dir="/var/tmp"))
        self.state = self.folder / "state"
        self.serial = 0

    def __enter__(self):
        self.state.mkdir()
        (self.folder / "cwd").mkdir()
        # For everybody: a container's user must be able to reach the folders mounted from here.
        self.folder.chmod(0o755)
        driver = "overlay" if overlay_works(self.folder) else "vfs"
        policy = self.folder / "home/.config/containers/policy.json"
        policy.parent.mkdir(parents=True)
        policy.write_text(json.dumps(POLICY))
        for name, text in (("containers.conf", CONTAINERS_CONF), ("storage.conf", STORAGE_CONF)):
            (self.folder / name).write_text(text.format(state=self.state, driver=driver))
        (self.folder / "registries.conf").write_text("unqualified-search-registries = []\n")
        self.environment = {
            "PATH": os.environ.get("PATH", PATH) + ":/usr/sbin:/sbin",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder),
            "CONTAINERS_CONF": str(self.folder / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.folder / "storage.conf"),
            "CONTAINERS_REGISTRIES_CONF": str(self.folder / "registries.conf"),
        }
        return self

    def __exit__(self, *_):
        with contextlib.suppress(subprocess.SubprocessError):
            self.podman("pod", "rm", "--all", "--force", "--time", "0", check=False)
            self.podman("rm", "--all", "--force", "--time", "0", check=False)
        # Podman clears up behind each container in the background, and mounts its storage for it.
        for _ in polls("the end of podman's own processes"):
            if self._is_in_use():
                continue
            for point in reversed(self._mounts()):
                subprocess.run(["umount", "--lazy", point], check=False, capture_output=True)
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                break

    def _is_in_use(self):
        """Whether a process names the folder in its arguments."""
        for arguments in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if os.fsencode(self.folder) in arguments.read_bytes():
                    return True
        return False

    def _mounts(self):
        with open("/proc/self/mounts", encoding="utf-8") as mounts:
            points = [line.split()[1] for line in mounts]
        return [point for point in points if point.startswith(str(self.folder) + "/")]

    def podman(self, *arguments, check=True, deadline=DEADLINE, **options):
        """Runs podman; its output as text. Raises if it fails, unless told not to."""
        options.setdefault("stdin", subprocess.DEVNULL)
        # In an empty folder: podman builds an image anew if a folder has its name, and its monitor
        # leaves a file when memory ran out.
        done = subprocess.run(["podman", *map(str, arguments)], env=self.environment, text=True,
                              cwd=self.folder / "cwd", stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=deadline, check=False, **options)
        if check and done.returncode != 0:
            raise RuntimeError("podman %s: exit %d\n%s%s" % (
                " ".join(map(str, arguments)), done.returncode, done.stdout, done.stderr))
        return done

    # What stands on disk.

    def new_folder(self, name):
        """An empty folder of this run that a container may mount."""
        self.serial += 1
        folder = self.folder / ("%s.%d" % (name, self.serial))
        folder.mkdir()
        return folder

    def new_message_file(self):
        """/dev/termination-log as the kubelet makes it: there, empty, for everybody."""
        path = self.new_folder("message") / "termination-log"
        path.touch()
        path.chmod(0o666)
        return path

    def import_image(self, name, folder, changes=()):
        """An image of one layer: the content of the folder, all of it root's."""
        layer = self.new_folder("layer") / "layer.tar"
        with tarfile.open(layer, "w") as tar:
            tar.add(folder, ".", filter=_as_root)
        self.podman("import", "--quiet", *(word for change in changes for word in
                                           ("--change", change)), layer, "localhost/" + name)

    # What runs.

    def run(self, image, *command, options=(), network="none", **keywords):
        """Runs a container to its end, with an empty termination message of its own."""
        self.serial += 1
        name = "c%d" % self.serial
        message = self.new_message_file()
        done = self.podman("run", "--name", name, "--network", network, "--volume",
                           "%s:/dev/termination-log" % message, *options, image, *command,
                           check=False, **keywords)
        return self._ended(name, message, done)

    def start(self, image, *command, options=()):
        """Starts a container in the background; to be ended by stop() or finish()."""
        self.serial += 1
        started = Started(self, "c%d" % self.serial, self.new_message_file())
        self.podman("run", "--detach", "--name", started.name, "--network", "none", "--volume",
                    "%s:/dev/termination-log" % started.message, *options, image, *command)
        return started

    def _ended(self, name, message, done):
        state = self.state_of(name) if self.exists(name) else {"Status": "absent"}
        # A stopped one has ended, and podman has not cleared up behind it yet.
        if state["Status"] not in ("exited", "stopped"):
            raise RuntimeError("the container is %s: %s" % (state["Status"], done.stderr))
        ended = Ended(state["ExitCode"], done.stdout, done.stderr, message.read_text())
        self.podman("rm", "--force", "--time", "0", name)
        return ended

    def exists(self, name):
        return self.podman("container", "exists", name, check=False).returncode == 0

    def state_of(self, name):
        """The State object of `podman inspect`."""
        return json.loads(self.podman("container", "inspect", name).stdout)[0]["State"]


@dataclasses.dataclass
class Started:
    """A container that runs in the background."""

    engine: Engine
    name: str
    message: pathlib.Path

    def wait_for_output(self, text):
        """Returns once its log holds the text."""
        for _ in polls("%r in the log of %s" % (text, self.name)):
            logs = self.engine.podman("logs", self.name)
            if text in logs.stdout or text in logs.stderr:
                return
            if self.engine.state_of(self.name)["Status"] == "exited":
                raise AssertionError("ended without %r: %s%s" % (text, logs.stdout, logs.stderr))

    def pid(self):
        """The process id of its first process, seen from here."""
        return self.engine.state_of(self.name)["Pid"]

    def cgroup(self, controller):
        """The folder of its cgroup: one a controller (v1), or one for all (v2)."""
        with open("/proc/%d/cgroup" % self.pid(), encoding="utf-8") as lines:
            groups = [line.rstrip("\n").split(":", 2) for line in lines]
        for _, controllers, path in groups:
            if controller in controllers.split(","):
                return pathlib.Path("/sys/fs/cgroup") / controller / path.lstrip("/")
        path = next(path for number, _, path in groups if number == "0")
        return pathlib.Path("/sys/fs/cgroup") / path.lstrip("/")

    def stop(self, grace):
        """`podman stop`: TERM, and KILL after `grace` seconds. Returns Ended and the seconds."""
        before = time.monotonic()
        self.engine.podman("stop", "--time", grace, self.name)
        took = time.monotonic() - before
        return self.finish(), took

    def finish(self):
        """Waits for its end."""
        self.engine.podman("wait", self.name)
        return self.engine._ended(self.name, self.message, self.engine.podman("logs", self.name))


def polls(what, deadline=DEADLINE):
    """Yields until the caller has seen what it looks for; an AssertionError at the deadline."""
    end = time.monotonic() + deadline
    pause = 0.005
    while time.monotonic() < end:
        yield
        time.sleep(pause)  # between two looks; the condition decides, not the time
        pause = min(pause * 2, 0.1)
    raise AssertionError("not seen within %d s: %s" % (deadline, what))


def _as_root(entry):
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry
