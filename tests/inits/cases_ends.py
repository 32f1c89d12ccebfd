# SPDX-License-Identifier: Apache-2.0
"""Ends: exit statuses, time limits, being told to stop."""

import os
import signal
import time

from case import collector
from scene import PROBE, check, state_of, until

CASES, case = collector()


@case("T12", "each of the 256 statuses can be made 0")
def to_zero(scene):
    for code in range(256):
        found = scene.status(PROBE, "exit", str(code), features={"to_zero": [code]})
        check(found == 0, "%d became %d" % (code, found))


@case("T13", "with all others made 0, each of the 256 statuses is unchanged")
def others_to_zero(scene):
    for code in range(256):
        others = [other for other in range(256) if other != code]
        found = scene.status(PROBE, "exit", str(code), features={"to_zero": others})
        check(found == code, "%d became %d" % (code, found))


@case("D8", "0, 1, 2, 32, 64, 127, 254, 255 are relayed")
def statuses(scene):
    for code in (0, 1, 2, 32, 64, 127, 254, 255):
        scene.run(PROBE, "exit", str(code)).expect(code)


@case("D9", "death by TERM, HUP, QUIT, KILL is 128 + n")
def deaths(scene):
    for name, number in (("TERM", 15), ("HUP", 1), ("QUIT", 3), ("KILL", 9)):
        scene.run(PROBE, "die", name).expect(128 + number)


@case("C2", "the program's own 127 is 127")
def own_127(scene):
    scene.run("/bin/sh", "-c", "exit 127").expect(127)


@case("A1", "exit is 0")
def plain_exit(scene):
    scene.run("/bin/sh", "-c", "exit").expect(0)


@case("A2", "exit 1 is 1")
def failing_exit(scene):
    scene.run("/bin/sh", "-c", "exit 1").expect(1)


@case("B2", "exit 71 is 71")
def bazel_exit(scene):
    scene.run("/bin/sh", "-c", "exit 71").expect(71)


@case("B3", "death by ABRT is 134")
def aborted(scene):
    scene.run("/bin/sh", "-c", "kill -ABRT $$").expect(134)


@case("K5", "a time limit ends the program: 124")
def limit(scene):
    scene.run("/bin/sleep", "600", features={"timeout": "1ms"}).expect(124)


@case("B4", "the limit decides, not what the program makes of the TERM")
def limit_decides(scene):
    script = "trap 'echo later; exit 0' TERM; echo ready; while :; do sleep 0.02; done"
    run = scene.run("/bin/sh", "-c", script, features={"timeout": "400ms", "grace": "60s"})
    run.expect(124)
    run.read_rest()
    check(run.out == b"ready\nlater\n", "output %r" % run.out)


@case("B5", "what the program printed before the limit is there")
def limit_output(scene):
    run = scene.run("/bin/sh", "-c", "echo before; sleep 600; echo after",
                    features={"timeout": "400ms", "grace": "60s"})
    run.expect(124)
    run.read_rest()
    check(run.out == b"before\n", "output %r" % run.out)


@case("B6", "a program that ends after the limit's TERM is not waited for any longer")
def limit_no_longer(scene):
    script = ("trap 'echo told' TERM; i=0; while [ $i -lt 20 ]; do sleep 0.05; i=$((i+1)); done; "
              "echo done")
    run = scene.run("/bin/sh", "-c", script, features={"timeout": "300ms", "grace": "100000s"})
    run.expect(124)
    run.read_rest()
    check(run.out == b"told\ndone\n", "output %r" % run.out)


@case("B7", "nor is one that ignores the TERM and ends by itself")
def limit_ignored(scene):
    script = "trap '' TERM; i=0; while [ $i -lt 20 ]; do sleep 0.05; i=$((i+1)); done; echo done"
    run = scene.run("/bin/sh", "-c", script, features={"timeout": "300ms", "grace": "100000s"})
    run.expect(124)
    run.read_rest()
    check(run.out == b"done\n", "output %r" % run.out)


@case("B8", "one that ignores the TERM for ever is killed after the grace: 124")
def limit_kills(scene):
    begun = time.monotonic()
    run = scene.run("/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.05; done",
                    features={"timeout": "200ms", "grace": "300ms"})
    run.expect(124)
    check(time.monotonic() - begun >= 0.5, "the grace was not waited for")


@case("K6", "told to stop with a limit armed: 143, and no error when it ends before")
def cancelled(scene):
    run = scene.run(PROBE, "hold", features={"timeout": "1h"})
    run.until_output(b"ready")
    run.send(signal.SIGTERM)
    run.expect(143)
    scene.run(PROBE, "exit", "0", features={"timeout": "1h"}).expect(0)


@case("G1", "TERM, a grace, then KILL: 137")
def grace(scene):
    run = scene.run(PROBE, "hold", "TERM", features={"grace": "200ms"})
    run.until_output(b"ready")
    run.send(signal.SIGTERM)
    run.expect(137)


@case("G2", "a program stopped in the middle of its grace is still killed")
def grace_stopped(scene):
    run = scene.run("/bin/sh", "-c", "trap 'kill -STOP $$' TERM; echo ready; "
                    "while :; do sleep 0.02; done", features={"grace": "500ms"})
    run.until_output(b"ready")
    run.send(signal.SIGTERM)
    run.expect(137)


@case("G3", "nested in itself: a TERM to the outer one reaches the program, once")
def nested(scene):
    inner = scene.init.argv(PROBE, "record-signals", "2", "6")
    run = scene.run(*inner)
    run.until_output(b"ready\n")
    run.send(signal.SIGTERM)
    run.until_output(b"ready\nTERM\n")
    run.send(signal.SIGHUP)
    run.expect(6)
    run.read_rest()
    check(run.out == b"ready\nTERM\nHUP\n", "recorded %r" % run.out)


@case("G4", "its reader sees the end of the output when the program closes it")
def end_of_output(scene):
    os.mkfifo(scene.folder + "/fifo")
    run = scene.run("/bin/sh", "-c", "echo last; exec >/dev/null 2>&1; read x <fifo")
    run.until_output(b"last\n")
    def closed():
        run._pump(0.05)
        return "out" not in run._streams.values()
    until(scene.patience, "the init holds it open", closed)
    check(state_of(run.pid) is not None, "it ended")
