# SPDX-License-Identifier: Apache-2.0
"""What a wrong manifest does: one message, the documented exit status, nothing started, nothing
half-written."""

import os
import unittest

import cases
import engine
import images
import kubelet

COMMAND = ("--", "echo", "started")
FIVE = "foo\nbar\nbaz\nqux\nxyz\n"


def setUpModule():
    global podman
    podman = unittest.enterModuleContext(engine.Engine())
    images.busybox(podman)
    images.indexrun(podman)
    images.with_busybox(podman, "worker:1.0")


def mounted(files, at="/lists"):
    """The option that mounts a ConfigMap with these keys."""
    folder = podman.new_folder("configmap")
    kubelet.write_volume(folder, files, folder_mode=0o777)
    return "--volume=%s:%s:ro" % (folder, at)


class Refused(unittest.TestCase):
    """As an assertion for each: class and exit status, and what the message names."""

    def check(self, arguments, exit_code, *named, options=(), command=COMMAND, hint=None):
        ended = podman.run("worker:1.0", "/indexrun", *arguments, *command, options=options)
        self.assertEqual((ended.exit_code, ended.stdout), (exit_code, ""), ended.stderr)
        lines = ended.stderr.splitlines()
        self.assertTrue(all(line.startswith("indexrun: ") for line in lines), lines)
        self.assertEqual(len([line for line in lines if not line.startswith("indexrun: hint: ")]),
                         1, lines)
        for text in named:
            self.assertIn(text, lines[0])
        if hint is not None:
            self.assertIn(hint, "".join(lines[1:]))
        record = ended.record
        self.assertEqual((record["exit"], record["class"]), (
            exit_code, {196: "config", 197: "item", 198: "input"}[exit_code]))
        self.assertIn(record["reason"].rstrip("."), ended.stderr)
        return ended


class Lists(Refused):
    def test_an_optional_key_that_is_missing(self):
        self.check(["--index=0", "--items-file=/lists/items.txt"], 196, "/lists/items.txt",
                   "No such file", options=[mounted({"other": "x"})])

    def test_an_optional_config_map_that_is_missing(self):
        self.check(["--index=0", "--items-file=/lists/items.txt"], 196, "/lists/items.txt",
                   options=[mounted({})])
        self.check(["--index=0", "--items-dir=/lists"], 196, "/lists", options=[mounted({})])

    def test_a_sub_path_of_a_missing_key_which_is_a_directory(self):
        folder = podman.new_folder("subpath")
        self.check(["--index=0", "--items-file=/lists/items.txt"], 196, "/lists/items.txt",
                   options=["--volume=%s:/lists/items.txt:ro" % folder])

    def test_an_optional_key_of_a_variable_that_is_missing(self):
        self.check(["--index=0", "--items-env=ITEMS"], 196, "ITEMS")

    def test_an_empty_variable(self):
        self.check(["--index=0", "--items-env=ITEMS"], 196, "ITEMS", options=["--env=ITEMS="])

    def test_an_empty_key(self):
        self.check(["--index=0", "--items-file=/lists/items.txt"], 196, "/lists/items.txt",
                   options=[mounted({"items.txt": ""})])

    def test_more_items_than_expected(self):
        options = [mounted({"items.txt": FIVE + "six\nseven"})]
        for index in (0, 4):
            self.check(["--index=%d" % index, "--items-file=/lists/items.txt",
                        "--expect-count=5"], 196, "7", "5", options=options)

    def test_more_keys_than_expected(self):
        options = [mounted({str(number): "x%d" % number for number in range(7)})]
        self.check(["--index=0", "--items-dir=/lists", "--expect-count=5"], 196, "7", "5",
                   options=options)

    def test_a_gap_in_the_keys(self):
        self.check(["--index=0", "--items-dir=/lists"], 196, "/lists",
                   options=[mounted({"0": "a", "2": "c"})])

    def test_fewer_items_than_indexes(self):
        self.check(["--index=5", "--items-file=/lists/items.txt"], 197, "5",
                   options=[mounted({"items.txt": FIVE})])

    def test_a_blank_line(self):
        self.check(["--index=0", "--items-file=/lists/items.txt"], 196, "/lists/items.txt:2",
                   options=[mounted({"items.txt": "foo\n\nbar\n"})])

    def test_binary_data(self):
        self.check(["--index=0", "--items-file=/lists/list.gz", "--format=lines"], 196,
                   "/lists/list.gz",
                   options=[mounted({"list.gz": b"\x1f\x8b\x08\0\0\0\0\0\0\x03K\xcb\xcf\xe7"})])

    def test_the_volume_is_not_mounted(self):
        self.check(["--index=0", "--items-file=/lists/items.txt"], 196, "/lists/items.txt",
                   "No such file")
        self.check(["--index=0", "--items-dir=/lists"], 196, "/lists", "No such file")


