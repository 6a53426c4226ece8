"""Renders the fixed scenes to PNG without a display, and holds the ground to its guards."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pygame

from game.config import nearest
from game.errors import UsageError
from game.render.guards import problems
from game.ui import shot_pages as pages
from game.ui.draw.overlay_fields import OverlayKind
from game.ui.shot_camera import camera_antisun, camera_dusk, camera_sunward
from game.ui.shot_cards import card_air, card_soil, tray
from game.ui.shot_scenes import (
    GUARDED,
    REGION,
    SITE,
    WHEEL,
    WIDE,
    Light,
    first_minute,
    hud_hidden,
    levels,
    lit,
    morning_report,
    overlay,
    picture_home,
    place_shot,
    plan_drag,
    plan_empty,
    plan_full,
    plan_violated,
    play_default,
    play_night,
    play_pass,
    play_slip_stop,
    storm,
    title,
)
from game.ui.shot_studio import Studio

Scene = Callable[[Studio], None]

SCENES: dict[str, Scene] = {
    "01_title": title,
    "02_levels": levels,
    "03_first_minute": first_minute,
    "04_play_default": play_default,
    "05_play_slip_stop": play_slip_stop,
    "06_play_pass": play_pass,
    "07_play_night": play_night,
    "08_morning_report": morning_report,
    "09_hud_hidden": hud_hidden,
    "10_picture_home": picture_home,
    "11_near_dawn": lambda studio: lit(studio, Light(6.0, is_morning=True)),
    "12_near_noon": lambda studio: lit(studio, Light(76.0)),
    "13_near_afternoon": lambda studio: lit(studio, Light(34.0)),
    "14_near_dusk": lambda studio: lit(studio, Light(4.0)),
    "15_near_night_lamp": lambda studio: lit(studio, Light(-30.0)),
    "16_near_storm": storm,
    "17_wide_tracks": lambda studio: lit(studio, Light(40.0), WIDE),
    "18_site_morning": lambda studio: lit(studio, Light(22.0, is_morning=True), SITE),
    "19_region_evening": lambda studio: lit(studio, Light(17.0), REGION),
    "20_wheel": lambda studio: lit(studio, Light(45.0), WHEEL),
    "21_lander_parachute": lambda studio: place_shot(studio, "parachute", Light(40.0), 24.0),
    "22_crater_low_sun": lambda studio: place_shot(studio, "young-pit", Light(14.0), 32.0),
    "23_ripple_field": lambda studio: place_shot(studio, "dune-1", Light(30.0), 10.0),
    "24_overlay_slope": lambda studio: overlay(studio, OverlayKind.SLOPE),
    "25_overlay_energy": lambda studio: overlay(studio, OverlayKind.ENERGY),
    "26_overlay_radio": lambda studio: overlay(studio, OverlayKind.RADIO),
    "27_plan_empty": plan_empty,
    "28_plan_full": plan_full,
    "29_plan_violated": plan_violated,
    "30_plan_drag": plan_drag,
    "31_camera_sunward": camera_sunward,
    "32_camera_antisun": camera_antisun,
    "33_camera_dusk": camera_dusk,
    "34_map": pages.site_map,
    "35_power": pages.power,
    "36_data": pages.data,
    "37_science": pages.science,
    "38_orbit": pages.orbit,
    "39_report": pages.mission,
    "40_end_success": pages.end_success,
    "41_end_loss_why": pages.end_loss,
    "42_pause": pages.pause,
    "43_settings_150": pages.settings_large,
    "44_help_f1": pages.help_page,
    "45_level_error": pages.level_error,
    "46_card_soil": card_soil,
    "47_card_air": card_air,
    "48_tray": tray,
    "49_health": pages.health,
}


def render_shots(
    out_dir: str | Path, size_px: tuple[int, int] = (1280, 720), only: Sequence[str] | None = None
) -> int:
    """Render scenes into a folder; return 0, or 1 when ground broke a guard.

    Parameters
    ----------
    out_dir : str or Path
        Made if it is not there.
    size_px : (int, int)
        Width and height of the pictures. [px]
    only : sequence of str, optional
        Names of scenes, in full or from their number; all if empty.
    """
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    names = chosen(only)
    folder = Path(out_dir)
    _make(folder)
    pygame.display.init()
    pygame.font.init()
    studio = Studio(size_px)
    broken = 0
    for name in names:
        began = time.perf_counter()
        SCENES[name](studio)
        pygame.image.save(studio.surface, folder / f"{name}.png")
        told = _guarded(studio.surface, name)
        broken += bool(told)
        line = f"{name}  {time.perf_counter() - began:5.1f} s"
        sys.stdout.write("\n    ".join([line, *told]) + "\n")
        sys.stdout.flush()
    studio.close()
    return 1 if broken else 0


def _make(folder: Path) -> None:
    """Make the folder and see that files can be written there.

    Raises
    ------
    UsageError
        If that is impossible, with the reason.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot write pictures to {folder}: {reason}") from error


def chosen(only: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of the scenes asked for.

    Raises
    ------
    UsageError
        If there is no such scene, with the nearest name.
    """
    if not only:
        return tuple(SCENES)
    found: list[str] = []
    for word in only:
        fits = [name for name in SCENES if name == word or name.startswith(f"{word}_")]
        fits = fits or [name for name in SCENES if name.split("_", 1)[1] == word]
        if not fits:
            raise UsageError(f"there is no scene {word!r}{nearest(word, SCENES)}")
        found += fits
    return tuple(found)


def _guarded(surface: pygame.Surface, name: str) -> list[str]:
    """Return what is wrong with the ground of a scene, away from the rover in its middle."""
    if name not in GUARDED:
        return []
    pixels = pygame.surfarray.array3d(surface).swapaxes(0, 1)
    return problems(pixels[:, : pixels.shape[1] * 2 // 5], GUARDED[name])
