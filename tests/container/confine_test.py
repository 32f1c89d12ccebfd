# SPDX-License-Identifier: Apache-2.0
"""Confinement inside a container under the default profile, run by root and by an ordinary user."""

import unittest

import cases
import engine
import images
import rootless

INDEX = ("--index=0", "--items=foo,bar")
IMAGE = "confined:1.0"
PASSWD = "root:x:0:0:root:/root:/bin/sh\napp:x:1234:1235::/home/app:/bin/sh\n"
GROUP = "root:x:0:\napp:x:1235:\nsound:x:29:app\n"
SHOW = ("grep", "-E", "^(Uid|Gid|Groups|CapPrm|CapEff|CapInh|CapAmb|NoNewPrivs):",
        "/proc/self/status")
ZERO = "0" * 16
NICE = "cut -d' ' -f19 /proc/self/stat"


def build(podman):
    images.busybox(podman)
    files = podman.new_folder("etc")
    (files / "passwd").write_text(PASSWD)
    (files / "group").write_text(GROUP)
    images.with_busybox(podman, IMAGE, **{"etc/passwd": files / "passwd",
                                          "etc/group": files / "group"})


class Confined:
    """The tests; a subclass says who runs the container."""

    Engine = None

    @classmethod
    def setUpClass(cls):
        cls.podman = cls.enterClassContext(cls.Engine())
        build(cls.podman)

    def run_worker(self, *arguments, options=()):
        return self.podman.run(IMAGE, "/indexrun", *INDEX, *arguments, options=options)

    def status(self, *arguments, options=()):
        ended = self.run_worker(*arguments, "--", *SHOW, options=options)
        self.assertEqual((ended.exit_code, ended.stderr), (0, ""), ended)
        return dict(line.split(":\t", 1) for line in ended.stdout.splitlines())

    def assert_refused(self, ended, *texts, code=199):
        self.assertEqual((ended.exit_code, ended.stdout), (code, ""), ended)
        for text in texts:
            self.assertIn(text, ended.stderr)
        self.assertEqual(ended.record["exit"], code)

    def test_both_modes_leave_nothing(self):
        for mode in ("never", "always"):
            status = self.status("--supervise", mode, "--user", "1000:1000", "--cap-drop", "ALL",
                                 "--no-new-privs", "--close-fds")
            self.assertEqual(status["Uid"], "1000\t1000\t1000\t1000")
            self.assertEqual(status["Gid"], "1000\t1000\t1000\t1000")
            self.assertEqual(status["Groups"].strip(), "")
            self.assertEqual([status[key] for key in ("CapPrm", "CapEff", "CapInh", "CapAmb")],
                             [ZERO] * 4)
            self.assertEqual(status["NoNewPrivs"], "1")

    def test_a_name_is_the_images(self):
        status = self.status("--user", "app")
        self.assertEqual(status["Uid"], "1234\t1234\t1234\t1234")
        self.assertEqual(status["Gid"], "1235\t1235\t1235\t1235")
        self.assertEqual(status["Groups"].split(), ["29", "1235"])
        ended = self.run_worker("--user", "app", "--", "sh", "-c", "echo $HOME $USER $LOGNAME")
        self.assertEqual(ended.stdout, "/home/app app app\n")
        self.assert_refused(self.run_worker("--user", "ap", "--", "true"), "/etc/passwd",
                            "did you mean 'app'?", code=196)

    def test_one_capability_is_kept(self):
        status = self.status("--user", "1000", "--cap-drop", "ALL", "--cap-add", "chown")
        self.assertEqual([status[key] for key in ("CapPrm", "CapEff", "CapInh", "CapAmb")],
                         [ZERO[:-1] + "1"] * 4)

    def test_limits_and_more(self):
        ended = self.run_worker("--limit", "nofile=64:128", "--umask", "027", "--nice", "5",
                                "--oom-score-adj", "900", "--user", "1000", "--", "sh", "-c",
                                "ulimit -Sn; ulimit -Hn; umask; " + NICE +
                                "; cat /proc/self/oom_score_adj")
        self.assertEqual((ended.exit_code, ended.stdout), (0, "64\n128\n0027\n5\n900\n"), ended)

    def test_what_the_container_has_not_got_is_refused(self):
        self.assert_refused(self.run_worker("--limit", "nofile=1000000", "--", "true"), "nofile",
                            "4096", "1000000")
        self.assert_refused(self.run_worker("--nice", "-5", "--", "true"), "CAP_SYS_NICE")
        self.assert_refused(self.run_worker("--oom-score-adj", "-900", "--", "true"),
                            "CAP_SYS_RESOURCE")
        self.assert_refused(self.run_worker("--cap-add", "sys_admin", "--", "true"), "sys_admin")

    def test_an_ordinary_user_of_the_container(self):
        user = ("--user", "1000:1000")
        self.assert_refused(self.run_worker("--cap-drop", "ALL", "--", "true", options=user),
                            "CAP_SETPCAP")
        self.assert_refused(self.run_worker("--user", "1001", "--", "true", options=user),
                            "CAP_SETUID")
        self.assert_refused(self.run_worker("--groups", "5", "--", "true", options=user),
                            "CAP_SETGID")
        status = self.status("--cap-drop", "ALL", "--no-new-privs", options=user)
        self.assertEqual((status["CapPrm"], status["NoNewPrivs"]), (ZERO, "1"))
        ended = self.run_worker("--limit", "core=0", "--umask", "077", "--nice", "3", "--close-fds",
                                "--env-clear", "--", "sh", "-c", "umask; %s; env | grep -c ^HOME" % NICE,
                                options=user)
        self.assertEqual(ended.stdout, "0077\n3\n0\n")


class Rootful(Confined, unittest.TestCase):
    Engine = engine.Engine


class Rootless(Confined, unittest.TestCase):
    Engine = rootless.RootlessEngine

    def test_the_user_namespace_is_an_ordinary_users(self):
        ended = self.run_worker("--", "cat", "/proc/self/uid_map")
        account = self.podman.user["user"]
        self.assertEqual([line.split() for line in ended.stdout.splitlines()],
                         [["0", str(account), "1"],
                          ["1", str(rootless.FIRST), str(rootless.COUNT)]])

    def test_an_id_outside_the_map_is_named_with_the_map(self):
        self.assert_refused(self.run_worker("--user", "70000", "--", "true"), "70000",
                            "not mapped", "1-65536")
        self.assert_refused(self.run_worker("--user", "1:70000", "--", "true"), "group id 70000")
        self.assert_refused(self.run_worker("--groups", "70000", "--", "true"), "group id 70000")


if __name__ == "__main__":
    cases.main()
