"""What an init function is given, and the lookups it makes.

Each lookup follows the rules of the set's semantics; the words of its errors are those of containerd 1.x
``plugin/context.go`` and of containerd/plugin ``context.go``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any, NoReturn

from .error import ErrorText, MultipleInstancesError, PluginNotFoundError, is_skip_plugin
from .exchange import Exchange
from .loaded import Declared, Plugin, PluginSet
from .meta import Meta

LookupObserver = Callable[[str, str, str, list[str], Exception | None], None]
"""Is told of each lookup: its kind, type, id (or ""), the URIs it found, and the error it raised, if any."""

PROPERTY_ROOT = "io.containerd.plugin.root"
PROPERTY_STATE = "io.containerd.plugin.state"
PROPERTY_ADDRESS = "io.containerd.plugin.grpc.address"


class InitContext:
    """Handed to an init function (``InitContext``).

    ``root`` and ``state`` are the plugin's own directories, ``config`` its decoded configuration, ``address``
    the daemon's socket, ``events`` the exchange, ``meta`` what the init function may fill in. ``properties``
    says the same as containerd 2.x does.
    """

    def __init__(
        self,
        plugins: PluginSet | None = None,
        *,
        context: Any = None,
        root: str = "",
        state: str = "",
        config: Any = None,
        address: str = "",
        events: Exchange | None = None,
        properties: dict[str, str] | None = None,
        observer: LookupObserver | None = None,
    ) -> None:
        self.context = context
        self.config = config
        self.events = Exchange() if events is None else events
        self.meta = Meta()
        self.properties = {PROPERTY_ROOT: root, PROPERTY_STATE: state, PROPERTY_ADDRESS: address}
        self.properties.update(properties or {})
        self.waits_for_readiness = False
        self.ready = False
        self._plugins = PluginSet() if plugins is None else plugins
        self._observer = observer

    @classmethod
    def new(
        cls,
        context: Any,
        registration: Declared,
        plugins: PluginSet,
        root: str,
        state: str,
        **more: Any,
    ) -> InitContext:
        """A context for one registration (``NewContext``): root and state are joined with its URI."""
        return cls(
            plugins,
            context=context,
            root=posixpath.join(root, registration.uri),
            state=posixpath.join(state, registration.uri),
            **more,
        )

    @property
    def root(self) -> str:
        """The plugin's directory for what lasts."""
        return self.properties[PROPERTY_ROOT]

    @property
    def state(self) -> str:
        """The plugin's directory for what goes with a reboot."""
        return self.properties[PROPERTY_STATE]

    @property
    def address(self) -> str:
        """The address that the daemon listens at."""
        return self.properties[PROPERTY_ADDRESS]

    @property
    def plugins(self) -> PluginSet:
        """The plugins initialised so far (``Plugins``)."""
        return self._plugins

    def register_readiness(self) -> Callable[[], None]:
        """Say that the plugin is not ready when its init returns; call the result once it is.

        A plugin that fails after this ends the boot (containerd 1.7.7 and later).
        """
        self.waits_for_readiness = True

        def done() -> None:
            self.ready = True

        return done

    def get(self, type_: str) -> Any:
        """The instance of the first plugin of a type (``Get``).

        1.x takes any one of them (Go's map order); here it is the one initialised first. 2.x has no ``Get``:
        there this is ``get_single``. Raises ``PluginNotFoundError``, or the error of the plugin found.
        """
        if self._plugins.semantics.is_v2:
            return self.get_single(type_)
        found = self._plugins.of_type(type_)[:1]
        if not found:
            self._not_found("first", type_, "", ErrorText.NO_PLUGINS_FOR.format(type_))
        return self._hand_out("first", found[0])

    def get_single(self, type_: str) -> Any:
        """The instance of the one plugin of a type that did not skip (``GetSingle``, 2.x).

        Raises ``PluginNotFoundError`` without one, ``MultipleInstancesError`` with two, or the first error of
        a failed one. Eras that have no ``GetSingle`` get the same rule with their own words.
        """
        found: Plugin | None = None
        for plugin in self._plugins.of_type(type_):
            if plugin.err is not None:
                if is_skip_plugin(plugin.err):
                    continue
                return self._hand_out("single", plugin)
            if found is not None:
                text = f"{ErrorText.SEVERAL_PLUGINS_FOR.format(type_)}: {MultipleInstancesError.text}"
                error = MultipleInstancesError(text)
                self._tell("single", type_, "", [found, plugin], error)
                raise error
            found = plugin
        if found is None:
            self._not_found("single", type_, "", ErrorText.NO_PLUGINS_FOR.format(type_))
        return self._hand_out("single", found)

    def get_by_id(self, type_: str, id_: str) -> Any:
        """The instance of one plugin (``GetByID``). Raises ``PluginNotFoundError`` or the plugin's error."""
        plugin = self._plugins.get(type_, id_)
        if plugin is None:
            if self._plugins.semantics.is_v2:
                text = ErrorText.NO_PLUGINS_FOR.format(f"{type_}.{id_}")
            elif self._plugins.of_type(type_):
                text = ErrorText.NO_PLUGINS_WITH_ID.format(type_, id_)
            else:  # 1.x asks GetByType first
                text = ErrorText.NO_PLUGINS_FOR.format(type_)
            self._not_found("by_id", type_, id_, text)
        return self._hand_out("by_id", plugin)

    def get_by_type(self, type_: str) -> dict[str, Any]:
        """The plugins of a type by id (``GetByType``).

        1.x: the ``Plugin`` objects, failed ones included. 2.x: their instances without the skipped ones; the
        error of a failed one is raised. Both raise ``PluginNotFoundError`` if there is nothing to hand out.
        """
        found = self._plugins.of_type(type_)
        if self._plugins.semantics.rules.lookups_see_failed:
            if not found:
                self._not_found("by_type", type_, "", ErrorText.NO_PLUGINS_FOR.format(type_))
            self._tell("by_type", type_, "", found, None)
            return {plugin.registration.id: plugin for plugin in found}
        usable = [plugin for plugin in found if not is_skip_plugin(plugin.err)]
        for plugin in usable:
            if plugin.err is not None:
                return {plugin.registration.id: self._hand_out("by_type", plugin)}
        if not usable:
            self._not_found("by_type", type_, "", ErrorText.NO_PLUGINS_FOR.format(type_))
        self._tell("by_type", type_, "", usable, None)
        return {plugin.registration.id: plugin.instance() for plugin in usable}

    def get_all(self) -> list[Plugin]:
        """All plugins initialised so far, in order (``GetAll``)."""
        found = self._plugins.get_all()
        self._tell("all", "*", "", found, None)
        return found

    def _hand_out(self, kind: str, plugin: Plugin) -> Any:
        id_ = plugin.registration.id if kind == "by_id" else ""
        self._tell(kind, plugin.registration.type, id_, [plugin], plugin.err)
        return plugin.instance()

    def _not_found(self, kind: str, type_: str, id_: str, text: str) -> NoReturn:
        error = PluginNotFoundError(f"{text}: {self._plugins.semantics.rules.not_found}")
        self._tell(kind, type_, id_, [], error)
        raise error

    def _tell(self, kind: str, type_: str, id_: str, found: list[Plugin], error: Exception | None) -> None:
        if self._observer is not None:
            self._observer(kind, type_, id_, [plugin.registration.uri for plugin in found], error)
