#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same sources built in another directory are the same bytes:

    reproducible.py SOURCE_ROOT BUILD_ROOT INDEXRUN
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

OPTIONS = ("buildtype", "optimization", "debug", "b_ndebug", "b_pie", "static", "cpp_args",
           "cpp_link_args")


def same_options(build):
    """The options of that build which change what is built, as arguments for meson."""
    with open(build / "meson-info/intro-buildoptions.json", encoding="utf-8") as file:
        for option in json.load(file):
            if option["name"] in OPTIONS:
                value = option["value"]
                yield "-D%s=%s" % (option["name"],
                                   str(value).lower() if isinstance(value, bool) else value)


def call(*words):
    run = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         check=False)
    if run.returncode:
        print(run.stdout[-4000:])
        sys.exit(1)


def main():
    root, build, program = (pathlib.Path(word).resolve() for word in sys.argv[1:])
    inside = program.relative_to(build)
    with tempfile.TemporaryDirectory(prefix="reproducible.") as work:
        copy = pathlib.Path(work) / "somewhere" / "else"
        copy.mkdir(parents=True)
        for name in ("meson.build", "meson_options.txt", "src", "man"):
            (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, copy / name)
        again = pathlib.Path(work) / "b"
        call("meson", "setup", str(again), str(copy), "-Dtests=false", *same_options(build))
        call("ninja", "-C", str(again), str(inside))
        if program.read_bytes() != (again / inside).read_bytes():
            print("%s: two builds differ" % inside)
            return 1
    print("%s: the same bytes twice" % inside)
    return 0


if __name__ == "__main__":
    sys.exit(main())
