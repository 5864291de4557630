"""The server's loop around the model (containerd ``server.New``).

For each registration in order: its configuration is decoded, its init function runs, the result joins the set,
and the boot goes on after a failure, except where containerd aborts. Then the services are registered; closing
goes in reverse.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .config import decode
from .context import InitContext, LookupObserver
from .error import BootAborted, ConfigError, ErrorText, PluginInitializedError, is_skip_plugin
from .exchange import Exchange
from .loaded import Plugin, PluginSet
from .registration import Registration
from .registry import DisableFilter, Registry
from .service import Closer, Service
from .stage import Stage

log = logging.getLogger("plugscope.boot")


class Boot:
    """One boot of a registry.

    ``config`` holds what the user set, by URI; ``required`` the URIs without which the boot aborts;
    ``disable`` is handed to the registry's ``graph``. Iterate ``steps`` to go plugin by plugin, or ``run``.
    """

    def __init__(
        self,
        registry: Registry,
        *,
        root: str = "",
        state: str = "",
        address: str = "",
        config: Mapping[str, Mapping[str, Any]] | None = None,
        required: Iterable[str] = (),
        disable: Iterable[str] | DisableFilter | None = None,
        context: Any = None,
    ) -> None:
        self.ordered: list[Registration] = registry.graph(disable)
        self.plugins = PluginSet(registry.semantics)
        self.events = Exchange()
        self.root, self.state, self.address = root, state, address
        self.context = context
        self.config = dict(config or {})
        self._required = dict.fromkeys(required)
        self._unmet = dict(self._required)
        self._contexts: dict[str, InitContext] = {}

    def steps(self) -> Iterator[Plugin]:
        """Initialise one plugin at a time, in order. Raises ``BootAborted`` where containerd does."""
        for registration in self.ordered:
            yield self.initialise(registration)
        self.check_required()

    def run(self, server: Any = None) -> PluginSet:
        """The whole boot: all plugins, then their services on ``server`` if one is given."""
        for _ in self.steps():
            pass
        if server is not None:
            self.register_services(server)
        return self.plugins

    def new_context(self, registration: Registration, observer: LookupObserver | None = None) -> InitContext:
        """The context for a registration's init, with its configuration decoded.

        Raises ``BootAborted`` for a configuration that does not fit: containerd's message names no plugin.
        """
        ic = InitContext.new(
            self.context,
            registration,
            self.plugins,
            self.root,
            self.state,
            address=self.address,
            events=self.events,
            observer=observer,
        )
        ic.config = registration.config
        if registration.config is not None:
            try:
                ic.config, unknown = decode(registration.config, self.config.get(registration.uri, {}))
            except ConfigError as error:
                raise BootAborted(
                    str(error), stage=Stage.PLUGIN_CONFIG_DECODE, uri=registration.uri
                ) from error
            for key in unknown:
                log.warning("Ignoring unknown key %s for plugin %s", key, registration.uri)
        self._contexts[registration.uri] = ic
        return ic

    def initialise(self, registration: Registration, observer: LookupObserver | None = None) -> Plugin:
        """Initialise one plugin and add it to the set. Its own failure is kept, not raised."""
        plugin = registration.init(self.new_context(registration, observer))
        self.settle(plugin)
        return plugin

    def settle(self, plugin: Plugin) -> None:
        """Add an initialised plugin to the set, log how it went, and abort where containerd does."""
        uri = plugin.registration.uri
        try:
            self.plugins.add(plugin)
        except PluginInitializedError as error:
            text = ErrorText.NOT_ADDED.format(error)
            raise BootAborted(text, stage=Stage.PLUGIN_SET_ADD, uri=uri) from error
        if plugin.err is None:
            self._unmet.pop(uri, None)
            return
        if is_skip_plugin(plugin.err):
            log.info("skip loading plugin %s: %s", uri, plugin.err)
        else:
            log.warning("failed to load plugin %s: %s", uri, plugin.err)
        if uri in self._required:
            text = ErrorText.REQUIRED_FAILED.format(uri, plugin.err)
            raise BootAborted(text, stage=Stage.REQUIRED_FAILED, uri=uri) from plugin.err
        if self._contexts[uri].waits_for_readiness:
            text = ErrorText.READINESS_FAILED.format(uri, plugin.err)
            raise BootAborted(text, stage=Stage.READINESS, uri=uri) from plugin.err

    def check_required(self) -> None:
        """Abort if a required plugin is not among those initialised (it is disabled or unknown)."""
        if self._unmet:
            text = ErrorText.REQUIRED_MISSING.format(" ".join(self._unmet))
            raise BootAborted(text, stage=Stage.REQUIRED_MISSING, uri=next(iter(self._unmet)))

    @property
    def is_ready(self) -> bool:
        """Whether every plugin that registered readiness has reported ready."""
        return all(ic.ready for ic in self._contexts.values() if ic.waits_for_readiness)

    def register_services(self, server: Any) -> list[str]:
        """Register the services of the plugins that came up; returns their URIs. An error aborts."""
        registered = []
        for plugin in self.plugins:
            instance = None if plugin.err is not None else plugin.instance()
            if not isinstance(instance, Service):
                continue
            uri = plugin.registration.uri
            try:
                instance.register(server)
            except Exception as error:
                raise BootAborted(str(error), stage=Stage.SERVICE_REGISTER, uri=uri) from error
            registered.append(uri)
        return registered

    def close(self) -> dict[str, Exception]:
        """Close the instances that can be closed, the last one first; returns the errors by URI."""
        errors: dict[str, Exception] = {}
        for plugin in reversed(self.plugins.get_all()):
            instance = None if plugin.err is not None else plugin.instance()
            if isinstance(instance, Closer):
                try:
                    instance.close()
                except Exception as error:
                    errors[plugin.registration.uri] = error
                    log.error("failed to close plugin %s: %s", plugin.registration.uri, error)
        return errors
