# SPDX-License-Identifier: Apache-2.0
"""A Debian base image without a registry, and this machine's way to its package mirror for the
builds that run in it."""

import os
import pathlib
import shutil
import subprocess

SUITE = "bookworm"
BASE = "localhost/debian:12"
DEADLINE = 900  # seconds; a slow mirror is no failure of ours
APT_FILES = ("sources.list", "sources.list.d", "auth.conf.d", "keyrings", "trusted.gpg",
             "trusted.gpg.d", "preferences.d")


def _output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def mirror():
    """The mirror that apt already uses for the suite."""
    targets = _output("apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)",
                      "Created-By: Packages")
    for line in targets.splitlines():
        release, _, address = line.partition(" ")
        if release == SUITE:
            return address
    raise RuntimeError("no mirror for %s: run apt-get update" % SUITE)


def import_base(podman):
    """Makes the base image: a minbase root of debootstrap."""
    if shutil.which("debootstrap") is None:
        raise RuntimeError("debootstrap not found: apt-get install debootstrap")
    root = podman.new_folder("debian")
    done = subprocess.run(["debootstrap", "--variant=minbase", SUITE, root, mirror()],
                          capture_output=True, text=True, timeout=DEADLINE, check=False)
    if done.returncode != 0:
        raise RuntimeError("debootstrap: exit %d\n%s" % (done.returncode, done.stdout[-2000:]))
    podman.import_image(BASE.removeprefix("localhost/"), root, ['CMD ["bash"]'])
    shutil.rmtree(root)


def build_options(podman):
    """Options of `podman build` with which apt inside reaches what apt here reaches."""
    settings = podman.new_folder("apt")
    (settings / "apt.conf.d").mkdir()
    here = pathlib.Path("/etc/apt")
    for name in APT_FILES:
        source = here / name
        if source.is_dir():
            shutil.copytree(source, settings / name)
        elif source.is_file():
            shutil.copy(source, settings / name)
    # How the mirror is reached (proxy, certificates), without the hooks of programs that are
    # here and not in there.
    lines = [line for line in _output("apt-config", "dump").splitlines()
             if line.startswith("Acquire::") and not line.startswith("Acquire::IndexTargets")]
    (settings / "apt.conf.d/99machine").write_text("\n".join(lines) + "\n")
    options = ["--network=host", "--volume=%s:/etc/apt:ro" % settings]
    certificates = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
    if certificates.is_file():
        options.append("--volume=%s:%s:ro" % (certificates, certificates))
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        if name in os.environ:
            options.append("--env=%s=%s" % (name, os.environ[name]))
    return options
