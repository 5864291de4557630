"""What a source is, found from its name and content; and one clear line for what is none."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from tests.sources.sample import FORMS, text_of

from plugscope.sources import (
    Kind,
    Reading,
    Source,
    SourceError,
    catalog_names,
    containerd_facts,
    example_names,
    is_runnable,
    open_source,
    recognise,
    trust_key,
)
from plugscope.sources.manifest import plain
from plugscope.sources.opening import open_bytes
from plugscope.sources.shipped import open_catalog
from plugscope.sources.target import target_of

VALUE = {"plugscope": 1, "plugin": [{"type": "a", "id": "x", "lookups": []}]}
posix = pytest.mark.skipif(os.name != "posix", reason="speaks of files as POSIX has them")


def error_of(text: str) -> str:
    with pytest.raises(SourceError) as raised:
        open_source(recognise(text))
    (problem,) = raised.value.diagnostics
    return str(problem)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["m.toml", "m.json", "m.yaml", "m", "m.txt"])
def test_a_manifest_is_known_by_its_content(tmp_path: Path, form: str, name: str) -> None:
    """Whatever its name says."""
    path = tmp_path / name
    path.write_bytes(text_of(VALUE, form))
    source = recognise(str(path))
    assert (source.kind, source.file) == (Kind.TEXT, path)
    opened = open_source(source)
    assert opened.source.kind is Kind.MANIFEST
    it = opened.catalog
    assert [entry.uri for entry in it.entries] == ["a.x"]
    assert it.name == name


@pytest.mark.parametrize("form", FORMS)
def test_standard_input_is_read_as_a_file_is(form: str) -> None:
    """A single hyphen."""
    it = open_source(recognise("-"), Reading(stdin=lambda: text_of(VALUE, form))).catalog
    assert [entry.uri for entry in it.entries] == ["a.x"]


def test_catalogs_are_found_by_full_name_or_minor() -> None:
    """``containerd-2.3`` is the newest 2.3; another product's names are told."""
    assert recognise("catalog:containerd-2.3").kind is Kind.CATALOG
    assert open_catalog("containerd-2.3").version == open_catalog("containerd-2.3.4").version == "2.3.4"
    assert error_of("catalog:containerd-2.4") == (
        "catalog:containerd-2.4: no such catalog; there is containerd-2.3.4"
    )
    assert "there is containerd-1.2.14, containerd-1.3.10" in error_of("catalog:docker")
    assert catalog_names() == sorted(catalog_names(), key=lambda n: [int(p) for p in n[11:].split(".")])


@pytest.mark.parametrize("name", example_names())
def test_every_example_is_recognised(name: str) -> None:
    """As what it is, and as ours."""
    source = recognise(f"example:{name}")
    assert source.shipped
    assert source.file is not None and source.file.exists()


