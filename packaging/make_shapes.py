"""Describe the configuration of a containerd release: ``python3 packaging/make_shapes.py VERSION SOURCE DEFAULT``.

SOURCE is the source tree of the release, DEFAULT what its ``containerd config default`` prints. Writes
``resources/configs/containerd-VERSION.json``: the Go structs that configurations are decoded into (for each TOML key
the field and its type), which struct belongs to which plugin, and the defaults. A plugin whose struct is ``null`` has
no configuration: what is set for it is never looked at.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "configs"

_GC = "io.containerd.gc.v1.scheduler"
_WHERE = {
    "1.6": {
        "": "services/server/config Config",
        "io.containerd.runtime.v1.linux": "runtime/v1/linux Config",
        "io.containerd.runtime.v2.task": "runtime/v2 Config",
        "io.containerd.internal.v1.restart": "runtime/restart/monitor Config",
        "io.containerd.metadata.v1.bolt": "services/server/config BoltConfig",
        "io.containerd.service.v1.tasks-service": "services/tasks Config",
        "io.containerd.internal.v1.opt": "services/opt Config",
        "io.containerd.service.v1.diff-service": "services/diff config",
        "io.containerd.monitor.v1.cgroups": "metrics/cgroups Config",
        "io.containerd.snapshotter.v1.overlayfs": "snapshots/overlay/plugin Config",
        "io.containerd.snapshotter.v1.devmapper": "snapshots/devmapper Config",
        "io.containerd.snapshotter.v1.native": "snapshots/native/plugin Config",
        "io.containerd.snapshotter.v1.btrfs": "snapshots/btrfs/plugin Config",
        _GC: "gc/scheduler config",
        "io.containerd.grpc.v1.cri": "pkg/cri/config PluginConfig",
        "io.containerd.snapshotter.v1.aufs": "vendor/github.com/containerd/aufs/plugin Config",
        "io.containerd.snapshotter.v1.zfs": "vendor/github.com/containerd/zfs/plugin Config",
    },
    "1.7": {
        "io.containerd.metadata.v1.bolt": "metadata/plugin BoltConfig",
        "io.containerd.snapshotter.v1.blockfile": "snapshots/blockfile/plugin Config",
        "io.containerd.transfer.v1.local": "plugins/transfer transferConfig",
        "io.containerd.nri.v1.nri": "pkg/nri Config",
        "io.containerd.tracing.processor.v1.otlp": "tracing/plugin OTLPConfig",
        "io.containerd.internal.v1.tracing": "tracing/plugin TraceConfig",
    },
    "2.1": {
        "": "cmd/containerd/server/config Config",
        "io.containerd.shim.v1.manager": "core/runtime/v2 ShimConfig",
        "io.containerd.runtime.v2.task": "core/runtime/v2 TaskConfig",
        "io.containerd.monitor.task.v1.cgroups": "core/metrics/cgroups Config",
        "io.containerd.metadata.v1.bolt": "plugins/metadata BoltConfig",
        "io.containerd.image-verifier.v1.bindir": "pkg/imageverifier/bindir Config",
        "io.containerd.service.v1.tasks-service": "plugins/services/tasks Config",
        "io.containerd.internal.v1.opt": "plugins/services/opt Config",
        "io.containerd.service.v1.diff-service": "plugins/services/diff config",
        "io.containerd.snapshotter.v1.overlayfs": "plugins/snapshots/overlay/plugin Config",
        "io.containerd.snapshotter.v1.erofs": "plugins/snapshots/erofs/plugin Config",
        "io.containerd.snapshotter.v1.devmapper": "plugins/snapshots/devmapper Config",
        "io.containerd.snapshotter.v1.native": "plugins/snapshots/native/plugin Config",
        "io.containerd.snapshotter.v1.btrfs": "plugins/snapshots/btrfs/plugin Config",
        "io.containerd.snapshotter.v1.blockfile": "plugins/snapshots/blockfile/plugin Config",
        "io.containerd.nri.v1.nri": "internal/nri Config",
        "io.containerd.cri.v1.runtime": "internal/cri/config RuntimeConfig",
        "io.containerd.cri.v1.images": "internal/cri/config ImageConfig",
        "io.containerd.grpc.v1.cri": "internal/cri/config ServerConfig",
        "io.containerd.monitor.container.v1.restart": "plugins/restart Config",
        "io.containerd.differ.v1.erofs": "plugins/diff/erofs/plugin Config",
        _GC: "plugins/gc config",
        "io.containerd.transfer.v1.local": "plugins/transfer transferConfig",
        "io.containerd.tracing.processor.v1.otlp": "pkg/tracing/plugin OTLPConfig",
        "io.containerd.internal.v1.tracing": "pkg/tracing/plugin TraceConfig",
    },
}
"""For each release which struct of which folder; 1.7 adds to and replaces 1.6. "" is the file's top level."""

