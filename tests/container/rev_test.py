# SPDX-License-Identifier: Apache-2.0
"""Every index of every manifest of examples/rev, from the Job to the containers' output."""

import copy
import pathlib
import unittest

import cases
import engine
import images
import job as jobs

REV = pathlib.Path(__file__).resolve().parents[2] / "examples/rev"
RESULTS = ["oof", "rab", "zab", "xuq", "zyx"]
WORKER_IMAGE = "rev-worker:1.0"


def setUpModule():
    global podman, node
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)
    podman.podman("build", "--quiet", "--tag", WORKER_IMAGE, REV)
    node = jobs.Node(podman)


def documents(name, kind):
    return [one for one in jobs.documents(REV / name) if one["kind"] == kind]


class Rev(unittest.TestCase):
    def check_pod(self, job, index, config_maps=()):
        with self.subTest(job=job["metadata"]["name"], index=index):
            ended = node.run(jobs.pod_of(job, index), config_maps)
            worker = ended.containers.pop("worker")
            self.assertEqual((worker.exit_code, worker.stdout, worker.stderr),
                             (0, RESULTS[index] + "\n", ""))
            self.assertEqual(worker.message, "")
            for name, container in ended.containers.items():
                self.assertEqual((name, container), (name, engine.Ended(0, "", "", "")))

    def check_manifest(self, name, jobs_in_it=1):
        found = documents(name, "Job")
        self.assertEqual(len(found), jobs_in_it)
        for job in found:
            self.assertEqual(job["spec"]["completions"], len(RESULTS))
            for index in range(len(RESULTS)):
                self.check_pod(job, index, documents(name, "ConfigMap"))

    def test_1_init_container(self):
        self.check_manifest("1-init-container.yaml")

    def test_2_index_file(self):
        self.check_manifest("2-index-file.yaml")

    def test_2_index_file_with_all_annotations_or_labels(self):
        job = documents("2-index-file.yaml", "Job")[0]
        job["spec"]["template"]["metadata"] = {"annotations": {
            "note": 'he said "hi"\nand left\ttab \u00e9', "other/job-completion-index": "4"}}
        for dump in ("annotations", "labels"):
            changed = copy.deepcopy(job)
            args = changed["spec"]["template"]["spec"]["initContainers"][0]["args"]
            args[args.index("--index-file=/podinfo/index")] = "--index-file=/podinfo/" + dump
            for index in (0, 3):
                self.check_pod(changed, index)

    def test_3_index_variable(self):
        self.check_manifest("3-index-variable.yaml")

    def test_4_list_configmap(self):
        self.check_manifest("4-list-configmap.yaml", jobs_in_it=4)

    def test_5_entrypoint(self):
        self.check_manifest("5-entrypoint.yaml")

    def test_5_the_image_holds_three_files(self):
        listed = podman.podman("image", "inspect", "--format", "{{len .RootFS.Layers}}",
                               WORKER_IMAGE).stdout
        self.assertEqual(listed, "3\n")

    def test_6_install(self):
        self.check_manifest("6-install.yaml")

    def test_7_restricted(self):
        self.check_manifest("7-restricted.yaml")


class WrongJobs(unittest.TestCase):
    """The pod says why it failed, and the worker behind the init container is never started."""

    def test_an_index_past_the_end_of_the_list(self):
        job = documents("1-init-container.yaml", "Job")[0]
        ended = node.run(jobs.pod_of(job, 5))
        self.assertEqual(list(ended.containers), ["input"])
        failed = ended.containers["input"]
        self.assertEqual(failed.exit_code, 197)
        self.assertEqual(failed.stdout, "")
        self.assertEqual(failed.record["class"], "item")
        self.assertEqual(failed.record["exit"], 197)

    def test_a_list_longer_than_the_job(self):
        job = documents("4-list-configmap.yaml", "Job")[0]
        config_maps = documents("4-list-configmap.yaml", "ConfigMap")
        config_maps[0]["data"]["items.txt"] += "one more\nand another\n"
        for index in (0, 4):
            ended = node.run(jobs.pod_of(job, index), config_maps)
            failed = ended.containers["input"]
            self.assertEqual((failed.exit_code, failed.record["class"]), (196, "config"))
            self.assertIn("7", failed.stderr)
            self.assertIn("5", failed.stderr)

    def test_a_job_that_is_not_indexed(self):
        job = documents("2-index-file.yaml", "Job")[0]
        pod = jobs.pod_of(job, 0)
        for entries in (pod["metadata"]["annotations"], pod["metadata"]["labels"]):
            del entries[jobs.INDEX_KEY]
        for container in jobs.containers_of(pod["spec"]):
            container["env"] = []
        failed = node.run(pod).containers["input"]
        self.assertEqual((failed.exit_code, failed.record["class"]), (196, "config"))
        self.assertIn("/podinfo/index", failed.stderr)


if __name__ == "__main__":
    cases.main()
