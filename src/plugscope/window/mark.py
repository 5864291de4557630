"""The icon that stands for each look."""

from plugscope.session.look import Look

MARK_ICONS = {
    Look.UNKNOWN: "may",
    Look.OK: "ok",
    Look.SKIP: "skip",
    Look.ERROR: "error",
    Look.VICTIM: "victim",
    Look.DISABLED: "disabled",
    Look.NOT_REACHED: "not-reached",
    Look.ABSENT: "absent",
    Look.MAY: "may",
    Look.PENDING: "not-reached",
}
