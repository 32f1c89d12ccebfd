# SPDX-License-Identifier: Apache-2.0
"""The API server's rules for a Job that the examples could break: faults(job) lists what it would
refuse, in its own words. Messages and limits are those of Kubernetes 1.32."""

import re

INT_FIELDS = ("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit",
              "ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes")
ACTIONS = ("Count", "FailIndex", "FailJob", "Ignore")
LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?\Z")
QUALIFIED = re.compile(r"([a-z0-9.-]+/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\Z")
LARGE = 100_000


def faults(job):
    """The faults of a Job, each as "field: detail"; empty if the API server takes it."""
    spec = job["spec"]
    return [*_numbers(spec), *_mode(spec), *_name(job), *_failure_policy(spec),
            *_success_policy(spec), *_template(spec)]


def _numbers(spec):
    for name in INT_FIELDS:
        value = spec.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool):
            yield "spec.%s: not a number" % name
        elif value < 0:
            yield "spec.%s: must be greater than or equal to 0" % name


def _mode(spec):
    mode = spec.get("completionMode", "NonIndexed")
    per_index = spec.get("backoffLimitPerIndex")
    if mode not in ("Indexed", "NonIndexed"):
        yield 'spec.completionMode: supported values: "NonIndexed", "Indexed"'
        return
    if mode == "NonIndexed":
        for name in ("backoffLimitPerIndex", "maxFailedIndexes"):
            if name in spec:
                yield "spec.%s: requires indexed completion mode" % name
        if "successPolicy" in spec:
            yield "spec.successPolicy: requires indexed completion mode"
        return
    if "completions" not in spec and "parallelism" in spec:
        yield "spec.completions: when completion mode is Indexed"
        return
    completions, most_failed = spec.get("completions", 1), spec.get("maxFailedIndexes")
    if spec.get("parallelism", 1) > LARGE:
        yield "spec.parallelism: must be less than or equal to 100000"
    if most_failed is not None and per_index is None:
        yield "spec.backoffLimitPerIndex: when maxFailedIndexes is specified"
    if most_failed is not None and most_failed > completions:
        yield "spec.maxFailedIndexes: must be less than or equal to completions"
    if per_index is not None and completions > LARGE:
        yield from _large(spec, most_failed)


def _large(spec, most_failed):
    when = "when completions are above 100000 and used with backoff limit per index"
    if most_failed is None:
        yield "spec.maxFailedIndexes: must be specified " + when
    elif most_failed > 10_000:
        yield "spec.maxFailedIndexes: must be less than or equal to 10000 " + when
    if spec.get("parallelism", 1) > 10_000:
        yield "spec.parallelism: must be less than or equal to 10000 " + when


def _name(job):
    name, spec = job["metadata"]["name"], job["spec"]
    if len(name) > 63:
        yield "metadata.name: label value longer than 63"
    elif spec.get("completionMode") == "Indexed" and spec.get("completions", 1) > 0:
        last = "%s-%d" % (name, spec.get("completions", 1) - 1)
        if len(last) > 63 or not LABEL.match(last):
            yield "metadata.name: will not able to create pod with invalid DNS label: " + last


def _failure_policy(spec):
    policy = spec.get("podFailurePolicy")
    if policy is None:
        return
    at = "spec.podFailurePolicy.rules"
    if spec["template"]["spec"].get("restartPolicy") != "Never":
        yield "spec.template.spec.restartPolicy: only \"Never\" is supported with podFailurePolicy"
    if spec.get("podReplacementPolicy", "Failed") != "Failed":
        yield "spec.podReplacementPolicy: only \"Failed\" is supported with podFailurePolicy"
    if len(policy.get("rules", [])) > 20:
        yield at + ": must have at most 20 items"
    for number, rule in enumerate(policy.get("rules", [])):
        for fault in _failure_rule(rule, spec):
            yield "%s[%d]%s" % (at, number, fault)


