"""A boot whose end is known before it begins, or before a plugin's init function is called."""

from msgspec.structs import replace
from tests.boot.sample import catalog

from plugscope.boot import (
    BootAbort,
    CauseReason,
    Certainty,
    ErrorKind,
    Init,
    Outcome,
    diagnose,
    make_plan,
    predict,
)
from plugscope.plugin import Stage

THREE = """
a.one
b.two : single a
c.three : single b
"""


def test_an_abort_of_the_catalog_ends_the_boot_before_its_first_plugin() -> None:
    """Its stage and message are the boot's, and the cause is the configuration, at its line."""
    aborted = replace(
        catalog(THREE),
        abort=BootAbort(Stage.CONFIG_LOAD, "no such file", "config.toml:3"),
        locations={"a.one": "x:1"},
    )
    recording = predict(make_plan(aborted))
    assert recording.steps == []
    assert (recording.boot.ok, recording.boot.stage, recording.boot.error) == (
        False,
        "config-load",
        "no such file",
    )
    (cause,) = diagnose(recording).root_causes
    assert (cause.uri, cause.reason, cause.location) == ("", CauseReason.CONFIG, "config.toml:3")


def test_a_configuration_that_cannot_be_decoded_ends_the_boot_at_the_plugins_turn() -> None:
    """Its init function is not called, the ones before it have started, the ones after it are not reached."""
    undecodable = catalog(THREE)
    abort = BootAbort(Stage.PLUGIN_CONFIG_DECODE, "not a number", "config.toml:7", "b.two")
    undecodable.entries[1].abort = abort
    recording = predict(make_plan(undecodable))
    assert [step.outcome for step in recording.steps] == [Outcome.OK, Outcome.ERROR, Outcome.NOT_REACHED]
    assert recording.steps[1].kind is ErrorKind.CONFIG
    assert (recording.boot.stage, recording.boot.uri) == ("plugin-config-decode", "b.two")
    (cause,) = diagnose(recording).root_causes
    assert (cause.uri, cause.reason, cause.location) == ("b.two", CauseReason.CONFIG, "config.toml:7")


def test_a_disabled_plugin_whose_configuration_cannot_be_decoded_ends_nothing() -> None:
    """Only the plugins that are started have their configuration decoded."""
    undecodable = catalog(THREE)
    undecodable.entries[2].abort = BootAbort(Stage.PLUGIN_CONFIG_DECODE, "not a number", "", "c.three")
    assert predict(make_plan(undecodable, ["c.three"])).boot.ok


def test_a_setting_that_makes_a_plugin_fail_is_a_cause_with_a_place() -> None:
    """The victims are those of any other failure."""
    misconfigured = catalog(THREE)
    misconfigured.entries[0].init = Init(Outcome.ERROR, "unknown policy", location="config.toml:9")
    (cause,) = diagnose(predict(make_plan(misconfigured))).root_causes
    assert (cause.reason, cause.location, cause.victims) == (
        CauseReason.CONFIG,
        "config.toml:9",
        ["b.two", "c.three"],
    )


def test_what_is_disabled_is_a_cause_with_the_line_that_disables_it() -> None:
    """The line is that of the settings, where the catalog knows one."""
    disabling = replace(catalog(THREE), disabled=("a.one",), locations={"a.one": "config.toml:2"})
    (cause,) = diagnose(predict(make_plan(disabling))).root_causes
    assert (cause.uri, cause.reason, cause.location) == ("a.one", CauseReason.DISABLED, "config.toml:2")


def test_an_outcome_that_depends_on_the_machine_is_one_that_may_be() -> None:
    """So are those of the plugins that take it."""
    unsure = catalog(THREE)
    unsure.entries[0].init = Init(sure=False)
    certainties = [step.certainty for step in predict(make_plan(unsure)).steps]
    assert certainties == [Certainty.MAY, Certainty.MAY, Certainty.MAY]
