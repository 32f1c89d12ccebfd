# SPDX-License-Identifier: Apache-2.0
"""What the kubelet does for a pod before its containers start: volumes of the four projected kinds
laid out on disk, texts of the downward API, $(NAME) in commands."""

import datetime
import itertools
import os
import re
import shutil
import unicodedata

SHORT_ESCAPES = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
                 "\v": "\\v", '"': '\\"', "\\": "\\\\"}
_serial = itertools.count(1992690113)


def quoted(value):
    """A text as Go's strconv.Quote writes it (for values that are valid UTF-8)."""
    out = []
    for char in value:
        code = ord(char)
        if char in SHORT_ESCAPES:
            out.append(SHORT_ESCAPES[char])
        elif code < 0x20 or code == 0x7f:
            out.append("\\x%02x" % code)
        elif char == " " or unicodedata.category(char)[0] in "LMNPS":
            out.append(char)
        else:
            out.append(("\\u%04x" if code < 0x10000 else "\\U%08x") % code)
    return '"%s"' % "".join(out)


def dump(entries):
    """A whole map of annotations or labels: sorted by key bytes, no newline at the end."""
    return "\n".join("%s=%s" % (key, quoted(entries[key])) for key in sorted(
        entries, key=lambda key: key.encode()))


def write_volume(folder, files, mode=0o644, folder_mode=0o1777):
    """Lays `files` (path -> text or bytes) out in `folder`, or replaces what is there.

    The files lie in a folder named after the time, `..data` points to it, and every visible name
    is a symlink through `..data`: a reader changes from the old files to the new ones at once.
    """
    folder.chmod(folder_mode)
    stamp = datetime.datetime.now(datetime.timezone.utc).strftime("..%Y_%m_%d_%H_%M_%S.")
    fresh = folder / (stamp + str(next(_serial)))
    fresh.mkdir()
    fresh.chmod(0o755)
    for path, content in files.items():
        target = fresh / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        target.chmod(mode)
    old = os.readlink(folder / "..data") if (folder / "..data").is_symlink() else None
    (folder / "..data_tmp").symlink_to(fresh.name)
    os.rename(folder / "..data_tmp", folder / "..data")
    visible = {path.split("/")[0] for path in files}
    for name in visible:
        if not (folder / name).is_symlink():
            (folder / name).symlink_to("..data/" + name)
    for name in os.listdir(folder):
        if not name.startswith("..") and name not in visible:
            (folder / name).unlink()
    if old:
        shutil.rmtree(folder / old)


def field(pod, path):
    """The value of a fieldPath: in a volume also the whole map of annotations or labels."""
    metadata = pod["metadata"]
    subscript = re.fullmatch(r"metadata\.(annotations|labels)\['(.+)'\]", path)
    if subscript:
        return metadata[subscript[1]].get(subscript[2], "")
    if path in ("metadata.annotations", "metadata.labels"):
        return dump(metadata[path.split(".")[1]])
    return {"metadata.name": metadata["name"], "metadata.namespace": "default",
            "metadata.uid": metadata["uid"]}[path]


def expand(text, variables):
    """$(NAME) in command and args: what is unknown stays as it is, $$ stands for $."""
    def replace(found):
        if found[0] == "$$":
            return "$"
        return variables.get(found[1], found[0])
    return re.sub(r"\$\$|\$\(([^)]*)\)", replace, text)


def variables_of(pod, container, config_maps):
    """The container's environment as the kubelet builds it."""
    variables = {}
    for source in container.get("envFrom", []):
        for key, value in config_maps[source["configMapRef"]["name"]].get("data", {}).items():
            variables[source.get("prefix", "") + key] = value
    for entry in container.get("env", []):
        source = entry.get("valueFrom")
        if source is None:
            variables[entry["name"]] = expand(entry.get("value", ""), variables)
        elif "fieldRef" in source:
            variables[entry["name"]] = field(pod, source["fieldRef"]["fieldPath"])
        else:
            chosen = source["configMapKeyRef"]
            value = config_maps[chosen["name"]].get("data", {}).get(chosen["key"])
            if value is not None:
                variables[entry["name"]] = value
            elif not chosen.get("optional"):
                raise ValueError("CreateContainerConfigError: no key %s" % chosen["key"])
    return variables
