# SPDX-License-Identifier: Apache-2.0
"""Output to files: redirected, or copied on the way."""

import pathlib
import signal

from case import collector
from scene import PROBE, check

CASES, case = collector()


def text(scene, name):
    return (pathlib.Path(scene.folder) / name).read_bytes()


@case("B1", "standard output or standard error into a file, exactly")
def redirected(scene):
    for stream, other, number in (("stdout", "stderr", 1), ("stderr", "stdout", 2)):
        run = scene.run("/bin/sh", "-c", "echo hi there >&%d" % number,
                        features={stream: "out", other: "err"})
        run.expect(0)
        run.read_rest()
        check(text(scene, "out") == b"hi there\n" and text(scene, "err") == b"",
              "the files hold something else")
        check(run.out + run.err == b"", "it was printed too")


@case("K2", "copies of both outputs in files, folders made")
def copied(scene):
    run = scene.run("/bin/sh", "-c", "echo out; echo err >&2",
                    features={"tee_stdout": "a/b/out", "tee_stderr": "c/err"})
    run.expect(0)
    run.read_rest()
    check((run.out, run.err) == (b"out\n", b"err\n"), "printed %r %r" % (run.out, run.err))
    check((text(scene, "a/b/out"), text(scene, "c/err")) == (b"out\n", b"err\n"), "not in the files")


@case("K3", "one file for both copies holds all bytes")
def one_file(scene):
    script = "i=0; while [ $i -lt 500 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done"
    run = scene.run("/bin/sh", "-c", script, features={"tee_stdout": "all", "tee_stderr": "all"})
    run.expect(0)
    run.read_rest()
    found = sorted(text(scene, "all").split(b"\n"))
    check(found == sorted((run.out + run.err).split(b"\n")), "lines are missing or torn")
    check(len(run.out.splitlines()) == 500, "%d lines" % len(run.out.splitlines()))


@case("K4", "interrupted, the copy has what was printed: 130")
def interrupted(scene):
    run = scene.run("/bin/sh", "-c", "echo x && exec sleep 600", features={"tee_stdout": "out"})
    run.until_output(b"x\n")
    run.send(signal.SIGINT)
    run.expect(130)
    check(text(scene, "out") == b"x\n", "the file holds %r" % text(scene, "out"))


@case("A3", "a copy of standard output is complete")
def whole_copy(scene):
    run = scene.run(PROBE, "print-lines", "20000", "100", "x", features={"tee_stdout": "out"})
    run.expect(0)
    run.read_rest()
    check(len(run.out) == 20000 * 101, "printed %d bytes" % len(run.out))
    check(text(scene, "out") == run.out, "the file holds %d bytes" % len(text(scene, "out")))


@case("A4", "standard error is in the file of both")
def combined(scene):
    run = scene.run("/bin/sh", "-c", "echo failed >&2", features={"tee_stdout": "combined",
                                                                   "tee_stderr": "combined"})
    run.expect(0)
    check(text(scene, "combined") == b"failed\n", "it is not")


@case("A5", "an orphan that holds the copied output does not delay the end")
def background(scene):
    script = "(sleep 600; echo late) & echo mine"
    run = scene.run("/bin/sh", "-c", script, features={"tee_stdout": "out"})
    run.expect(0)
    check(text(scene, "out") == b"mine\n", "the file holds %r" % text(scene, "out"))


@case("A5b", "nor if it left the session and ignores TERM")
def stubborn(scene):
    script = "setsid sh -c 'trap \"\" TERM; sleep 600' & echo mine"
    run = scene.run("/bin/sh", "-c", script, features={"tee_stdout": "out"})
    run.expect(0)
    check(text(scene, "out") == b"mine\n", "the file holds %r" % text(scene, "out"))
