# SPDX-License-Identifier: Apache-2.0
"""Every index of examples/roles at the same time, on one volume."""

import os
import pathlib
import re
import subprocess
import unittest

import cases
import engine
import images
import job as jobs

ROLES = pathlib.Path(__file__).resolve().parents[2] / "examples/roles"
RUN_KEY = "controller-uid"


def setUpModule():
    global podman
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)


def answers():
    """What the README says is printed: by show, and by index 0."""
    return blocks("")


def blocks(language):
    """The blocks of the README in this language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$",
                       (ROLES / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    return [text for name, text in found if name == language]


class Documents(unittest.TestCase):
    def test_the_config_map_has_the_files_of_the_folder(self):
        (config_map,) = jobs.documents(ROLES / "configmap.yaml")
        self.assertTrue(config_map["immutable"])
        for name, text in config_map["data"].items():
            self.assertEqual(text, (ROLES / "job" / name).read_text(encoding="utf-8"))
        self.assertEqual(set(config_map["data"]), {path.name for path in (ROLES / "job").iterdir()})

    def test_the_readme_explains_the_file_as_it_is(self):
        text = (ROLES / "job/indexrun.yaml").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        self.assertEqual(blocks("yaml")[0].splitlines(), lines[1:])

    def test_the_readme_shows_what_each_index_would_do(self):
        shown = subprocess.run(
            [images.binary(), "show", "--config", "indexrun.yaml", "--expect-count", "5", "--all"],
            cwd=ROLES / "job", env={"PATH": os.environ["PATH"]}, capture_output=True, text=True,
            check=True)
        self.assertEqual(shown.stdout, answers()[0])


class Pods(unittest.TestCase):
    def setUp(self):
        (self.job,) = jobs.documents(ROLES / "job.yaml")
        self.config_maps = jobs.documents(ROLES / "configmap.yaml")
        self.node = jobs.Node(podman)

    def pods(self, indexes, run="3e0d0e4c-6a5b-4a9e-9d0b-2f1f6d7f0c11"):
        """Pods of one Job: what the controller writes is the same in all of them."""
        pods = [jobs.pod_of(self.job, index) for index in indexes]
        for pod in pods:
            pod["metadata"]["labels"][RUN_KEY] = run
        return pods

    def run_all(self, indexes):
        ended = self.node.run_together(self.pods(indexes), self.config_maps)
        return [one.containers["worker"] for one in ended]

    def test_index_0_gathers_what_the_others_counted(self):
        gathered, *counted = self.run_all(range(self.job["spec"]["completions"]))
        lines = answers()[1].splitlines(keepends=True)
        for worker, line in zip(counted, lines[:-1], strict=True):
            self.assertEqual((worker.exit_code, worker.stdout, worker.stderr), (0, line, ""))
        self.assertEqual((gathered.exit_code, gathered.stdout), (0, answers()[1]))
        self.assertEqual(gathered.message, "")

    def test_a_gatherer_that_failed_finds_the_results_that_are_there(self):
        self.run_all([1, 2, 3, 4])
        gathered = self.run_all([0])[0]
        self.assertEqual((gathered.exit_code, gathered.stdout, gathered.stderr),
                         (0, answers()[1], ""))

    def test_a_part_that_never_comes_is_no_success(self):
        data = self.config_maps[0]["data"]
        data["indexrun.yaml"] = data["indexrun.yaml"].replace("timeout: 15m", "timeout: 2s")
        gathered, *counted = self.run_all([0, 2, 3, 4])
        self.assertEqual([worker.exit_code for worker in counted], [0, 0, 0])
        self.assertEqual((gathered.exit_code, gathered.stdout), (124, ""))
        self.assertEqual(gathered.record["class"], "timeout")
        self.assertIn("waiting for /results/", gathered.stderr)
        self.assertIn("/part-1\n", gathered.stderr)

    def test_results_of_another_job_are_not_gathered(self):
        self.run_all([1, 2, 3, 4])
        data = self.config_maps[0]["data"]
        data["indexrun.yaml"] = data["indexrun.yaml"].replace("timeout: 15m", "timeout: 1s")
        (pod,) = self.pods([0], run="b8a7a6c5-0000-4000-8000-000000000000")
        gathered = self.node.run_together([pod], self.config_maps)[0].containers["worker"]
        self.assertEqual(gathered.exit_code, 124)


if __name__ == "__main__":
    cases.main()
