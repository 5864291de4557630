"""Part of a recording."""

from __future__ import annotations

from plugscope.boot import make_plan, part_of, predict, select
from plugscope.sources.shipped import open_catalog

BOLT = "io.containerd.metadata.v1.bolt"


def test_a_part_keeps_order_outcomes_and_causes() -> None:
    """The CRI part of a boot without metadata says of its plugins what the whole boot says."""
    whole = predict(make_plan(open_catalog("containerd-2.3"), [BOLT]))
    part = part_of(whole, select("type:cri,cri,bolt", whole))
    assert 0 < len(part.steps) < len(whole.steps)
    for step in part.steps:
        same = whole.by_uri[step.uri]
        assert (step.outcome, step.error, step.causes, step.index) == (
            same.outcome,
            same.error,
            same.causes,
            same.index,
        )
    assert [s.uri for s in part.steps] == [s.uri for s in whole.steps if s.uri in part.by_uri]
    assert part.plan.disabled_uris == [BOLT]


def test_the_part_of_everything_is_the_whole() -> None:
    """Selecting all changes nothing."""
    whole = predict(make_plan(open_catalog("containerd-1.6.20")))
    part = part_of(whole, select("", whole))
    assert list(part.plan.sequence) == list(whole.plan.sequence)
    assert [part.plan.reason(n) for n in part.plan.sequence] == [
        whole.plan.reason(n) for n in whole.plan.sequence
    ]
