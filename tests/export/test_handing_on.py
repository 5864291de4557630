"""What is handed on as text: the report, the page, Mermaid and GraphML. Foreign text stays text in all of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import networkx
import pytest

from plugscope.boot import Catalog, Entry, Init, Outcome, Recording, make_plan, predict
from plugscope.boot.analysis import to_graphml
from plugscope.export.text import mermaid_of, page_of, report_of
from plugscope.export.text.report import mask_text
from plugscope.plugin import Registration
from plugscope.sources.shipped import open_catalog

BOLT = "io.containerd.metadata.v1.bolt"
HOSTILE = "a`b</code><script>alert(1)</script>\n## not a heading\x1b[31m\u202e"


@pytest.fixture
def outage() -> Recording:
    """containerd 2.3 without its metadata plugin."""
    return predict(make_plan(open_catalog("containerd-2.3"), [BOLT]))


@pytest.fixture
def hostile() -> Recording:
    """A plugin whose id and error try to be more than text."""
    entry = Entry(Registration("t.v1", HOSTILE), (), Init(Outcome.ERROR, HOSTILE))
    return predict(make_plan(Catalog([entry], name=HOSTILE)))


def test_the_report_names_the_cause_and_all_its_victims(outage: Recording) -> None:
    """One cause, thirty-four victims, each by URI."""
    report = report_of(outage)
    assert report.count("\n## ") == 1
    assert f"- plugin: `{BOLT}`" in report
    assert len(re.findall(r"^  - `io\.containerd\.", report, re.MULTILINE)) == 34


def test_a_hostile_text_cannot_leave_its_code_span(hostile: Recording) -> None:
    """No heading, no tag and no control character of its own."""
    report = report_of(hostile)
    assert sum(line.startswith("#") for line in report.splitlines()) == 2
    assert "\x1b" not in report
    assert "\u202e" not in report
    for line in report.splitlines():
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
        assert "<script>" not in outside.replace("\\<", "")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("dial tcp 10.0.0.7:5000: refused", "dial tcp <address>: refused"),
        ("open /var/lib/secret/key.pem: denied", "open <path>: denied"),
        ("password=hunter2 rejected", "password=<secret> rejected"),
        ("lookup registry.example.com failed", "lookup <host> failed"),
        (
            "no plugins registered for io.containerd.metadata.v1",
            "no plugins registered for io.containerd.metadata.v1",
        ),
    ],
)
def test_masking_hides_what_is_private_and_keeps_plugin_names(text: str, hidden: str) -> None:
    """Addresses, paths, secrets and hosts go; URIs stay."""
    assert mask_text(text) == hidden


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_the_page_has_no_script_and_fetches_nothing(hostile: Recording) -> None:
    """Foreign text makes no tag; the policy forbids all but the page's own styles."""
    parser = _Tags()
    page = page_of(hostile, "<svg></svg>")
    parser.feed(page)
    assert "script" not in parser.tags
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="', page)


def test_mermaid_and_graphml_hold_every_plugin(outage: Recording) -> None:
    """A node a plugin, and GraphML that networkx reads back."""
    count = len(outage.plan.catalog.entries)
    assert len(re.findall(r"^  p\d+\[", mermaid_of(outage), re.MULTILINE)) == count
    graph = networkx.parse_graphml(to_graphml(outage.plan.to_networkx()))
    assert set(graph) == {entry.uri for entry in outage.plan.catalog.entries}


def test_mermaid_spells_out_what_it_could_take_for_syntax(hostile: Recording) -> None:
    """Brackets, quotes, ticks and line ends become entities."""
    first = mermaid_of(hostile).splitlines()[1]
    assert re.fullmatch(r'  p0\["[\w .#;/-]+<br/>[\w .-]+"\]:::error', first), first
