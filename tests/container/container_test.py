# SPDX-License-Identifier: Apache-2.0
"""One container, seen from outside: output, exit status, termination message, and confinement by
the engine."""

import os
import tarfile
import unittest

import cases
import engine
import images

INDEX = ("--index=3", "--items=foo,bar,baz,qux,xyz")
CONFIG = """\
items: [foo, bar, baz, qux, xyz]
expect-count: 5
stdin: "{}\\n"
command: [rev]
"""
# What a restricted pod runs under, in podman's words; its seccomp profile is the default.
RESTRICTED = ("--user=65532:65532", "--read-only", "--read-only-tmpfs=false", "--cap-drop=ALL",
              "--security-opt=no-new-privileges", "--memory=16m", "--memory-swap=16m")


def setUpModule():
    global podman
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)
    images.with_busybox(podman, "worker:1.0")


def worker(*arguments, **keywords):
    """Runs indexrun as PID 1 of a busybox container."""
    return podman.run("worker:1.0", "/indexrun", *INDEX, *arguments, **keywords)


class Outside(unittest.TestCase):
    def test_the_output_is_the_programs_own(self):
        ended = worker("--", "sh", "-c", "echo out; echo err >&2; exit 7")
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (7, "out\n", "err\n"))

    def test_the_message_says_that_the_program_failed(self):
        ended = worker("--", "sh", "-c", "exit 7")
        self.assertEqual(ended.record["exit"], 7)
        self.assertEqual(ended.record["index"], 3)
        self.assertEqual(ended.record["item"], "qux")
        self.assertLessEqual(len(ended.message.encode()), 1024)
        self.assertTrue(ended.message.isascii())

    def test_success_leaves_no_message(self):
        self.assertEqual(worker("--", "true"), engine.Ended(0, "", "", ""))

    def test_success_leaves_one_if_wanted(self):
        self.assertEqual(worker("--message=always", "--", "true").record["exit"], 0)

    def test_the_programs_own_message_stands(self):
        ended = worker("--", "sh", "-c", "echo mine >/dev/termination-log; exit 1")
        self.assertEqual((ended.exit_code, ended.message), (1, "mine\n"))

    def test_death_by_a_signal_is_128_more(self):
        ended = worker("--", "sh", "-c", "kill -SEGV $$")
        self.assertEqual((ended.exit_code, ended.record["exit"]), (139, 139))
        self.assertIn("SEGV", str(ended.record["signal"]))

    def test_126_and_127_of_ours_are_told_apart_from_the_programs(self):
        own = worker("--", "sh", "-c", "exit 127")
        ours = worker("--", "no-such-program")
        self.assertEqual((own.exit_code, ours.exit_code), (127, 127))
        self.assertEqual(ours.record["class"], "notfound")
        self.assertNotEqual(own.record["class"], "notfound")
        unfit = worker("--", "/etc/hosts")
        self.assertEqual((unfit.exit_code, unfit.record["class"]), (126, "noexec"))

    def test_without_a_message_file_nothing_changes(self):
        done = podman.podman("run", "--rm", "--network=none", "worker:1.0", "/indexrun", *INDEX,
                             "--", "sh", "-c", "ls /dev/termination-log; exit 7", check=False)
        self.assertEqual(done.returncode, 7)
        self.assertIn("No such file", done.stderr)

    def test_a_message_that_cannot_be_written_changes_nothing(self):
        ended = worker("--", "sh", "-c", "exit 7", options=["--tmpfs=/none:ro", "--env",
                       "INDEXRUN_OPTIONS=--message-file=/none/x"])
        self.assertEqual((ended.exit_code, ended.stderr), (7, ""))


class ScratchImage(unittest.TestCase):
    def test_it_is_small(self):
        size = int(podman.podman("image", "inspect", "--format", "{{.Size}}",
                                 images.INDEXRUN).stdout)
        self.assertLessEqual(size, 3_000_000)

    def test_it_holds_nothing_but_the_program(self):
        archive = podman.new_folder("save") / "image.tar"
        name = podman.podman("create", "--network=none", images.INDEXRUN).stdout.strip()
        podman.podman("export", "--output", archive, name)
        podman.podman("rm", name)
        with tarfile.open(archive) as tar:
            files = [entry for entry in tar if entry.isfile() and entry.size > 0]
        self.assertEqual([(entry.name, entry.mode & 0o777) for entry in files],
                         [("indexrun", 0o755)])

    def test_arguments_are_indexruns(self):
        ended = podman.run(images.INDEXRUN, "--version")
        self.assertEqual((ended.exit_code, ended.stderr), (0, ""))
        self.assertIn("0.1.0", ended.stdout)

    def test_a_forgotten_command_does_not_look_like_a_finished_worker(self):
        ended = podman.run(images.INDEXRUN, *INDEX)
        self.assertEqual((ended.exit_code, ended.stdout), (196, ""))
        self.assertEqual(ended.record["class"], "config")

    def test_it_can_be_its_own_workload(self):
        ended = podman.run(images.INDEXRUN, *INDEX, "--", "/indexrun", "count", "--items={},b")
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (0, "2\n", ""))

    def test_the_index_alone_with_a_command_from_the_configuration_file(self):
        folder = podman.new_folder("configured")
        (folder / "indexrun.yaml").write_text(CONFIG)
        (folder / "Dockerfile").write_text(
            "FROM %s AS programs\nFROM %s\nCOPY --from=programs /bin/rev /bin/rev\n"
            "COPY indexrun.yaml /etc/indexrun.yaml\n"
            'ENTRYPOINT ["/indexrun", "--config", "/etc/indexrun.yaml"]\n' % (
                images.BUSYBOX, images.INDEXRUN))
        podman.podman("build", "--quiet", "--tag", "configured:1.0", folder)
        ended = podman.run("configured:1.0", "--index", "3")
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (0, "xuq\n", ""))
        other = podman.run("configured:1.0", "--index", "3", "rev", "/etc/hostname")
        self.assertEqual(other.exit_code, 0)
        self.assertNotEqual(other.stdout, "xuq\n")


