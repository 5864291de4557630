"""The files that make Plugscope an installed desktop program pass their own validators."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plugscope import __version__

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
ID = "org.plugscope.Plugscope"


def validate(*command: str) -> None:
    """Run a validator; skip where it is not installed."""
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "error" not in done.stdout


def test_the_desktop_entry_is_valid() -> None:
    """Debian 12's validator has nothing to say against it."""
    validate("desktop-file-validate", str(LINUX / f"{ID}.desktop"))


def test_the_metainfo_is_valid() -> None:
    """A software centre can show it. Newer validators miss a homepage, which the project does not have."""
    if not shutil.which("appstreamcli"):
        pytest.skip("appstreamcli is not installed")
    command = ["appstreamcli", "validate", "--no-net", "--no-color", str(LINUX / f"{ID}.metainfo.xml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line.strip() for line in done.stdout.splitlines() if line.strip().startswith(("E:", "W:"))]
    assert [line for line in complaints if not line.endswith("url-homepage-missing")] == []
    assert done.returncode == 0 or complaints, done.stdout + done.stderr


def test_manifests_get_a_type_of_their_own(tmp_path: Path) -> None:
    """The database that desktops read knows the ending afterwards."""
    (tmp_path / "packages").mkdir()
    shutil.copy(LINUX / f"{ID}.mime.xml", tmp_path / "packages")
    validate("update-mime-database", str(tmp_path))
    assert "application/x-plugscope-manifest:*.plugscope.toml" in (tmp_path / "globs2").read_text()


def test_the_three_files_agree() -> None:
    """Entry, metainfo and MIME type speak of one program and one type of file."""
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / f"{ID}.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    metainfo = ElementTree.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    mime = (LINUX / f"{ID}.mime.xml").read_text(encoding="utf-8")
    assert desktop["Icon"] == desktop["StartupWMClass"] == metainfo.findtext("id") == ID
    assert metainfo.findtext("launchable") == f"{ID}.desktop"
    media_type = metainfo.findtext("provides/mediatype")
    assert desktop["MimeType"] == f"{media_type};"
    assert f'type="{media_type}"' in mime


def test_the_newest_release_is_this_version() -> None:
    """The metainfo, the changelog and the program name one version."""
    metainfo = ElementTree.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    release = metainfo.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__
    changelog = (LINUX.parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", changelog, re.MULTILINE)
