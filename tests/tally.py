#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sums up meson test runs: tally.py LOG..., each the path of a log without its ".json".

Single cases are counted where a test program reports them (GoogleTest, TAP). A log that is missing
stands for a build that failed. The last line is "N passed, N failed"; the exit status is 1 if
anything failed. With INDEXRUN_MUST_WORK set, what was skipped has failed.
"""

import json
import os
import sys
import xml.etree.ElementTree as ElementTree

GOOD = {"OK", "EXPECTEDFAIL"}


def reported_cases(path):
    """Each case that a test program reported: (suite without the project, case, state)."""
    for suite in ElementTree.parse(path).getroot().iter("testsuite"):
        project, dot, name = suite.get("name").partition(".")
        if not dot:
            continue  # tests with one result each: the other log tells more of them
        for case in suite.iter("testcase"):
            state = "passed"
            if case.find("failure") is not None or case.find("error") is not None:
                state = "failed"
            elif case.find("skipped") is not None or case.get("status") == "notrun":
                state = "skipped"
            yield name, case.get("name"), state


def outcomes(log):
    """(name, state) of everything that one run of meson tested."""
    if not os.path.exists(log + ".json"):
        yield log + " (no log: not built)", "failed"
        return
    cases = list(reported_cases(log + ".junit.xml"))
    with open(log + ".json", encoding="utf-8") as lines:
        for line in lines:
            test = json.loads(line)
            name = test["name"]
            known = [(suite, case, state) for suite, case, state in cases
                     if suite == name or suite.startswith(name + ".")]
            for suite, case, state in known:
                yield "%s.%s" % (suite, case), state
            good = test["result"] in GOOD
            if test["result"] == "SKIP" and not known:
                yield name, "skipped"
            elif not good and not any(state == "failed" for _, _, state in known):
                # Died, timed out, or a sanitizer spoke up after the last case.
                yield "%s (%s)" % (name, test["result"]), "failed"
            elif good and not known:
                yield name, "passed"


def main():
    found = {"passed": [], "failed": [], "skipped": []}
    for log in sys.argv[1:]:
        for name, state in outcomes(log):
            found[state].append("%s: %s" % (log.split("/")[0], name))
    if os.environ.get("INDEXRUN_MUST_WORK"):
        found["failed"] += [name + " (skipped)" for name in found.pop("skipped")]
    for state in ("skipped", "failed"):
        for name in found.get(state, []):
            print("%s  %s" % (state, name))
    print("%d passed, %d failed" % (len(found["passed"]), len(found["failed"])))
    return 1 if found["failed"] or not found["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
