"""The end of a boot that a configuration brings about."""

from plugscope.boot.catalog import BootAbort

from .place import NOWHERE, Place

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
        self, stage: str, message: str, place: Place = NOWHERE, uri: str = "", *, note: str = ""
    ) -> None:
        super().__init__(message)
        self.note = note
        self.place = place
        self.abort = BootAbort(stage, message, str(place) if place.file else "", uri)
