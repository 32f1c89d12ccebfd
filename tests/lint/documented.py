#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--help, manual pages and completion say the same: documented.py SOURCE_ROOT INDEXRUN

--help follows from the tables in the code; every option and every exit status in it must stand in
man/indexrun.1.scd, in man/indexrun.yaml.5.scd and in man/indexrun.bash, and no others. So must every
engine of the table in src/index/engines.cc.
"""

import pathlib
import re
import subprocess
import sys

SUBCOMMANDS = ("run", "stage", "show", "count", "install", "seccomp")
COMMAND_LINE_ONLY = {"config", "help", "output-file", "version"}
PAGE_SECTIONS = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES",
                 "EXIT STATUS", "EXAMPLES", "NOTES", "SEE ALSO"]

# An option's own line in --help: "  -i, --index N   ..." or "      --base N   ...".
HELP_LINE = re.compile(r"^ {2,6}(?:-(\w), )?--([a-z][a-z0-9-]*)(?=[ =\n]|$)")
HELP_STATUS = re.compile(r"^ +(\d{3})\b[ (]+(\w+)")
PAGE_LINE = re.compile(r"^(?:\*-(\w)\*, )?\*--([a-z][a-z0-9-]*)\*(?: |$)")
PAGE_STATUS = re.compile(r"^\*(\d{3})\* \((\w+)\)$")


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True).stdout


def matches(pattern, text):
    return {found.groups() for found in map(pattern.match, text.splitlines()) if found}


def section(page, title, level="# "):
    """The text under a heading, down to the next one of that level."""
    found = re.search("^%s%s$(.*?)(?=^%s|\\Z)" % (level, title, level), page, re.M | re.S)
    return found[1] if found else ""


def completed(root, *words):
    """What the completion offers at the end of these words."""
    script = '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _indexrun; ' \
             'printf "%s\\n" "${COMPREPLY[@]}"'
    return set(run("bash", "-c", script, "bash", str(root / "man/indexrun.bash"),
                   *words).split())


def compare(what, found, expected, faults):
    for missing in sorted(expected - found, key=str):
        faults.append("%s: %s is missing" % (what, show(missing)))
    for extra in sorted(found - expected, key=str):
        faults.append("%s: %s is unknown to the program" % (what, show(extra)))


def show(thing):
    return " ".join(str(part) for part in thing if part) if isinstance(thing, tuple) else thing


def check_engines(root, page, faults):
    """Each engine of the table stands in the page with its variable, and no other."""
    table = (root / "src/index/engines.cc").read_text(encoding="utf-8")
    table = table.replace("kKubernetes", '"kubernetes"')
    known = set(re.findall(r'\.name = "([\w-]+)",\s*\.variable = "(\w+)"', table))
    found = re.findall(r"^- _([\w-]+)_: ([\w\\]+),", section(page, "ENGINES"), re.M)
    compare("man/indexrun.1.scd, ENGINES", {(n, v.replace("\\", "")) for n, v in found}, known,
            faults)


def check_sections(root, faults):
    for name in ("indexrun.1.scd", "indexrun.yaml.5.scd"):
        page = (root / "man" / name).read_text(encoding="utf-8")
        titles = [title for title in re.findall(r"^# (.*)$", page, re.M) if title in PAGE_SECTIONS]
        if titles != PAGE_SECTIONS:
            faults.append("man/%s: sections %s, expected %s" % (name, titles, PAGE_SECTIONS))


def main():
    root, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    faults = []
    helps = {name: run(program, name, "--help") for name in SUBCOMMANDS}
    options = {name: matches(HELP_LINE, text) for name, text in helps.items()}
    known = set().union(*options.values())
    if not known:
        faults.append("--help: no options found")

    page = (root / "man/indexrun.1.scd").read_text(encoding="utf-8")
    compare("man/indexrun.1.scd", matches(PAGE_LINE, section(page, "OPTIONS")), known, faults)
    check_engines(root, page, faults)
    for name in SUBCOMMANDS:
        compare("completion of " + name, completed(root, "indexrun", name, "--"),
                {"--" + long for _, long in options[name]}, faults)

    config = (root / "man/indexrun.yaml.5.scd").read_text(encoding="utf-8")
    keys = set(re.findall(r"\*([a-z0-9-]+)\*", "\n".join(
        line for line in section(config, "OPTIONS").splitlines() if line.startswith("\t"))))
    compare("man/indexrun.yaml.5.scd", keys,
            {long for _, long in known} - COMMAND_LINE_ONLY | {"command", "roles"}, faults)

    statuses = matches(HELP_STATUS, helps["run"])
    if len(statuses) < 8:
        faults.append("--help: %d exit statuses found, expected 8 or more" % len(statuses))
    compare("man/indexrun.1.scd, EXIT STATUS",
            matches(PAGE_STATUS, section(page, "EXIT STATUS")), statuses, faults)
    compare("completion of --exit-code", completed(root, "indexrun", "--exit-code", ""),
            {name + "=" for _, name in statuses}, faults)

    table = (root / "src/index/engines.cc").read_text(encoding="utf-8")
    engines = set(re.findall(r'\.name = "([a-z-]+)"', table)) | {"kubernetes"}
    described = set(re.findall(r"^- _([a-z-]+)_: ", section(page, "ENGINES"), re.M))
    compare("man/indexrun.1.scd, ENGINES", described, engines, faults)
    compare("completion of --engine", completed(root, "indexrun", "--engine", ""), engines, faults)
    check_sections(root, faults)
    print("\n".join(faults) or "%d options, %d exit statuses" % (len(known), len(statuses)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
