"""The end of a boot that a configuration brings about."""

from plugscope.boot import BootAbort
from plugscope.sources.toml import NOWHERE, Location

LOAD = "config-load"
VALIDATE = "config-validate"
LOG = "log-setup"
DIRECTORIES = "top-level-dirs"
SERVER = "server-setup"
PANIC = "register-panic"
DECODE = "plugin-config-decode"


class ConfigAborted(Exception):
    """The daemon would stop here. ``abort`` says in which stage, with which message, and where that was written.

    ``note``: what is to be said of it besides.
    """

    def __init__(
        self, stage: str, message: str, location: Location = NOWHERE, uri: str = "", *, note: str = ""
    ) -> None:
        super().__init__(message)
        self.note = note
        self.location = location
        self.abort = BootAbort(stage, message, str(location) if location.file else "", uri)
