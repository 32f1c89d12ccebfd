#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What may be called after fork: symbols.py BUILD_ROOT SOURCE...

The objects of the given sources (paths from src/) run between fork and exec, where only system
calls are safe: no allocation, no locks, no formatting. Every symbol that they take from elsewhere
must stand on the list below.
"""

import json
import pathlib
import re
import subprocess
import sys

ALLOWED = {
    # system calls and their errno
    "__errno_location", "syscall", "_exit", "execve", "prctl", "write", "read", "close", "dup2",
    "dup3", "chdir", "fchdir", "fcntl", "fcntl64", "ioctl", "setpgid", "setsid", "getpid", "getppid",
    "tcsetpgrp", "sigprocmask", "sigaction", "sigemptyset", "sigaddset", "raise", "kill",
    "umask", "setrlimit", "prlimit64",
    # plain memory
    "memcpy", "memset", "memmove", "memcmp", "strlen",
    # put in by the compiler: never run unless the process is lost already
    "__stack_chk_fail", "__gxx_personality_v0", "_ZSt9terminatev", "_Unwind_Resume",
}
# Functions of our own that keep to the same rule, by the file that is checked as well.
OWN = re.compile(r"_ZN8indexrun(7confine(\d+apply|12load_filters|15restrict_access)|15restore_signals)")


def objects(build, sources):
    with open(build / "compile_commands.json", encoding="utf-8") as file:
        entries = json.load(file)
    for source in sources:
        outputs = {entry["output"] for entry in entries
                   if entry["file"].endswith("src/" + source)}
        if len(outputs) != 1:
            raise SystemExit("src/%s: %d objects, expected 1" % (source, len(outputs)))
        yield source, build / outputs.pop()


def undefined(path):
    lines = subprocess.run(["nm", "--undefined-only", "--format=posix", str(path)], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return {line.split()[0] for line in lines if line}


def main():
    faults = []
    for source, path in objects(pathlib.Path(sys.argv[1]), sys.argv[2:]):
        names = {name.split("@")[0] for name in undefined(path)}
        names -= {"_GLOBAL_OFFSET_TABLE_"}
        faults += ["src/%s: calls %s" % (source, name) for name in sorted(names)
                   if name not in ALLOWED and not OWN.match(name)]
    print("\n".join(faults) or "%d objects keep to system calls" % len(sys.argv[2:]))
    return 1 if faults or len(sys.argv) < 3 else 0


if __name__ == "__main__":
    sys.exit(main())
