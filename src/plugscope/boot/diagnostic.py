"""What there is to tell about a source, as data; the sentence is its last use."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How bad it is: it ends or breaks something, it may, or it is only good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Topic(StrEnum):
    """What a diagnostic is about."""

    CATALOG = "catalog"
    CONFIG = "config"
    LOG = "log"
    LISTING = "listing"
    DAEMON = "daemon"


class DiagnosticCode(StrEnum):
    """Which fact it is. The values are stable: scripts and SARIF rules know them."""

    SOURCE = "source"
    NO_TYPE = "no-type"
    NO_ID = "no-id"
    DUPLICATE = "duplicate"
    INVALID_REQUIRES = "invalid-requires"
    CYCLE = "cycle"
    DISABLED = "disabled"
    DISABLED_SEVERAL = "disabled-several"
    DISABLED_UNKNOWN = "disabled-unknown"
    REQUIRED_MISSING = "required-missing"
    REQUIRED_UNKNOWN = "required-unknown"
    REQUIRES_TWICE = "requires-twice"
    SINGLE_OF_MANY = "single-of-many"
    TYPE_WITHOUT_PLUGIN = "type-without-plugin"
    UNDECLARED_LOOKUP = "undeclared-lookup"
    CONFIG_ABORT = "config-abort"
    CONFIG_AMBIGUOUS_ID = "config-ambiguous-id"
    CONFIG_BUILD = "config-build"
    CONFIG_IMPORT_EMPTY = "config-import-empty"
    CONFIG_IMPORT_IGNORED = "config-import-ignored"
    CONFIG_IMPORT_RELATIVE = "config-import-relative"
    CONFIG_MIGRATED = "config-migrated"
    CONFIG_RELEASE = "config-release"
    CONFIG_REQUIRED_IGNORED = "config-required-ignored"
    CONFIG_UNKNOWN_KEY = "config-unknown-key"
    CONFIG_UNKNOWN_TABLE = "config-unknown-table"
    CONFIG_UNUSED_TABLE = "config-unused-table"
    CONFIG_VERSION_1 = "config-version-1"
    CONFIG_VERSION_UNKNOWN = "config-version-unknown"
    PROXY_ORDER = "proxy-order"
    PROXY_PLATFORM = "proxy-platform"
    DAEMON_DISABLED = "daemon-disabled"
    DAEMON_PROCESS = "daemon-process"
    DAEMON_VERSION = "daemon-version"
    DEPRECATION = "deprecation"
    LISTING_DISABLED = "listing-disabled"
    LISTING_PART = "listing-part"
    LISTING_VERSION = "listing-version"
    LISTING_WORDS = "listing-words"
    LOG_BOOTS = "log-boots"
    LOG_DISABLED = "log-disabled"
    LOG_END = "log-end"
    LOG_HEAD = "log-head"
    LOG_HOLE = "log-hole"
    LOG_LEVEL = "log-level"
    LOG_NEWEST_FIRST = "log-newest-first"
    LOG_SILENT = "log-silent"
    LOG_VERSION = "log-version"
    OBSERVED_SILENT = "observed-silent"

    @property
    def topic(self) -> Topic:
        """What it is about."""
        return _TOPICS.get(self, Topic.CATALOG)


_OF_LISTS = (DiagnosticCode.DISABLED_UNKNOWN, DiagnosticCode.DISABLED_SEVERAL)
_TOPICS: dict[DiagnosticCode, Topic] = {
    code: topic
    for topic in (Topic.CONFIG, Topic.LOG, Topic.LISTING, Topic.DAEMON)
    for code in DiagnosticCode
    if code.startswith(f"{topic}-") or (topic is Topic.CONFIG and code in _OF_LISTS)
}


class Diagnostic(Struct, frozen=True):
    """One fact about a source.

    ``text`` says it in words, without ``advice``: what to do instead, or "". ``error`` holds the daemon's own words if
    it is about such. ``location`` is a file, line or field, or "".
    """

    code: DiagnosticCode
    severity: Severity
    text: str
    uri: str = ""
    location: str = ""
    error: str = ""
    advice: str = ""

    @property
    def message(self) -> str:
        """All of it in one sentence."""
        return f"{self.text}{self.advice}"

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message
