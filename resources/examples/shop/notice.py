"""``notice.receipts``: tells customers that they paid."""

from __future__ import annotations

from pathlib import Path

from plugscope.plugin import Envelope, InitContext, PluginNotFoundError

from .listener import Listener
from .mail import Mailer
from .system import MAIL, NOTICE, registry


class Receipts:
    """Sends a receipt for each sale, or writes it to the outbox where there is no mailer."""

    def __init__(self, mailer: Mailer | None, outbox: Path) -> None:
        self._mailer = mailer
        self._outbox = outbox
        self._listener: Listener | None = None

    def listen(self, ic: InitContext) -> Receipts:
        """Hear of sales from now on."""
        self._listener = Listener("receipts", ic.events, ("/shop/sale",), self._tell)
        return self

    def _tell(self, envelope: Envelope) -> None:
        code = envelope.event["code"]
        text = f"{envelope.topic}: {code}\n"
        if self._mailer is not None:
            self._mailer.send("customer@example.org", "Your receipt", text)
        else:
            (self._outbox / f"{code}.txt").write_text(text, "utf-8")

    def close(self) -> None:
        """Tell of what is still waiting, and stop."""
        if self._listener is not None:
            self._listener.close()


@registry.plugin(NOTICE, "receipts", requires=[MAIL])
def receipts(ic: InitContext) -> Receipts:
    """Take the mailer if there is one.

    A mailer that skipped is not found, and that is fine; one that failed raises its error, and so does this.
    """
    outbox = Path(ic.state, "outbox")
    outbox.mkdir(parents=True, exist_ok=True)
    mailer: Mailer | None = None
    try:
        mailer = ic.get_single(MAIL)
    except PluginNotFoundError:
        print("no mailer: receipts go to the outbox")
    ic.meta.exports["through"] = "outbox" if mailer is None else "mail"
    return Receipts(mailer, outbox).listen(ic)
