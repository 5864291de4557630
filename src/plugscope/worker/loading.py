"""In the child: importing what the user named, and finding what it registered."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import plugscope.plugin
from plugscope.plugin import Registration, Registry, Semantics, default_registry

from .declared import init_function
from .guard import end_fork
from .message import Answer, Loaded, LoadedPlugin, Refused, Target
from .plain import plain_of, text_of

Say = Callable[[Answer], None]


_OURS = [Path(module).parent for module in (__file__, plugscope.plugin.__file__, importlib.__file__)]
"""Frames in these are no place in the user's code."""


class Unusable(Exception):
    """The target cannot be used; the text says why."""


def load(target: Target, say: Say) -> Registry | None:
    """Import the target and tell the host what it registered, or why it cannot be used."""
    sys.path[:0] = [target.search] if target.search else []
    sys.dont_write_bytecode = True
    pid = os.getpid()
    try:
        registry = _find(target)
        end_fork(pid, None)
    except Unusable as error:
        end_fork(pid, None)
        say(Refused(str(error)))
        return None
    except BaseException as error:
        end_fork(pid, error)
        say(_explain(error))
        return None
    say(Loaded(str(registry.semantics), list(map(_describe, registry))))
    return registry


def _explain(error: BaseException) -> Refused:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not _is_ours(f.filename)]
    location = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    if isinstance(error, SyntaxError) and error.filename:
        location = f"{error.filename}:{error.lineno}"
    name = type(error).__name__
    message = text_of(error.msg if isinstance(error, SyntaxError) else error)
    if isinstance(error, SystemExit):
        name, message = "SystemExit", f"the module ends the process while it is imported (exit {message})"
    return Refused(
        f"{name}: {message}" if message else name,
        location,
        text_of("".join(traceback.format_exception(error)), 20_000),
    )


def _is_ours(filename: str) -> bool:
    return filename.startswith("<frozen") or any(map(Path(filename).is_relative_to, _OURS))


def _find(target: Target) -> Registry:
    if target.kind == "functions":
        return _from_manifest(target)
    module = _import(target)
    if target.attr:
        return _from_attr(module, target)
    if len(default_registry):
        return default_registry
    # Empty, and in every module that imports all of the model.
    registries = (v for v in vars(module).values() if isinstance(v, Registry) and v is not default_registry)
    named = {id(registry): registry for registry in registries}
    if len(named) == 1:
        return next(iter(named.values()))
    if named:
        raise Unusable("the module has several registries; name one, as in MODULE:ATTR")
    raise Unusable(
        "importing it registers no plugin; if it has a registry or a list of them, name it: MODULE:ATTR"
    )


def _import(target: Target) -> Any:
    if target.kind == "module":
        return importlib.import_module(target.name)
    path = Path(target.name)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise Unusable(f"{path.name} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _from_attr(module: Any, target: Target) -> Registry:
    value = module
    for part in target.attr.split("."):
        try:
            value = getattr(value, part)
        except AttributeError:
            raise Unusable(f"{target.name} has no attribute {target.attr!r}") from None
    if callable(value) and not isinstance(value, Registry):
        value = value()
    if isinstance(value, Registration):
        value = [value]
    if not isinstance(value, Registry):
        value = _from_list(value, target)
    if len(default_registry) and value is not default_registry:
        return _join(default_registry, value)
    return value


def _from_list(value: Any, target: Target) -> Registry:
    is_list = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    items = list(value) if is_list else [value]
    strange = [item for item in items if not isinstance(item, Registration)]
    if strange or not is_list:
        kind = type(strange[0]).__name__
        raise Unusable(f"{target.attr} is no registry and no list of registrations (found {kind})")
    return Registry(items, target.semantics)


def _join(first: Registry, second: Registry) -> Registry:
    """What importing registered, in order, plus what the attribute names (each registration once)."""
    joined = Registry(first, second.semantics)
    known = {id(registration) for registration in first}
    for registration in second:
        if id(registration) not in known:
            joined.register(registration)
    return joined


def _from_manifest(target: Target) -> Registry:
    registry = Registry(semantics=Semantics(target.semantics))
    for plugin in target.plugins:
        init_fn = _function(plugin["init_fn"]) if plugin["init_fn"] else init_function(plugin)
        registry.register(
            Registration(plugin["type"], plugin["id"], plugin["requires"], plugin["config"], init_fn)
        )
    return registry


def _function(name: str) -> Any:
    module, colon, attr = name.partition(":")
    if not colon or not module or not attr:
        raise Unusable(f"init_fn {name!r} must read package.module:function")
    value: Any = importlib.import_module(module)
    for part in attr.split("."):
        if not hasattr(value, part):
            raise Unusable(f"init_fn {name!r}: {module} has no {attr!r}")
        value = getattr(value, part)
    if not callable(value):
        raise Unusable(f"init_fn {name!r} is no function")
    return value


def _describe(registration: Registration) -> LoadedPlugin:
    init_fn = registration.init_fn
    code = getattr(init_fn, "__code__", None)
    name = ""
    if init_fn is not None:
        module, function = getattr(init_fn, "__module__", ""), getattr(init_fn, "__qualname__", "")
        name = f"{module}:{function}" if function else type(init_fn).__name__
    return LoadedPlugin(
        text_of(registration.type, 500),
        text_of(registration.id, 500),
        [text_of(name, 500) for name in registration.requires],
        plain_of(registration.config),
        text_of(name, 500),
        f"{code.co_filename}:{code.co_firstlineno}" if code else "",
    )
