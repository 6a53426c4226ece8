"""The plan screen's panels: palette, inspector, violated rule, lanes and bands."""

from dataclasses import dataclass

from game.ui.boxes import Box, Page
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, VALUE, Canvas, Look, Point
from game.ui.draw.plan_lanes import draw_bands, draw_lanes
from game.ui.draw.plot import Axes
from game.ui.plan_palette import GROUPS
from game.ui.plan_parts import PaletteRow, PlanModel
from game.ui.widgets.button import Button, Dress
from game.ui.words import icon_of
from game.ui.wrap import shortened, wrapped

PALETTE_ROW, PALETTE_HEAD = 24.0, 56.0
NAME = Look(14, "text")
SMALL = Look(12, "text", is_strong=True)
NOWHERE = Box(0, 0, 0, 0)
WARNING = "only a warning"


@dataclass(frozen=True, slots=True)
class PlanLayout:
    """Where everything stands; the panel keeps the lower edge."""

    palette: Box
    inspector: Box
    rule: Box
    panel: Box
    lanes: Axes

    @property
    def palette_count(self) -> int:
        """How many rows of the palette can be seen."""
        return int((self.palette.h - PALETTE_HEAD) // PALETTE_ROW)

    def palette_row(self, number: int) -> Box:
        """Return one row of the palette, counted from the top."""
        top = self.palette.y + PALETTE_HEAD - 2 + PALETTE_ROW * number
        return Box(self.palette.x, top, self.palette.w, PALETTE_ROW)

    def palette_tab(self, number: int) -> Box:
        """Return the tab of one group of the palette."""
        wide = (self.palette.w - 8) / len(GROUPS)
        return Box(self.palette.x + 4 + wide * number, self.palette.y + 4, wide, 30)

    def menu(self, count: int) -> tuple[Box, ...]:
        """Return the lines of the menu that opens over the templates button."""
        x, low = self.panel.x + 306, self.panel.y - 8
        return tuple(Box(x, low - 30 * (count - k), 190, 28) for k in range(count))

    @property
    def fix(self) -> Box:
        """The button that names the fix."""
        wide = max(244, min(360, 0.3 * self.rule.w))
        return Box(self.rule.right - wide - 8, self.rule.y + 4, wide, 24)


def plan_layout(page: Page) -> PlanLayout:
    """Place the panels."""
    panel = page.from_bottom(Box(16, 16, page.w - 32, 320))
    lanes = Axes(Box(112, panel.y + 68, page.w - 144, 130))
    return PlanLayout(
        palette=Box(16, 88, 208, 250),
        inspector=page.from_right(16, 80, 240, 248),
        rule=Box(16, panel.y - 40, page.w - 32, 32),
        panel=panel,
        lanes=lanes,
    )


def plan_buttons(place: PlanLayout) -> list[Button]:
    """Return the buttons of the panel's head."""
    y, x = place.panel.y + 3, place.panel.x
    uplink = Box(place.panel.right - 128, y + 3, 120, 28)
    return [
        Button("sol_before", Box(x + 2, y + 4, 24, 24), "", Dress.PLAIN, "back"),
        Button("sol_after", Box(x + 122, y + 4, 24, 24), "", Dress.PLAIN, "more"),
        Button("repeat", Box(x + 156, y, 150, 32), "Repeat yesterday", Dress.PLAIN),
        Button("template", Box(x + 300, y, 104, 32), "Templates", Dress.PLAIN),
        Button("undo", Box(x + 398, y, 84, 32), "Undo", Dress.PLAIN, "undo"),
        Button("redo", Box(x + 488, y, 84, 32), "Redo", Dress.PLAIN, "redo"),
        Button("copy", Box(x + 576, y, 84, 32), "Copy", Dress.PLAIN, "copy"),
        Button("delete", Box(x + 662, y, 92, 32), "Delete", Dress.PLAIN, "bin"),
        Button("save", Box(x + 756, y, 90, 32), "Save plan", Dress.PLAIN),
        Button("load", Box(x + 846, y, 94, 32), "Open plan", Dress.PLAIN),
        Button("uplink", uplink, "Uplink plan", Dress.FILLED),
    ]


def draw_palette(
    canvas: Canvas,
    place: PlanLayout,
    rows: tuple[PaletteRow, ...],
    view: tuple[int, int],
    chosen: PaletteRow | None,
) -> None:
    """Draw one group of the activities on offer with what they cost, under the tabs of all.

    `view` is the group and the first of its rows in view; the wheel scrolls the others in.
    """
    box = place.palette
    group, first = view
    canvas.panel(box)
    for k, (_, icon, _) in enumerate(GROUPS):
        tab = place.palette_tab(k)
        if k == group:
            canvas.fill(tab, "track", 4)
            canvas.line((tab.x + 8, tab.bottom), (tab.right - 8, tab.bottom), "accent", 2)
        canvas.icon(icon, tab.centre[0] - 9, tab.y + 5, "text" if k == group else "quiet", 18)
    canvas.text(GROUPS[group][0], box.x + 12, box.y + 37, LABEL)
    canvas.text("Wh", box.x + 156, box.y + 37, NOTE, "right")
    canvas.text("Mbit", box.right - 12, box.y + 37, NOTE, "right")
    mine = [row for row in rows if row.group == group]
    count = place.palette_count
    for k, row in enumerate(mine[first : first + count]):
        row_box = place.palette_row(k)
        if row == chosen:
            canvas.fill(row_box.grown(-2), "track", 4)
        _draw_offer(canvas, row_box, row)
    if len(mine) > count:
        track = Box(box.right - 5, box.y + PALETTE_HEAD, 3, box.h - PALETTE_HEAD - 6)
        long = track.h * count / len(mine)
        top = track.y + (track.h - long) * first / (len(mine) - count)
        canvas.fill(Box(track.x, top, 3, long), "arc", 1)


def _draw_offer(canvas: Canvas, box: Box, row: PaletteRow) -> None:
    canvas.icon(icon_of(row.kind), box.x + 10, box.y + 3, "text")
    name = shortened(row.name, 82, lambda words: canvas.width(words, NAME))
    canvas.text(name, box.x + 38, box.y + 4, NAME)
    canvas.text(row.wh, box.x + 156, box.y + 5, LABEL, "right")
    canvas.text(row.mbit, box.right - 12, box.y + 5, LABEL, "right")


def draw_menu(canvas: Canvas, boxes: tuple[Box, ...], words: tuple[str, ...], chosen: int) -> None:
    """Draw a small menu that hangs from a button."""
    first, last = boxes[0], boxes[-1]
    canvas.panel(Box(first.x - 6, first.y - 6, first.w + 12, last.bottom - first.y + 12), 0.98)
    for k, (box, line) in enumerate(zip(boxes, words, strict=True)):
        if k == chosen:
            canvas.fill(box, "accent_dim", 4)
        canvas.text(line, box.x + 10, box.y + 5, STRONG if k == chosen else BODY)


def draw_rule(canvas: Canvas, place: PlanLayout, model: PlanModel, *, is_hovered: bool) -> None:
    """Draw the violated rule and the button that names its fix."""
    if not model.rules:
        return
    rule = model.rules[model.rule_chosen % len(model.rules)]
    box = place.rule
    canvas.panel(box, 0.96, "banner" if rule.is_hard else "panel")
    canvas.icon("warn", box.x + 10, box.y + 6, "act" if rule.is_hard else "accent")
    at = f"{model.rule_chosen % len(model.rules) + 1} of {len(model.rules)}"
    notes = (at if len(model.rules) > 1 else "", "" if rule.is_hard else WARNING, rule.caveat)
    note = " · ".join(one for one in notes if one)
    room = place.fix.x - box.x - 80 - canvas.width(note, NOTE)
    wide = _draw_sentence(canvas, rule.words, (box.x + 40, box.y), room)
    canvas.text(note, box.x + 40 + wide + 16, box.y + 8, NOTE)
    fix = shortened(rule.fix, place.fix.w - 16, lambda one: canvas.width(one, STRONG))
    button = Button("fix", place.fix, fix, Dress.WARNING if rule.is_hard else Dress.QUIET)
    button.draw(canvas, is_focused=False, is_hovered=is_hovered)


def _draw_sentence(canvas: Canvas, words: str, at: Point, room: float) -> float:
    """Write a rule on one line, or on two smaller ones; return how wide it is."""
    x, y = at
    for look, down in ((STRONG, 6), (SMALL, 8)):
        if canvas.width(words, look) <= room:
            return canvas.text(words, x, y + down, look)
    first, *rest = wrapped(words, room, lambda one: canvas.width(one, SMALL))
    second = shortened(" ".join(rest), room, lambda one: canvas.width(one, SMALL))
    widths = [canvas.text(line, x, y + 1 + 15 * k, SMALL) for k, line in enumerate((first, second))]
    return max(widths)


def draw_plan_panel(canvas: Canvas, place: PlanLayout, model: PlanModel) -> None:
    """Draw the large panel: head, hours, lanes and bands."""
    box = place.panel
    canvas.panel(box, canvas.theme.shape.plan_opacity_frac)
    canvas.text(f"Plan, sol {model.plan_sol}", box.x + 78, box.y + 6, VALUE, "middle")
    canvas.text(model.uplink_words, box.right - 140, box.y + 11, NOTE, "right")
    draw_lanes(canvas, place.lanes, box, model)
    draw_bands(canvas, place.lanes, box, model)
