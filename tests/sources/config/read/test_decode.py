"""Decoding settings into containerd's structs: what fits, what does not, and in which words.

The words were printed by daemons of 1.6.20, 1.7.24 and 2.1.9 for just these settings.
"""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources import catalog_names
from plugscope.sources.config.read import duration_error, ignored, mismatch, shape_of
from plugscope.sources.release import Release
from plugscope.sources.toml import located, positions

SCHEDULER = "io.containerd.gc.v1.scheduler"
CRI, RUNTIME = "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.runtime"
FIELD = "toml: cannot decode TOML {} into struct field {} of type {}"


def words(release: str, uri: str, text: str) -> str:
    """What the daemon says to a plugin's table; "" if it takes it."""
    it = Release(release)
    shape = shape_of(it)
    table = located(tomllib.loads(text), positions(text, "f"))
    found = mismatch(table, shape.plugins[uri], shape, second=it.is_v2, sorted_keys=it.is_v2)
    return "" if found is None else found.words


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("pause_threshold=1", "(1, 1): Can't convert 1(int64) to float64", ""),
        (
            'pause_threshold="x"',
            "(1, 1): Can't convert x(string) to float64",
            FIELD.format("string", "scheduler.config.PauseThreshold", "float64"),
        ),
        (
            "pause_threshold=true",
            "(1, 1): Can't convert true(bool) to float64",
            FIELD.format("boolean", "scheduler.config.PauseThreshold", "float64"),
        ),
        (
            "pause_threshold=[1]",
            "(1, 1): Can't convert [1]([]interface {}) to a slice",
            FIELD.format("array", "scheduler.config.PauseThreshold", "float64"),
        ),
        (
            "deletion_threshold=1.0",
            "(1, 1): Can't convert 1(float64) to int",
            FIELD.format("float", "scheduler.config.DeletionThreshold", "int"),
        ),
        ("schedule_delay=5", '(1, 1): unmarshal text: time: missing unit in duration "5"', ""),
        (
            'schedule_delay="5"',
            '(1, 1): unmarshal text: time: missing unit in duration "5"',
            'toml: time: missing unit in duration "5"',
        ),
        ('schedule_delay="5s"', "", ""),
        (
            "schedule_delay=true",
            '(1, 1): unmarshal text: time: invalid duration "true"',
            'time: invalid duration "true"',
        ),
        (
            "schedule_delay=[1]",
            "(1, 1): Can't convert [1]([]interface {}) to a slice",
            FIELD.format("array", "scheduler.config.ScheduleDelay", "tomlext.Duration"),
        ),
        (
            'startup_delay="1x"\npause_threshold="y"',
            "(2, 1): Can't convert y(string) to float64",
            FIELD.format("string", "scheduler.config.PauseThreshold", "float64"),
        ),
        ("Pause_Threshold=2", "", ""),
        ("deletion_threshold=99999999999", "", ""),
    ],
)
def test_a_plugin_s_settings_are_decoded_as_each_library_does(text: str, first: str, second: str) -> None:
    """1.x goes by the struct's fields, 2.x by the keys; 2.x takes integers for floats and durations."""
    assert words("1.6.20", SCHEDULER, text) == words("1.7.24", SCHEDULER, text) == first
    assert words("2.1.9", SCHEDULER, text) == second


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "containerd=1",
            "(1, 1): Can't convert 1(int64) to config.ContainerdConfig",
            FIELD.format("integer", "config.RuntimeConfig.ContainerdConfig", "config.ContainerdConfig"),
        ),
        (
            "[containerd]\nruntimes=1",
            "(2, 1): Can't convert 1(int64) to map[string]config.Runtime(map)",
            FIELD.format("integer", "config.ContainerdConfig.Runtimes", "map[string]config.Runtime"),
        ),
        (
            "[containerd.runtimes]\nrunc=1",
            "(2, 1): Can't convert 1(int64) to config.Runtime",
            "toml: cannot decode TOML integer into config.Runtime",
        ),
        (
            "[containerd.runtimes.runc]\nruntime_type=1",
            "(2, 1): Can't convert 1(int64) to string",
            FIELD.format("integer", "config.Runtime.Type", "string"),
        ),
        (
            "[containerd.runtimes.runc]\noptions=1",
            "(2, 1): Can't convert 1(int64) to map[string]interface {}(map)",
            FIELD.format("integer", "config.Runtime.Options", "map[string]interface {}"),
        ),
        (
            '[containerd.runtimes.runc]\npod_annotations="x"',
            "(2, 1): Can't convert x(string) to []string(slice)",
            FIELD.format("string", "config.Runtime.PodAnnotations", "[]string"),
        ),
        ('[containerd.runtimes.runc.options]\nSystemdCgroup="x"', "", ""),
        (
            "cdi_spec_dirs=[1]",
            "(1, 1): Can't convert 1(int64) to string",
            FIELD.format("integer", "config.RuntimeConfig.CDISpecDirs", "string"),
        ),
        (
            'cdi_spec_dirs=[["a"]]',
            "(1, 1): Can't convert [a]([]interface {}) to a slice",
            FIELD.format("array", "config.RuntimeConfig.CDISpecDirs", "string"),
        ),
    ],
)
def test_structs_in_structs_and_maps_are_decoded_too(text: str, first: str, second: str) -> None:
    """With the Go names of where the value would have gone."""
    assert words("1.7.24", CRI, text) == first
    assert words("2.1.9", RUNTIME, text) == second


