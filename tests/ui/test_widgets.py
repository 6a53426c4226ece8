import pytest

from game.ui.boxes import Box
from game.ui.canvas import BODY, Canvas
from game.ui.input import Pointed, Typed, Wheeled
from game.ui.widgets.button import Button
from game.ui.widgets.form import Form, Signal
from game.ui.widgets.list import ListBox, Row
from game.ui.widgets.paragraph import paragraph
from game.ui.widgets.scroll import Passage, ScrollArea
from game.ui.widgets.slider import Slider
from game.ui.widgets.tabs import Tabs
from game.ui.widgets.text_line import TextLine, whole_number
from game.ui.wrap import shortened, wrapped
from tests.ui.window import click, press, release


def form() -> Form:
    return Form(
        [
            Button("one", Box(0, 0, 100, 30), "One"),
            Button("two", Box(0, 40, 100, 30), "Two", is_enabled=False),
            Button("three", Box(0, 80, 100, 30), "Three"),
        ]
    )


def test_a_click_uses_the_button_under_the_pointer() -> None:
    assert form().handle(click(50, 90)) == Signal("three")


def test_a_disabled_button_does_nothing() -> None:
    assert form().handle(click(50, 50)) is None


def test_the_focus_skips_what_is_disabled_and_goes_round() -> None:
    buttons = form()
    buttons.handle(press("next_field"))
    assert buttons.handle(press("confirm")) == Signal("three")
    buttons.handle(press("next_field"))
    assert buttons.handle(press("confirm")) == Signal("one")
    buttons.handle(press("previous_field"))
    assert buttons.handle(press("confirm")) == Signal("three")


def test_a_slider_moves_by_key_and_by_dragging_and_stops_at_its_ends() -> None:
    slider = Slider("size", Box(0, 0, 500, 40), "Size", ("a", "b", "c"), 1)
    assert slider.handle(press("right")) == Signal("size", 2)
    assert slider.handle(press("right")) is None
    sliders = Form([slider])
    assert sliders.handle(click(215, 20)) == Signal("size", 0)
    assert sliders.handle(Pointed(410, 20)) == Signal("size", 2)
    sliders.handle(release(410, 20))
    assert sliders.handle(Pointed(215, 20)) is None


def test_a_list_scrolls_to_what_is_chosen() -> None:
    rows = [Row(str(k), f"row {k}") for k in range(10)]
    box = ListBox("list", Box(0, 0, 200, 132), rows)
    for _ in range(5):
        box.handle(press("backward"))
    assert box.value == "5"
    assert box.first == 3
    box.handle(Wheeled(10, 10, 3))
    assert box.first == 0
    assert box.handle(click(10, 50)) == Signal("list", "1")
    assert box.handle(press("confirm")) == Signal("list_confirmed", "1")


def test_a_number_line_refuses_letters() -> None:
    line = TextLine("seed", Box(0, 0, 200, 30), "Seed", "", 5, whole_number)
    for letter in "-1x2":
        line.handle(Typed(letter))
    assert line.text == "-12"
    line.handle(press("back"))
    assert line.text == "-1"


def test_a_line_does_not_grow_beyond_its_length() -> None:
    line = TextLine("name", Box(0, 0, 200, 30), "Name", "", 3)
    line.handle(Typed("abcd"))
    assert line.text == ""
    line.handle(Typed("abc"))
    assert line.text == "abc"


def test_tabs_choose_by_pointer_and_key() -> None:
    tabs = Tabs("tab", Box(0, 0, 300, 30), ("A", "B"))
    assert tabs.handle(click(150, 10)) == Signal("tab", 1)
    assert tabs.handle(press("right")) is None
    assert tabs.handle(press("left")) == Signal("tab", 0)


def test_wrapping_never_loses_a_letter(canvas: Canvas) -> None:
    words = "A rover with Donaudampfschifffahrtsgesellschaft written on it."
    lines = wrapped(words, 90, lambda text: canvas.width(text, BODY))
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(canvas.width(line, BODY) <= 90 for line in lines)


def test_shortened_words_fit_and_say_that_something_is_missing(canvas: Canvas) -> None:
    short = shortened("a long line of words", 60, lambda text: canvas.width(text, BODY))
    assert short.endswith("…")
    assert canvas.width(short, BODY) <= 60


def test_a_paragraph_returns_where_the_next_one_starts(canvas: Canvas) -> None:
    one = paragraph(canvas, "short", 0, 0, 300, BODY)
    two = paragraph(canvas, "a much longer text that needs two lines", 0, 0, 150, BODY)
    assert two == pytest.approx(2 * one)


def test_a_scroll_area_stops_at_its_ends(canvas: Canvas) -> None:
    text = " ".join(["word"] * 300)
    area = ScrollArea("area", Box(0, 0, 200, 100), (Passage(text, BODY),))
    area.draw(canvas, is_focused=False, is_hovered=False)
    area.handle(Wheeled(10, 10, 5))
    assert area.offset == 0.0
    for _ in range(200):
        area.handle(Wheeled(10, 10, -5))
    most = area.offset
    area.handle(Wheeled(10, 10, -5))
    assert area.offset == most > 0
