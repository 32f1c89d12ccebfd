# SPDX-License-Identifier: Apache-2.0
"""`podman stop`, other signals and a terminal, for indexrun as the first process of a container."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
import unittest

import cases
import engine
import images

INDEX = ("--index=0", "--items=foo,bar")
READY = "echo ready; while :; do sleep 600 & wait $!; done"


def setUpModule():
    global podman
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)
    images.with_busybox(podman, "worker:1.0")


def start(script, *arguments, options=()):
    """A shell under indexrun in the background, once it has said that it is ready."""
    started = podman.start("worker:1.0", "/indexrun", *INDEX, *arguments, "--", "sh", "-c", script,
                           options=options)
    started.wait_for_output("ready")
    return started


class Stop(unittest.TestCase):
    def test_a_program_without_a_handler_ends_at_once(self):
        # As PID 1 itself it would not see the TERM and wait for the KILL.
        ended, took = start(READY).stop(grace=30)
        self.assertEqual((ended.exit_code, ended.record["exit"]), (143, 143))
        self.assertIn("TERM", str(ended.record["signal"]))
        self.assertLess(took, 20)

    def test_a_programs_own_exit_status_after_term_is_kept(self):
        ended, took = start("trap 'echo cleaned; exit 5' TERM; " + READY).stop(grace=30)
        self.assertEqual((ended.exit_code, ended.stdout), (5, "ready\ncleaned\n"))
        self.assertEqual(ended.record["exit"], 5)
        self.assertLess(took, 20)

    def test_a_deaf_program_is_killed_after_our_grace_and_reported(self):
        ended, took = start("trap '' TERM; " + READY, "--grace=500ms").stop(grace=30)
        self.assertEqual((ended.exit_code, ended.record["exit"]), (137, 137))
        self.assertIn("KILL", str(ended.record["signal"]))
        self.assertGreaterEqual(took, 0.5)
        self.assertLess(took, 20)

    def test_a_deaf_program_is_killed_by_the_engine_if_our_grace_is_longer(self):
        ended, took = start("trap '' TERM; " + READY, "--grace=10m").stop(grace=1)
        self.assertEqual(ended.exit_code, 137)
        self.assertEqual(ended.message, "")  # nobody was left to write it
        self.assertGreaterEqual(took, 1)

    def test_ended_without_a_first_process_of_its_own(self):
        pause = podman.start("worker:1.0", "sleep", "600")
        ended, took = start(READY, options=["--pid=container:" + pause.name]).stop(grace=30)
        self.assertEqual((ended.exit_code, ended.record["exit"]), (143, 143))
        self.assertLess(took, 20)
        pause.stop(0)

    def test_exec_mode_leaves_the_signals_to_the_program(self):
        pause = podman.start("worker:1.0", "sleep", "600")
        started = start(READY, "--supervise=never", options=["--pid=container:" + pause.name])
        ended, took = started.stop(grace=30)
        self.assertEqual((ended.exit_code, ended.message), (143, ""))
        self.assertLess(took, 20)
        pause.stop(0)

    def test_while_a_list_or_a_template_is_waited_for(self):
        folder = podman.new_folder("fifo")
        os.mkfifo(folder / "pipe", 0o644)
        for arguments in (["--index=0", "--items-file=/fifo/pipe"],
                          [*INDEX, "--render", "/fifo/pipe", "/tmp/input"]):
            with self.subTest(arguments[-1]):
                started = podman.start("worker:1.0", "/indexrun", *arguments, "--", "echo",
                                       "started", options=["--volume=%s:/fifo" % folder])
                ended, took = started.stop(grace=30)
                self.assertEqual((ended.exit_code, ended.stdout), (143, ""))
                self.assertEqual((ended.record["exit"], ended.record["signal"]), (143, "TERM"))
                self.assertLess(took, 20)


class Forwarded(unittest.TestCase):
    def test_every_signal_reaches_the_program_and_ends_nothing_else(self):
        names = ["HUP", "INT", "QUIT", "USR1", "USR2", "WINCH", "ALRM", "IO", "PROF"]
        traps = "".join("trap 'echo got %s' %s; " % (name, name) for name in names)
        started = start(traps + READY)
        for name in names:
            podman.podman("kill", "--signal", name, started.name)
            started.wait_for_output("got %s\n" % name)
        ended, _ = started.stop(grace=30)
        self.assertEqual(ended.exit_code, 143)

    def test_stopped_and_continued(self):
        started = start("trap 'echo got USR1' USR1; " + READY)
        podman.podman("kill", "--signal", "TSTP", started.name)
        podman.podman("kill", "--signal", "CONT", started.name)
        podman.podman("kill", "--signal", "USR1", started.name)
        started.wait_for_output("got USR1\n")
        self.assertEqual(started.stop(grace=30)[0].exit_code, 143)

    def test_orphans_are_reaped(self):
        # Each inner shell leaves a child behind that ends later: they become ours.
        started = start("for i in 1 2 3 4 5; do sh -c 'sleep 0.1 &'; done; " + READY)
        for _ in engine.polls("no process left behind"):
            states = podman.podman("exec", started.name, "ps", "-o", "stat,comm").stdout
            if len(re.findall(r"\bsleep\b", states)) == 1:
                break
        self.assertNotIn("Z", re.findall(r"(?m)^\S+", states))
        self.assertEqual(started.stop(grace=30)[0].exit_code, 143)


class Terminal(unittest.TestCase):
    """`podman run -it`: a shell under indexrun has a terminal like any other shell."""

    def setUp(self):
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 99, 0, 0))
        self.addCleanup(os.close, self.ours)
        self.seen = ""
        self.process = subprocess.Popen(
            ["podman", "run", "--rm", "--interactive", "--tty", "--network=none",
             "--env=PS1=ready> ", "worker:1.0", "/indexrun", *INDEX, "--", "sh", "-i"],
            stdin=theirs, stdout=theirs, stderr=theirs, env=podman.environment,
            cwd=podman.folder / "cwd", start_new_session=True)
        os.close(theirs)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)
        self.expect("ready> ")

    def expect(self, text):
        """Reads what appears on the terminal up to and with the text."""
        end = time.monotonic() + engine.DEADLINE
        while text not in self.seen:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.ours], [], [], left)[0]:
                self.fail("no %r on the terminal: %r" % (text, self.seen))
            try:
                self.seen += os.read(self.ours, 4096).decode(errors="replace")
            except OSError:
                self.fail("ended before %r: %r" % (text, self.seen))
        before, _, self.seen = self.seen.partition(text)
        return before

    def type(self, text):
        os.write(self.ours, text.encode())

    def test_a_command_its_job_control_and_the_exit_status(self):
        self.type("test -t 0 && echo a' 'terminal; stty size\n")
        self.expect("a terminal")
        self.expect("33 99")
        self.type("exit 7\n")
        self.assertEqual(self.process.wait(engine.DEADLINE), 7)

    def test_no_complaint_about_job_control(self):
        self.type("echo do'ne'\n")
        self.assertNotIn("job control", self.expect("done"))

    def test_control_c_ends_the_command_in_the_foreground_only(self):
        self.type("echo wait'ing'; cat\n")
        self.expect("waiting")
        # What is typed before cat reads would be the shell's.
        self.type("one\n")
        self.expect("one\r\none")
        self.type("\x03")
        self.expect("ready> ")
        self.type("echo still' 'here\n")
        self.expect("still here")
        self.type("exit 3\n")
        self.assertEqual(self.process.wait(engine.DEADLINE), 3)

    def test_control_z_stops_it_and_fg_continues_it(self):
        self.type("echo wait'ing'; cat\n")
        self.expect("waiting")
        self.type("one\n")
        self.expect("one\r\none")
        self.type("\x1a")
        self.expect("Stopped")
        self.type("fg\n")
        self.expect("fg\r\ncat\r\n")
        self.type("two\n")
        self.expect("two\r\ntwo")
        self.type("\x03")
        self.expect("ready> ")
        self.type("exit 4\n")
        self.assertEqual(self.process.wait(engine.DEADLINE), 4)


if __name__ == "__main__":
    cases.main()