def _failure_rule(rule, spec):
    action = rule.get("action")
    if action not in ACTIONS:
        yield ".action: valid values"
    if action == "FailIndex" and "backoffLimitPerIndex" not in spec:
        yield ".action: requires the backoffLimitPerIndex to be set"
    codes, conditions = rule.get("onExitCodes"), rule.get("onPodConditions")
    if codes and conditions:
        yield ": specifying both OnExitCodes and OnPodConditions is not supported"
    if not codes and not conditions:
        yield ": specifying one of OnExitCodes and OnPodConditions is required"
    if codes:
        yield from (".onExitCodes" + fault for fault in _exit_codes(codes, spec))
    if len(conditions or []) > 20:
        yield ".onPodConditions: must have at most 20 items"
    for number, condition in enumerate(conditions or []):
        if not QUALIFIED.match(condition.get("type", "")):
            yield ".onPodConditions[%d].type: name part must consist of" % number
        if condition.get("status", "True") not in ("True", "False", "Unknown"):
            yield '.onPodConditions[%d].status: supported values: "False", "True", "Unknown"' % (
                number)


def _exit_codes(codes, spec):
    values, operator = codes.get("values", []), codes.get("operator")
    if operator not in ("In", "NotIn"):
        yield '.operator: supported values: "In", "NotIn"'
    if not values:
        yield ".values: at least one value is required"
    if len(values) > 255:
        yield ".values: must have at most 255 items"
    if operator == "In" and 0 in values:
        yield ".values: must not be 0 for the In operator"
    if len(set(values)) != len(values):
        yield ".values: Duplicate value"
    elif values != sorted(values):
        yield ".values: must be ordered"
    pod = spec["template"]["spec"]
    names = [container["name"] for container in pod.get("initContainers", []) + pod["containers"]]
    if codes.get("containerName", names[0]) not in names:
        yield ".containerName: must be one of the container or initContainer names"


def _success_policy(spec):
    policy = spec.get("successPolicy")
    if policy is None:
        return
    at, completions = "spec.successPolicy.rules", spec.get("completions", 1)
    rules = policy.get("rules", [])
    if not rules:
        yield at + ": at least one rules must be specified when the successPolicy is specified"
    if len(rules) > 20:
        yield at + ": must have at most 20 items"
    for number, rule in enumerate(rules):
        indexes, count = rule.get("succeededIndexes"), rule.get("succeededCount")
        if indexes is None and count is None:
            yield "%s[%d]: at least one of succeededCount or succeededIndexes must be specified" % (
                at, number)
        total = completions
        if indexes is not None:
            total, fault = _count_indexes(indexes, completions)
            if fault:
                yield "%s[%d].succeededIndexes: %s" % (at, number, fault)
        if count is not None and count > total:
            yield "%s[%d].succeededCount: must be less than or equal to %d" % (at, number, total)


def _count_indexes(text, completions):
    """How many indexes a text as "0,2-4" names, and what is wrong with it, or None."""
    if not isinstance(text, str):
        return 0, "not a text"
    if len(text) > 65536:
        return 0, "may not be more than 65536 bytes"
    previous, total = -1, 0
    for piece in text.split(",") if text else []:
        ends = piece.split("-")
        for end in ends:
            if not re.fullmatch(r"\+?[0-9]+", end):
                return 0, "cannot convert string to integer for index"
            if int(end) >= completions:
                return 0, "too large index"
            if int(end) <= previous:
                return 0, "non-increasing order, previous: %d, current: %s" % (previous, end)
            previous = int(end)
        total += int(ends[-1]) - int(ends[0]) + 1
    return total, None


def _template(spec):
    pod = spec["template"]["spec"]
    if pod.get("restartPolicy") not in ("OnFailure", "Never"):
        yield 'spec.template.spec.restartPolicy: valid values: "OnFailure", "Never"'
    containers = pod.get("initContainers", []) + pod["containers"]
    names = [container["name"] for container in containers]
    if len(set(names)) != len(names):
        yield "spec.template.spec.containers: duplicate name"
    volumes = {volume["name"] for volume in pod.get("volumes", [])}
    for container in containers:
        at = "spec.template.spec.containers[%s]" % container["name"]
        if not LABEL.match(container["name"]):
            yield at + ".name: not a DNS label"
        if not container.get("image"):
            yield at + ".image: required"
        mounts = container.get("volumeMounts", [])
        yield from ("%s.volumeMounts: no volume %s" % (at, mount["name"]) for mount in mounts
                    if mount["name"] not in volumes)
        if len({mount["mountPath"] for mount in mounts}) != len(mounts):
            yield at + ".volumeMounts: mountPath must be unique"
        words = container.get("command", []) + container.get("args", []) + [
            entry.get("value", "") for entry in container.get("env", [])]
        yield from ("%s: %r is not a text" % (at, word) for word in words
                    if not isinstance(word, str))
