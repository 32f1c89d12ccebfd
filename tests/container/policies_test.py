# SPDX-License-Identifier: Apache-2.0
"""The failures that the documents of examples/ tell about, made to happen: exit statuses, messages
and termination messages are as written there, and examples/policies handles each as it says."""

import copy
import json
import pathlib
import re
import unittest

import cases
import engine
import images
import job as jobs
import kubelet

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
SEVEN = "foo\nbar\nbaz\nqux\nxyz\nsix\nseven\n"
FIVE = "--items=foo,bar,baz,qux,xyz"


def setUpModule():
    global podman, node
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)
    images.with_busybox(podman, "worker:1.0")
    node = jobs.Node(podman)


class Readme(unittest.TestCase):
    """examples/README.md, its messages in the order in which they stand."""

    def setUp(self):
        text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
        self.messages = re.findall(r"```\n(indexrun: .*?)```", text, re.S)
        self.records = [json.loads(one) for one in re.findall(r"```json\n(.*?)```", text, re.S)]
        self.statuses = [int(one) for one in re.findall(r"Exit status (\d+)", text)]

    def runs(self):
        """What is run for each: arguments, and options for the engine."""
        lists = podman.new_folder("lists")
        kubelet.write_volume(lists, {"items.txt": SEVEN}, folder_mode=0o777)
        work = ["--", "true"]
        index, there = "--env=JOB_COMPLETION_INDEX=0", "--volume=%s:/lists:ro" % lists
        from_file = ["--items-file=/lists/items.txt", "--expect-count=5", *work]
        return [
            ([FIVE, *work], []),
            (from_file, [index, there]),
            ([FIVE, "--expect-count=5", *work], ["--env=JOB_COMPLETION_INDEX=5"]),
            (from_file, [index]),
            (["--items-env=ITEMS", *work], [index]),
            ([FIVE, "--index-env=EARLY", *work], ["--env=EARLY=$(JOB_COMPLETION_INDEX)"]),
            ([FIVE, "--write=/input/data.txt", *work], [index, "--tmpfs=/input:ro"]),
            ([FIVE, "--", "rve"], [index]),
        ]

    def test_its_messages(self):
        runs = self.runs()
        self.assertEqual(len(self.messages), len(runs))
        for (arguments, options), message, status in zip(runs, self.messages, self.statuses):
            with self.subTest(message.split("\n")[0]):
                ended = podman.run("worker:1.0", "/indexrun", *arguments, options=options)
                self.assertEqual((ended.exit_code, ended.stdout), (status, ""))
                # "..." stands for more of the same.
                pattern = re.escape(message.strip()).replace(re.escape("..."), ".*")
                self.assertRegex(ended.stderr, pattern)

    def test_its_records(self):
        arguments, options = self.runs()[2]
        ended = podman.run("worker:1.0", "/indexrun", *arguments, options=options)
        self.assertEqual(ended.record, self.records[0])
        ended = podman.run("worker:1.0", "/indexrun", FIVE, "--", "tail", "/dev/zero",
                           options=["--env=JOB_COMPLETION_INDEX=0", "--memory=16m",
                                    "--memory-swap=16m"])
        self.assertEqual(list(ended.record), list(self.records[1]))
        scattering = ("duration_ms", "cpu_ms", "peak_kb")
        for key, value in self.records[1].items():
            if key not in scattering:
                self.assertEqual((key, ended.record[key]), (key, value))


class Policies(unittest.TestCase):
    """Pods of the Job of examples/policies, and the rule that decides on each."""

    def setUp(self):
        self.job = jobs.documents(EXAMPLES / "policies/job.yaml")[0]
        self.config_maps = jobs.documents(EXAMPLES / "policies/configmap.yaml")
        self.words = self.config_maps[0]["data"]["words.txt"].split()

    def run_pod(self, index, change=lambda worker: None):
        job = copy.deepcopy(self.job)
        change(job["spec"]["template"]["spec"]["containers"][0])
        return node.run(jobs.pod_of(job, index), self.config_maps)

    def action(self, ended):
        """What the pod failure policy does about a failed pod (which no disruption hit)."""
        for rule in self.job["spec"]["podFailurePolicy"]["rules"]:
            codes = rule.get("onExitCodes")
            if codes and any(one.exit_code in codes["values"] for name, one in
                             ended.containers.items() if name == codes["containerName"]):
                return rule["action"]
        return "Count"

    def check(self, ended, exit_code, failure_class, action):
        worker = ended.containers["worker"]
        self.assertTrue(ended.failed)
        self.assertEqual((worker.exit_code, worker.record["class"], self.action(ended)),
                         (exit_code, failure_class, action))
        readme = (EXAMPLES / "policies/README.md").read_text(encoding="utf-8")
        row = next((line for line in readme.splitlines()
                    if line.startswith("| ") and re.search(r"\b%d\b" % exit_code,
                                                           line.split("|")[1])),
                   next(line for line in readme.splitlines() if line.startswith("| any other")))
        self.assertIn("counted" if action == "Count" else "`%s`" % action, row)

    def test_ten_words(self):
        self.assertEqual(self.job["spec"]["completions"], len(self.words))
        for index in (0, 9):
            ended = self.run_pod(index)
            self.assertFalse(ended.failed)
            self.assertEqual(ended.containers["worker"].stdout, self.words[index][::-1] + "\n")

    def test_a_wrong_list_fails_the_job(self):
        self.config_maps[0]["data"]["words.txt"] = "\n".join(self.words[:9])
        self.check(self.run_pod(0), 196, "config", "FailJob")

    def test_an_index_without_an_item_fails_this_index(self):
        self.check(self.run_pod(10), 197, "item", "FailIndex")

    def test_an_input_that_cannot_be_written_is_tried_again(self):
        def read_only(worker):
            worker["command"] = [word.replace("/tmp/", "/lists/") for word in worker["command"]]
        self.check(self.run_pod(0, read_only), 198, "input", "Count")

    def test_confinement_that_cannot_be_had_is_tried_again(self):
        def confined(worker):
            worker["securityContext"] = {"capabilities": {"drop": ["SETUID", "SETGID"]}}
            worker["command"].insert(1, "--user=1000")
        self.check(self.run_pod(0, confined), 199, "confine", "Count")

    def test_a_timeout_is_tried_again(self):
        def slow(worker):
            worker["command"] = [word.replace("=10m", "=100ms") for word in
                                 worker["command"][:-2]] + ["sleep", "60"]
        self.check(self.run_pod(0, slow), 124, "timeout", "Count")

    def test_a_missing_program_is_tried_again(self):
        def missing(worker):
            worker["command"][-2] = "rve"
        self.check(self.run_pod(0, missing), 127, "notfound", "Count")

    def test_the_programs_own_failure_is_tried_again(self):
        def failing(worker):
            worker["command"][-1] = "/no/such/file"
        self.check(self.run_pod(0, failing), 1, None, "Count")

    def test_an_installation_that_can_never_work_fails_the_job(self):
        self.job["spec"]["template"]["spec"]["initContainers"][0]["args"] = ["install"]
        ended = self.run_pod(0)
        self.assertEqual(list(ended.containers), ["install"])
        self.assertEqual(ended.containers["install"].exit_code, 196)
        self.assertEqual(self.action(ended), "FailJob")


if __name__ == "__main__":
    cases.main()
