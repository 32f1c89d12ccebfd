# SPDX-License-Identifier: Apache-2.0
"""container/Dockerfile.build and container/build.sh, run for real: from a bare Debian to a static
program in an image of its own."""

import os
import subprocess
import unittest

import cases
import debian
import engine
import images

BUILD = images.SOURCE / "container/build.sh"


def setUpModule():
    global podman
    podman = unittest.enterModuleContext(engine.Engine())


def build(*arguments, path=None, deadline=engine.DEADLINE, **environment):
    """Runs build.sh with podman's state in the folder of this run."""
    environment = {**podman.environment, **environment}
    if path is not None:
        environment["PATH"] = path
    return subprocess.run(["bash", BUILD, *map(str, arguments)], env=environment, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=deadline, check=False)


class FromSource(unittest.TestCase):
    def test_it_builds_installs_nothing_else_and_runs(self):
        debian.import_base(podman)
        done = build("--source", "--base", debian.BASE, "--tag", "from-source:1.0", "--",
                     *debian.build_options(podman), deadline=3 * debian.DEADLINE)
        self.assertEqual(done.returncode, 0, (done.stdout + done.stderr)[-5000:])
        self.assertEqual(done.stdout.splitlines()[-1], "from-source:1.0")
        size = int(podman.podman("image", "inspect", "--format", "{{.Size}}",
                                 "from-source:1.0").stdout)
        self.assertLessEqual(size, 3_000_000)
        ended = podman.run("from-source:1.0", "--index=1", "--items=foo,bar", "--", "/indexrun",
                           "count", "--items={},x")
        self.assertEqual((ended.exit_code, ended.stdout), (0, "2\n"))


class Script(unittest.TestCase):
    def test_podman_is_taken_if_nothing_is_said(self):
        done = build("--binary", images.binary())
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (0, images.INDEXRUN))
        self.assertEqual(podman.run(images.INDEXRUN, "--version").exit_code, 0)

    def test_docker_is_taken_where_there_is_no_podman(self):
        # Podman under the name of docker, which it is made to stand in for.
        folder = podman.new_folder("path")
        for name in ("bash", "dirname", "mktemp", "readelf", "rm", "sed", "head", "strip", "grep",
                     "newuidmap", "runc", "conmon", "buildah"):
            found = [os.path.join(place, name) for place in podman.environment["PATH"].split(":")
                     if os.path.exists(os.path.join(place, name))]
            if found:
                (folder / name).symlink_to(found[0])
        (folder / "docker").symlink_to("/usr/bin/podman")
        done = build("--binary", images.binary(), "--tag", "by-docker:1.0", path=str(folder))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(podman.run("by-docker:1.0", "--version").exit_code, 0)

    def test_neither_of_them(self):
        done = build("--binary", images.binary(), ENGINE="no-such-engine")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("neither podman nor docker", done.stderr)

    def test_a_program_that_is_not_there(self):
        done = build("--binary", "/no/such/program")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/no/such/program", done.stderr)

    def test_a_program_that_needs_libraries(self):
        done = build("--binary", "/bin/bash")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not static", done.stderr)

    def test_a_program_without_the_run_bit_becomes_one_with_it(self):
        program = podman.new_folder("plain") / "indexrun"
        program.write_bytes(images.binary().read_bytes())
        program.chmod(0o644)
        self.assertEqual(build("--binary", program, "--tag", "plain:1.0").returncode, 0)
        self.assertEqual(podman.run("plain:1.0", "--version").exit_code, 0)

    def test_unknown_options_and_missing_values(self):
        for arguments in (["--sauce"], ["--tag"], ["--base", "x:1"]):
            done = build(*arguments)
            self.assertEqual((done.returncode, done.stdout), (1, ""), arguments)
            self.assertIn("build.sh: ", done.stderr)


if __name__ == "__main__":
    cases.main()
