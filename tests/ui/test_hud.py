from dataclasses import replace

import pygame
import pytest

from game.ui.boxes import Box, Page, page_scale
from game.ui.canvas import Canvas
from game.ui.draw.hud import Hud, HudView, hud_layout
from game.ui.draw.hud_panels import draw_actions, draw_clock, draw_health, draw_home, draw_link
from game.ui.draw.plan import draw_palette, draw_plan_panel, draw_rule, plan_layout
from game.ui.draw.plan_inspector import draw_inspector
from game.ui.draw.strip import draw_strip
from game.ui.words import typeset
from tests.ui.demo import demo_model, demo_plan
from tests.ui.tape import Tape


def test_no_word_leaves_its_panel(tape: Tape) -> None:
    model = demo_model()
    place = hud_layout(tape.page)
    draw_clock(tape, place.clock, model)
    tape.all_inside(place.clock)
    draw_link(tape, place.link, model.link)
    tape.all_inside(place.link)
    draw_health(tape, place.health, model.health)
    tape.all_inside(place.health)
    draw_home(tape, place.home, model.home, place.thumbnail(), None)
    tape.all_inside(place.home)
    cells = place.action_cells(len(model.actions))
    draw_actions(tape, place.actions, cells, model.actions, "", show_keys=True)
    bar = place.actions
    tape.all_inside(Box(bar.x, bar.y, place.more.right - bar.x, bar.h))
    draw_strip(tape, place.strip, model.strip)
    tape.all_inside(place.strip)


def test_no_word_of_the_plan_leaves_its_panel(tape: Tape) -> None:
    model = demo_plan()
    place = plan_layout(tape.page)
    draw_palette(tape, place, model.palette, (0, 0), None)
    tape.all_inside(place.palette)
    assert model.inspector is not None
    draw_inspector(tape, place.inspector, model.inspector, "start", "", is_typing=False)
    tape.all_inside(place.inspector)
    draw_rule(tape, place, model, is_hovered=False)
    tape.all_inside(place.rule)
    draw_plan_panel(tape, place, model)
    tape.all_inside(place.panel)


def test_the_panels_leave_two_thirds_of_the_ground_free() -> None:
    place = hud_layout(Page(1280, 720))
    panels = (
        place.clock, place.rates, place.link, place.health, place.home, place.actions, place.strip,
    )  # fmt: skip
    covered = sum(box.w * box.h for box in panels)
    assert 1 - covered / (1280 * 720) > 0.64


def test_panels_stand_where_the_design_says() -> None:
    place = hud_layout(Page(1280, 720))
    assert place.clock == Box(16, 16, 288, 56)
    assert place.rates == Box(496, 16, 288, 40)
    assert place.link == Box(976, 16, 288, 56)
    assert place.health == Box(16, 88, 208, 232)
    assert place.home == Box(1056, 88, 208, 264)
    assert place.actions == Box(472, 520, 336, 56)
    assert place.strip == Box(16, 592, 1248, 112)
    assert place.caption_y == 488


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (2560, 1080), (800, 600)])
@pytest.mark.parametrize("setting", [0.8, 1.0, 1.25, 1.5])
def test_panels_do_not_overlap_at_any_size(size: tuple[int, int], setting: float) -> None:
    scale = page_scale(*size, (1280, 720), setting)
    place = hud_layout(Page(size[0] / scale, size[1] / scale))
    boxes = [place.clock, place.rates, place.link, place.actions, place.strip]
    if place.has_room:
        boxes += [place.health, Box(*place.home[:3], 232)]
    for k, one in enumerate(boxes):
        for other in boxes[k + 1 :]:
            apart = (
                one.right <= other.x
                or other.right <= one.x
                or one.bottom <= other.y
                or other.bottom <= one.y
            )
            assert apart, (one, other)


def test_a_panel_is_painted_again_only_when_it_changes(canvas: Canvas) -> None:
    hud, model = Hud(), demo_model()
    hud.draw(canvas, model, HudView())
    first = pygame.image.tobytes(canvas.surface, "RGB")
    canvas.surface.fill((120, 84, 56))
    hud.draw(canvas, demo_model(), HudView())
    assert pygame.image.tobytes(canvas.surface, "RGB") == first
    canvas.surface.fill((120, 84, 56))
    hud.draw(canvas, replace(model, clock="14:37"), HudView())
    assert pygame.image.tobytes(canvas.surface, "RGB") != first


def test_hidden_panels_leave_the_ground_alone(canvas: Canvas) -> None:
    before = pygame.image.tobytes(canvas.surface, "RGB")
    Hud().draw(canvas, demo_model(), HudView(has_any=False))
    assert pygame.image.tobytes(canvas.surface, "RGB") == before


def test_a_hint_stays_inside_the_window(tape: Tape) -> None:
    for at in ((5.0, 5.0), (1275.0, 715.0), (640.0, 2.0)):
        words = "The orbiter is below the horizon; it rises at 13:22. Plan a Send for then."
        Hud().draw(tape, demo_model(), HudView(hint=words, hint_at=at))
        tape.written = [item for item in tape.written if item[0] in words]
        assert tape.written
        tape.all_inside(Box(0, 0, 1280, 720))


def test_a_minus_before_a_number_is_a_true_one() -> None:
    assert typeset("at -84 °C, 2021-05-14, half-seen") == "at −84 °C, 2021-05-14, half-seen"
