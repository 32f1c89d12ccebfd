# SPDX-License-Identifier: Apache-2.0
"""The example manifests against the API server's rules, and the rules against known answers."""

import pathlib
import re
import unittest

import cases
import job as jobs
import rules

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
MANIFESTS = sorted(EXAMPLES.glob("*/*.yaml"))

# All fields of Jobs and pods that these examples use: each is older than Kubernetes 1.24.
OLD = ("rev", "frames", "roles")
JOB_FIELDS = {"completions", "parallelism", "completionMode", "template"}
POD_FIELDS = {"restartPolicy", "initContainers", "containers", "volumes", "securityContext",
              "shareProcessNamespace", "automountServiceAccountToken"}
CONTAINER_FIELDS = {"name", "image", "imagePullPolicy", "command", "args", "workingDir", "env",
                    "envFrom", "volumeMounts", "resources", "securityContext"}
CONFIG_MAP_FIELDS = {"apiVersion", "kind", "metadata", "immutable", "data"}
# indexrun's own exit statuses that a rule may match, and the action for each.
ACTION_OF = {196: "FailJob", 197: "FailIndex"}


def all_jobs():
    for path in MANIFESTS:
        for document in jobs.documents(path):
            if document["kind"] == "Job":
                yield path, document


def all_pods():
    """(path, spec) of every pod: a Job's, or one by itself."""
    for path in MANIFESTS:
        for document in jobs.documents(path):
            if document["kind"] == "Job":
                yield path, document["spec"]["template"]["spec"]
            elif document["kind"] == "Pod":
                yield path, document["spec"]


def words_of(container):
    return container.get("command", []) + container.get("args", [])


def how_many_indexes(words):
    """How many indexes the options of a worker are made for."""
    values = dict(word.split("=", 1) for word in words if word.startswith("--") and "=" in word)
    if "--only" in values:
        ranges = [piece.split("-") for piece in values["--only"].split(",")]
        return sum(int(ends[-1]) - int(ends[0]) + 1 for ends in ranges)
    return int(values.get("--tasks", values["--expect-count"]))


