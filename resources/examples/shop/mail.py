"""``mail.smtp``: sends mail. It skips here: no SMTP host is configured."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

from plugscope.plugin import InitContext, SkipPlugin

from .system import MAIL, registry


@dataclass
class SmtpConfig:
    """The mail server (none by default), and whom mail comes from."""

    host: str = ""
    port: int = 587
    sender: str = "shop@example.org"


class Mailer:
    """Sends mail through one server, connecting for each message."""

    def __init__(self, config: SmtpConfig) -> None:
        self._config = config

    def send(self, to: str, subject: str, text: str) -> None:
        """Send a message. Raises ``OSError`` and ``smtplib.SMTPException``."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._config.sender, to, subject
        message.set_content(text)
        with smtplib.SMTP(self._config.host, self._config.port, timeout=10) as server:
            server.starttls()
            server.send_message(message)


@registry.plugin(MAIL, "smtp", config=SmtpConfig())
def smtp(ic: InitContext) -> Mailer:
    """A mailer, if there is a server to talk to. To skip is no failure: the plugin is not wanted here."""
    config: SmtpConfig = ic.config
    if not config.host:
        raise SkipPlugin("no SMTP host is configured")
    ic.meta.exports["server"] = f"{config.host}:{config.port}"
    return Mailer(config)
