"""The inspector: everything about one plugin, as it is at the replay's cursor.

``Inspector`` decides which plugin that is and has its pages filled by ``facts`` (``config_facts``: its settings,
``source_facts``: the source as a whole). A page (``page``) is written from top to bottom as items (``page_item``,
``setting_box``), which are reused from one step to the next.
"""

from .inspector import Inspector

__all__ = [
    "Inspector",
]
