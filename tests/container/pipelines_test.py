# SPDX-License-Identifier: Apache-2.0
"""examples/frames, shards and sweep from their Dockerfiles and manifests to the result that their
READMEs show: every index, restarts, failed indexes run again, and by hand."""

import re
import unittest

import cases
import debian
import engine
import example
import images
import job as jobs


def setUpModule():
    global podman, built
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)
    debian.import_base(podman)
    options = debian.build_options(podman)
    built = {name: example.build(podman, name, *options, deadline=debian.DEADLINE)
             for name in ("frames", "sweep")}


class Pipeline(unittest.TestCase):
    """Each test begins with an empty volume."""

    name = None

    def setUp(self):
        self.node = jobs.Node(podman)
        self.example = example.Example(self.name, self.node)
        self.data = self.node.claim(self.name)

    def job(self, name, *arguments, completions=None):
        """A Job of the example, with more arguments for its worker."""
        job = self.example.job(name)
        worker = job["spec"]["template"]["spec"]["containers"][0]
        words = worker["command"] if "command" in worker else worker["args"]
        at = next(number for number, word in enumerate(words) if word.startswith("--"))
        words[at:at] = arguments
        if completions is not None:
            job["spec"]["completions"] = completions
        return job

    def run_well(self, job):
        """Runs every index; all of them end well."""
        pods = self.example.run(job)
        for index, pod in pods.items():
            for name, container in pod.containers.items():
                self.assertEqual((index, name, container.exit_code, container.message),
                                 (index, name, 0, ""), container.stderr)
        return pods

    def check_logs(self, job, pods):
        self.assertEqual(example.logs(job, pods),
                         self.example.shown_logs(job["metadata"]["name"]))

    def files(self, pattern):
        return sorted(path.name for path in self.data.glob(pattern))


class Frames(Pipeline):
    name = "frames"
    PICTURES = ["frame-%04d.png" % number for number in range(60)]

    def check_clip(self, folder):
        listed = podman.run(built[self.name], "identify", "/data/clip.gif",
                            options=["--entrypoint=gm", "--volume=%s:/data:ro" % folder])
        self.assertEqual(len(re.findall(r"GIF 160x120", listed.stdout)), 60, listed.stderr)

    def test_60_frames_and_a_clip(self):
        job = self.example.job("frames")
        self.check_logs(job, self.run_well(job))
        self.assertEqual(self.files("frame-*.png"), self.PICTURES)
        self.assertEqual(len(self.files("logs/*.err")), 60)
        self.assertIn("Persistence of Vision",
                      (self.data / "logs/0007.err").read_text(encoding="utf-8"))
        pods = self.run_well(self.example.job("frames-clip"))
        self.assertEqual(pods[0].containers["worker"].stdout, "")
        self.check_clip(self.data)

    def test_no_clip_of_59_frames(self):
        for name in self.PICTURES[:-1]:
            (self.data / name).write_bytes(b"")
        ended = self.example.run_pod(self.example.job("frames-clip"), 0).containers["worker"]
        self.assertEqual((ended.exit_code, ended.record["class"]), (196, "config"))
        self.assertFalse((self.data / "clip.gif").exists())

    def interrupt(self, how):
        """Starts index 2, interrupts it by how(started) -> Ended once some frames are marked, and
        lets another pod take its place."""
        job = self.example.job("frames")
        worker = job["spec"]["template"]["spec"]["containers"][0]
        started = podman.start(built[self.name], *worker["args"], options=[
            "--env=JOB_COMPLETION_INDEX=2", "--workdir=/data", "--volume=%s:/data" % self.data])
        for _ in engine.polls("two marks"):
            if len(self.files("done/[0-9a-f]*")) >= 2:
                break
        ended = how(started)
        marks = self.files("done/[0-9a-f]*")
        self.assertLess(len(marks), 10)
        before = {name: (self.data / name).stat().st_mtime_ns for name in self.files("frame-*.png")}
        self.assertEqual(self.example.run_pod(job, 2).containers["worker"].exit_code, 0)
        self.assertEqual(self.files("frame-*.png"), self.PICTURES[20:30])
        kept = [name for name, time in before.items()
                if (self.data / name).stat().st_mtime_ns == time]
        self.assertEqual(len(kept), len(marks))
        return ended

    def test_a_pod_that_is_killed_goes_on_where_it_was(self):
        def kill(started):
            podman.podman("kill", "--signal", "KILL", started.name)
            return started.finish()
        self.assertEqual(self.interrupt(kill).exit_code, 137)

    def test_a_pod_that_is_told_to_end_goes_on_where_it_was(self):
        ended = self.interrupt(lambda started: started.stop(grace=30)[0])
        self.assertEqual((ended.exit_code, ended.record["exit"]), (143, 143))

    def test_failed_shares_again(self):
        job = self.job("frames", "--only=2,5", completions=2)
        self.run_well(job)
        self.assertEqual(self.files("frame-*.png"), self.PICTURES[20:30] + self.PICTURES[50:60])

    def test_by_hand(self):
        ended = example.by_hand(podman, built[self.name], self.name, self.data)
        self.assertEqual((ended.exit_code, ended.stdout), (0, "/results/clip.gif\n"), ended.stderr)
        self.check_clip(self.data)