class Examples(unittest.TestCase):
    def test_each_of_the_seven_ways_has_a_manifest(self):
        numbers = [path.name[0] for path in MANIFESTS if path.parent.name == "rev"]
        self.assertEqual(numbers, list("1234567"))

    def test_the_api_server_takes_them(self):
        for path, job in all_jobs():
            with self.subTest(path.name, job=job["metadata"]["name"]):
                self.assertEqual(job["apiVersion"], "batch/v1")
                self.assertEqual(list(rules.faults(job)), [])

    def test_old_ones_need_nothing_newer_than_kubernetes_1_24(self):
        for path, job in all_jobs():
            if path.parent.name not in OLD:
                continue
            with self.subTest(path.name):
                pod = job["spec"]["template"]["spec"]
                self.assertLessEqual(set(job["spec"]), JOB_FIELDS)
                self.assertLessEqual(set(pod), POD_FIELDS)
                for container in jobs.containers_of(pod):
                    self.assertLessEqual(set(container), CONTAINER_FIELDS)

    def test_images_have_a_version_and_are_pulled_only_if_absent(self):
        for path, pod in all_pods():
            for container in jobs.containers_of(pod):
                with self.subTest(path.name, container=container["name"]):
                    self.assertRegex(container["image"], r":[0-9]+(\.[0-9]+)+\Z")
                    self.assertEqual(container["imagePullPolicy"], "IfNotPresent")

    def test_every_worker_expects_its_number_of_items(self):
        dockerfile = (EXAMPLES / "rev/Dockerfile").read_text(encoding="utf-8")
        entrypoint = re.search(r"--expect-count=[0-9]+", dockerfile)[0]
        for path, job in all_jobs():
            with self.subTest(path.name, job=job["metadata"]["name"]):
                pod = job["spec"]["template"]["spec"]
                words = [word for one in jobs.containers_of(pod) for word in words_of(one)]
                if any(one["image"].startswith("rev-worker:") for one in pod["containers"]):
                    words.append(entrypoint)
                self.assertEqual(how_many_indexes(words), job["spec"]["completions"])

    def test_config_maps_and_claims_that_are_used_are_there(self):
        for folder in sorted({path.parent for path in MANIFESTS}):
            documents = [one for path in sorted(folder.glob("*.yaml"))
                         for one in jobs.documents(path)]
            there = {kind: {one["metadata"]["name"]: one for one in documents
                            if one["kind"] == kind}
                     for kind in ("ConfigMap", "PersistentVolumeClaim")}
            text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.yaml"))
            used = set(re.findall(r"(?:configMap|configMapKeyRef|configMapRef):\n +name: (\S+)",
                                  text))
            self.assertEqual(used, set(there["ConfigMap"]))
            self.assertEqual(set(re.findall(r"claimName: (\S+)", text)),
                             set(there["PersistentVolumeClaim"]))
            for config_map in there["ConfigMap"].values():
                self.assertLessEqual(set(config_map), CONFIG_MAP_FIELDS)
                for key, value in config_map["data"].items():
                    self.assertRegex(key, r"\A[-._a-zA-Z0-9]{1,253}\Z")
                    self.assertIsInstance(value, str)
            for claim in there["PersistentVolumeClaim"].values():
                self.assertEqual(claim["spec"]["accessModes"], ["ReadWriteMany"])
                self.assertRegex(claim["spec"]["resources"]["requests"]["storage"],
                                 r"\A[0-9]+Mi\Z")

    def test_every_manifest_is_in_its_readme(self):
        for path in MANIFESTS:
            readme = (path.parent / "README.md").read_text(encoding="utf-8")
            self.assertIn(path.name, readme)

    def test_packages_of_images_are_those_that_run_sh_installs(self):
        for name in ("frames", "sweep"):
            dockerfile = (EXAMPLES / name / "Dockerfile").read_text(encoding="utf-8")
            listed = re.search(r"--no-install-recommends (.*) \\$", dockerfile, re.M)[1].split()
            packages = (EXAMPLES.parent / "tests/packages" / (name + ".txt")).read_text(
                encoding="utf-8")
            self.assertEqual(listed, [line for line in packages.splitlines()
                                      if not line.startswith("#")])


class Policies(unittest.TestCase):
    def setUp(self):
        self.job = jobs.documents(EXAMPLES / "policies/job.yaml")[0]
        self.rules = self.job["spec"]["podFailurePolicy"]["rules"]
        self.all_rules = [job["spec"]["podFailurePolicy"]["rules"] for _, job in all_jobs()
                          if "podFailurePolicy" in job["spec"]]

    def test_a_disrupted_pod_is_ignored_before_anything_else(self):
        for found in self.all_rules:
            self.assertEqual(found[0], {"action": "Ignore", "onPodConditions": [
                {"type": "DisruptionTarget", "status": "True"}]})

    def test_every_other_rule_names_its_container_and_follows_the_table_of_exit_statuses(self):
        for rule in (rule for found in self.all_rules for rule in found[1:]):
            codes = rule["onExitCodes"]
            self.assertIn("containerName", codes)
            self.assertEqual(codes["operator"], "In")
            self.assertEqual({ACTION_OF[value] for value in codes["values"]}, {rule["action"]})

    def test_each_container_that_runs_indexrun_has_a_rule_for_196(self):
        pod = self.job["spec"]["template"]["spec"]
        running = {one["name"] for one in jobs.containers_of(pod)
                   if "indexrun" in one["image"] or "indexrun" in "".join(words_of(one)[:1])}
        ruled = {rule["onExitCodes"]["containerName"] for rule in self.rules[1:]
                 if rule["action"] == "FailJob"}
        self.assertEqual(ruled, running)

    def test_it_has_all_that_it_explains(self):
        for field in ("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"):
            self.assertIn(field, self.job["spec"])
        self.assertEqual(self.job["spec"]["template"]["spec"]["restartPolicy"], "Never")


