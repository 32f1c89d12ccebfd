# SPDX-License-Identifier: Apache-2.0
"""Figures of a container: size of the image, medians of `podman run`, memory while supervising.

Each is compared with tini-static, or with the program alone, in the same run.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import time

import engine
import images

ROUNDS = 41
ITEMS = ("--index=3", "--items=foo,bar,baz,qux,xyz", "--")
SIZE_TARGET = 3_000_000
MEMORY_TARGET_KB = 1024
IMAGES = {"program alone": "direct:1.0", "tini-static": "tini:1.0", "indexrun": "worker:1.0"}
# A program that does nothing, without a library: what is measured is what stands in front of it.
NOTHING = """
.globl _start
_start: mov $60, %eax
        xor %edi, %edi
        syscall
"""


def scratch_image(podman, name, files, entrypoint):
    """An image of these files alone (path -> source)."""
    folder = podman.new_folder("image")
    for path, source in files.items():
        shutil.copy(source, folder / path)
    copies = "".join("COPY --chmod=0755 %s /%s\n" % (path, path) for path in files)
    words = ", ".join('"%s"' % word for word in entrypoint)
    (folder / "Dockerfile").write_text("FROM scratch\n%sENTRYPOINT [%s]\n" % (copies, words))
    podman.podman("build", "--quiet", "--tag", name, folder)


def make_images(podman):
    folder = podman.new_folder("nothing")
    (folder / "nothing.s").write_text(NOTHING)
    subprocess.run(["cc", "-static", "-nostdlib", "-o", folder / "nothing",
                    folder / "nothing.s"], check=True)
    program, busybox = folder / "nothing", shutil.which("busybox")
    tini = shutil.which("tini-static")
    if tini is None or busybox is None:
        raise RuntimeError("tini-static or busybox not found: apt-get install tini busybox-static")
    indexrun = images.stripped(podman)
    files = {"nothing": program, "sleep": busybox}
    scratch_image(podman, "direct:1.0", files, [])
    scratch_image(podman, "tini:1.0", {**files, "tini": tini}, ["/tini", "--"])
    scratch_image(podman, "worker:1.0", {**files, "indexrun": indexrun}, ["/indexrun", *ITEMS])


def run_once(podman, image):
    before = time.perf_counter()
    podman.podman("run", "--rm", "--network=none", image, "/nothing")
    return 1000 * (time.perf_counter() - before)


def print_times(podman):
    names, times = IMAGES, {name: [] for name in IMAGES}
    for image in names.values():
        run_once(podman, image)
    for number in range(ROUNDS):
        # In turn, and each in turn first, so that what the machine does meanwhile hits all alike.
        order = list(names)[number % len(names):] + list(names)[:number % len(names)]
        for name in order:
            times[name].append(run_once(podman, names[name]))
    print("podman run, %d runs each, ms:" % ROUNDS)
    quarters = {name: statistics.quantiles(taken) for name, taken in times.items()}
    for name, (low, middle, high) in quarters.items():
        print("  %-14s median %6.1f   half of the runs within %6.1f to %6.1f" % (
            name, middle, low, high))
    low, _, high = quarters["program alone"]
    for name in ("tini-static", "program alone"):
        more = quarters["indexrun"][1] - quarters[name][1]
        print("  indexrun against %s: %+.1f ms, ratio %.3f; noise of one run %.1f ms: %s" % (
            name, more, quarters["indexrun"][1] / quarters[name][1], high - low,
            "within" if more <= high - low else "MORE"))


def evict(podman):
    """Takes the images' files out of the page cache: what a container reads is charged to it."""
    for path in podman.state.glob("root/overlay/*/diff/*"):
        if path.is_file():
            with open(path, "rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def memory_of(podman, image, cold):
    """(kB charged to the cgroup, kB of it that no file backs) once the program sleeps."""
    if cold:
        evict(podman)
    started = podman.start(image, "/sleep", "600")
    cgroup = started.cgroup("memory")
    for _ in engine.polls("a sleeping program"):
        names = [pathlib.Path("/proc/%s/comm" % pid).read_text(encoding="utf-8").strip()
                 for pid in (cgroup / "cgroup.procs").read_text(encoding="utf-8").split()]
        if "sleep" in names:
            break
    usage = next(path for path in (cgroup / "memory.usage_in_bytes", cgroup / "memory.current")
                 if path.exists())
    stat = dict(line.split() for line in (cgroup / "memory.stat").read_text(
        encoding="utf-8").splitlines())
    taken = int(usage.read_text(encoding="utf-8")), int(stat.get("rss", stat.get("anon", 0)))
    started.stop(0)
    return tuple(size / 1024 for size in taken)


def print_memory(podman, cold):
    print("memory of the container while its program sleeps, %s, kB (medians of 9; all, and what "
          "no file backs):" % ("first container on the node" if cold else "any later container"))
    medians = {}
    for name, image in IMAGES.items():
        taken = [memory_of(podman, image, cold) for _ in range(9)]
        medians[name] = [statistics.median(column) for column in zip(*taken)]
        print("  %-14s %7.0f %7.0f" % (name, *medians[name]))
    more = medians["indexrun"][0] - medians["tini-static"][0]
    print("  indexrun against tini-static: %+.0f kB; target at most %d: %s" % (
        more, MEMORY_TARGET_KB, "reached" if more <= MEMORY_TARGET_KB else "MISSED"))


def print_size(podman):
    images.indexrun(podman)
    size = int(podman.podman("image", "inspect", "--format", "{{.Size}}",
                             images.INDEXRUN).stdout)
    print("image with indexrun alone: %d bytes; target at most %d: %s" % (
        size, SIZE_TARGET, "reached" if size <= SIZE_TARGET else "MISSED"))


def main():
    with engine.Engine() as podman:
        print_size(podman)
        make_images(podman)
        print_times(podman)
        print_memory(podman, cold=False)
        print_memory(podman, cold=True)


if __name__ == "__main__":
    main()
