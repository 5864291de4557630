"""The choice of a boot, where a log tells of several."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox

from plugscope.sources.boot_log import BootLog, BootMark


class BootChoice(QComboBox):
    """The boots that can be chosen, the newest first. ``boot_requested`` names one; until it is open, and if it cannot
    be opened, the one that is open stands there."""

    boot_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._log: BootLog | None = None
        self.setAccessibleName(self.tr("Boot of the log"))
        self.setToolTip(self.tr("The log tells of several boots: which one to look at"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._choose)

    def show_log(self, log: BootLog | None) -> bool:
        """Offer the boots of a log; says whether there is a choice."""
        self._log = log
        blocker = QSignalBlocker(self)
        self.clear()
        if log is None or log.count < 2 or log.file is None:
            return False
        for mark in reversed(log.boots):
            self.addItem(boot_name(mark, log), mark.number)
        self._show_open()
        blocker.unblock()
        return True

    @Slot(int)
    def _choose(self, index: int) -> None:
        number = self.itemData(index)
        self._show_open()
        if self._log is not None and number != self._log.number:
            self.boot_requested.emit(number)

    def _show_open(self) -> None:
        if self._log is not None:
            self.setCurrentIndex(self.findData(self._log.number))


def boot_name(mark: BootMark, log: BootLog) -> str:
    """Its number and when it began, with the date if that of the others is another."""
    from plugscope.sources.boot_log import parse_moment

    text = QCoreApplication.translate("BootChoice", "Boot {0} of {1}").format(mark.number, log.count)
    stamp = parse_moment(mark.time)
    if stamp is None:
        return text
    has_date = stamp.zone is not None and len({boot.time[:10] for boot in log.boots if boot.time}) > 1
    return f"{text}, {f'{mark.time[:10]} ' if has_date else ''}{stamp.clock[:8]}"
