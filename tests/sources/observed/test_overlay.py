"""What happened, laid over what was expected; and plugins that nothing tells of."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.log.written import RELEASES, Boot, boots, catalog, lines_of_boot

from plugscope.boot import (
    BootResult,
    Catalog,
    Certainty,
    DiagnosticCode,
    Known,
    Outcome,
    Recording,
    diagnose,
    make_plan,
    predict,
)
from plugscope.sources.log import read_log
from plugscope.sources.observed import over, release_of, unheard

BOLT = "io.containerd.metadata.v1.bolt"
CRI = "io.containerd.grpc.v1.cri"


def observed(boot: Boot, *, without: range = range(0)) -> Recording:
    """The boot as its log tells it, with some lines missing."""
    lines = [line for number, line in enumerate(boot.lines()) if number not in without]
    return read_log(BytesIO("".join(f"{line}\n" for line in lines).encode()), "x.log").recording


@settings(max_examples=25)
@given(boots())
def test_a_boot_over_its_own_release_is_that_boot(boot: Boot) -> None:
    """Outcomes and order are the log's, registrations and lookups the catalog's; causes stay what they were."""
    expected = catalog(boot.release)
    laid = over(expected, observed(boot))
    assert laid.kind == "observed"
    assert {s.uri: (s.outcome, s.error) for s in laid.steps} == {
        s.uri: (s.outcome, s.error) for s in boot.predicted.steps
    }
    assert set(laid.plan.disabled_uris) == set(boot.predicted.plan.disabled_uris)
    assert {c.uri for c in diagnose(laid).root_causes} == {
        c.uri for c in diagnose(boot.predicted).root_causes
    }
    for entry in expected.entries:
        found = laid.plan.catalog.find(entry.uri)
        assert found is not None
        assert found.registration == entry.registration


@settings(max_examples=25)
@given(boots(), st.data())
def test_what_a_log_lacks_the_catalog_has(boot: Boot, data: st.DataObject) -> None:
    """With a hole in the log: what was told stays, the others have a step or are said to be disabled."""
    count = len(boot.lines())
    first = data.draw(st.integers(2, count - 3))
    seen = observed(boot, without=range(first, data.draw(st.integers(first, count - 2))))
    laid = over(catalog(boot.release), seen)
    told = {step.uri: step for step in seen.steps if step.certainty is not Certainty.UNKNOWN}
    for uri, step in told.items():
        assert (laid.by_uri[uri].outcome, laid.by_uri[uri].error) == (step.outcome, step.error)
    assert {step.index for step in laid.steps} == set(range(len(laid.steps)))
    assert all(laid.plan.rank[step.position] == step.index for step in laid.steps)


def test_laying_over_changes_neither() -> None:
    """Both are shown by themselves as well."""
    boot = Boot("2.1.9", (BOLT,))
    expected, seen = catalog("2.1.9"), observed(boot)
    before = (
        [(e.uri, e.known, e.location) for e in expected.entries],
        [(s.uri, s.position, s.index) for s in seen.steps],
    )
    over(expected, seen)
    assert before == (
        [(e.uri, e.known, e.location) for e in expected.entries],
        [(s.uri, s.position, s.index) for s in seen.steps],
    )


def test_a_failure_has_the_line_that_tells_of_it() -> None:
    """Not the one that registers it."""
    laid = over(catalog("2.1.9"), observed(Boot("2.1.9", (BOLT,))))
    failed = next(laid.failures())
    assert failed.entry.location.startswith("x.log:")
    assert failed.entry.known is Known.LOG


def test_a_plugin_that_the_catalog_does_not_expect_is_there_beside_it() -> None:
    """A build has more than its release."""
    expected = catalog("2.1.9")
    less = Catalog(
        [e for e in expected.entries if e.uri != CRI], expected.semantics, version=expected.version
    )
    laid = over(less, observed(Boot("2.1.9", ())))
    assert CRI in laid.by_uri
    assert laid.plan.catalog.find(CRI) is not None


@pytest.mark.parametrize("release", RELEASES)
def test_the_release_of_a_recording_is_the_nearest_that_is_shipped(release: str) -> None:
    """So that its configuration can be read as that release's."""
    assert release_of(observed(Boot(release, ()))) == f"containerd-{release}"


