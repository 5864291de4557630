"""What the README says is so."""

import json
import re
from pathlib import Path

import pytest

from plugscope.__main__ import VERBS
from plugscope.boot import DiagnosticCode
from plugscope.sources import open_source, recognise

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_library_example_runs() -> None:
    """The store starts before the API that requires it, although it is registered later."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)  # the code is this repository's own
    registry = names["registry"]
    order = [registration.uri for registration in registry.graph()]  # type: ignore[attr-defined]
    assert order == ["example.store.v1.memory", "example.api.v1.http"]


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    """Pictures are made by a script and may be missing before their first making; pages may not."""
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.endswith(".png"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("verb", ["run", "test", "lint", "check", "bench", "package", "wheel", "screenshots"])
def test_every_make_target_is_explained(verb: str) -> None:
    """`make help` is made from the comments."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{verb}: ## \w", makefile, re.MULTILINE)


def test_the_manifest_page_explains_every_key() -> None:
    """A key that the schema knows and the page does not is a key that nobody finds."""
    schema = json.loads((ROOT / "resources" / "schema" / "manifest.schema.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
    keys = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_the_page_on_the_commands_explains_every_diagnostic() -> None:
    """Scripts and SARIF know the codes: what they mean is not to be guessed."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [code for code in DiagnosticCode if f"`{code}`" not in page] == []


def test_the_page_on_the_commands_explains_every_verb() -> None:
    """A verb that is in the help and not on the page was added in a hurry."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [verb for verb in sorted(VERBS) if f"`{verb} " not in page] == []


def test_the_manifest_on_the_page_opens(tmp_path: Path) -> None:
    """What is shown is a manifest, whole and right."""
    page = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "shown.toml").write_text(text, encoding="utf-8")
    catalog = open_source(recognise(str(tmp_path / "shown.toml"))).catalog
    assert [entry.uri for entry in catalog.entries] == ["example.store.v1.main", "example.api.v1.http"]
