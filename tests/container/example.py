# SPDX-License-Identifier: Apache-2.0
"""An example as its README tells it: the manifests, all indexes of their Jobs, and the outputs that
the README shows."""

import copy
import re

import images
import job as jobs

EXAMPLES = images.SOURCE / "examples"
# A command of the README, and right under it the block that shows its output.
SHOWN = re.compile(r"^    (\S.*)\n\n```\n((?:(?!```).*\n)*)```$", re.M)
SUFFIX = re.compile(r"-[a-z0-9]{5}/")


class Example:
    """The folder of an example, whose pods run on a node."""

    def __init__(self, name, node):
        self.folder, self.node = EXAMPLES / name, node
        self.readme = (self.folder / "README.md").read_text(encoding="utf-8")
        self.documents = [one for path in sorted(self.folder.glob("*.yaml"))
                          for one in jobs.documents(path)]

    def of_kind(self, kind):
        """Objects by their names."""
        return {one["metadata"]["name"]: one for one in self.documents if one["kind"] == kind}

    def job(self, name):
        """A copy that the caller may change."""
        return copy.deepcopy(self.of_kind("Job")[name])

    def run_pod(self, job, index):
        config_maps = [{key: value for key, value in one.items() if key != "immutable"}
                       for one in self.of_kind("ConfigMap").values()]
        return self.node.run(jobs.pod_of(job, index), config_maps)

    def run(self, job):
        """Runs every index; index -> PodEnded."""
        return {index: self.run_pod(job, index)
                for index in range(job["spec"]["completions"])}

    def shown(self, command):
        """The output that the README shows under a command."""
        found = [output for shown, output in SHOWN.findall(self.readme) if shown == command]
        if len(found) != 1:
            raise AssertionError("%s/README.md shows %d outputs of %r" % (
                self.folder.name, len(found), command))
        return found[0]

    def shown_logs(self, name):
        """As logs(), from the README."""
        return without_suffixes(self.shown("kubectl logs -l job-name=%s --prefix" % name))


def without_suffixes(shown):
    """The sorted lines of an output, with the names that the Job's pods have before their random
    ends."""
    return sorted(SUFFIX.sub("/", line) for line in shown.splitlines())


def logs(job, pods, container="worker"):
    """The lines of `kubectl logs -l job-name=NAME --prefix`, sorted. The order within a pod is
    lost: podman keeps standard output and error apart."""
    return sorted("[pod/%s-%d/%s] %s" % (job["metadata"]["name"], index, container, line)
                  for index, pod in pods.items()
                  for text in (pod.containers[container].stdout, pod.containers[container].stderr)
                  for line in text.splitlines())


def build(podman, name, *options, deadline):
    """The image of an example's Dockerfile, under the name that its first lines tell."""
    folder = EXAMPLES / name
    tag = re.search(r"--tag (\S+) ", (folder / "Dockerfile").read_text(encoding="utf-8"))[1]
    podman.podman("build", "--quiet", "--tag", tag, *options, folder, deadline=deadline)
    return tag


def by_hand(podman, image, name, folder):
    """Runs run.sh of an example in its image, with the results in `folder`."""
    return podman.run(image, "/examples/%s/run.sh" % name, "/results",
                      options=["--entrypoint=bash", "--env=INDEXRUN=/indexrun",
                               "--volume=%s:/examples:ro" % EXAMPLES,
                               "--volume=%s:/results" % folder], deadline=300)