class Indexes(Refused):
    ITEMS = "--items=foo,bar"

    def test_no_index_anywhere(self):
        self.check([self.ITEMS], 196, "JOB_COMPLETION_INDEX")

    def test_the_index_variable_is_empty(self):
        # So it is in a Job that is not Indexed, where the annotation is missing.
        self.check([self.ITEMS, "--index-env=PIECE"], 196, "PIECE", options=["--env=PIECE="])
        self.check([self.ITEMS], 196, "JOB_COMPLETION_INDEX",
                   options=["--env=JOB_COMPLETION_INDEX="])

    def test_the_index_variable_is_not_set(self):
        self.check([self.ITEMS, "--index-env=PIECE"], 196, "PIECE")

    def test_a_reference_that_kubernetes_left_as_it_is(self):
        self.check([self.ITEMS, "--index-env=EARLY"], 196, "EARLY", "$(JOB_COMPLETION_INDEX)",
                   options=["--env=EARLY=$(JOB_COMPLETION_INDEX)"], hint="")
        ended = self.check([self.ITEMS, "--index=$(JOB_COMPLETION_INDEX)"], 196,
                           "$(JOB_COMPLETION_INDEX)")
        self.assertIn("indexrun: hint: ", ended.stderr)

    def test_the_index_file_is_empty(self):
        # A single annotation that is missing makes an empty file.
        self.check([self.ITEMS, "--index-file=/podinfo/index"], 196, "/podinfo/index",
                   options=[mounted({"index": ""}, "/podinfo")])

    def test_the_index_file_is_missing(self):
        self.check([self.ITEMS, "--index-file=/podinfo/index"], 196, "/podinfo/index",
                   "No such file")

    def test_annotations_without_the_index(self):
        dump = kubelet.dump({"kubernetes.io/config.source": "api", "note": "1"})
        self.check([self.ITEMS, "--index-file=/podinfo/annotations"], 196, "/podinfo/annotations",
                   options=[mounted({"annotations": dump}, "/podinfo")])


class Outputs(Refused):
    def test_a_read_only_volume(self):
        folder = podman.new_folder("input")
        ended = self.check(["stage", "--index=0", "--items=foo", "--write=/input/data.txt"], 198,
                           "/input/data.txt", "Read-only file system", command=(),
                           options=["--volume=%s:/input:ro" % folder])
        self.assertEqual((ended.stdout, os.listdir(folder)), ("", []))

    def test_a_read_only_root(self):
        self.check(["--index=0", "--items=foo", "--write=/data.txt"], 198, "/data.txt",
                   "Read-only file system", options=["--read-only"])

    def test_a_full_volume(self):
        # One page: the file appears, its content does not fit.
        ended = podman.run("worker:1.0", "sh", "-c",
                           "cat /dev/zero >/input/filler 2>/dev/null; "
                           "/indexrun stage --index=0 --items=foo --write=/input/data.txt; "
                           "code=$?; ls -A /input; exit $code",
                           options=["--tmpfs=/input:size=4k"])
        self.assertEqual((ended.exit_code, ended.stdout), (198, "filler\n"))
        self.assertIn("No space left on device", ended.stderr)
        self.assertEqual((ended.record["class"], ended.record["exit"]), ("input", 198))

    def test_a_full_volume_keeps_what_was_there(self):
        ended = podman.run("worker:1.0", "sh", "-c",
                           "echo old >/input/data.txt; cat /dev/zero >/input/filler 2>/dev/null; "
                           "/indexrun stage --index=0 --items=new --write=/input/data.txt; "
                           "code=$?; ls -A /input; cat /input/data.txt; exit $code",
                           options=["--tmpfs=/input:size=8k"])
        self.assertEqual((ended.exit_code, ended.stdout), (198, "data.txt\nfiller\nold\n"))

    def test_no_right_to_write(self):
        folder = podman.new_folder("input")
        self.check(["--index=0", "--items=foo", "--write=/input/data.txt"], 198, "/input",
                   "Permission denied",
                   options=["--user=1000:1000", "--volume=%s:/input" % folder])


