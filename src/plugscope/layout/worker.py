"""The process that runs Graphviz: ``python -m plugscope.layout.worker``. Without Qt.

A request is a line of JSON on standard input, the answer a line on standard output (``sketch`` says what is in
them). Graphviz holds the interpreter while it works, may take minutes over a few hundred nodes and may abort its
process: all three are why it has one of its own, which can be killed.
"""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO

_POINTS = 72.0
"""Graphviz wants sizes in inches and answers in points; a point is taken for a pixel."""

_FAST = "nslimit=0.2; nslimit1=0.2; mclimit=0.1; searchsize=5;"


def dot_text(request: dict[str, Any]) -> str:
    """The request in Graphviz's language."""
    node_gap, layer_gap = request["gaps"]
    lines = [
        "digraph {",
        f"rankdir=LR; nodesep={node_gap / _POINTS:.4f}; ranksep={layer_gap / _POINTS:.4f};",
        _FAST if request.get("fast") else "",
        'node [shape=box, fixedsize=true, label=""]; edge [dir=none, tailport=e, headport=w];',
    ]
    for number, (width, height) in enumerate(request["sizes"]):
        lines.append(f"{number} [width={width / _POINTS:.4f}, height={height / _POINTS:.4f}];")
    lines.extend(f"{left} -> {right} [id={number}];" for number, (left, right) in enumerate(request["edges"]))
    return "\n".join([*lines, "}"])


def laid_out(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to a request: middles of nodes and curves of edges, y downwards."""
    from pygraphviz import AGraph

    graph = AGraph(string=dot_text(request), strict=False, directed=True)
    drawn = graph.draw(format="json0", prog="dot")
    graph.close()
    assert drawn is not None
    found = json.loads(drawn)
    top = float(found["bb"].split(",")[3])
    nodes = {int(node["name"]): _points(node["pos"], top) for node in found.get("objects", ())}
    edges = {int(edge["id"]): _points(edge["pos"], top) for edge in found.get("edges", ())}
    return {
        "token": request["token"],
        "nodes": [nodes[number] for number in range(len(request["sizes"]))],
        "edges": [edges[number] for number in range(len(request["edges"]))],
    }


def _points(text: str, top: float) -> list[float]:
    """A position or spline of Graphviz as x, y, x, y …"""
    values: list[float] = []
    for pair in text.split(";")[0].split():
        if pair[0] not in "se":
            x, y = pair.split(",")
            values += (round(float(x), 2), round(top - float(y), 2))
    return values


def serve(lines: TextIO, answers: TextIO) -> None:
    """Answer requests until there are no more."""
    for line in lines:
        request = json.loads(line)
        try:
            answer = laid_out(request)
        except Exception as error:
            answer = {"token": request.get("token"), "error": f"Graphviz: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def main() -> None:
    """Serve standard input until it ends."""
    serve(sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