class Confined(unittest.TestCase):
    def test_with_as_little_as_a_pod_can_have(self):
        ended = worker("--stdin={}\n", "--", "sh", "-c",
                       "rev; grep -E '^(Cap(Eff|Bnd|Amb)|NoNewPrivs|Seccomp):' /proc/self/status; "
                       "id -u; touch /x", options=RESTRICTED)
        lines = ended.stdout.splitlines()
        self.assertEqual(lines[0], "xuq")
        self.assertEqual([line.split() for line in lines[1:6]], [
            ["CapEff:", "0" * 16], ["CapBnd:", "0" * 16], ["CapAmb:", "0" * 16],
            ["NoNewPrivs:", "1"], ["Seccomp:", "2"]])
        self.assertEqual(lines[6], "65532")
        self.assertIn("Read-only file system", ended.stderr)
        self.assertEqual(ended.exit_code, 1)
        self.assertEqual(ended.record["exit"], 1)

    def test_the_same_in_a_shared_process_namespace(self):
        pause = podman.start("worker:1.0", "sleep", "600")
        ended = worker("--stdin={}\n", "--", "sh", "-c", "rev; echo $PPID; exit 9",
                       options=[*RESTRICTED, "--pid=container:" + pause.name])
        pause.stop(0)
        word, parent = ended.stdout.split()
        self.assertEqual((word, ended.exit_code), ("xuq", 9))
        self.assertNotEqual(parent, "1")
        self.assertEqual(ended.record["exit"], 9)

    def test_confinement_of_ours_inside_of_the_engines(self):
        ended = worker("--user=1000:1000", "--cap-drop=ALL", "--no-new-privs",
                       "--seccomp-deny=mkdir,mkdirat", "--", "sh", "-c", "id -u; mkdir /tmp/x")
        self.assertEqual(ended.stdout, "1000\n")
        self.assertIn("Operation not permitted", ended.stderr)
        self.assertEqual(ended.exit_code, 1)

    def test_another_user_cannot_be_had_without_capabilities(self):
        ended = worker("--user=1000:1000", "--", "echo", "started", options=RESTRICTED)
        self.assertEqual((ended.exit_code, ended.stdout), (199, ""))
        self.assertEqual(ended.record["class"], "confine")


class Limits(unittest.TestCase):
    def test_running_out_of_memory_kills_the_program_and_is_reported(self):
        # tail keeps a line that has no end.
        ended = worker("--", "tail", "/dev/zero", options=["--memory=16m", "--memory-swap=16m"])
        self.assertEqual((ended.exit_code, ended.record["exit"]), (137, 137))
        self.assertIn("KILL", str(ended.record["signal"]))

    def limited_to(self, processes, *command):
        """Runs indexrun as PID 1 under a PID limit, which comes when the engine is through: its
        own start needs threads."""
        gate = podman.new_folder("gate")
        os.mkfifo(gate / "open")
        started = podman.start(
            "worker:1.0", "sh", "-c", 'echo ready; read -r line </gate/open; exec "$@"', "sh",
            "/indexrun", *INDEX, "--", *command, options=["--volume=%s:/gate" % gate])
        started.wait_for_output("ready")
        (started.cgroup("pids") / "pids.max").write_text(str(processes), encoding="utf-8")
        (gate / "open").write_text("\n", encoding="utf-8")
        return started.finish()

    def test_no_process_left_for_the_program(self):
        ended = self.limited_to(1, "echo", "started")
        self.assertEqual((ended.exit_code, ended.stdout), (125, "ready\n"))
        self.assertEqual(ended.record["class"], "internal")
        self.assertIn("Resource temporarily unavailable", ended.stderr)

    def test_no_process_left_for_the_programs_children(self):
        ended = self.limited_to(2, "sh", "-c", "true & wait; exit 3")
        self.assertNotEqual(ended.exit_code, 0)
        self.assertIn("fork", ended.stderr)

    def test_few_open_files(self):
        ended = worker("--stdin={}\n", "--", "rev", options=["--ulimit=nofile=16:16",
                                                         "--ulimit=nproc=4096:4096"])
        self.assertEqual((ended.exit_code, ended.stdout), (0, "xuq\n"))


class Configured(unittest.TestCase):
    """Settings that a pod gives through its environment."""

    def test_the_variables_of_indexrun_do_not_reach_the_program(self):
        ended = worker("--", "env", options=["--env=INDEXRUN_OPTIONS=--env=A=<{}>"])
        self.assertIn("A=<qux>\n", ended.stdout)
        self.assertNotIn("INDEXRUN_OPTIONS", ended.stdout)

    def test_a_user_without_an_entry_in_passwd_and_no_home(self):
        ended = podman.run(images.INDEXRUN, *INDEX, "--", "/indexrun", "--version",
                           options=["--user=12345:54321", "--passwd=false",
                                    "--workdir=/"])
        self.assertEqual((ended.exit_code, ended.stderr), (0, ""))


if __name__ == "__main__":
    cases.main()