def changed(spec=(), template=(), rule=None, name="job", success=None):
    """The Job of the known answers (Indexed, 5 completions, 2 at once, Never) with changes."""
    job = {"metadata": {"name": name}, "spec": {
        "completionMode": "Indexed", "completions": 5, "parallelism": 2,
        "template": {"spec": {"restartPolicy": "Never",
                              "containers": [{"name": "ctr", "image": "i:1"}],
                              "initContainers": [{"name": "def", "image": "i:1"}]}}}}
    job["spec"].update(spec)
    job["spec"]["template"]["spec"].update(template)
    if rule is not None:
        job["spec"]["podFailurePolicy"] = {"rules": rule if isinstance(rule, list) else [rule]}
    if success is not None:
        job["spec"]["successPolicy"] = {"rules": success}
    for part in (job["spec"], job["spec"]["template"]["spec"]):
        for key in [key for key, value in part.items() if value is None]:
            del part[key]
    return job


def on_codes(values, operator="In", action="FailJob", **more):
    return {"action": action, "onExitCodes": {"operator": operator, "values": values, **more}}


def on_condition(kind="DisruptionTarget", status="True", times=1):
    return {"action": "Ignore", "onPodConditions": [{"type": kind, "status": status}] * times}


OK = None
BOTH = {**on_codes([1]), **on_condition()}
KNOWN_ANSWERS = [
    ("L01 baseline", changed(), OK),
    ("L03 negative backoffLimit", changed({"backoffLimit": -1}),
     "spec.backoffLimit: must be greater than or equal to 0"),
    ("L05 negative deadline", changed({"activeDeadlineSeconds": -1}),
     "spec.activeDeadlineSeconds: must be greater than or equal to 0"),
    ("L07 no completions", changed({"completions": None}),
     "spec.completions: when completion mode is Indexed"),
    ("L09 per index, NonIndexed", changed({"completionMode": "NonIndexed",
                                           "backoffLimitPerIndex": 1}),
     "spec.backoffLimitPerIndex: requires indexed completion mode"),
    ("L11 too many failed indexes", changed({"completions": 10, "maxFailedIndexes": 11,
                                             "backoffLimitPerIndex": 1}),
     "spec.maxFailedIndexes: must be less than or equal to completions"),
    ("L13 large, parallelism", changed({"completions": 100001, "parallelism": 50000,
                                        "backoffLimitPerIndex": 1, "maxFailedIndexes": 1}),
     "spec.parallelism: must be less than or equal to 10000 when completions are above 100000"),
    ("L15 large, failed indexes", changed({"completions": 100001, "backoffLimitPerIndex": 1,
                                           "maxFailedIndexes": 50000}),
     "spec.maxFailedIndexes: must be less than or equal to 10000 when completions are above"),
    ("L17 just not large", changed({"completions": 100000, "backoffLimitPerIndex": 0}), OK),
    ("L19 restartPolicy missing", changed(template={"restartPolicy": None}),
     'spec.template.spec.restartPolicy: valid values: "OnFailure", "Never"'),
    ("L19 restartPolicy Always", changed(template={"restartPolicy": "Always"}),
     'spec.template.spec.restartPolicy: valid values: "OnFailure", "Never"'),
    ("L21 wrong case", changed({"completionMode": "indexed"}),
     'spec.completionMode: supported values: "NonIndexed", "Indexed"'),
    ("L23 per index with OnFailure", changed({"backoffLimitPerIndex": 1},
                                             {"restartPolicy": "OnFailure"}), OK),
    ("L25 21 rules", changed(rule=[on_codes([1])] * 21),
     "spec.podFailurePolicy.rules: must have at most 20 items"),
    ("L27 both", changed(rule=BOTH), "specifying both OnExitCodes and OnPodConditions"),
    ("L29 twice", changed(rule=on_codes([11, 11])), ".values: Duplicate value"),
    ("L31 disorder", changed(rule=on_codes([19, 11])), ".values: must be ordered"),
    ("L33 256 values", changed(rule=on_codes(list(range(1, 257)))),
     ".values: must have at most 255 items"),
    ("L35 NotIn 0", changed(rule=on_codes([0], "NotIn")), OK),
    ("In 0", changed(rule=on_codes([0])), ".values: must not be 0 for the In operator"),
    ("L37 no action", changed(rule=on_codes([1], action="")), ".action: valid values"),
    ("L39 FailIndex without a limit per index", changed(rule=on_codes([1], action="FailIndex")),
     ".action: requires the backoffLimitPerIndex to be set"),
    ("L41 operator", changed(rule=on_codes([1], "UnknownOperator")),
     '.operator: supported values: "In", "NotIn"'),
    ("L43 21 conditions", changed(rule=on_condition(times=21)),
     ".onPodConditions: must have at most 20 items"),
    ("L45 status", changed(rule=on_condition(status="UnknownStatus")),
     'status: supported values: "False", "True", "Unknown"'),
    ("L47 type", changed(rule=on_condition("Invalid Condition Type")), "[0].type: "),
    ("unknown container", changed(rule=on_codes([1], containerName="abc")),
     ".containerName: must be one of the container or initContainer names"),
    ("an init container", changed(rule=on_codes([1], containerName="def")), OK),
    ("policy with OnFailure", changed(template={"restartPolicy": "OnFailure"},
                                      rule=on_codes([1])),
     'only "Never" is supported'),
    ("L49 no success rules", changed(success=[]), "at least one rules must be specified"),
    ("L51 empty success rule", changed(success=[{}]),
     "at least one of succeededCount or succeededIndexes must be specified"),
    ("L53 65537 bytes", changed(success=[{"succeededIndexes": "0" * 65537}]),
     "may not be more than 65536 bytes"),
    ("L55 count 6 of 5", changed(success=[{"succeededCount": 6}]),
     "must be less than or equal to 5"),
    ("L57 count 0", changed(success=[{"succeededCount": 0}]), OK),
    ("indexes in disorder", changed(success=[{"succeededIndexes": "1-3,0"}]),
     "non-increasing order, previous: 3, current: 0"),
    ("a blank between indexes", changed(success=[{"succeededIndexes": "0,1-3, 4"}]),
     "cannot convert string to integer"),
    ("count above the indexes", changed(success=[{"succeededIndexes": "0-2",
                                                  "succeededCount": 4}]),
     "must be less than or equal to 3"),
    ("L67 name too long for the last index", changed({"completions": 11}, name="a" * 61),
     "metadata.name: will not able to create pod with invalid DNS label"),
    ("L69 dots, NonIndexed", changed({"completionMode": "NonIndexed"}, name="a.b"), OK),
    ("dots, Indexed", changed(name="a.b"),
     "metadata.name: will not able to create pod with invalid DNS label"),
    ("L71 64 characters", changed({"completionMode": "NonIndexed"}, name="a" * 64),
     "metadata.name: label value longer than 63"),
    ("L73 deadline 0", changed({"activeDeadlineSeconds": 0}), OK),
    ("L75 hostname", changed(template={"hostname": "x"}), OK),
    ("a number in command", changed(template={"containers": [
        {"name": "ctr", "image": "i:1", "command": [1]}]}), "1 is not a text"),
    ("a mount of no volume", changed(template={"containers": [
        {"name": "ctr", "image": "i:1", "volumeMounts": [{"name": "v", "mountPath": "/v"}]}]}),
     "no volume v"),
]


class KnownAnswers(unittest.TestCase):
    def test_the_rules_give_them(self):
        for name, job, expected in KNOWN_ANSWERS:
            with self.subTest(name):
                found = list(rules.faults(job))
                if expected is None:
                    self.assertEqual(found, [])
                else:
                    self.assertTrue(any(expected in fault for fault in found), found)


if __name__ == "__main__":
    cases.main()
