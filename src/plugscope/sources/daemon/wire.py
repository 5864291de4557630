"""The few messages of containerd's API that are read here.

Field numbers from containerd's ``api/services/introspection/v1/introspection.proto``, ``api/types/platform.proto``,
``api/services/version/v1/version.proto`` and ``google/rpc/status.proto``; wire compatible from 1.0 to 2.4. They are
declared as a table and made at run time, because generated code is tied to one release of the protobuf library.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_PACKAGE = "plugscope.containerd"
_TYPES = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "string": _TYPES.TYPE_STRING,
    "bytes": _TYPES.TYPE_BYTES,
    "int32": _TYPES.TYPE_INT32,
    "int64": _TYPES.TYPE_INT64,
    "uint64": _TYPES.TYPE_UINT64,
}

# message: (number, name, type, is it a list); a type that is no scalar is a message of this table. Messages in lists
# are declared as bytes, to be counted before they are taken apart: an empty one takes two bytes in an answer, and a
# hundred in memory.
_MESSAGES: dict[str, tuple[tuple[int, str, str, bool], ...]] = {
    "PluginsRequest": ((1, "filters", "string", True),),
    "PluginsResponse": ((1, "plugins", "bytes", True),),
    "Plugin": (
        (1, "type", "string", False),
        (2, "id", "string", False),
        (3, "requires", "string", True),
        (4, "platforms", "bytes", True),
        (5, "exports", "bytes", True),
        (6, "capabilities", "string", True),
        (7, "init_err", "Status", False),
    ),
    "Export": ((1, "key", "string", False), (2, "value", "string", False)),
    "Platform": (
        (1, "os", "string", False),
        (2, "architecture", "string", False),
        (3, "variant", "string", False),
        (4, "os_version", "string", False),
        (5, "os_features", "string", True),
    ),
    "Status": ((1, "code", "int32", False), (2, "message", "string", False)),
    "Empty": (),
    "ServerResponse": (
        (1, "uuid", "string", False),
        (2, "pid", "uint64", False),
        (3, "pidns", "uint64", False),
        (4, "deprecations", "bytes", True),
    ),
    "Deprecation": ((1, "id", "string", False), (2, "message", "string", False)),
    "VersionResponse": ((1, "version", "string", False), (2, "revision", "string", False)),
    "PluginInfoRequest": ((1, "type", "string", False), (2, "id", "string", False)),
    "Any": ((1, "type_url", "string", False), (2, "value", "bytes", False)),
    "PluginInfoResponse": ((1, "plugin", "Plugin", False), (2, "extra", "Any", False)),
}


@cache
def message(name: str) -> type[Any]:
    """The class of a message in the table."""
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"{_PACKAGE}.{name}"))


@cache
def _pool() -> descriptor_pool.DescriptorPool:
    file = descriptor_pb2.FileDescriptorProto(name="plugscope.proto", package=_PACKAGE, syntax="proto3")
    for name, fields in _MESSAGES.items():
        declared = file.message_type.add(name=name)
        for number, field, type_name, is_list in fields:
            made = declared.field.add(name=field, number=number)
            made.label = _TYPES.LABEL_REPEATED if is_list else _TYPES.LABEL_OPTIONAL
            if type_name in _SCALARS:
                made.type = _SCALARS[type_name]
            else:
                made.type = _TYPES.TYPE_MESSAGE
                made.type_name = f".{_PACKAGE}.{type_name}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool
