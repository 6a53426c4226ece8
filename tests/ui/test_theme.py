from itertools import combinations

import numpy as np
import pytest

from game.ui.canvas import LABEL, Canvas
from game.ui.kept_panels import KeptPanels
from game.ui.screens.settings import SettingsScreen
from game.ui.shell import Shell
from game.ui.theme import USUAL, Rgb, contrast, load_theme, mixed, palettes
from game.ui.widgets.form import Signal

Eyes = tuple[tuple[float, ...], ...]
LEAST_FOR_SMALL_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3
BRIGHTEST_GROUND = (0xE6, 0xC8, 0xA4)


# How two kinds of eyes see linear red, green and blue, without any of one kind of cone: G. M.
# Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based model for simulation of
# color vision deficiency", IEEE Trans. Vis. Comput. Graph. 15, 2009, table 1, severity 1.0.
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
              (-0.003882, -0.048116, 1.051998))  # fmt: skip
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                (-0.011820, 0.042940, 0.968881))  # fmt: skip
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
LEAST_APART = 20.0  # CIE 1976 colour difference; 2.3 is just noticeable
MEANINGS = ("text", "accent", "radio", "safe", "act")


def lab(
    rgb: Rgb, eyes: tuple[tuple[float, ...], ...]
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """CIE L*a*b* of a colour as some eyes see it."""
    parts = np.array(rgb) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(eyes) @ linear, 0.0, 1.0)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    x, y, z = np.cbrt(to_xyz @ seen / np.array([0.9505, 1.0, 1.089]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", [PROTANOPIA, DEUTERANOPIA])
def test_the_other_colours_stay_apart_for_eyes_without_red_or_green(
    eyes: Eyes,
) -> None:
    theme = load_theme("red_green")
    for one, two in combinations(MEANINGS, 2):
        away = float(np.linalg.norm(lab(theme.rgb(one), eyes) - lab(theme.rgb(two), eyes)))
        assert away >= LEAST_APART, (one, two, away)


def test_colours_change_at_once_and_panels_are_painted_anew(shell: Shell, canvas: Canvas) -> None:
    screen, kept, painted = SettingsScreen(shell), KeptPanels(), []
    box = canvas.page.box._replace(w=60, h=20)

    def paint(sheet: Canvas, _: object) -> None:
        painted.append(sheet.theme.palette)
        sheet.text("x", 2, 2, LABEL)

    for step in (0, 1):
        screen._follow(Signal("palette", step))
        canvas.theme = shell.theme
        kept.begin()
        kept.draw(canvas, "one", box, "same", paint)
    assert painted == list(palettes()) == [USUAL, "red_green"]
    assert load_theme("no such").palette == USUAL


def worst_panel(palette: str = USUAL) -> tuple[int, int, int]:
    theme = load_theme(palette)
    return mixed(BRIGHTEST_GROUND, theme.rgb("panel"), theme.shape.panel_opacity_frac)


@pytest.mark.parametrize("palette", palettes())
def test_all_text_colours_can_be_read_on_a_panel_over_the_brightest_ground(palette: str) -> None:
    theme = load_theme(palette)
    for token in ("text", "quiet", "faint", "accent", "radio", "safe", "act"):
        assert contrast(theme.rgb(token), worst_panel()) >= LEAST_FOR_SMALL_TEXT, token


@pytest.mark.parametrize("palette", palettes())
def test_ink_can_be_read_on_every_block(palette: str) -> None:
    theme = load_theme(palette)
    for token in ("drive", "look", "touch", "air", "radio", "heat", "sleep", "accent", "act"):
        assert contrast(theme.rgb("ink"), theme.rgb(token)) >= LEAST_FOR_SMALL_TEXT, token


def test_the_panel_over_the_brightest_ground_is_what_the_design_says() -> None:
    # opacity 0.90 over the brightest ground; the design gives 12.2 for the ratio of plain text
    assert contrast(load_theme().rgb("text"), worst_panel()) >= 12.0


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 3) == 21.0
