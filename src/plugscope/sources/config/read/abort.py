"""The end of a boot that a configuration brings about."""

from plugscope.boot import BootAbort
from plugscope.plugin import Stage
from plugscope.sources.toml import NOWHERE, Location


class ConfigAborted(Exception):
    """The daemon would stop here. ``abort`` says in which stage, with which message, and where that was written.

    ``name`` is the name in it that is at fault; ``note``: what is to be said of it besides.
    """

    def __init__(
        self,
        stage: Stage,
        message: str,
        location: Location = NOWHERE,
        uri: str = "",
        *,
        name: str = "",
        note: str = "",
    ) -> None:
        super().__init__(message)
        self.note = note
        self.location = location
        self.abort = BootAbort(stage, message, str(location) if location.file else "", uri, name)
