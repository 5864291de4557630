"""Telling manifests and containerd configurations from other files, by how they begin."""

from __future__ import annotations

import re

_SURE = frozenset(
    (
        "disabled_plugins",
        "required_plugins",
        "plugins",
        "proxy_plugins",
        "stream_processors",
        "imports",
        "grpc",
        "ttrpc",
        "oom_score",
        "plugin_dir",
    )
)
_POSSIBLE = _SURE | {"version", "root", "state", "temp", "debug", "metrics", "cgroup", "timeouts"}
_TYPICAL = re.compile(
    rb"^\s*(disabled_plugins\s*=|required_plugins\s*=|\[plugins[.\]]|\[proxy_plugins[.\]]|\[grpc\]|imports\s*=\s*\[|version\s*=\s*[1-4]\s*$)",
    re.M,
)
# What stands in no TOML: lines of a daemon, pasted together with the configuration that they are about.
_TOLD = re.compile(rb"^\W{0,8}(?:containerd: \S|time=\"?\d{4}-|(?:INFO|WARN|ERRO|FATA)\[\d{4})", re.M)
_TEMPLATE = re.compile(rb"^[^#\n]*\{\{-?\s*(?:template|define|block|if|range|with|end|/\*|\.[A-Z])", re.M)
_FOREIGN = re.compile(rb"^\s*(plugscope\s*[=:]|\[\[\s*plugin\s*\]\])", re.M)
_MANIFEST = re.compile(rb'\A\W*(?:plugscope\s*[=:]|"plugscope"\s*:)|^plugscope\s*[=:]', re.MULTILINE)
_MOST = 1 << 20
"""As much of a file as is looked at if it does not parse."""


def says_manifest(head: bytes) -> bool:
    """Whether a file says of itself that it is a manifest."""
    return _MANIFEST.search(head[:4096]) is not None


def looks_like_template(data: bytes, name: str = "") -> bool:
    """Whether this is a template of a containerd configuration, such as k3s and rke2 fill in, and not one itself."""
    if _TEMPLATE.search(data[:_MOST]) is None:
        return False
    is_config = _TYPICAL.search(data[:_MOST]) is not None or name.endswith(".tmpl")
    return is_config and not _parses(data)


def _parses(data: bytes) -> bool:
    import tomllib

    try:
        tomllib.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return False
    return True


def looks_like_config(data: bytes, name: str = "") -> bool:
    """Whether these are the bytes of a containerd ``config.toml``, or of one with a mistake in it.

    A file without settings is one only by its name.
    """
    text = data.removeprefix(b"\xef\xbb\xbf")
    if _FOREIGN.search(text[:_MOST]):
        return False
    if not re.search(rb"^[ \t]*[^#\s]", text[:_MOST], re.M):
        return name.rpartition("/")[2] == "config.toml"
    import tomllib  # most sources are none, and told before this

    try:
        values = tomllib.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        head = text[:_MOST]
        is_typical = _TYPICAL.search(head) or name.rpartition("/")[2] == "config.toml"
        return bool(is_typical) and _TOLD.search(head) is None and not text.lstrip().startswith(b"{")
    if "plugscope" in values or isinstance(values.get("plugin"), list):
        return False
    known = _POSSIBLE & values.keys()
    if _SURE & values.keys() or (known and known == values.keys()):
        return True
    return type(values.get("version")) is int and (len(known) > 1 or name.rpartition("/")[2] == "config.toml")
