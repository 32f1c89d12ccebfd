# SPDX-License-Identifier: Apache-2.0
"""Signals: which reach whom, and when."""

import os
import random
import signal
import time

from case import collector
from scene import FAULTS, PROBE, Wrong, alive, check, children_of, name_of, queue, state_of, until

CASES, case = collector()
STOPS = {signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}
KEPT = {signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD} | STOPS
RECORDER = (PROBE, "record-signals")


def recorder(scene, features=None, **state):
    run = scene.run(*RECORDER, features=features, **state)
    run.until_output(b"ready\n")
    return run


def recorded(run, sent, expected=None):
    """Sends the signals one after the other and wants to see what is expected."""
    said = "ready\n"
    expected = expected if expected is not None else [name_of(number) for number in sent]
    for number, name in zip(sent, expected):
        run.send(number)
        if name is not None:
            said += name + "\n"
            run.until_output(said.encode())
    check(run.out.decode() == said, "recorded: %s" % run.out.decode().split())


@case("T16", "TERM, USR1, USR2 end a program with default dispositions: 143, 138, 140")
def defaults(scene):
    for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2):
        run = scene.run("/bin/sh", "-c", "sleep 100 & echo ready; exec sleep 100")
        run.until_output(b"ready")
        run.send(number)
        run.expect(128 + number)


@case("D15", "every signal from 1 to 31 that is no fault and no job control is forwarded")
def each(scene):
    run = recorder(scene)
    recorded(run, [number for number in range(1, 32) if number not in KEPT | FAULTS])


@case("D15b", "fault signals from other processes are forwarded",
      choice="they end it, as they end every program that does not wait for them")
def faults(scene):
    for number in sorted(FAULTS):
        run = recorder(scene)
        recorded(run, [number])


@case("D15c", "killed itself, it takes the program along, on request")
def takes_along(scene):
    run = scene.run(PROBE, "hold", features={"parent_death": "KILL"})
    run.until_output(b"ready")
    program = run.program()
    run.send(signal.SIGKILL)
    until(scene.patience, "the program lives on, unsupervised", lambda: not alive(program))


@case("D20", "TSTP, TTIN and TTOU reach the program (--signal-to program)")
def job_control(scene):
    for number in sorted(STOPS):
        run = recorder(scene, {"alone": True})
        run.send(number)
        run.until_output(("ready\n%s\n" % name_of(number)).encode())
        run.send(signal.SIGCONT)


@case("D19", "TSTP to the init stops the program; CONT continues both")
def stop_and_go(scene):
    run = scene.run(PROBE, "hold")
    run.until_output(b"ready")
    program = run.program()
    run.send(signal.SIGTSTP)
    until(scene.patience, "the program is not stopped", lambda: state_of(program) == "T")
    try:
        # One that stops itself as well must have done so: a CONT before that is none.
        until(0.5, "", lambda: state_of(run.pid) == "T")
    except Wrong:
        pass
    run.send(signal.SIGCONT)
    until(scene.patience, "the program is not continued", lambda: state_of(program) == "S")
    until(scene.patience, "the init is not continued", lambda: state_of(run.pid) == "S")
    run.send(signal.SIGTERM)
    run.expect(143)


@case("D16", "rewritten by name: itself, one, swapped, first and last; never twice")
def rewrite(scene):
    for pairs, sent, expected in (
            ({"TERM": "TERM"}, "TERM", "TERM"),
            ({"TERM": "INT"}, "TERM INT QUIT", "INT INT QUIT"),
            ({"TERM": "INT", "INT": "TERM", "QUIT": "QUIT"}, "TERM INT QUIT", "INT TERM QUIT"),
            ({"HUP": "INT", "INT": "QUIT", "QUIT": "TERM"}, "HUP INT QUIT", "INT QUIT TERM"),
            ({"USR1": "WINCH", "WINCH": "USR1"}, "USR1 WINCH", "WINCH USR1")):
        run = recorder(scene, {"rewrite": pairs})
        recorded(run, [getattr(signal, "SIG" + name) for name in sent.split()], expected.split())


@case("D17", "TSTP, TTIN, TTOU can be rewritten into others")
def rewrite_stops(scene):
    run = recorder(scene, {"rewrite": {"TTIN": "TERM", "TTOU": "INT", "TSTP": "HUP"}})
    said = "ready\n"
    for number, name in ((signal.SIGTTIN, "TERM"), (signal.SIGTTOU, "INT"), (signal.SIGTSTP, "HUP")):
        run.send(number)
        said += name + "\n"
        run.until_output(said.encode())
        # An init that stops itself is continued; the program may see that.
        until(scene.patience, "no state", lambda: state_of(run.pid))
        if state_of(run.pid) == "T":
            run.send(signal.SIGCONT)
            said += "CONT\n"
            run.until_output(said.encode())


@case("D18", "dropped by name: nothing arrives, later ones do")
def drop(scene):
    run = recorder(scene, {"rewrite": {"INT": None, "WINCH": None, "TERM": "QUIT"}})
    recorded(run, [signal.SIGINT, signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP],
             [None, None, "QUIT", "HUP"])


