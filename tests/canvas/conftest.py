"""A canvas to draw on and to act on."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.layout.sample import graph

from plugscope.canvas import GraphCanvas
from plugscope.layout import lane_picture
from plugscope.session import Look


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[GraphCanvas]:
    """Shows the sample picture in a window; everything is fine; nothing glides."""
    made = GraphCanvas()
    qtbot.addWidget(made)
    made.set_reduced_motion(True)
    made.resize(1000, 700)
    made.set_picture(lane_picture(graph()))
    made.set_looks([Look.OK] * made.picture.graph.size)
    made.show()
    qtbot.waitExposed(made)
    made.fit()
    yield made
    made.close()
