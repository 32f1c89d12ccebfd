# SPDX-License-Identifier: Apache-2.0
"""At a terminal."""

import signal

from case import collector
from scene import PROBE, check

CASES, case = collector()


@case("T21", "exit 0 typed into a shell ends it")
def typed_exit(scene):
    run = scene.run("/bin/dash", "-i", terminal=True, stdin=None, env={"PS1": "$ "})
    run.until_output(b"$ ")
    run.type(b"exit 0\n")
    run.expect(0)


@case("T22", "Ctrl-C ends a loop: 130")
def control_c(scene):
    run = scene.run("/bin/dash", "-c", "echo ready; while :; do sleep 0.05; done", terminal=True,
                    stdin=None)
    run.until_output(b"ready")
    run.type(b"\x03")
    run.expect(130)


@case("D22", "tac reads to the end of input and prints in reverse")
def reverse(scene):
    run = scene.run("/usr/bin/tac", terminal=True, stdin=None)
    run.type(b"foo\nbar\nbaz\n\x04")
    run.expect(0)
    run.until_output(b"baz\r\nbar\r\nfoo\r\n")


@case("D23", "a shell has job control")
def monitor(scene):
    run = scene.run("/bin/bash", "-mc", "echo flags $-.", terminal=True, stdin=None)
    flags = run.line(b"flags ")
    run.expect(0)
    check("m" in flags, "flags %s" % flags)
    check(b"no job control" not in run.out, "no job control")


@case("D24", "leader of a session: no HUP or CONT of its own making, a real HUP once")
def leader(scene):
    run = scene.run(PROBE, "record-signals", "1", "5", terminal=True, stdin=None)
    run.until_output(b"ready\r\n")
    run.send(signal.SIGHUP)
    run.expect(5)
    run.until_output(b"ready\r\nHUP\r\n")


SHELL = {"PS1": "$ ", "HISTFILE": "/dev/null"}


def stop_and_go(run, shell):
    """The job at this terminal is stopped and taken back, in the words of its shell."""
    run.until_next(b"ready\r\n")
    run.type(b"\x1a")
    run.until_next(b"Stopped")
    run.until_next(b"$ ")
    run.type(b"fg\n")
    # What is typed while the terminal changes hands may be lost.
    run.until_foreground(lambda group: group != shell)
    run.type(b"hello\n")
    run.until_next(b"got hello.")
    run.until_next(b"$ ")


@case("N12", "Ctrl-Z stops a job of an interactive shell under it, fg continues it")
def job_control(scene):
    run = scene.run("/bin/bash", "--norc", "-i", terminal=True, stdin=None, env=SHELL)
    run.until_next(b"$ ")
    run.type(b"sh -c 'echo re\"\"ady; read x; echo got $x.'\n")
    stop_and_go(run, run.program())
    run.type(b"exit 3\n")
    run.expect(3)


@case("N12b", "one Ctrl-C is one INT")
def once(scene):
    script = "n=0; trap 'n=$((n+1)); echo int $n.' INT; echo ready; read a; read a; echo end $n."
    run = scene.run("/bin/sh", "-c", script, terminal=True, stdin=None)
    run.until_output(b"ready")
    run.type(b"\x03")
    run.until_output(b"int 1.")
    run.type(b"x\ny\n")
    run.until_output(b"end 1.")
    run.expect(0)


def shell_with(scene, argv, end):
    """An interactive shell, and the command line typed into it."""
    shell = scene.without("/bin/bash", "--norc", "-i", terminal=True, stdin=None, env=SHELL)
    shell.until_next(b"$ ")
    shell.type((" ".join("'%s'" % word for word in argv) + end).encode())
    return shell


@case("N12c", "under a shell: Ctrl-Z stops the job, fg continues it, the status is the program's")
def under_a_shell(scene):
    argv = scene.init.argv("/bin/sh", "-c", 'echo re""ady; read x; echo got $x.; exit 5')
    shell = shell_with(scene, argv, "\n")
    stop_and_go(shell, shell.pid)
    shell.type(b"echo status $?.\n")
    shell.until_next(b"status 5.")
    shell.until_next(b"$ ")
    shell.type(b"exit 0\n")
    shell.expect(0)


@case("N12d", "in the background it leaves the terminal to whoever has it")
def background(scene):
    shell = shell_with(scene, scene.init.argv(PROBE, "hold"), " &\n")
    shell.until_next(b"ready\r\n")
    shell.type(b"echo st\"\"ill $((20+3)).\n")
    shell.until_next(b"still 23.")
    shell.until_next(b"$ ")
    shell.type(b"kill %1; wait %1; echo st\"\"atus $?.\n")
    shell.until_next(b"status 143.")
    shell.until_next(b"$ ")
    shell.type(b"exit 0\n")
    shell.expect(0)
