# SPDX-License-Identifier: Apache-2.0
"""The inits that are compared, and how each is asked for what a case needs.

What an init has no option for is NotOffered: the case does not apply to it.
"""

import shutil
import subprocess


class NotOffered(Exception):
    """The init has no such feature."""


class Init:
    """One init: its name, and its command line for a program."""

    name = ""
    # Whose verdict decides: the others may be slow to be called wrong, but not for ever.
    patience = 8.0

    def __init__(self, path=None):
        self.path = path or shutil.which(self.name)
        if self.path is None:
            raise RuntimeError("%s is not installed" % self.name)

    def base(self):
        """The options that every run has."""
        return []

    def option(self, feature, value):
        """The arguments that ask for a feature; NotOffered by default."""
        raise NotOffered(feature)

    def argv(self, *program, **features):
        """The command line that runs the program with these features."""
        words = [self.path, *self.base()]
        for feature, value in features.items():
            words += self.option(feature, value)
        return [*words, "--", *program]

    def version(self):
        done = subprocess.run([self.path, "--version"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        return done.stdout.split("\n")[0].strip()


class Indexrun(Init):
    name = "indexrun"
    patience = 60.0
    WORDS = {
        "alone": lambda _: [],
        "group": lambda _: ["--signal-to=group"],
        "parent_death": lambda signal: ["--parent-death-signal", signal],
        "to_zero": lambda codes: ["--allow-term-success",
                                  *("--map-exit=%d=0" % code for code in codes)],
        "rewrite": lambda pairs: ["--map-signal=%s=%s" % (old, new or "drop")
                                  for old, new in pairs.items()],
        "timeout": lambda time: ["--timeout", time],
        "grace": lambda time: ["--grace", time],
        "stdout": lambda path: ["--stdout", path],
        "stderr": lambda path: ["--stderr", path],
        "tee_stdout": lambda path: ["--tee-stdout", path],
        "tee_stderr": lambda path: ["--tee-stderr", path],
        "leave_alone": lambda _: ["--wait-all"],
        "list": lambda path: ["--index=0", "--items-file", path],
        "report_orphans": lambda _: ["-v", "-v"],
        "plain": lambda _: [],
    }

    def base(self):
        return ["--supervise=always"]

    def option(self, feature, value):
        return self.WORDS[feature](value)

    def argv(self, *program, **features):
        words = [self.path, *self.base(), *([] if "list" in features else ["--no-index"])]
        for feature, value in features.items():
            words += self.option(feature, value)
        return [*words, "--", *program]

    def becoming(self, *program):
        """The command line with which it becomes the program instead of supervising it."""
        return [self.path, "--supervise=never", "--no-index", "--", *program]


class Tini(Init):
    name = "tini"

    def base(self):
        return ["-s"]

    def option(self, feature, value):
        if feature in ("alone", "leave_alone"):
            return []
        if feature == "plain":
            raise NotOffered(feature)
        if feature == "group":
            return ["-g"]
        if feature == "parent_death":
            return ["-p", "SIG" + value]
        if feature == "to_zero":
            return [word for code in value for word in ("-e", str(code))]
        if feature == "report_orphans":
            return ["-w"]
        return super().option(feature, value)

    def argv(self, *program, **features):
        if "plain" in features:
            return [self.path, "--", *program]
        return super().argv(*program, **features)


class TiniStatic(Tini):
    name = "tini-static"


class DumbInit(Init):
    name = "dumb-init"
    NUMBERS = {"HUP": 1, "INT": 2, "QUIT": 3, "USR1": 10, "TERM": 15, "TSTP": 20, "TTIN": 21,
               "TTOU": 22, "WINCH": 28, "SYS": 31, None: 0}

    def option(self, feature, value):
        if feature in ("group", "plain"):
            return []
        if feature in ("alone", "leave_alone"):
            return ["--single-child"]
        if feature == "rewrite":
            return [word for old, new in value.items()
                    for word in ("-r", "%d:%d" % (self.NUMBERS[old], self.NUMBERS[new]))]
        return super().option(feature, value)


class Catatonit(Init):
    name = "catatonit"

    def option(self, feature, value):
        if feature in ("alone", "leave_alone", "plain"):
            return []
        if feature == "group":
            return ["-g"]
        return super().option(feature, value)


def everybody(indexrun):
    """All of them; the first is the one that must do everything right."""
    return [Indexrun(indexrun), Tini(), TiniStatic(), DumbInit(), Catatonit()]
