#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The examples of the documents are what the program understands: examples.py SOURCE_ROOT INDEXRUN

Each is asked with `show` what it would do; nothing is run or written. The Job of the README must
give the five items, and the manifests of the examples must have options that are understood.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import yaml

SUBCOMMANDS = ("run", "stage", "show", "count", "install")
ITEMS = ["foo", "bar", "baz", "qux", "xyz"]


def ask(program, words, folder, **variables):
    environment = {"PATH": os.environ["PATH"], "JOB_COMPLETION_INDEX": "1", **variables}
    return subprocess.run([program, *words], cwd=folder, env=environment, check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def as_question(line):
    """The words of an example, asked instead of done."""
    words = shlex.split(line)[1:]
    if words[0] in ("show", "count", "install"):
        return words
    return ["show"] + (words[1:] if words[0] in SUBCOMMANDS else words)


def command_lines(root, program):
    """(where, line) of every command line of ours in the documents."""
    for name in SUBCOMMANDS:
        text = subprocess.run([program, name, "--help"], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        for line in re.findall(r"^  (indexrun .*)$", text.partition("Examples:")[2], re.M):
            yield name + " --help", line
    page = (root / "man/indexrun.1.scd").read_text(encoding="utf-8")
    for line in re.findall(r"^\t(indexrun .*)$", page.partition("# EXAMPLES")[2], re.M):
        yield "man/indexrun.1.scd", line
    readme = (root / "README.md").read_text(encoding="utf-8")
    for line in re.findall(r"^    (indexrun .*)$", readme, re.M):
        yield "README.md", line


def in_the_checkout(root):
    """(where, line) of the commands that the examples tell to give in the root of the checkout."""
    for path in sorted(root.glob("examples/**/README.md")):
        for line in re.findall(r"^    (indexrun .*)$", path.read_text(encoding="utf-8"), re.M):
            yield path.relative_to(root), line


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
            if document is not None]


def files_beside(path):
    """What the ConfigMaps in the folder of a manifest hold."""
    return {name: text for beside in path.parent.glob("*.yaml") for document in documents(beside)
            if document["kind"] == "ConfigMap" for name, text in document["data"].items()}


def containers(root):
    """(where, arguments, the files of ConfigMaps beside it) of every container of the examples that
    runs one of our subcommands."""
    for path in sorted(root.glob("examples/*/*.yaml")):
        for document in documents(path):
            if document["kind"] != "Job":
                continue
            pod = document["spec"]["template"]["spec"]
            for container in pod.get("initContainers", []) + pod["containers"]:
                command = container.get("command", ["indexrun"])
                words = command[1:] + container.get("args", [])
                if command[0].endswith("indexrun") and words and words[0] != "install":
                    yield ("%s: %s" % (path.relative_to(root), container["name"]), words,
                           files_beside(path))


def understood(answer):
    """Only what is not there (the example's files) may be missing."""
    return answer.returncode == 0 or (
        "indexrun: options:" not in answer.stderr and "No such file" in answer.stderr)


def check_command_lines(root, program, folder):
    for where, line in command_lines(root, program):
        words = as_question(line)
        if words[0] == "install":
            continue
        answer = ask(program, words, folder)
        if not understood(answer):
            yield "%s: %s\n  %s" % (where, line, answer.stderr)


def check_examples(root, program, folder):
    for where, line in in_the_checkout(root):
        answer = ask(program, as_question(line), root)
        if answer.returncode != 0:
            yield "%s: %s\n  %s" % (where, line, answer.stderr)
    for number, (where, words, files) in enumerate(containers(root)):
        workplace = folder / str(number)
        workplace.mkdir()
        for name, text in files.items():
            (workplace / name).write_text(text, encoding="utf-8")
        answer = ask(program, ["show"] + words[words[0] == "stage":], workplace)
        # Lists and variables come from the cluster; what is said about them is no fault.
        if "indexrun: options:" in answer.stderr:
            yield "%s\n  %s" % (where, answer.stderr)


def check_configuration(root, program, folder):
    page = (root / "man/indexrun.yaml.5.scd").read_text(encoding="utf-8")
    for number, text in enumerate(re.findall(r"^```\n(.*?)^```$", page, re.M | re.S), 1):
        (folder / "indexrun.yaml").write_text(text, encoding="utf-8")
        answer = ask(program, ["show"], folder, INDEXRUN_CONFIG="indexrun.yaml")
        if not understood(answer):
            yield "man/indexrun.yaml.5.scd: example %d\n  %s" % (number, answer.stderr)


def check_job(root, program, folder):
    readme = (root / "README.md").read_text(encoding="utf-8")
    job = yaml.safe_load(re.search(r"^```yaml\n(.*?)^```$", readme, re.M | re.S)[1])
    (container,) = job["spec"]["template"]["spec"]["containers"]
    answer = ask(program, ["show", "--all", "--output", "json", *container["args"]], folder)
    plans = [json.loads(line) for line in answer.stdout.splitlines()]
    if [plan["item"] for plan in plans] != ITEMS or job["spec"]["completions"] != len(ITEMS):
        yield "README.md: the Job does not give the five items\n  %s" % answer.stderr


def main():
    root, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "items.txt").write_text("\n".join(ITEMS) + "\n", encoding="utf-8")
        faults = [fault for check in (check_command_lines, check_examples, check_configuration,
                                      check_job)
                  for fault in check(root, program, folder)]
    count = len(list(command_lines(root, program))) + len(list(in_the_checkout(root)))
    manifests = len(list(containers(root)))
    print("\n".join(faults) or "%d command lines, the configuration files, the Job and %d "
          "containers" % (count, manifests))
    return 1 if faults or count < 15 or manifests < 15 else 0


if __name__ == "__main__":
    sys.exit(main())
