"""What the pointer is on, and what hovering there tells."""

import math

from game.ui.belief import sureness_text
from game.ui.draw.hud import HudLayout, HudView, hud_layout
from game.ui.draw.marks import ROVER_M
from game.ui.host import Host
from game.ui.hud_parts import HudModel
from game.ui.screens.play_links import ROW_H, panel_page

ARROW_PX = 14.0  # half the arrow that stands for the rover on far views
SCORE_HINT = (
    "Points, not data: what has come home counts, and so does every sol that the rover lives "
    "and every dawn above the floor."
)


def hud_view(screen: Host) -> HudView:
    """Return what the player sees of the HUD."""
    captions, step = screen.desk.captions, screen.desk.step
    is_now = step is not None and step.action == "stop"
    words = captions.words if captions.frac and not is_now else (step.words if step else "")
    newest = screen.desk.model().home.picture
    hovered, hint = hint_at(screen)
    name, left_s = screen.refused
    return HudView(
        has_sides=screen.has_sides,
        has_any=screen.has_any,
        has_keys="show_keys" in screen.shell.reader.held,
        caption="" if hint else words,
        hint=hint,
        hint_at=(screen.pointer[0], hud_layout(screen.page).actions.y + 4)
        if hovered
        else screen.pointer,
        hovered_action=hovered,
        refused_action=name,
        refused_frac=left_s / screen.shell.theme.motion.refusal_s,
        thumbnail=screen.desk.pictures.get(newest) if newest else None,
    )


def hint_at(screen: Host) -> tuple[str, str]:
    """Return the action under the pointer, and what hovering long enough tells."""
    place, model = hud_layout(screen.page), screen.desk.model()
    is_long = screen.hover_s >= screen.shell.theme.motion.hover_s
    cells = place.action_cells(len(model.actions))
    for cell, action in zip(cells, model.actions, strict=True):
        if cell.holds(*screen.pointer):
            return action.name, (action.reason or action.effect) if is_long else ""
    if not is_long:
        return "", ""
    words = panel_hint(screen, place, model)
    page = panel_page(screen, *screen.pointer)
    more = f"Click: {page}." if page else ""
    return "", f"{words} {more}".strip()


def panel_hint(screen: Host, place: HudLayout, model: HudModel) -> str:
    """Return what a panel tells about what the pointer is on."""
    for k, row in enumerate(model.health):
        top = place.health.y + 4 + ROW_H * k
        inside = top <= screen.pointer[1] < top + ROW_H
        if screen.has_sides and inside and place.health.holds(*screen.pointer):
            return row.hint
    if screen.has_sides and place.home.holds(*screen.pointer):
        return model.home.goal_note
    if place.rates.holds(*screen.pointer):
        return rates_hint(screen)
    if place.link.holds(*screen.pointer):
        is_score = place.link.w > 240 and screen.pointer[0] > place.link.x + place.link.w / 2
        return SCORE_HINT if is_score else model.link.hint
    return rover_hint(screen)


def rates_hint(screen: Host) -> str:
    """Return how time is made to run, and that it chooses a pace by itself."""
    names = ("pause", "slower", "faster", "rate_auto", "next_event")
    pause, slower, faster, auto, skip = (screen.shell.keymap.key_of(name) for name in names)
    return (
        f"How fast time runs: {pause} stops it, {slower} and {faster} change it. By itself it "
        f"slows for wheels, instruments and passes; {auto} lets it choose again. {skip} goes to "
        "the next event."
    )


def rover_hint(screen: Host) -> str:
    """Return how sure the rover is of its place, while the pointer is on it."""
    stage = screen.stage
    rover, view = stage.scene().rover, stage.view
    scale = view.width_px / screen.page.w
    x_px, y_px = view.to_px(rover.x_m, rover.y_m)
    reach = max(ARROW_PX, ROVER_M * view.scale_px_m / scale)
    if math.dist((x_px / scale, y_px / scale), screen.pointer) > reach:
        return ""
    words = sureness_text(screen.desk.run.opened.setup.rover.mobility.position, stage.flight.state)
    return f"The rover: {words}, as far as it knows." if words else ""
