"""The worker's two languages: what Graphviz reads, and what the answer says; served line by line."""

from __future__ import annotations

import io
import json
import re
from typing import Any

from plugscope.layout.worker import dot_text, laid_out, serve

REQUEST: dict[str, Any] = {
    "token": 5,
    "sizes": [(144.0, 36.0), (72.0, 36.0), (72.0, 72.0)],
    "edges": [[0, 1], [0, 2], [0, 1]],
    "gaps": (36.0, 72.0),
}


def test_sizes_are_told_in_inches() -> None:
    """72 pixels are one; boxes are of exactly that size and carry no text of their own."""
    text = dot_text(REQUEST)
    assert "nodesep=0.5000; ranksep=1.0000;" in text
    assert re.findall(r"^(\d) \[width=([\d.]+), height=([\d.]+)\];$", text, re.MULTILINE) == [
        ("0", "2.0000", "0.5000"),
        ("1", "1.0000", "0.5000"),
        ("2", "1.0000", "1.0000"),
    ]
    assert 'fixedsize=true, label=""' in text


def test_edges_run_to_the_right_and_are_numbered() -> None:
    """Two between the same nodes stay two."""
    text = dot_text(REQUEST)
    assert "rankdir=LR" in text
    assert re.findall(r"(\d) -> (\d) \[id=(\d)\]", text) == [
        ("0", "1", "0"),
        ("0", "2", "1"),
        ("0", "1", "2"),
    ]


def test_haste_is_a_line_of_limits() -> None:
    """Only where it was asked for."""
    assert "nslimit" not in dot_text(REQUEST)
    assert "nslimit=0.2" in dot_text({**REQUEST, "fast": True})


def test_an_answer_has_middles_and_curves_downwards() -> None:
    """What is left in the edges stands left by at least the gap; the picture begins at the top."""
    answer = laid_out(REQUEST)
    assert answer["token"] == 5
    (x0, _), (x1, y1), (x2, y2) = answer["nodes"]
    assert x1 - x0 >= 72 + 36 + 72 - 0.1
    assert abs(y1 - y2) >= (36 + 72) / 2 + 36 - 0.1
    assert min(x0 - 72, x1 - 36, x2 - 36) >= -0.1
    tops = [y - height / 2 for (_, y), (_, height) in zip(answer["nodes"], REQUEST["sizes"], strict=True)]
    assert abs(min(tops)) < 1
    assert [len(curve) % 6 for curve in answer["edges"]] == [2, 2, 2]
    for curve, (left, right) in zip(answer["edges"], REQUEST["edges"], strict=True):
        assert abs(curve[0] - (answer["nodes"][left][0] + REQUEST["sizes"][left][0] / 2)) < 1
        assert abs(curve[-2] - (answer["nodes"][right][0] - REQUEST["sizes"][right][0] / 2)) < 1


def test_a_request_without_nodes_has_an_empty_answer() -> None:
    """An empty catalog is a catalog."""
    empty = {"token": 0, "sizes": [], "edges": [], "gaps": (1.0, 1.0)}
    assert laid_out(empty) == {"token": 0, "nodes": [], "edges": []}


def test_each_line_has_its_answer_in_turn() -> None:
    """An error is one of them, and the next request is served all the same."""
    broken = {**REQUEST, "token": 6, "sizes": ["no size"]}
    answers = io.StringIO()
    serve(io.StringIO("".join(json.dumps(one) + "\n" for one in (REQUEST, broken, REQUEST))), answers)
    first, second, third = map(json.loads, answers.getvalue().splitlines())
    assert first == third == json.loads(json.dumps(laid_out(REQUEST)))
    assert second["token"] == 6 and second["error"].startswith("Graphviz: ")