def test_an_example_that_is_not_there_is_told_with_those_that_are() -> None:
    """The nearest name, or all."""
    assert error_of("example:nothing-of-the-kind").startswith(
        "example:nothing-of-the-kind: no such example; there is "
    )
    assert error_of("example:").startswith("example:: no such example; there is ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\x7fELF\x02\x01\x00\x00", "a binary file, not a manifest"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a binary file, not a manifest"),
        ("plugscope: 1".encode("utf-16"), "UTF-16 text; a manifest is UTF-8"),
        (b"plugscope: 1\nname: caf\xe9", "byte 0xe9 is not UTF-8 text"),
        (b"just some words\n", "not a manifest: it has neither 'plugscope = 1' nor plugins"),
        (b"[grpc]\naddress = 1\n", "not a manifest: it has neither 'plugscope = 1' nor plugins"),
        (b"[1, 2, 3]", "not a manifest: it has neither 'plugscope = 1' nor plugins"),
        (b'{"a": 1}', "the key 'plugscope' is missing"),
        (b"[" * 100_000, "not a manifest: it has neither 'plugscope = 1' nor plugins"),
        (b"plugscope = 1\n[[plugin]]\ntype = \n", "m:3:8: not valid TOML"),
        (b"plugscope: 1\nplugin: [\n", "not valid YAML"),
        (b"x" * 3_000_000, "not a manifest"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else None,
)
def test_what_is_no_manifest_is_told_in_a_line(data: bytes, words: str) -> None:
    """Empty, binary, another encoding, another kind of text, broken in the middle."""
    with pytest.raises(SourceError) as raised:
        open_bytes(data, "m")
    first = str(raised.value.diagnostics[0])
    assert words in first
    assert "\n" not in first and len(first) < 400


def test_strange_ids_come_through_whole() -> None:
    """Newlines, right-to-left text, markup, NUL, terminal escapes: all are ids."""
    ids = ["two\nlines", "שלום", "<b>bold</b>", "&amp;", "a\0b", "\x1b[31mred", "\u202egnp.exe", "x" * 10_000]
    value = {"plugscope": 1, "plugin": [{"type": "t", "id": id_} for id_ in ids]}
    for form in FORMS:
        it = open_bytes(text_of(value, form), "m")
        assert [entry.registration.id for entry in it.entries] == ids


@pytest.mark.parametrize("name", ["nosuch.toml", "no/such/file", "no-such", "no such", "nosuch.json"])
def test_a_name_that_names_nothing_is_told(name: str) -> None:
    """With the name."""
    assert error_of(name) == f"{name}: no such file, module, catalog or example"


def test_no_name_is_told() -> None:
    """An empty text is no name."""
    for text in ("", "  "):
        assert error_of(text) == "source: expected a name, found an empty text"


@pytest.mark.parametrize("name", ["x" * 5_000, "a/" + "x" * 5_000, "nul\0byte", "new\nline", "\x1b[31m.toml"])
def test_names_that_no_path_can_have_are_told(name: str) -> None:
    """Too long, with a NUL, with control characters, which are spelled out."""
    message = error_of(name)
    assert "no such file" in message or "not a usable path" in message
    assert message.isprintable()


def test_a_path_that_vanishes_between_is_told(tmp_path: Path) -> None:
    """It was there when it was named, and is gone when it is read."""
    path = tmp_path / "m.toml"
    path.write_text("plugscope = 1\n", "utf-8")
    source = recognise(str(path))
    path.unlink()
    with pytest.raises(SourceError) as raised:
        open_source(source)
    assert str(raised.value) == f"{path}: No such file or directory"


def test_a_directory_is_a_package_or_told_what_it_is_not(tmp_path: Path) -> None:
    """A plain folder, and a Go module, which this release does not read."""
    assert "a directory without __init__.py is no Python package" in error_of(str(tmp_path))
    (tmp_path / "go.mod").write_text("module x\n", "utf-8")
    assert "a Go module" in error_of(str(tmp_path))


@posix
def test_what_would_never_end_is_not_read(tmp_path: Path) -> None:
    """A pipe without a writer, a device; a socket is taken for a daemon's."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert error_of(str(pipe)) == f"{pipe}: not a regular file; a pipe can be read as -, standard input"
    assert "not a regular file" in error_of("/dev/zero")
    location = tmp_path / "s.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(location))
        assert recognise(str(location)) == Source(Kind.DAEMON, f"unix://{location}")


@posix
def test_a_shell_s_own_pipe_is_read() -> None:
    """``<(command)`` gives a path under /dev/fd."""
    reading, writing = os.pipe()
    os.write(writing, text_of(VALUE, "json"))
    os.close(writing)
    try:
        assert [entry.uri for entry in open_source(recognise(f"/dev/fd/{reading}")).catalog.entries] == [
            "a.x"
        ]
    finally:
        os.close(reading)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    """With the system's reason."""
    path = tmp_path / "m.toml"
    path.touch(mode=0)
    assert error_of(str(path)) == f"{path}: Permission denied"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a file of Linux")
def test_a_file_whose_reading_fails_is_told() -> None:
    """An error that shows only when it is read."""
    assert error_of("/proc/self/mem") == "/proc/self/mem: Input/output error"


# Python


@pytest.mark.parametrize(
    ("text", "kind", "attr"),
    [
        ("{}/shop.py", "file", ""),
        ("{}/shop.py:plugins", "file", "plugins"),
        ("{}/package", "module", ""),
        ("{}/package:a.b", "module", "a.b"),
        ("json.decoder", "module", ""),
        ("json:loads", "module", "loads"),
    ],
)
def test_python_is_known_by_its_name(tmp_path: Path, text: str, kind: str, attr: str) -> None:
    """A file, a package's folder, a dotted name; each with what it names inside."""
    (tmp_path / "shop.py").touch()
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").touch()
    source = recognise(text.format(tmp_path))
    assert source.kind is Kind.PYTHON
    assert source.target is not None
    assert (source.target.kind, source.target.attr) == (kind, attr)


def test_recognising_python_runs_nothing(tmp_path: Path) -> None:
    """Only names are looked at."""
    path = tmp_path / "shop.py"
    path.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", "utf-8")
    recognise(str(path))
    assert not (tmp_path / "ran").exists()


def test_a_file_is_no_module_though_its_name_could_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there in the folder wins over a module of that name."""
    monkeypatch.chdir(tmp_path)
    Path("manifest").write_bytes(text_of(VALUE, "toml"))
    assert recognise("manifest").kind is Kind.TEXT
    Path("a:b.toml").write_bytes(text_of(VALUE, "toml"))
    assert recognise("a:b.toml").kind is Kind.TEXT


def test_trust_is_given_to_what_would_be_run(tmp_path: Path) -> None:
    """The file or the package, by its full path, whatever is named in it."""
    path = tmp_path / "shop.py"
    path.touch()
    one, other = target_of(str(path)), target_of(f"{path}:plugins")
    assert one is not None and other is not None
    assert trust_key(one) == trust_key(other) == str(path)


def test_a_manifest_with_functions_says_that_it_can_be_run() -> None:
    """One that names a Python function."""
    plain, wired = (
        open_bytes(text_of({"plugscope": 1, "plugin": [{"type": "a", "id": "x", **more}]}, "toml"), "m")
        for more in ({}, {"init_fn": "shop:start"})
    )
    assert not is_runnable(plain)
    assert is_runnable(wired)


@pytest.mark.parametrize("form", ["toml", "yaml"])
def test_a_text_is_parsed_once(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding out that it is a manifest takes as long as reading it."""
    parsed: list[str] = []

    def count(data: bytes, form: str, location: str) -> object:
        parsed.append(form)
        return plain(data, form, location)

    monkeypatch.setattr("plugscope.sources.manifest.plain", count)
    text = {
        "toml": 'plugscope = 1\n[[plugin]]\ntype = "a"\nid = "x"\n',
        "yaml": "plugscope: 1\nplugin: [{type: a, id: x}]\n",
    }
    catalog = open_bytes(text[form].encode(), "m")
    assert [entry.uri for entry in catalog.entries] == ["a.x"]
    assert parsed == [form]


def test_every_fact_about_containerd_is_of_a_plugin_that_some_release_has() -> None:
    """A misspelled URI would never be found, and nobody would notice."""
    known = {entry.uri for name in catalog_names() for entry in open_catalog(name).entries}
    facts = containerd_facts()
    assert facts.before_1_2 < known
    assert {facts.waiting, facts.fatal_after_boot, *facts.missed, *facts.gone} < known
    assert set(facts.moved) <= known and set(facts.moved.values()) <= known
    newest = {entry.uri for entry in open_catalog(catalog_names()[-1]).entries}
    assert not newest & {*facts.moved, *facts.gone}