def test_a_table_where_a_value_belongs_is_a_misfit() -> None:
    """2.x names the kind of the field; 1.x prints the table."""
    assert words("2.1.9", SCHEDULER, "[schedule_delay]\na=1") == "toml: cannot store a table in a int64"
    assert words("2.1.9", RUNTIME, "[enable_selinux]\na=1") == "toml: cannot store a table in a bool"
    assert words("2.1.9", RUNTIME, "[[containerd]]\na=1") == "toml: cannot store an array table in a struct"
    assert "to a tree" in words("1.6.20", SCHEDULER, "[pause_threshold]\na=1")


def test_a_list_of_tables_is_decoded_table_by_table() -> None:
    """An empty one does not fit in 1.x, which takes it for a list of something else."""
    uri = "io.containerd.transfer.v1.local"
    assert words("1.7.24", uri, "[[unpack_config]]\nplatform=3") == "(2, 1): Can't convert 3(int64) to string"
    assert words("2.1.9", uri, "[[unpack_config]]\nplatform=3") == FIELD.format(
        "integer", "transfer.unpackConfiguration.Platform", "string"
    )
    assert words("1.7.24", uri, "unpack_config=[]") == "(1, 1): Can't convert []([]interface {}) to a slice"
    assert words("2.1.9", uri, "unpack_config=[]") == ""


def test_keys_that_the_struct_has_not_are_ignored() -> None:
    """Deep inside maps, too; 2.x takes keys in any case."""
    text = (
        "ENABLE_SELINUX = true\nnew = 1\n[containerd.runtimes.runc]\nruntime_typ = 'x'\n"
        "[containerd.runtimes.runc.options]\nany = 1\n"
    )
    shape = shape_of(Release("2.1.9"))
    table = located(tomllib.loads(text), positions(text, "f"))
    found = {
        key.path: key.location.line for key in ignored(table, shape.plugins[RUNTIME], shape, second=True)
    }
    assert found == {("new",): 2, ("containerd", "runtimes", "runc", "runtime_typ"): 4}
    assert ("ENABLE_SELINUX",) in {
        key.path for key in ignored(table, shape.plugins[RUNTIME], shape, second=False)
    }


@pytest.mark.parametrize("name", catalog_names())
def test_every_default_fits_its_struct(name: str) -> None:
    """And every release that is shipped has structs to decode into."""
    release = Release(name.removeprefix("containerd-"))
    shape = shape_of(release)
    assert shape.fields(shape.top)
    for uri, default in shape.defaults.items():
        table = located(default, {})
        assert mismatch(table, shape.plugins[uri], shape, second=release.is_v2) is None
        assert ignored(table, shape.plugins[uri], shape, second=release.is_v2) == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("1h2m", ""),
        ("-1.5s", ""),
        ("0", ""),
        ("100ms", ""),
        (".5s", ""),
        ("1µs", ""),
        ("", 'time: invalid duration ""'),
        ("soon", 'time: invalid duration "soon"'),
        (".s", 'time: invalid duration ".s"'),
        ("5", 'time: missing unit in duration "5"'),
        ("1h5", 'time: missing unit in duration "1h5"'),
        ("1x", 'time: unknown unit "x" in duration "1x"'),
        ('1"', 'time: unknown unit "\\"" in duration "1\\""'),
    ],
)
def test_durations_are_those_of_go(text: str, error: str) -> None:
    """With Go's words for what is none."""
    assert duration_error(text) == error


@given(st.text(max_size=20))
def test_any_text_is_a_duration_or_not(text: str) -> None:
    """Never an error of ours."""
    assert duration_error(text) == "" or duration_error(text).startswith("time: ")
