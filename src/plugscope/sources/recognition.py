"""What kind of source a file or a stream is, told by how it begins."""

from __future__ import annotations

import re

from .error import SourceError
from .source import Kind

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


def kind_of(head: bytes, name: str) -> Kind:
    """The kind of the source that begins with these bytes (64 KiB tell enough) and has that name.

    What is nothing else is taken for a manifest, which its reader refuses if it is none. Raises ``SourceError`` for a
    template of a configuration, which nobody but the program that fills it in can read.
    """
    if says_manifest(head):
        return Kind.MANIFEST
    if looks_like_template(head, name):
        raise SourceError.at(
            name,
            "a template of a containerd configuration, which k3s or rke2 fills in when it starts: open the config.toml "
            "that it made of it (beside the template, unless it is told otherwise)",
        )
    if looks_like_config(head, name):
        return Kind.CONFIG
    from .listing import looks_like_listing  # with the reader of logs, which a manifest has no use for
    from .log import looks_like_log

    if looks_like_listing(head):
        return Kind.LISTING
    return Kind.LOG if looks_like_log(head) else Kind.MANIFEST


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