class Shards(Pipeline):
    name = "shards"
    RESULTS = ["shard_%d.csv" % number for number in range(6)]

    def check_merge(self):
        pods = self.run_well(self.example.job("shards-merge"))
        self.assertEqual(pods[0].containers["worker"].stdout,
                         self.example.shown("kubectl logs job/shards-merge"))

    def test_the_config_maps_hold_the_files(self):
        for config_map in self.example.of_kind("ConfigMap").values():
            self.assertIs(config_map["immutable"], True)
            for key, value in config_map["data"].items():
                self.assertEqual(value, (self.example.folder / key).read_text(encoding="utf-8"))

    def test_one_for_each_worker(self):
        job = self.example.job("shards")
        self.check_logs(job, self.run_well(job))
        self.assertEqual(self.files("*"), self.RESULTS)
        self.check_merge()

    def test_by_weight(self):
        job = self.example.job("shards-by-weight")
        self.check_logs(job, self.run_well(job))
        self.assertEqual(self.files("*.csv"), self.RESULTS)
        self.check_merge()

    def test_a_second_run_has_nothing_to_do(self):
        job = self.example.job("shards-by-weight")
        self.run_well(job)
        for pod in self.run_well(job).values():
            self.assertEqual(pod.containers["worker"].stdout, "")

    def test_no_merge_while_a_result_is_missing(self):
        for name in self.RESULTS[:-1]:
            (self.data / name).write_text("fruit,kg\nfig,1\n", encoding="utf-8")
        ended = self.example.run_pod(self.example.job("shards-merge"), 0).containers["worker"]
        self.assertEqual((ended.exit_code, ended.stdout), (196, ""))
        self.assertIn("5 items, expected 6", ended.stderr)

    def test_a_shard_with_rows_missing_fails_and_the_others_go_on(self):
        config_map = self.example.of_kind("ConfigMap")["shards-data"]
        config_map["data"]["shard_0.csv"] = "fruit,kg\nplum,10\n"
        job = self.example.job("shards-by-weight")
        pods = [self.example.run_pod(job, 1) for _ in range(2)]
        for pod in pods:
            failed = pod.containers["worker"]
            self.assertEqual((failed.exit_code, failed.record["class"]), (1, None))
        self.assertEqual(self.files("*.csv"), ["shard_2.csv", "shard_5.csv"])
        shown = self.example.shown(
            "kubectl logs -l job-name=shards-by-weight,"
            "batch.kubernetes.io/job-completion-index=1 --prefix")
        self.assertEqual(sorted(line for pod in pods for line in example.logs(job, {1: pod})),
                         example.without_suffixes(shown))

    def test_failed_indexes_again(self):
        self.run_well(self.example.job("shards-again"))
        self.assertEqual(self.files("*"), ["shard_1.csv", "shard_4.csv"])

    def test_by_hand(self):
        # Nothing but bash and awk is needed, which that image has.
        ended = example.by_hand(podman, built["frames"], self.name, self.data)
        self.assertEqual(ended.exit_code, 0, ended.stderr)
        self.assertTrue(ended.stdout.endswith(self.example.shown(
            "kubectl logs job/shards-merge")), ended.stdout)


class Sweep(Pipeline):
    name = "sweep"

    def check_table_and_plot(self):
        table = (self.data / "table.tsv").read_text(encoding="utf-8")
        self.assertEqual(table, self.example.shown(
            "kubectl exec sweep-data -- cat /data/table.tsv"))
        plot = (self.data / "sweep.svg").read_text(encoding="utf-8")
        self.assertTrue(plot.rstrip().endswith("</svg>"))
        # One mark for each combination, and one in the legend.
        self.assertEqual(len(re.findall(r"<use xlink:href='#gpPt5' transform", plot)), 13)

    def test_all_combinations_a_table_and_a_plot(self):
        job = self.example.job("sweep")
        self.check_logs(job, self.run_well(job))
        self.run_well(self.example.job("sweep-plot"))
        self.check_table_and_plot()

    def test_failed_combinations_again(self):
        self.run_well(self.job("sweep", "--only=3,7-8", completions=3))
        self.assertEqual(self.files("*"), ["result-%02d.tsv" % number for number in (3, 7, 8)])

    def test_by_hand(self):
        ended = example.by_hand(podman, built[self.name], self.name, self.data)
        self.assertEqual(ended.exit_code, 0, ended.stderr)
        self.check_table_and_plot()


if __name__ == "__main__":
    cases.main()
