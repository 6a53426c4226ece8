"""The ground ahead of a moving view is asked for first."""

from dataclasses import replace

import pytest

from game.ui.camera import View
from game.ui.draw.lead import Lead

VIEW = View(0.0, 0.0, 46.0, 1280, 720)
STEP_M = 0.05


def test_a_view_that_moves_south_leads_south() -> None:
    lead = Lead(100)
    view = VIEW
    for _ in range(60):
        view = replace(view, y_m=view.y_m - STEP_M)
        lead.follow(view)
    ahead = lead.view(view)
    assert ahead.y_m == pytest.approx(view.y_m - 100 * STEP_M, abs=0.1)
    assert ahead.x_m == view.x_m


def test_a_jump_and_a_zoom_are_no_motion() -> None:
    for moved in (replace(VIEW, x_m=500.0), replace(VIEW, x_m=1.0, scale_px_m=12.0)):
        lead = Lead(100)
        lead.follow(VIEW)
        lead.follow(moved)
        assert lead.view(moved) == moved
