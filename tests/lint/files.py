#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules that hold for every file of the tree: files.py SOURCE_ROOT

SPDX line first; in src/ at most 400 lines and a comment on top that says what the file is (a .cc
beside its header leaves it to the header); #pragma once in headers; a unit test lies where its
source lies; no stray characters.
"""

import os
import pathlib
import re
import sys

SPDX = "SPDX-License-Identifier: Apache-2.0"
MOST_LINES = 400
# Formats that cannot hold a comment, and texts that are data.
WITHOUT_SPDX = {".md", ".json", ".txt", ".csv", ".tsv", ".jsonl", ".golden", ".wrap", ""}
SPDX_BY_NAME = {"meson.build", "meson_options.txt", "run"}
DATA_FOLDERS = {"corpus", "golden", "regressions"}
LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def tree(root):
    """Files that belong to the project: no build folders, nothing of git's."""
    for folder, folders, names in os.walk(root):
        here = pathlib.Path(folder)
        folders[:] = sorted(
            name for name in folders
            if name not in {".git", "subprojects", "__pycache__"} and not name.startswith("build")
            and not (here / name / "meson-private").is_dir())
        for name in sorted(names):
            yield here / name


def faults_of(path, root):
    inside = path.relative_to(root)
    if DATA_FOLDERS & set(inside.parts):
        return
    raw = path.read_bytes()
    if b"\0" in raw:
        yield "holds NUL bytes"
        return
    text = raw.decode("utf-8", errors="replace")
    lines = text.splitlines()
    if (path.suffix not in WITHOUT_SPDX or path.name in SPDX_BY_NAME) and not any(
            SPDX in line for line in lines[:3]):
        yield "no SPDX line in the first three lines"
    if text and not text.endswith("\n"):
        yield "no newline at the end"
    if "\r" in text:
        yield "carriage returns"
    if any(line != line.rstrip() for line in lines):
        yield "blanks at the end of a line"
    if inside.parts[0] == "src" and "static_library(" in text and (
            "implicit_include_directories: false" not in text):
        # A header such as launch/spawn.h would hide <spawn.h> from its whole folder.
        yield "no implicit_include_directories: false"
    if path.suffix in (".h", ".cc"):
        yield from faults_of_source(inside, lines, root)


def faults_of_source(inside, lines, root):
    if inside.parts[0] == "src" and len(lines) > MOST_LINES:
        yield "%d lines, at most %d" % (len(lines), MOST_LINES)
    described = (inside.parts[0] != "src" or (root / inside.with_suffix(".h")).is_file()
                 and inside.suffix == ".cc")
    if not described and (len(lines) < 2 or not lines[1].startswith("// ")):
        yield "no comment under the SPDX line that says what this file is"
    if inside.suffix == ".h" and "#pragma once" not in lines:
        yield "header without #pragma once"
    if any(LEFT_OVER.search(line) for line in lines):
        yield "something left for later"
    if inside.parts[:2] == ("tests", "unit") and inside.name.endswith("_test.cc"):
        stem = inside.name[:-len("_test.cc")]
        folder = root / "src" / pathlib.Path(*inside.parts[2:-1])
        if not any((folder / (stem + suffix)).is_file() for suffix in (".h", ".cc")):
            yield "tests src/%s/%s, which does not exist" % ("/".join(inside.parts[2:-1]), stem)


def main():
    root = pathlib.Path(sys.argv[1])
    faults, count = [], 0
    for path in tree(root):
        count += 1
        faults += ["%s: %s" % (path.relative_to(root), fault) for fault in faults_of(path, root)]
    print("\n".join(faults) or "%d files are in order" % count)
    return 1 if faults or not count else 0


if __name__ == "__main__":
    sys.exit(main())
