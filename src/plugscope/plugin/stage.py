"""Where a boot can end before its time."""

from enum import StrEnum


class Stage(StrEnum):
    """The part of a boot that it ended in, in the order in which a daemon comes to them.

    From ``ORDER`` to ``SERVICE_REGISTER`` it is the plugin package that gives up; what stands before and behind that is
    the daemon around it, and the last four can end a boot anywhere.
    """

    CONFIG_LOAD = "config-load"
    CONFIG_VALIDATE = "config-validate"
    LOG_SETUP = "log-setup"
    TOP_LEVEL_DIRS = "top-level-dirs"
    SERVER_SETUP = "server-setup"
    DYNAMIC_LOAD = "dynamic-load"
    REGISTER_PANIC = "register-panic"
    ORDER = "order"
    PLUGIN_CONFIG_DECODE = "plugin-config-decode"
    PLUGIN_SET_ADD = "plugin-set-add"
    REQUIRED_FAILED = "required-failed"
    READINESS = "readiness"
    REQUIRED_MISSING = "required-missing"
    SERVICE_REGISTER = "service-register"
    SERVICE = "service"
    LISTENER = "listener"
    POST_INIT_FATAL = "post-init-fatal"
    HANG = "hang"
    TIMEOUT = "timeout"
    CRASH = "crash"
    CANCELLED = "cancelled"
