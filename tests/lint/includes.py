#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Direct includes against the folder table of ARCHITECTURE.md: includes.py SOURCE_ROOT

A stage sees base and the product of the stage before it; never a later stage, never the command
line. Libraries are included by the .cc files of their own folder only.
"""

import pathlib
import re
import sys

# Folder -> what it may include of others: a folder ("base/") or single headers.
MAY_INCLUDE = {
    "base": [],
    "index": ["base/"],
    "items": ["base/", "index/index.h"],
    "templates": ["base/", "items/item.h"],
    "inputs": ["base/", "items/item.h", "templates/"],
    "confine": ["base/"],
    "gates": ["base/"],
    "launch": ["base/", "inputs/inputs.h", "confine/"],
    "status": ["base/", "launch/outcome.h"],
    "share": ["base/", "items/", "templates/", "inputs/", "confine/", "launch/", "status/"],
    "options": ["base/", "index/spec.h", "items/spec.h", "inputs/spec.h", "confine/policy.h",
                "gates/spec.h", "launch/spec.h", "share/spec.h", "status/spec.h"],
    "commands": None,  # with the mains, the place that strings the stages together
}

# Header of a library -> the folders that may use it.
LIBRARY = {
    "spdlog/": "base",
    "fmt/": "base",
    "CLI/": "options",
    "yaml-cpp/": "base",
    "sys/capability.h": "confine",
    "seccomp.h": "confine",
    "zlib.h": ("items", "confine"),
    "sha2.h": "items",
    "ares.h": "gates",
}
TEST_LIBRARIES = ("gtest/", "gmock/", "benchmark/")

# Costly at start-up, or dependent on the locale: nowhere in a program that starts once per pod.
COSTLY = {"iostream", "sstream", "fstream", "iomanip", "locale", "regex", "clocale", "locale.h",
          "ostream", "istream", "streambuf"}
# yaml-cpp reads from nothing but a stream; it runs only where a YAML file is given.
COSTLY_ALLOWED = {("sstream", "base/yaml.cc")}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def includes(path):
    """(line number, quoted or not, header) of each include of a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1] == '"', found[2]


def own_header_fault(folder, header, root):
    if not (root / header).is_file():
        return "no such header in src/ (paths start at src/)"
    if header.split("/")[0] == "commands":
        return None if folder in (None, "commands") else "commands/ is for the mains alone"
    if folder is None or MAY_INCLUDE[folder] is None or header.startswith(folder + "/"):
        return None
    for allowed in MAY_INCLUDE[folder]:
        if header == allowed or (allowed.endswith("/") and header.startswith(allowed)):
            return None
    return "%s/ may not see %s" % (folder, header)


def library_fault(folder, path, header):
    if header in COSTLY and (header, "%s/%s" % (folder, path.name)) not in COSTLY_ALLOWED:
        return "<%s> costs start-up time" % header
    if header.startswith(TEST_LIBRARIES):
        return "a test library outside tests/"
    for prefix, home in LIBRARY.items():
        if header == prefix or (prefix.endswith("/") and header.startswith(prefix)):
            homes = (home,) if isinstance(home, str) else home
            if folder not in homes:
                return "<%s> belongs to %s/ alone" % (header, "/ and ".join(homes))
            if path.suffix == ".h":
                return "<%s> in a header: libraries stay inside one .cc file" % header
    return None


def main():
    root = pathlib.Path(sys.argv[1]) / "src"
    faults = []
    files = sorted(path for path in root.rglob("*") if path.suffix in (".h", ".cc"))
    for path in files:
        parts = path.relative_to(root).parts
        folder = parts[0] if len(parts) > 1 else None  # None: a main, which sees everything
        if folder is not None and folder not in MAY_INCLUDE:
            faults.append("%s: folder %s/ is not in the table" % (path, folder))
            continue
        for number, own, header in includes(path):
            fault = own_header_fault(folder, header, root) if own else library_fault(
                folder, path, header)
            if fault:
                faults.append("%s:%d: %s" % (path.relative_to(root.parent), number, fault))
    print("\n".join(faults) or "%d files keep to the table" % len(files))
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
