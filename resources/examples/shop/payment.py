"""``payment.card``: takes money from cards. It fails here: the certificate that the bank gave is not in place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from plugscope.plugin import InitContext

from .system import PAYMENT, registry


class PaymentError(Exception):
    """The gateway cannot be used."""


@dataclass
class CardConfig:
    """Where the bank is, the client certificate it wants (in the plugin's root), and whether to play bank."""

    endpoint: str = "https://payments.example/v1"
    certificate: str = "gateway.pem"
    sandbox: bool = False


class CardGateway:
    """Charges cards. In this example no money moves: the code of a payment follows from what is paid."""

    def __init__(self, identity: str) -> None:
        self.identity = identity

    def charge(self, reference: str, cents: int) -> str:
        """Take an amount; returns the bank's code for it."""
        return hashlib.sha256(f"{self.identity} {reference} {cents}".encode()).hexdigest()[:12]

    def refund(self, code: str) -> str:
        """Give an amount back; returns the bank's code for that."""
        return hashlib.sha256(f"{self.identity} {code} back".encode()).hexdigest()[:12]


@registry.plugin(PAYMENT, "card", config=CardConfig())
def card(ic: InitContext) -> CardGateway:
    """Load the client certificate. Raises ``PaymentError`` if it is not there or is none."""
    config: CardConfig = ic.config
    ic.meta.exports["endpoint"] = config.endpoint
    ic.meta.capabilities.extend(["charge", "refund"])
    if config.sandbox:
        print("the sandbox takes every card, and no money")
        return CardGateway("sandbox")
    print(f"loading the client certificate for {config.endpoint}")
    return CardGateway(_identity(Path(ic.root), config.certificate))


def _identity(folder: Path, name: str) -> str:
    try:
        text = (folder / name).read_text("utf-8")
    except OSError as error:
        raise PaymentError(f"the client certificate {name} cannot be read: {error.strerror}") from error
    if not text.startswith("-----BEGIN CERTIFICATE-----"):
        raise PaymentError(f"{name} is no certificate in PEM format")
    return hashlib.sha256(text.encode()).hexdigest()
