# SPDX-License-Identifier: Apache-2.0
"""Landlock in containers as they are by default: podman's own filter, as root and as a user without
any right, as the first process and beside another."""

import unittest

import cases
import engine
import images

INDEX = ("--index=0", "--items=foo,bar")
ANYBODY = ("--user=1000:1000", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--read-only")
WAYS = """
cat /in/file && echo read
echo new > /out/file && cat /out/file
(echo lost > /in/file) 2>/dev/null || echo kept
cat /etc/hosts 2>/dev/null || echo hidden
(cat /in/file) && (cat /elsewhere/file 2>/dev/null || echo inherited)
"""
REACHED = "input\nread\nnew\nkept\nhidden\ninput\ninherited\n"


def setUpModule():
    global podman, volumes, folders
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)
    images.with_busybox(podman, "worker:1.0")
    folders = {name: podman.new_folder(name) for name in ("in", "out", "elsewhere")}
    for folder in folders.values():
        folder.chmod(0o777)  # nothing but Landlock denies anything
    volumes = ["--volume=%s:/%s" % (folder, name) for name, folder in folders.items()]


def worker(*words, options=()):
    return podman.run("worker:1.0", "/indexrun", *INDEX, *words, options=[*volumes, *options])


class Access(unittest.TestCase):
    def setUp(self):
        for name, text in (("in", "input\n"), ("elsewhere", "secret\n")):
            path = folders[name] / "file"
            path.write_text(text)
            path.chmod(0o666)
        (folders["out"] / "file").unlink(missing_ok=True)

    def confined(self, *words, options=()):
        return worker("--ro=/in", "--rw=/out", "--rw=/dev/null", "--exec=/bin", *words, "--", "sh",
                      "-c", WAYS, options=options)

    def check(self, ended):
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (0, REACHED, ""))
        self.assertEqual((folders["in"] / "file").read_text(), "input\n")

    def test_as_root(self):
        self.check(self.confined())

    def test_as_a_user_without_any_right(self):
        self.check(self.confined(options=ANYBODY))

    def test_in_exec_mode(self):
        self.check(self.confined("--supervise=never", options=ANYBODY))

    def test_as_another_user_than_ours(self):
        self.check(self.confined("--user=1000:1000"))

    def test_without_it_everything_is_reached(self):
        ended = worker("--", "sh", "-c", WAYS, options=ANYBODY)
        self.assertEqual(ended.exit_code, 0)
        self.assertNotIn("kept", ended.stdout)
        self.assertNotIn("hidden", ended.stdout)
        self.assertNotIn("inherited", ended.stdout)

    def test_ports_of_tcp(self):
        script = "for port in 81 82; do nc -w 1 127.0.0.1 $port </dev/null 2>&1; done"
        ended = worker("--tcp-connect=81", "--", "sh", "-c", script, options=ANYBODY)
        self.assertRegex(ended.stdout, "(?i)refused(.|\n)*permission denied")

    def test_a_directory_of_its_own(self):
        for index, item in enumerate(("foo", "bar")):
            ended = podman.run("worker:1.0", "/indexrun", "--index=%d" % index, "--items=foo,bar",
                               "--rw=/out/{item}/", "--rw=/dev/null", "--exec=/bin", "--", "sh",
                               "-c", "echo $INDEXRUN_ITEM >/out/$INDEXRUN_ITEM/own; "
                               "(echo stray >/out/foo/stray) 2>/dev/null || echo denied",
                               options=[*volumes, *ANYBODY])
            self.assertEqual((ended.exit_code, ended.stdout), (0, "denied\n" if index else ""))
            self.assertEqual((folders["out"] / item / "own").read_text(), item + "\n")

    def test_a_filter_without_landlock_is_told_and_nothing_runs(self):
        profile = podman.new_folder("profile") / "profile.json"
        profile.write_text('{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": '
                           '["landlock_create_ruleset"], "action": "SCMP_ACT_ERRNO"}]}')
        options = ["--security-opt=seccomp=%s" % profile]
        ended = self.confined(options=options)
        self.assertEqual((ended.exit_code, ended.stdout), (199, ""))
        self.assertIn("filter of the container forbids Landlock", ended.stderr)
        self.assertIn("forbids Landlock", ended.record["reason"])
        ended = self.confined("--landlock=best-effort", options=options)
        self.assertEqual(ended.exit_code, 0)
        self.assertIn("files are not confined at all", ended.stderr)


class Batch(unittest.TestCase):
    SCRIPT = ("echo new >/out/file; (echo lost >/in/file) 2>/dev/null || echo kept; "
              "echo temporary >$TMPDIR/file; echo message >/dev/termination-log; "
              "grep -E '^(CapEff|NoNewPrivs)' /proc/self/status")
    PRINTED = "kept\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n"

    def setUp(self):
        (folders["in"] / "file").write_text("input\n")
        (folders["in"] / "file").chmod(0o666)
        (folders["out"] / "file").unlink(missing_ok=True)

    def check(self, *words, options=()):
        ended = worker("--confine=batch", "--rw=/out", "--private-tmp=/out", *words, "--", "sh",
                       "-c", self.SCRIPT, options=options)
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (0, self.PRINTED, ""))
        self.assertEqual(ended.message, "message\n")
        self.assertEqual((folders["out"] / "file").read_text(), "new\n")
        self.assertEqual(sorted(path.name for path in folders["out"].glob("indexrun-*")), [])

    def test_as_root(self):
        self.check()

    def test_streams_are_opened_again(self):
        ended = worker("--confine=batch", "--", "sh", "-c", "echo out >/dev/stdout")
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (0, "out\n", ""))

    def test_as_another_user(self):
        self.check("--user=1000:1000")

    def test_as_a_user_without_any_right(self):
        self.check(options=ANYBODY)


if __name__ == "__main__":
    cases.main()
