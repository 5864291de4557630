"""A PySide6 release that loses references must not slip in with an update.

6.12.0 on Python 3.11 drops a reference to `True` with each emit and one to `None` with each call that returns
nothing; after some hundred the process aborts. Short tests do not show it, so here are many, in a process of
their own.
"""

import subprocess
import sys

CHILD = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

class Sender(QObject):
    sent = Signal(int)

app = QCoreApplication([])
sender, timer, seen = Sender(), QTimer(), []
sender.sent.connect(seen.append)
before = sys.getrefcount(True), sys.getrefcount(None)
for number in range(20_000):
    sender.sent.emit(number)
for number in range(20_000):
    timer.setInterval(number)
lost = max(b - a for a, b in zip((sys.getrefcount(True), sys.getrefcount(None)), before))
print(len(seen), lost)
"""


def test_twenty_thousand_emits_and_calls_leave_the_process_alive() -> None:
    """Neither signals nor calls that return nothing cost a reference to True or None."""
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen, lost = map(int, done.stdout.split())
    assert seen == 20_000
    assert lost < 1_000
