# SPDX-License-Identifier: Apache-2.0
"""The images that the tests run. No registry is asked: they are made of what lies here."""

import os
import pathlib
import shutil
import subprocess

import engine

SOURCE = pathlib.Path(__file__).resolve().parents[2]
INDEXRUN = "indexrun:0.1.0"
BUSYBOX = "busybox:1.36"


def binary():
    """The static program under test, as meson built it."""
    path = pathlib.Path(os.environ["INDEXRUN"])
    if not path.is_file():
        raise RuntimeError("not built: %s" % path)
    return path


def stripped(podman):
    """A stripped copy: what an image holds."""
    path = podman.folder / "indexrun"
    if not path.exists():
        subprocess.run(["strip", "-o", path, binary()], check=True)
        path.chmod(0o755)
    return path


def busybox(podman):
    """What the public image of that name is: one static program under all its names."""
    program = shutil.which("busybox")
    if program is None:
        raise RuntimeError("busybox not found: apt-get install busybox-static")
    names = subprocess.run([program, "--list"], capture_output=True, text=True,
                           check=True).stdout.split()
    root = podman.new_folder("busybox")
    (root / "bin").mkdir()
    (root / "tmp").mkdir()
    (root / "tmp").chmod(0o1777)
    shutil.copyfile(program, root / "bin/busybox")
    (root / "bin/busybox").chmod(0o755)
    for name in names:
        if name != "busybox":
            os.link(root / "bin/busybox", root / "bin" / name)
    podman.import_image(BUSYBOX, root, ['CMD ["/bin/sh"]', "ENV PATH=" + engine.PATH])


def indexrun(podman):
    """The image of container/Dockerfile, made by container/build.sh."""
    environment = dict(podman.environment, ENGINE="podman")
    done = subprocess.run(["bash", SOURCE / "container/build.sh", "--binary", binary()],
                          env=environment, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=engine.DEADLINE, check=False)
    if done.returncode != 0:
        raise RuntimeError("container/build.sh: exit %d\n%s%s" % (done.returncode, done.stdout,
                                                                 done.stderr))
    return done.stdout


def with_busybox(podman, name, **extra):
    """An image of busybox with indexrun as /indexrun, and more files (path -> source)."""
    files = {"indexrun": stripped(podman), **extra}
    base = podman.new_folder("base")
    dockerfile = ["FROM " + BUSYBOX]
    for path, source in files.items():
        target = base / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
        dockerfile.append("COPY %s /%s" % (path, path))
    (base / "Dockerfile").write_text("\n".join(dockerfile) + "\n")
    podman.podman("build", "--quiet", "--tag", name, base)