_ROOT_PATH = {"root_path": ["RootPath", "string"]}
_ELSEWHERE = {"io.containerd.snapshotter.v1.zfs": _ROOT_PATH, "io.containerd.snapshotter.v1.aufs": _ROOT_PATH}
"""Snapshotters of other repositories, where the source tree does not bring them along."""

_STRUCT = re.compile(r"^type (\w+) struct \{\n(.*?)^\}", re.S | re.M)
_FIELD = re.compile(r"^\t(\w+)[ \t]+([^\s`/]+(?: \{\})?)[ \t]*(?:`([^`]*)`)?", re.M)
_EMBEDDED = re.compile(r"^\t\*?(?:(\w+)\.)?(\w+)[ \t]*(?:`([^`]*)`)?$", re.M)
_TAG = re.compile(r'toml:"([^",]*)')


class Tree:
    """The structs of a source tree. A struct is named as Go prints it, ``package.Name``; where several folders hold
    packages of one name, ``@folder`` follows."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.structs: dict[str, dict[str, list[str]]] = {}
        self._texts: dict[str, str] = {}

    def read(self, folder: str, name: str) -> str:
        """Read a folder's files and describe one of its structs; returns that struct's name."""
        texts = [
            file.read_text("utf-8")
            for file in sorted((self.root / folder).glob("*.go"))
            if not file.name.endswith(("_test.go", "_windows.go", "_darwin.go", "_freebsd.go"))
        ]
        found = re.search(r"^package (\w+)", texts[0], re.M)
        package = found[1] if found else ""
        bodies = dict(_STRUCT.findall("\n".join(texts)))
        at = f"@{folder}" if self._texts.get(f"{package}.{name}", bodies[name]) != bodies[name] else ""
        for other, body in bodies.items():
            self._texts.setdefault(f"{package}.{other}{at}", body)
        self._describe(f"{package}.{name}{at}")
        return f"{package}.{name}{at}"

    def _describe(self, name: str) -> None:
        if name in self.structs or name not in self._texts:
            return
        fields = self.structs[name] = {}
        for key, field, kind in self._fields(name):
            fields[key] = [field, kind]
            self._describe(re.sub(r"^(\[\]|\*|map\[\w+\])+", "", kind))

    def _fields(self, struct: str) -> Iterator[tuple[str, str, str]]:
        package, at = struct.partition(".")[0], struct.partition("@")[1:]
        body = re.sub(r"^\t*//.*\n", "", self._texts[struct], flags=re.M)
        for field, kind, tag in _FIELD.findall(body):
            key = _TAG.search(tag)
            named = key[1] if key else field.lower()
            if field[0].isupper() and named != "-" and not tag.startswith("json"):
                yield named, field, self._qualified(kind, package, "".join(at))
        for other, kind, tag in _EMBEDDED.findall(body):
            key, name = _TAG.search(tag), f"{other or package}.{kind}{''.join(at)}"
            if key:
                yield key[1], kind, name
            elif name in self._texts:
                yield from self._fields(name)

    def _qualified(self, kind: str, package: str, at: str) -> str:
        head = re.match(r"^(?:\[\]|\*|map\[\w+\])*", kind)
        start = head[0] if head else ""
        base = kind[len(start) :]
        if base[:1].isupper() or f"{package}.{base}{at}" in self._texts or base == "duration":
            base = f"{package}.{base}{at}"
        return start + {"interface{}": "any", "toml.Tree": "table", "fsType": "string"}.get(base, base)


def main(arguments: list[str]) -> int:
    """Write the description of one release."""
    version, source, default = arguments
    defaults = tomllib.loads(Path(default).read_text("utf-8"))
    minor = version.rpartition(".")[0]
    where = _WHERE[minor] if minor != "1.7" else {**_WHERE["1.6"], **_WHERE["1.7"]}
    tree = Tree(Path(source))
    owners: dict[str, str] = {}
    for uri, text in where.items():
        folder, _, name = text.partition(" ")
        if folder and (tree.root / folder).is_dir():
            owners[uri] = tree.read(folder, name)
    for uri in _ELSEWHERE.keys() - owners:
        owners[uri] = f"plugin.Config@{uri}"
        tree.structs[owners[uri]] = _ELSEWHERE[uri]
    plugins = defaults.pop("plugins", {})
    missing = sorted(plugins.keys() - owners)
    print(f"{version}: {len(owners) - 1} plugins, {len(tree.structs)} structs; without a struct: {missing}")
    shape: dict[str, Any] = {
        "version": version,
        "top": owners.pop(""),
        "plugins": dict(sorted(owners.items())),
        "structs": dict(sorted(tree.structs.items())),
        "defaults": plugins,
    }
    TARGET.mkdir(exist_ok=True)
    text = json.dumps(shape, indent=1, sort_keys=False, ensure_ascii=False)
    (TARGET / f"containerd-{version}.json").write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