def test_a_boot_that_nothing_tells_of_is_predicted_and_said_to_be() -> None:
    """Whether it went well is not known; unless its settings end it, which is said at every level."""
    expected = catalog("2.1.9")
    found = unheard(expected, "the log is silent")
    assert found.kind == "predicted"
    assert (found.boot.ok, found.boot.certainty) == (True, Certainty.UNKNOWN)
    codes = [diagnostic.code for diagnostic in found.plan.catalog.diagnostics]
    assert codes.count(DiagnosticCode.OBSERVED_SILENT) == 1
    assert "the log is silent" in found.plan.catalog.diagnostics[-1].message
    ended = Catalog(list(expected.entries), expected.semantics, required=("a.v1.absent",))
    assert not unheard(ended, "nothing").boot.ok


def test_a_log_that_ends_at_once_tells_nothing() -> None:
    """Over a catalog it is as if there were none."""
    recording = observed(Boot("2.1.9", ()), without=range(1, 1_000))
    laid = over(catalog("2.1.9"), recording)
    assert laid.kind == "predicted"
    assert laid.boot.certainty is Certainty.UNKNOWN


# Plugins that nothing tells of


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("uri", [BOLT, CRI, "io.containerd.content.v1.content"])
def test_what_a_whole_log_does_not_name_is_disabled(release: str, uri: str) -> None:
    """Every plugin would have been named."""
    assert observed(Boot(release, (uri,))).plan.disabled_uris == [uri]


def test_in_a_log_with_a_hole_absence_proves_nothing() -> None:
    """The lines of bolt are missing, and others are up that could not be without it."""
    boot = Boot("2.1.9", ())
    lines = boot.lines()
    at = next(number for number, line in enumerate(lines) if f"id={BOLT} " in line)
    seen = observed(boot, without=range(at, at + 1))
    assert seen.plan.disabled_uris == []
    assert seen.by_uri[BOLT].certainty is Certainty.UNKNOWN
    assert seen.by_uri[BOLT].outcome is Outcome.OK


def test_a_log_that_ends_early_says_nothing_of_what_would_follow() -> None:
    """Those after the last line are unknown; what was told before is as it was."""
    boot = Boot("2.1.9", ())
    seen = observed(boot, without=range(20, 1_000))
    told = [step for step in seen.steps if step.certainty is Certainty.WILL]
    assert 0 < len(told) < len(seen.steps)
    assert seen.plan.disabled_uris == []
    assert seen.boot.certainty is Certainty.UNKNOWN
    assert not list(seen.failures())


@settings(max_examples=20)
@given(boots())
def test_what_was_observed_predicts_itself(boot: Boot) -> None:
    """A toggle begins from what came of each plugin of itself; with nothing toggled the same boot comes of it."""
    seen = observed(boot)
    again = predict(make_plan(seen.plan.catalog), seen)
    told = {step.uri: step.outcome for step in seen.steps if step.certainty is Certainty.WILL}
    for step in again.steps:
        if step.uri in told and step.certainty is Certainty.WILL and step.outcome is not Outcome.NOT_REACHED:
            assert step.outcome is told[step.uri], step


def test_an_abort_is_kept_with_its_plugin() -> None:
    """Those after it were not reached."""
    it = catalog("2.1.9")
    it = Catalog(
        list(it.entries), it.semantics, version=it.version, root=it.root, state=it.state, required=(BOLT,)
    )
    predicted = predict(make_plan(it, ["io.containerd.event.v1.exchange"]))
    assert predicted.boot.stage == "required-failed"
    text = "".join(f"{line}\n" for line in lines_of_boot(predicted, "2.1.9"))
    seen = read_log(BytesIO(text.encode()), "x.log").recording
    assert (seen.boot.ok, seen.boot.stage, seen.boot.uri) == (False, "required-failed", BOLT)
    later = {step.uri for step in predicted.steps if step.outcome is Outcome.NOT_REACHED}
    assert {step.uri for step in seen.steps if step.outcome is Outcome.NOT_REACHED} == later
    assert isinstance(seen.boot, BootResult)
