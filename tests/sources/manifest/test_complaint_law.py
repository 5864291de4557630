"""Any fault in any manifest is told where it stands, in every form."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.sources.sample import FORMS, text_of

from plugscope.sources import SourceError
from plugscope.sources.manifest import read_manifest

forms = pytest.mark.parametrize("form", FORMS)
plain = st.text("abcxyz.-", min_size=1, max_size=6)
manifests = st.fixed_dictionaries(
    {
        "plugscope": st.just(1),
        "plugin": st.lists(
            st.fixed_dictionaries(
                {"type": plain, "id": plain},
                optional={
                    "requires": st.lists(plain, max_size=2),
                    "lookups": st.lists(
                        st.fixed_dictionaries({"get": st.just("single"), "type": plain}),
                        min_size=1,
                        max_size=2,
                    ),
                    "init": st.fixed_dictionaries({"outcome": st.just("ok")}),
                },
            ),
            min_size=1,
            max_size=4,
            unique_by=lambda plugin: (plugin["type"], plugin["id"]),
        ),
    }
)


def problems(value: dict[str, Any], form: str) -> list[str]:
    """All that is told of a manifest."""
    try:
        read_manifest(text_of(value, form), form, "m")
    except SourceError as error:
        return [str(diagnostic) for diagnostic in error.diagnostics]
    return []


def own_type_required(value: dict[str, Any]) -> bool:
    """Whether a plugin requires its own type, which is refused for another reason."""
    return any(plugin["type"] in plugin.get("requires", ()) for plugin in value["plugin"])


@forms
@settings(max_examples=40)
@given(value=manifests, data=st.data())
def test_a_wrong_value_is_told_with_its_field(form: str, value: dict[str, Any], data: st.DataObject) -> None:
    """The path leads to the plugin that has it, and no other one is blamed."""
    assume(not own_type_required(value))
    number = data.draw(st.integers(0, len(value["plugin"]) - 1))
    key, wrong = data.draw(
        st.sampled_from([("id", 3), ("type", True), ("requires", "a"), ("init", 5), ("lookups", 7)])
    )
    spoilt = copy.deepcopy(value)
    spoilt["plugin"][number][key] = wrong
    found = problems(spoilt, form)
    assert len(found) == 1
    assert f"plugin[{number}].{key}" in found[0]


@forms
@settings(max_examples=40)
@given(value=manifests, data=st.data())
def test_a_missing_key_is_told_of_the_plugin_that_lacks_it(
    form: str, value: dict[str, Any], data: st.DataObject
) -> None:
    """By name."""
    assume(not own_type_required(value))
    number = data.draw(st.integers(0, len(value["plugin"]) - 1))
    key = data.draw(st.sampled_from(["id", "type"]))
    spoilt = copy.deepcopy(value)
    del spoilt["plugin"][number][key]
    found = problems(spoilt, form)
    assert len(found) == 1
    assert f"plugin[{number}]" in found[0] and f"the key '{key}' is missing" in found[0]


@forms
@settings(max_examples=40)
@given(value=manifests, data=st.data())
def test_a_misspelled_key_is_told_with_the_one_that_was_meant(
    form: str, value: dict[str, Any], data: st.DataObject
) -> None:
    """Beside it the key that is missing, if it has to be there."""
    assume(not own_type_required(value))
    number = data.draw(st.integers(0, len(value["plugin"]) - 1))
    spoilt = copy.deepcopy(value)
    spoilt["plugin"][number]["requirs"] = []
    (found,) = problems(spoilt, form)
    assert "unknown key 'requirs'; did you mean 'requires'?" in found


@forms
@settings(max_examples=40)
@given(value=manifests, count=st.integers(1, 3))
def test_every_fault_is_told_and_in_the_order_of_the_file(
    form: str, value: dict[str, Any], count: int
) -> None:
    """One for each that was made, not the first alone."""
    assume(not own_type_required(value))
    spoilt = copy.deepcopy(value)
    for plugin in spoilt["plugin"][:count]:
        plugin["known"] = "by hearsay"
    found = problems(spoilt, form)
    assert len(found) == min(count, len(value["plugin"]))
    lines = [int(line[1]) for problem in found if (line := re.match(r"m:(\d+)", problem))]
    assert lines == sorted(lines)
    assert all(f"plugin[{number}].known" in problem for number, problem in enumerate(found))


@forms
@settings(max_examples=40)
@given(value=manifests)
def test_what_has_no_fault_is_read(form: str, value: dict[str, Any]) -> None:
    """In the order of the file."""
    catalog = read_manifest(text_of(value, form), form, "m")
    assert [(entry.registration.type, entry.registration.id) for entry in catalog.entries] == [
        (plugin["type"], plugin["id"]) for plugin in value["plugin"]
    ]
