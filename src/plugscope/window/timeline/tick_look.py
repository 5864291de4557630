"""How ticks tell outcomes apart beside their colour: by height, and by who stands in front where there is no room."""

from __future__ import annotations

from plugscope.session import Look

_URGENCY = {
    Look.ERROR: 6,
    Look.VICTIM: 5,
    Look.MAY: 4,
    Look.NOT_REACHED: 3,
    Look.SKIP: 2,
    Look.UNKNOWN: 1,
    Look.OK: 0,
    Look.DISABLED: 0,
    Look.ABSENT: 0,
    Look.PENDING: 0,
}

HEIGHTS = {Look.ERROR: 24, Look.VICTIM: 20, Look.MAY: 18, Look.SKIP: 12, Look.NOT_REACHED: 8}
"""Pixels; 14 for those that are not named."""

urgency = _URGENCY.__getitem__
"""How much a look is to be seen: of several at one place, the one with the most."""
