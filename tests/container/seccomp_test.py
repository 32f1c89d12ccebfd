# SPDX-License-Identifier: Apache-2.0
"""The same seccomp profile, once loaded by podman and runc and once by indexrun --seccomp in a
container without a filter: a program must find the same calls open and closed."""

import os
import pathlib
import shutil
import unittest

import cases
import engine

PROFILES = pathlib.Path(__file__).parent / "profiles"
PODMANS = pathlib.Path("/usr/share/containers/seccomp.json")

# Calls by number (x86-64) with arguments that no kernel accepts, or that change nothing.
INVALID = -1
CALLS = [(number, INVALID, INVALID, INVALID) for number in (
    2, 4, 5, 8, 10, 16, 21, 27, 49, 50, 76, 82, 83, 87, 90, 92, 101, 104, 133, 155, 161, 165, 166,
    167, 168, 169, 170, 175, 176, 179, 180, 188, 200, 205, 217, 237, 238, 246, 248, 250, 251, 253,
    257, 262, 272, 278, 279, 298, 300, 303, 304, 308, 310, 311, 312, 313, 316, 317, 321, 323, 324,
    332, 425, 426, 428, 429, 430, 431, 435, 437, 438, 439, 440, 442, 443, 448, 449, 451, 452, 462,
    470, 600)]
CALLS += [(41, family, 1, 0) for family in (1, 2, 16, 38, 40)] + [(41, 16, 3, 9)]
CALLS += [(140, which, who) for which in (0, 2, 3) for who in (0x7F07, 0x7F08, 0x1_0000_7F07)]
CALLS += [(135, persona) for persona in (0xFFFFFFFF, 0xFFFFFFFE)]
# CLONE_THREAD without what it needs: nothing is ever cloned.
CALLS += [(272, 0x10000000), (56, 0x7E030000, 0), (56, 0x00010000, 0), (110,)]


def setUpModule():
    global podman
    podman = unittest.enterModuleContext(engine.Engine())
    image = podman.new_folder("image")
    shutil.copy(os.environ["INDEXRUN"], image / "indexrun")
    shutil.copy(os.environ["PROBE"], image / "probe")
    podman.import_image("seccomp", image)


def probe(calls):
    words = ["/probe"]
    for call in calls:
        words += ["then"] if len(words) > 1 else []
        words += ["call", *("%#x" % (word & 0xFFFF_FFFF_FFFF_FFFF) for word in call)]
    return words


class Differential(unittest.TestCase):
    def compare(self, profile, *options):
        folder = podman.new_folder("profile")
        shutil.copy(profile, folder / "profile.json")
        common = [*options, "--security-opt", "no-new-privileges",
                  "--volume", "%s:/profile:ro" % folder]
        theirs = podman.run("seccomp", *probe(CALLS), options=[
            *common, "--security-opt", "seccomp=%s" % (folder / "profile.json")])
        ours = podman.run(
            "seccomp", "/indexrun", "--index=0", "--item=a", "--seccomp=/profile/profile.json",
            "--", *probe(CALLS), options=[*common, "--security-opt", "seccomp=unconfined"])
        self.assertEqual((theirs.exit_code, theirs.stderr), (0, ""))
        self.assertEqual((ours.exit_code, ours.stderr), (0, ""))
        self.assertEqual(ours.stdout.splitlines(), theirs.stdout.splitlines())
        self.assertEqual(len(ours.stdout.splitlines()), len(CALLS))
        return ours.stdout

    def test_podmans_own_profile(self):
        text = self.compare(PODMANS)
        self.assertIn("EPERM", text)
        self.assertIn("ENOSYS", text)

    def test_podmans_own_profile_with_capabilities(self):
        with_rights = self.compare(PODMANS, "--cap-add", "SYS_CHROOT", "--cap-add", "SYS_BOOT")
        self.assertNotEqual(with_rights, self.compare(PODMANS, "--cap-drop", "ALL"))

    def test_an_allow_list_of_kubernetes(self):
        self.assertIn("0x1d6 ENOSYS", self.compare(PROFILES / "fine-grained.json"))

    def test_logging_everything(self):
        self.compare(PROFILES / "audit.json")

    def test_arguments_and_conditions(self):
        text = self.compare(PROFILES / "arguments.json", "--cap-drop", "ALL")
        self.assertIn("0x8c ECONNREFUSED", text)
        self.assertIn("EAFNOSUPPORT", text)


class Denials(unittest.TestCase):
    """--report-denials under podman's own filter, as a user who may do nothing."""

    def test_a_denied_call_is_told_without_any_right(self):
        ran = podman.run(
            "seccomp", "/indexrun", "--index=0", "--item=a", "--seccomp-deny=fchmodat,reboot",
            "--report-denials", "--", "/probe", "try-calls", "fchmodat", "chown",
            options=["--user", "1000:1000", "--cap-drop", "ALL", "--read-only",
                     "--security-opt", "no-new-privileges"])
        self.assertEqual(ran.exit_code, 0, ran.stderr)
        self.assertEqual(ran.stdout, "fchmodat EPERM\nchown EINVAL\n")
        self.assertIn("launch: denied: fchmodat(0xffffffffffffffff, ", ran.stderr)
        self.assertIn("launch: system calls denied: 1 (fchmodat EPERM 1)", ran.stderr)


if __name__ == "__main__":
    cases.main()
