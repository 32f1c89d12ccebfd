# SPDX-License-Identifier: Apache-2.0
"""From a Job to a Pod that podman can run: what the Job controller adds for one index, and what
the kubelet prepares on the node."""

import concurrent.futures
import copy
import dataclasses
import json
import secrets
import uuid

import yaml

import engine
import kubelet

INDEX_KEY = "batch.kubernetes.io/job-completion-index"
ALPHABET = "bcdfghjklmnpqrstvwxz2456789"
# Podman removes an init container that has ended, unless told that it is of the other kind.
KEEP_INIT = {"io.podman.annotations.init.container.type": "always"}


def documents(path):
    """All objects of a manifest file."""
    with open(path, encoding="utf-8") as text:
        return [document for document in yaml.safe_load_all(text) if document is not None]


def pod_of(job, index):
    """The pod that the Job controller makes for an index."""
    template = copy.deepcopy(job["spec"]["template"])
    name, uid = job["metadata"]["name"], str(uuid.uuid4())
    metadata = template.setdefault("metadata", {})
    metadata.setdefault("annotations", {})[INDEX_KEY] = str(index)
    metadata.setdefault("labels", {}).update({
        INDEX_KEY: str(index), "job-name": name, "batch.kubernetes.io/job-name": name,
        "controller-uid": uid, "batch.kubernetes.io/controller-uid": uid})
    suffix = "".join(secrets.choice(ALPHABET) for _ in range(5))
    metadata.update(name="%s-%d-%s" % (name, index, suffix), uid=str(uuid.uuid4()))
    spec = template["spec"]
    spec["hostname"] = "%s-%d" % (name, index)
    entry = {"name": "JOB_COMPLETION_INDEX", "valueFrom": {"fieldRef": {
        "fieldPath": "metadata.labels['%s']" % INDEX_KEY}}}
    for container in containers_of(spec):
        env = container.setdefault("env", [])
        if not any(known["name"] == entry["name"] for known in env):
            env.append(entry)
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def containers_of(spec):
    return spec.get("initContainers", []) + spec["containers"]


def mounts_of(spec, volume):
    return [mount for container in containers_of(spec)
            for mount in container.get("volumeMounts", []) if mount["name"] == volume]


@dataclasses.dataclass
class PodEnded:
    """How the containers of a pod ended: name -> Ended. One that was never started is missing."""

    containers: dict
    failed: bool


class Node:
    """Runs pods the way a node does."""

    def __init__(self, podman):
        self.podman = podman
        self.claims = {}

    def claim(self, name):
        """The folder that a PersistentVolumeClaim is bound to, for as long as the node lasts."""
        if name not in self.claims:
            self.claims[name] = self.podman.new_folder("claim")
            self.claims[name].chmod(0o777)
        return self.claims[name]

    def _prepare(self, pod, config_maps):
        """The pod as podman takes it, and the message file of each container."""
        pod = copy.deepcopy(pod)
        spec, messages = pod["spec"], {}
        for volume in spec.get("volumes", []):
            if "downwardAPI" in volume:
                items = volume.pop("downwardAPI")["items"]
                folder = self.podman.new_folder("downward")
                kubelet.write_volume(folder, {item["path"]: kubelet.field(
                    pod, item["fieldRef"]["fieldPath"]) for item in items})
                volume["hostPath"] = {"path": str(folder), "type": "Directory"}
            if "persistentVolumeClaim" in volume:
                folder = self.claim(volume.pop("persistentVolumeClaim")["claimName"])
                volume["hostPath"] = {"path": str(folder), "type": "Directory"}
            if "emptyDir" in volume:
                # podman makes a volume of that name, which two pods would share.
                own = "%s-%s" % (pod["metadata"]["name"], volume["name"])
                for mount in mounts_of(spec, volume["name"]):
                    mount["name"] = own
                volume["name"] = own
        for container in containers_of(spec):
            variables = kubelet.variables_of(pod, container, config_maps)
            for words in ("command", "args"):
                if words in container:
                    container[words] = [kubelet.expand(word, variables)
                                        for word in container[words]]
            message = self.podman.new_message_file()
            messages[container["name"]] = message
            name = "termination-log-" + container["name"]
            spec.setdefault("volumes", []).append(
                {"name": name, "hostPath": {"path": str(message), "type": "File"}})
            container.setdefault("volumeMounts", []).append(
                {"name": name, "mountPath": "/dev/termination-log"})
        pod["metadata"]["annotations"].update(KEEP_INIT)
        return pod, messages

    def run(self, pod, config_maps=()):
        """Runs the pod to its end and removes it. `config_maps`: objects of that kind."""
        return self.run_together([pod], config_maps)[0]

    def run_together(self, pods, config_maps=()):
        """Runs pods at the same time, which may wait for each other."""
        by_name = {config_map["metadata"]["name"]: config_map for config_map in config_maps}
        prepared = []
        for pod in pods:
            pod, messages = self._prepare(pod, by_name)
            manifest = self.podman.new_folder("pod") / "pod.yaml"
            manifest.write_text("---\n".join(json.dumps(document) + "\n"
                                             for document in [*config_maps, pod]))
            prepared.append((pod, messages, manifest))
        with concurrent.futures.ThreadPoolExecutor(len(pods)) as threads:
            ended = list(threads.map(self._play, *zip(*prepared)))
        self.podman.podman("volume", "rm", "--all", "--force")
        return ended

    def _play(self, pod, messages, manifest):
        played = self.podman.podman("play", "kube", "--network", "none", manifest, check=False)
        prefix = pod["metadata"]["name"] + "-"
        ended = {}
        for container in containers_of(pod["spec"]):
            name = prefix + container["name"]
            if not self.podman.exists(name):
                raise RuntimeError("podman play kube made no %s: %s" % (name, played.stderr))
            if self.podman.state_of(name)["Status"] in ("created", "configured"):
                continue  # an init container failed before it
            self.podman.podman("wait", name)
            ended[container["name"]] = self._ended(name, messages[container["name"]])
        self.podman.podman("pod", "rm", "--force", "--time", "0", pod["metadata"]["name"])
        if played.returncode != 0 and all(one.exit_code == 0 for one in ended.values()):
            raise RuntimeError("podman play kube: " + played.stderr)
        started_all = len(ended) == len(containers_of(pod["spec"]))
        return PodEnded(ended, not started_all or any(
            one.exit_code != 0 for one in ended.values()))

    def _ended(self, name, message):
        logs, state = self.podman.podman("logs", name), self.podman.state_of(name)
        return engine.Ended(state["ExitCode"], logs.stdout, logs.stderr, message.read_text())
