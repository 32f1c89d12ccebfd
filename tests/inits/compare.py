#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plays every case with every init and prints who does what right.

    compare.py INDEXRUN [--only CASE,...] [--alone] [--page man/indexrun-inits.7.scd]

Ends with 1 if indexrun does not do what a case asks for; the others are only told. `--page` puts the
table into the manual page, between the comments that say where.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import textwrap
import time
import traceback

import inits
import scene
import cases_ends
import cases_orphans
import cases_signals
import cases_starts
import cases_streams
import cases_terminal

MODULES = (cases_starts, cases_signals, cases_orphans, cases_ends, cases_streams, cases_terminal)
# The cases mostly wait.
AT_ONCE = 2 * len(os.sched_getaffinity(0))
# To meson.
SKIPPED = 77
# Seconds for one case.
LONGEST = 150
RIGHT, WRONG, NOT_OFFERED, CHOSEN = "yes", "no", "-", "(no)"


def end_descendants():
    """Whatever a case has left behind; this process is the reaper of all of it."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        for pid in scene.children_of(os.getpid()):
            for number in (signal.SIGKILL, signal.SIGCONT):
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def verdict(case, init, folder):
    try:
        note = case.play(scene.Scene(init, folder))
        return RIGHT, note or ""
    except inits.NotOffered:
        return NOT_OFFERED, ""
    except scene.Wrong as wrong:
        return WRONG, str(wrong)


def play(case, init, folder, answer):
    """The life of a process that plays one case: its verdict goes into the file."""
    os.setsid()
    scene.subreaper()
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST)
    try:
        os.chmod(folder, 0o755)
        found = verdict(case, init, folder)
    except BaseException:  # pylint: disable=broad-except
        found = ("broken", traceback.format_exc())
    signal.alarm(0)
    end_descendants()
    answer.write_text(json.dumps(found), encoding="utf-8")


def too_long(*_):
    raise scene.Wrong("takes too long")


def play_all(cases, everybody):
    """{(case, init): (verdict, text)}; every case in a process and a folder of its own."""
    found, running = {}, {}
    waiting = [(case, init) for case in cases for init in everybody]
    root = pathlib.Path(tempfile.mkdtemp(prefix="inits_"))
    root.chmod(0o755)
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            case, init = waiting.pop(0)
            folder = root / ("%s_%s" % (case.name, init.name))
            folder.mkdir()
            answer = folder.with_suffix(".json")
            pid = os.fork()
            if pid == 0:
                play(case, init, str(folder), answer)
                os._exit(0)
            running[pid] = (case, init, answer)
        pid, _ = os.wait()
        case, init, answer = running.pop(pid)
        found[case.name, init.name] = (json.loads(answer.read_text(encoding="utf-8"))
                                       if answer.exists() else ("broken", "no verdict"))
    shutil.rmtree(root, ignore_errors=True)
    for case in cases:
        key = (case.name, everybody[0].name)
        if case.choice and found[key][0] == WRONG:
            found[key] = (CHOSEN, case.choice)
    return found


def print_table(cases, everybody, found):
    width = max(len(case.title) for case in cases)
    print("%-5s %-*s  %s" % ("", width, "", " ".join("%-11s" % one.name for one in everybody)))
    for case in cases:
        cells = " ".join("%-11s" % found[case.name, one.name][0] for one in everybody)
        print("%-5s %-*s  %s" % (case.name, width, case.title, cells))
    print()
    for (name, who), (answer, text) in sorted(found.items()):
        if text:
            print("%-5s %-11s %s: %s" % (name, who, answer, " ".join(text.split())))
    print("\nyes: as the case asks; no: not so; -: has no such feature; (no): by choice")


def page_table(cases, everybody, found):
    """Lines of at most 69 characters: what fits into a page of 80 columns as it stands."""
    for number, one in enumerate(everybody):
        yield "     " + "|    " * number + one.name
    for case in cases:
        cells = "".join("%-5s" % found[case.name, one.name][0] for one in everybody)
        lines = textwrap.wrap(case.title, 39, break_on_hyphens=False)
        yield ("%-5s%s%s" % (case.name, cells, lines[0])).rstrip()
        for line in lines[1:]:
            yield " " * 30 + line


def write_page(path, table):
    begin, end = "; the measured table begins\n", "; the measured table ends\n"
    page = path.read_text(encoding="utf-8")
    head, rest = page.split(begin)
    path.write_text(head + begin + "\n```\n" + "\n".join(table) + "\n```\n\n" + end
                    + rest.split(end)[1], encoding="utf-8")


def failures(cases, everybody, found):
    """What makes this a failed test."""
    ours = everybody[0].name
    for case in cases:
        for one in everybody:
            answer, text = found[case.name, one.name]
            if answer == "broken" or (one.name == ours and answer == WRONG):
                yield "%s %s: %s" % (case.name, one.name, text)
        answer = found[case.name, ours][0]
        if case.choice and answer != CHOSEN:
            yield "%s: %s is said to be otherwise by choice, and is not" % (case.name, ours)
        if answer == NOT_OFFERED:
            yield "%s: %s does not offer it" % (case.name, ours)


def main():
    if os.geteuid() != 0:
        print("root is needed, to mount and to make PID namespaces")
        sys.exit(1 if os.environ.get("INDEXRUN_MUST_WORK") == "1" else SKIPPED)
    # Whoever started us may have left descriptors open that the cases would find.
    os.closerange(3, 1024)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("indexrun")
    parser.add_argument("--only", default="")
    parser.add_argument("--alone", action="store_true", help="without the other inits")
    parser.add_argument("--page", type=pathlib.Path)
    arguments = parser.parse_args()
    wanted = set(filter(None, arguments.only.split(",")))
    cases = [case for module in MODULES for case in module.CASES
             if not wanted or case.name in wanted]
    if not cases or len({case.name for case in cases}) != len(cases):
        sys.exit("no such case, or one name for two")
    everybody = inits.everybody(os.path.abspath(arguments.indexrun))
    if arguments.alone:
        del everybody[1:]
    found = play_all(cases, everybody)
    print_table(cases, everybody, found)
    if arguments.page:
        write_page(arguments.page, page_table(cases, everybody, found))
    faults = list(failures(cases, everybody, found))
    for fault in faults:
        print("FAILED " + fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