class Install(unittest.TestCase):
    def test_over_a_running_copy(self):
        shared = podman.new_folder("shared")
        options = ["--volume=%s:/shared" % shared]

        def install():
            ended = podman.run(images.INDEXRUN, "install", "/shared/indexrun", options=options)
            self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (0, "", ""))

        install()
        first = (shared / "indexrun").stat()
        self.assertEqual(first.st_mode & 0o7777, 0o755)
        running = podman.start(images.BUSYBOX, "/shared/indexrun", "--index=0", "--items=foo",
                               "--", "sh", "-c", "trap 'echo got USR1' USR1; echo ready; "
                               "while :; do sleep 600 & wait $!; done", options=options)
        running.wait_for_output("ready")
        install()
        self.assertNotEqual((shared / "indexrun").stat().st_ino, first.st_ino)
        self.assertEqual(os.listdir(shared), ["indexrun"])
        podman.podman("kill", "--signal", "USR1", running.name)
        running.wait_for_output("got USR1")
        self.assertEqual(running.stop(grace=30)[0].exit_code, 143)

    def test_into_a_read_only_volume(self):
        shared = podman.new_folder("shared")
        ended = podman.run(images.INDEXRUN, "install", "/shared/indexrun",
                           options=["--volume=%s:/shared:ro" % shared])
        self.assertEqual((ended.exit_code, ended.record["class"]), (198, "input"))
        self.assertIn("Read-only file system", ended.stderr)

    def test_into_a_full_volume(self):
        ended = podman.run(images.INDEXRUN, "install", "/shared/indexrun",
                           options=["--tmpfs=/shared:size=64k"])
        self.assertEqual((ended.exit_code, ended.record["class"]), (198, "input"))
        self.assertIn("No space left on device", ended.stderr)

    def test_as_a_user_who_may_not_write_there(self):
        shared = podman.new_folder("shared")
        ended = podman.run(images.INDEXRUN, "install", "/shared/indexrun",
                           options=["--user=1000", "--volume=%s:/shared" % shared])
        self.assertEqual((ended.exit_code, ended.record["class"]), (198, "input"))
        self.assertEqual(os.listdir(shared), [])

    def test_an_entrypoint_without_the_run_bit_is_the_engines_to_report(self):
        folder = podman.new_folder("unfit")
        (folder / "Dockerfile").write_text(
            "FROM %s AS indexrun\nFROM scratch\nCOPY --from=indexrun --chmod=0644 /indexrun "
            '/indexrun\nENTRYPOINT ["/indexrun"]\n' % images.INDEXRUN)
        podman.podman("build", "--quiet", "--tag", "unfit:1.0", folder)
        done = podman.podman("run", "--rm", "--network=none", "unfit:1.0", "--version",
                             check=False)
        self.assertEqual(done.returncode, 126)
        self.assertIn("permission denied", done.stderr)

    def test_a_program_without_the_run_bit_is_ours_to_report(self):
        ended = podman.run("worker:1.0", "/indexrun", "--index=0", "--items=foo", "--",
                           "/etc/hostname")
        self.assertEqual((ended.exit_code, ended.record["class"]), (126, "noexec"))
        self.assertIn("/etc/hostname", ended.stderr)


class Replaced(unittest.TestCase):
    """The kubelet replaces a volume while workers start."""

    def test_the_index_is_read_while_the_annotations_change(self):
        folder = podman.new_folder("podinfo")

        def write(note):
            entries = {"batch.kubernetes.io/job-completion-index": "1", "note": note}
            kubelet.write_volume(folder, {
                "index": "1", "annotations": kubelet.dump(entries)}, mode=0o644)

        write("first")
        started = podman.start(
            "worker:1.0", "sh", "-c",
            "echo ready; i=0; while [ $i -lt 300 ]; do for file in index annotations; do "
            "item=$(/indexrun --supervise=never --index-file=/podinfo/$file --items=foo,bar -- "
            "echo {}) || exit; [ $item = bar ] || exit 1; done; i=$((i + 1)); done; echo end",
            options=["--volume=%s:/podinfo:ro" % folder])
        started.wait_for_output("ready")
        writes = 0
        while podman.state_of(started.name)["Status"] == "running":
            for _ in range(10):
                write("x" * (writes % 5000))
                writes += 1
        ended = started.finish()
        self.assertEqual((ended.exit_code, ended.stderr, ended.stdout), (0, "", "ready\nend\n"))
        self.assertGreater(writes, 10)

    def test_the_list_is_the_old_one_or_the_new_one(self):
        folder = podman.new_folder("lists")
        kubelet.write_volume(folder, {"items.txt": FIVE}, folder_mode=0o777)
        started = podman.start(
            "worker:1.0", "sh", "-c",
            "echo ready; i=0; while [ $i -lt 300 ]; do "
            "item=$(/indexrun --supervise=never --index=4 --items-file=/lists/items.txt "
            "--expect-count=5 -- echo {}) || exit; "
            "[ $item = xyz ] || [ $item = ZYX ] || exit 1; i=$((i + 1)); done; echo end",
            options=["--volume=%s:/lists:ro" % folder])
        started.wait_for_output("ready")
        writes = 0
        while podman.state_of(started.name)["Status"] == "running":
            for _ in range(10):
                text = FIVE if writes % 2 else "oof\nrab\nzab\nxuq\nZYX"
                kubelet.write_volume(folder, {"items.txt": text}, folder_mode=0o777)
                writes += 1
        ended = started.finish()
        self.assertEqual((ended.exit_code, ended.stderr, ended.stdout), (0, "", "ready\nend\n"))


if __name__ == "__main__":
    cases.main()
