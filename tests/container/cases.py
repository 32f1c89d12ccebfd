# SPDX-License-Identifier: Apache-2.0
"""Runs the unittest cases of a test program and reports them to meson as TAP.

Nothing is ever skipped: a machine without a container engine fails these tests.
"""

import sys
import unittest


class TapResult(unittest.TestResult):
    """One line a case; what went wrong follows as comments."""

    def __init__(self):
        super().__init__()
        self.count = 0

    def _report(self, good, test, trace=""):
        self.count += 1
        name = test.id().removeprefix("__main__.").replace("#", "")
        print("%s %d - %s" % ("ok" if good else "not ok", self.count, name))
        for line in trace.splitlines():
            print("# " + line)
        sys.stdout.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self._report(True, test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._report(False, test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self._report(False, test, self.errors[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            trace = (self.failures + self.errors)[-1][1]
            for traces in (self.failures, self.errors):
                if traces and traces[-1][0] is subtest:
                    trace = traces[-1][1]
            self._report(False, subtest, trace)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._report(False, test, "skipped: " + reason)


def main():
    """Runs the cases of the calling program; names as arguments choose some of them."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    module = sys.modules["__main__"]
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(
        module)
    result = TapResult()
    suite.run(result)
    print("1..%d" % result.count)
    sys.exit(0 if result.wasSuccessful() and result.count else 1)
