"""What the actions do: one controller a menu or a matter, each between the window and the session.

A controller says in ``handlers`` which actions are its own; ``Controllers`` holds all of them and connects them.
"""

from .controller import Controller
from .controllers import Controllers
from .opening import can_take

__all__ = [
    "Controller",
    "Controllers",
    "can_take",
]
