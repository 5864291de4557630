"""A page for people without Plugscope: the picture, the steps and the causes, with nothing to run or fetch."""

from __future__ import annotations

from html import escape

from plugscope.boot import Recording, RootCause, diagnose, short_name, tell_step

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1200px; padding: 0 1rem;
  color: #1a2028; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
figure { margin: 0; overflow: auto; border: 1px solid #dfe3e8; border-radius: 8px }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #dfe3e8; vertical-align: top }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere }
.error { color: #c2271b } .skip { color: #65707e }
"""


def page_of(recording: Recording, svg: str) -> str:
    """The HTML document. ``svg`` is the picture's own document."""
    plan = recording.plan
    name = _text(plan.catalog.name or "Plugins")
    diagnosis = diagnose(recording)
    causes = "".join(map(_cause, diagnosis.root_causes))
    rows = "".join(
        f"<tr><td>{step.index + 1}</td><td>{_text(short_name(step.uri, plan))}</td>"
        f'<td class="{_text(step.outcome)}">{_text(step.outcome)}</td><td>{_text(tell_step(recording, step))}</td></tr>'
        for step in recording.steps
    )
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{name}</title><style>{_STYLE}</style></head><body><h1>{name}</h1>"
        f"<p>{'The boot comes up.' if recording.boot.ok else _text(recording.boot.error)}</p>"
        f"<h2>Causes</h2>{f'<ul>{causes}</ul>' if causes else '<p>Nothing failed.</p>'}"
        f"<h2>Requires</h2><figure>{svg}</figure>"
        "<h2>Steps</h2><table><thead><tr><th>#</th><th>Plugin</th><th>Outcome</th><th>What happened</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></body></html>\n"
    )


def _cause(cause: RootCause) -> str:
    error = f": <code>{_text(cause.error)}</code>" if cause.error else ""
    victims = "".join(f"<li><code>{_text(victim)}</code></li>" for victim in cause.victims)
    reason = _text(str(cause.reason).replace("-", " "))
    return (
        f"<li><code>{_text(cause.uri)}</code>: {reason}{error}{f'<ul>{victims}</ul>' if victims else ''}</li>"
    )


def _text(text: str) -> str:
    return escape("".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in str(text)))
