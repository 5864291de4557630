"""containerd's plugin model in Python (docs/model.md maps every Go name to its Python one).

A ``Registry`` holds registrations (``registration``), refused or taken by the rules of an era (``semantics``);
``order`` puts them in the order that containerd would. ``Boot`` goes through it: each init function gets an
``InitContext`` (``context``), with its decoded config (``config``) and the plugins that are there by then
(``loaded``), and what it returns or raises (``error``) becomes a ``Plugin`` of the set.

Standard library only; usable without the rest of Plugscope::

    from plugscope.plugin import Boot, InitContext, Registry

    registry = Registry()

    @registry.plugin("example.store.v1", "memory")
    def store(ic: InitContext) -> dict[str, str]:
        return {}

    Boot(registry).run()
"""

from .boot import Boot
from .config import decode as decode_config
from .context import PROPERTY_ADDRESS, PROPERTY_ROOT, PROPERTY_STATE, InitContext, LookupObserver
from .error import (
    BootAborted,
    CircularDependencyError,
    ConfigError,
    ErrorText,
    IDRegisteredError,
    InvalidRequiresError,
    MultipleInstancesError,
    NoPluginIDError,
    NoTypeError,
    PluginError,
    PluginInitializedError,
    PluginNotFoundError,
    SkipPlugin,
    chain,
    is_not_found,
    is_skip_plugin,
)
from .exchange import Envelope, EventError, Exchange, Subscription
from .kind import *  # noqa: F403 - the type constants, all of them
from .kind import Type as Type
from .kind import short_type
from .loaded import Plugin, PluginSet
from .meta import Meta, Platform
from .order import Order, order_of
from .registration import ConfigMigration, InitFn, Registration
from .registry import DisableFilter, Registry, default_registry, graph, plugin, register, reset
from .semantics import Rules, Semantics
from .service import Closer, Service
from .stage import Stage
