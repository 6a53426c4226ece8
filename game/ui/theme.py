"""Colours, type and sizes, read from `data/theme.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from game.config import parse
from game.errors import ConfigError
from game.ui.assets import window_table

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class WindowSizes:
    """Window and frame rate."""

    width_px: int
    height_px: int
    min_width_px: int
    min_height_px: int
    frame_rate_hz: int
    margin_px: int


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Letter sizes at 100 %."""

    small_px: int
    body_px: int
    value_px: int
    title_px: int
    display_px: int
    least_px: int


@dataclass(frozen=True, slots=True)
class Shapes:
    """Panels, halos and icons."""

    radius_px: int
    panel_opacity_frac: float
    plan_opacity_frac: float
    casing_px: float
    halo_px: int
    icon_px: int


@dataclass(frozen=True, slots=True)
class Motion:
    """How long things take to move or fade."""

    ease_s: float
    caption_s: float
    hover_s: float
    refusal_s: float
    view_s: float
    beside_s: float
    opening_s: float
    spectrum_s: float
    odds_s: float
    reading_s: float
    card_s: float
    globe_deg_s: float


USUAL = "usual"  # the colours of the design


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything a screen needs to know to look like the others."""

    window: WindowSizes
    type: TypeSizes
    shape: Shapes
    motion: Motion
    colours: Mapping[str, Rgb]
    palette: str = USUAL

    def rgb(self, token: str) -> Rgb:
        """Return a colour by its name."""
        return self.colours[token]


def palettes() -> tuple[str, ...]:
    """Return the names of all sets of colours, the usual one first."""
    return (USUAL, *window_table("theme")["palettes"])


@cache
def load_theme(palette: str = USUAL) -> Theme:
    """Read the theme file once, with one of its sets of colours; an unknown one is the usual."""
    table = window_table("theme")
    where = "data/theme.toml"
    colours = {**table["colours"], **table["palettes"].get(palette, {})}
    return Theme(
        parse(table["window"], WindowSizes, f"{where}: window"),
        parse(table["type"], TypeSizes, f"{where}: type"),
        parse(table["shape"], Shapes, f"{where}: shape"),
        parse(table["motion"], Motion, f"{where}: motion"),
        {name: _rgb(value, f"{where}: colours.{name}") for name, value in colours.items()},
        palette if palette in palettes() else USUAL,
    )


def _rgb(value: Any, where: str) -> Rgb:
    text = str(value)
    try:
        if len(text) != len("#rrggbb") or text[0] != "#":
            raise ValueError
        return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
    except ValueError:
        raise ConfigError(f"{where}: expected a colour like '#F2B04C', got {value!r}") from None


def mixed(first: Rgb, second: Rgb, frac: float) -> Rgb:
    """Return a colour between two; 0 is the first."""
    return (
        round(first[0] + (second[0] - first[0]) * frac),
        round(first[1] + (second[1] - first[1]) * frac),
        round(first[2] + (second[2] - first[2]) * frac),
    )


def contrast(first: Rgb, second: Rgb) -> float:
    """Return the contrast ratio of two colours.

    References
    ----------
    .. [1] W3C, "Web Content Accessibility Guidelines 2.2", relative luminance and contrast ratio.
    """
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(rgb: Rgb) -> float:
    parts = [c / 255 for c in rgb]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
