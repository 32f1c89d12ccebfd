#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over every compiled file of src/: tidy.py SOURCE_ROOT BUILD_ROOT

One process a core. Test sources are left out: GoogleTest's macros cost seconds a file and report
on themselves.
"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys


def sources(root, build):
    with open(build / "compile_commands.json", encoding="utf-8") as file:
        entries = json.load(file)
    found = {(pathlib.Path(entry["directory"]) / entry["file"]).resolve() for entry in entries}
    # The longest first, so that no core waits for the last one.
    return sorted((path for path in found if (root / "src") in path.parents),
                  key=lambda path: -path.stat().st_size)


def check(build, path):
    run = subprocess.run(["clang-tidy", "--quiet", "-p", str(build), str(path)],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    return run.returncode, run.stdout + (run.stderr if run.returncode else "")


def main():
    root, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    paths = sources(root, build)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for code, text in pool.map(lambda path: check(build, path), paths):
            if code:
                failed += 1
                print(text)
    print("%d files, %d with faults" % (len(paths), failed))
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
