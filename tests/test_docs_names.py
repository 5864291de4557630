"""Pages, faces and docstrings name what exists."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "plugscope"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *(ROOT / "docs").rglob("*.md"),
]
FACES = sorted(SOURCE.rglob("__init__.py"))
PYTHON = sorted(path for name in ("src", "packaging", "tests") for path in (ROOT / name).rglob("*.py"))
FOREIGN = frozenset(("containerd/plugin", "github.com/containerd/plugin", "notes.py", "app.py:registry"))
"""What others have, or a reader may have, and this repository has not."""

DOTTED = re.compile(r"plugscope(?:\.\w+)+")
STOP = re.compile(r"([\w./-]+\.py):([A-Za-z_][\w.]*)")
PATH = re.compile(r"\.?[\w*.-]+(?:/[\w*.-]+)*/?")


def name_of(path: Path) -> str:
    """A file's path as a test's name."""
    return path.relative_to(ROOT).as_posix()


@cache
def all_paths() -> frozenset[str]:
    """Every file and folder of the repository that may be named."""
    tops = ("src", "tests", "packaging", "resources", "docs", ".ci")
    found = [*ROOT.iterdir(), *(path for top in tops for path in (ROOT / top).rglob("*"))]
    return frozenset(name_of(path) for path in found)


def is_there(path: str) -> bool:
    """Whether the repository has a file or folder whose path is, or ends with, this one; ``NAME`` is any."""
    wanted = re.sub("VERSION|NAME", "[^/]+", re.escape(path.rstrip("/"))).replace(r"\*", "[^/]*")
    return any(re.fullmatch(rf"(?:.*/)?{wanted}", known) for known in all_paths())


def spans_of(page: Path) -> list[str]:
    """What a page has in backticks, outside of blocks of code."""
    prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", prose)


def resolves(dotted: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        base = SOURCE.parent.joinpath(*parts[:count])
        if not (base.with_suffix(".py").is_file() or (base / "__init__.py").is_file()):
            continue
        if count == len(parts):
            return True
        found: object = import_module(".".join(parts[:count]))
        for name in parts[count:]:
            found = getattr(found, name, None)
        return found is not None
    return False


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names that a module's own text defines at its top, and those of its classes: ``Class.method``."""
    found: set[str] = set()

    def note(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef):
                found.add(prefix + node.name)
                note(node.body, f"{prefix}{node.name}.")
            elif isinstance(node, ast.FunctionDef):
                found.add(prefix + node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found.update(prefix + target.id for target in targets if isinstance(target, ast.Name))

    tree = ast.parse(path.read_text(encoding="utf-8"))
    note(tree.body, "")
    for node in ast.walk(tree):  # attributes that are made in __init__
        if isinstance(node, ast.ClassDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store):
                    found.add(f"{node.name}.{inner.attr}")
    return frozenset(found)


@cache
def imported_in(path: Path) -> frozenset[str]:
    """The names that a module imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return frozenset(alias.name for node in imports for alias in node.names)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_names_is_there(page: Path) -> None:
    """Paths, modules, and the functions that the ways through the house stop at."""
    missing: list[str] = []
    for span in set(spans_of(page)) - FOREIGN:
        stop = STOP.fullmatch(span)
        if stop is not None:
            file = next((base / stop[1] for base in (ROOT, SOURCE) if (base / stop[1]).is_file()), None)
            if file is None or stop[2] not in names_in(file):
                missing.append(span)
        elif DOTTED.fullmatch(span):
            missing.extend([] if resolves(span) else [span])
        elif PATH.fullmatch(span) and ("/" in span or span.endswith(".py")):
            missing.extend([] if is_there(span) else [span])
    assert missing == []


def test_what_a_docstring_names_is_there() -> None:
    """A module that has moved is still looked for where a docstring says it is."""
    named = {
        (name_of(path), name)
        for path in PYTHON
        for name in re.findall(r"``(plugscope(?:\.\w+)+)``", path.read_text(encoding="utf-8"))
    }
    assert sorted((where, name) for where, name in named if not resolves(name)) == []


@pytest.mark.parametrize("face", FACES, ids=name_of)
def test_a_face_names_its_own_parts(face: Path) -> None:
    """What stands in backticks is a module of the package, or something that one of them makes or uses."""
    text = ast.get_docstring(ast.parse(face.read_text(encoding="utf-8"))) or ""
    assert len(text) > 60
    known = {path.stem if path.suffix else path.name for path in face.parent.iterdir()}
    for module in face.parent.rglob("*.py"):
        known.update(part for name in names_in(module) for part in name.split("."))
        known.update(imported_in(module))
    named = {name for name in re.findall(r"``([A-Za-z_]\w*)``", text) if not name.startswith("Q")}
    assert sorted(named - known) == []
