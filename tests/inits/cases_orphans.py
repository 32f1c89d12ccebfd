# SPDX-License-Identifier: Apache-2.0
"""Orphans: adopted, reaped, and ended with the program."""

import os
import signal

from case import collector
from scene import PROBE, alive, check, children_of, state_of, stat_of, until

CASES, case = collector()
HUNDRED = "i=0; while [ $i -lt 100 ]; do (sleep 0.4 &); i=$((i+1)); done; echo ready; read line"


def reaps(scene, features):
    run = scene.run("/bin/sh", "-c", HUNDRED, features=features, stdin=None)
    program = run.program()
    run.until_output(b"ready")
    for pid in children_of(run.pid):
        found = stat_of(pid)
        check(found is None or found[2] == program or found[0] == "Z", "one left the group")
    until(scene.patience + 5, "not adopted, or zombies remain",
          lambda: children_of(run.pid) == [program])
    check(children_of(os.getpid()) == [run.pid], "orphans came to the caller")
    run.type(b"\n")
    run.expect(0)
    run.read_rest()
    return run


@case("T14", "100 orphans are adopted and reaped; not a word on stderr")
def hundred(scene):
    check(reaps(scene, {}).err == b"", "there was noise")


@case("T18", "the same without any option, not being PID 1")
def by_itself(scene):
    run = reaps(scene, {"plain": True})
    check(run.err == b"", "there was noise")


@case("T15", "on request each reaped orphan is told")
def told(scene):
    run = reaps(scene, {"report_orphans": True})
    check(run.err.lower().count(b"reaped") >= 100,
          "%d lines" % run.err.lower().count(b"reaped"))


@case("D25", "as PID 1 an orphan's zombie is gone at once")
def first(scene):
    script = ("sh -c 'true & echo $! >orphan'; "
              "while [ -d /proc/$(cat orphan) ]; do :; done; echo gone")
    run, _ = scene.first("/bin/sh", "-c", script)
    run.until_output(b"gone")


@case("N8", "5,000 orphans at once: no zombie, the program's status intact")
def storm(scene):
    run = scene.run(PROBE, "fork-orphans", "5000", "then", "hold")
    program = run.program()
    run.patience = max(run.patience, 20)
    run.until_output(b"ready")
    until(run.patience, "zombies remain", lambda: set(children_of(run.pid)) <= {program})
    run.send(signal.SIGUSR1)
    run.expect(138)


@case("N8b", "5,000 zombies that the program leaves behind do not delay the end")
def inherited_zombies(scene):
    run = scene.run(PROBE, "fork-orphans", "5000", "then", "exit", "41")
    run.patience = 20
    run.expect(41)


@case("C1", "the program's end together with an orphan's is never missed (200 runs)")
def coalesced(scene):
    script = "sh -c 'sleep 0.01 & kill -9 $$'; sleep 0.0087"
    for _ in range(200):
        run = scene.run("/bin/sh", "-c", script)
        run.expect(0)
        run.give_up()


BACKGROUND = """
sh -c 'trap "echo left got TERM; exit" TERM; trap "echo left got USR1; exit" USR1
       echo left is ready; while :; do sleep 0.05; done' &
read line; exit 0
"""


@case("D13", "what the program leaves behind is told to end (TERM)")
def left(scene):
    run = scene.run("/bin/sh", "-c", BACKGROUND, stdin=None)
    run.until_output(b"left is ready")
    run.type(b"\n")
    run.expect(0)
    run.until_output(b"left got TERM")


@case("D14", "on request it is left alone")
def left_alone(scene):
    run = scene.run("/bin/sh", "-c", "echo pid $$.; " + BACKGROUND, stdin=None,
                    features={"leave_alone": True})
    run.until_output(b"left is ready")
    orphan = next(pid for pid in children_of(run.program()))
    run.type(b"\n")
    until(scene.patience, "the program does not end",
          lambda: stat_of(orphan) is None or stat_of(orphan)[1] != int(run.line(b"pid ")[:-1]))
    check(alive(orphan), "it was ended")
    os.kill(orphan, signal.SIGUSR1)
    run.until_output(b"left got USR1")
    check(b"TERM" not in run.out, "it got a TERM")
    run.expect(0)


def survivor(scene, kind):
    run = scene.run(PROBE, "leave-behind", kind, "then", "exit", "4")
    pid = int(run.line(b""))
    run.expect(4)
    check(not alive(pid), "it lives on")


@case("N13", "a plain orphan ends before the init does")
def plain_one(scene):
    survivor(scene, "obedient")


@case("N13b", "so does one that ignores TERM")
def stubborn_one(scene):
    survivor(scene, "stubborn")


@case("N13c", "so does one in a session of its own")
def session_one(scene):
    survivor(scene, "session")


@case("N13d", "so does a stopped one")
def stopped_one(scene):
    survivor(scene, "stopped")


@case("N13e", "an orphan's descendants that left its group end too")
def deep_one(scene):
    script = "setsid sh -c 'setsid sleep 600 & echo pid $!.; wait' & read line; exit 5"
    run = scene.run("/bin/sh", "-c", script, stdin=None)
    pid = int(run.line(b"pid ").rstrip("."))
    run.type(b"\n")
    run.expect(5)
    check(not alive(pid), "it lives on")
    check(state_of(pid) is None, "it is a zombie")