FAMILY = """
(trap 'echo child USR1' USR1; echo ch''ild is ready; while :; do sleep 0.05; done) &
trap 'echo parent USR1' USR1
echo pid $!.
while :; do sleep 0.05; done
"""


@case("D12", "to the program alone: its child does not get the signal")
def alone(scene):
    run = scene.run("/bin/sh", "-c", FAMILY, features={"alone": True})
    child = int(run.line(b"pid ").rstrip("."))
    run.until_output(b"child is ready")
    run.send(signal.SIGUSR1)
    run.until_output(b"parent USR1")
    # Whatever the child got before it got before this one.
    os.kill(child, signal.SIGUSR1)
    run.until_output(b"child USR1")
    os.kill(child, signal.SIGKILL)
    check(run.out.count(b"child USR1") == 1, "the child got it too")


@case("T17", "to the whole group: what the program waits for gets it")
def group(scene):
    run = scene.run("/bin/sh", "-c",
                    "sleep 100 & trap '' USR1; echo ready; wait $!; echo $?; exit 7",
                    features={"group": True})
    run.until_output(b"ready")
    run.send(signal.SIGUSR1)
    run.expect(7)
    run.read_rest()
    check(b"138" in run.out, "its child ended otherwise")


@case("D11", "TERM ends a shell and the two pipelines that it runs")
def tree(scene):
    run = scene.run("/bin/sh", "-c", "yes | tail & yes | tail >&2")
    program = run.program()
    def family():
        found = [program]
        for pid in found:
            found += children_of(pid)
        return found if len(found) >= 5 else None
    five = until(scene.patience, "not five", family)
    run.send(signal.SIGTERM)
    check(run.wait() == 143, "status %d" % run.shell_status())
    until(scene.patience, "some live on", lambda: not any(alive(pid) for pid in five))


@case("T20", "the death of its parent is a signal to it, which is forwarded")
def parent_death(scene):
    script = ('trap "echo ok; exit 0" USR1; kill -KILL $PARENT; while :; do sleep 0.05; done')
    argv = scene.init.argv("/bin/sh", "-c", script, parent_death="USR1")
    run = scene.without("/bin/sh", "-c", 'export PARENT=$$; "$0" "$@" & wait', *argv)
    run.until_output(b"ok")


@case("N6", "50 real-time signals with a value: all, in order, with their values")
def real_time(scene):
    run = recorder(scene)
    for value in range(1, 51):
        queue(run.pid, 40, value)
    run.until_output(("ready\n" + "".join("40=%d\n" % value for value in range(1, 51))).encode())


@case("N6b", "50 real-time signals: none lost, none twice")
def real_time_count(scene):
    run = recorder(scene)
    for value in range(1, 51):
        queue(run.pid, 40, value)
    until(scene.patience, "some are lost", lambda: run.said_lines("40") >= 50)
    run.send(signal.SIGHUP)
    run.until_output(b"HUP")
    check(run.said_lines("40") == 50, "%d arrived" % run.said_lines("40"))


@case("N14", "CHLD, URG and WINCH to it end nothing, and CHLD is not forwarded")
def harmless(scene):
    run = recorder(scene)
    for number in (signal.SIGCHLD, signal.SIGURG, signal.SIGWINCH, signal.SIGCHLD):
        run.send(number)
    run.send(signal.SIGUSR2)
    run.until_output(b"USR2")
    check(b"CHLD" not in run.out, "CHLD was forwarded")
    check(not run.ended(), "it ended")


@case("N7", "a stopped program: not ended; TERM ends it without a CONT from elsewhere")
def stopped(scene):
    run = scene.run(PROBE, "hold")
    run.until_output(b"ready")
    program = run.program()
    os.kill(program, signal.SIGSTOP)
    until(scene.patience, "not stopped", lambda: state_of(program) == "T")
    run.send(signal.SIGWINCH)
    check(not run.ended(), "it took this for the end")
    run.send(signal.SIGTERM)
    run.expect(143)


def early(scene, features, runs=300):
    """Signals at random moments around the start; the seed is fixed, the machine is not."""
    moments = random.Random(features.get("group", 7))
    lost = 0
    patience = scene.patience if scene.init.name == "indexrun" else 1.0
    for _ in range(runs):
        run = scene.run("/bin/sleep", "600", features=features)
        end = time.perf_counter() + moments.uniform(0, 0.003)
        while time.perf_counter() < end:
            pass
        run.send(signal.SIGTERM)
        run.patience = patience
        try:
            check(run.wait() == 143, "status %d" % run.shell_status())
        except Wrong:
            if run.ended():
                raise
            lost += 1
            run.send(signal.SIGKILL)
        run.give_up()
    check(lost == 0, "%d of %d lost" % (lost, runs))


@case("N4", "a TERM at any moment of the start is not lost (300 starts)")
def early_alone(scene):
    early(scene, {"alone": True})


@case("N4b", "the same to the whole group")
def early_group(scene):
    early(scene, {"group": True})
