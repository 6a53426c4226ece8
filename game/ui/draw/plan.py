"""The plan screen's panels: palette, inspector, violated rule, lanes and bands."""

from dataclasses import dataclass

from game.ui.boxes import Box, Page
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, VALUE, Canvas, Look
from game.ui.draw.plan_lanes import draw_bands, draw_lanes
from game.ui.draw.plot import Axes
from game.ui.plan_parts import Inspector, PaletteRow, PlanModel
from game.ui.widgets.button import Button, Dress
from game.ui.words import icon_of
from game.ui.wrap import shortened

PALETTE_ROW = 26.0
NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PlanLayout:
    """Where everything stands; the panel keeps the lower edge."""

    palette: Box
    inspector: Box
    rule: Box
    panel: Box
    lanes: Axes

    def palette_rows(self, count: int) -> tuple[Box, ...]:
        """Return the rows of the palette."""
        top = self.palette.y + 26
        return tuple(
            Box(self.palette.x, top + PALETTE_ROW * k, self.palette.w, PALETTE_ROW)
            for k in range(count)
        )

    @property
    def fix(self) -> Box:
        """The button that names the fix."""
        return Box(self.rule.right - 252, self.rule.y + 4, 244, 24)


def plan_layout(page: Page) -> PlanLayout:
    """Place the panels."""
    panel = page.from_bottom(Box(16, 16, page.w - 32, 320))
    lanes = Axes(Box(112, panel.y + 68, page.w - 144, 130))
    return PlanLayout(
        palette=Box(16, 88, 208, 240),
        inspector=page.from_right(16, 88, 208, 240),
        rule=Box(16, panel.y - 40, page.w - 32, 32),
        panel=panel,
        lanes=lanes,
    )


def plan_buttons(place: PlanLayout) -> list[Button]:
    """Return the buttons of the panel's head."""
    y, x = place.panel.y + 3, place.panel.x
    uplink = Box(place.panel.right - 128, y + 3, 120, 28)
    return [
        Button("repeat", Box(x + 156, y, 150, 32), "Repeat yesterday", Dress.PLAIN),
        Button("template", Box(x + 300, y, 104, 32), "Templates", Dress.PLAIN),
        Button("undo", Box(x + 398, y, 84, 32), "Undo", Dress.PLAIN, "undo"),
        Button("redo", Box(x + 488, y, 84, 32), "Redo", Dress.PLAIN, "redo"),
        Button("delete", Box(x + 578, y, 100, 32), "Delete", Dress.PLAIN, "close"),
        Button("uplink", uplink, "Uplink plan", Dress.FILLED),
    ]


def draw_palette(canvas: Canvas, place: PlanLayout, model: PlanModel, chosen: int) -> None:
    """Draw the activities on offer with what they cost."""
    box = place.palette
    canvas.panel(box)
    canvas.text("Add", box.x + 12, box.y + 6, LABEL)
    canvas.text("Wh", box.x + 156, box.y + 6, NOTE, "right")
    canvas.text("Mbit", box.right - 12, box.y + 6, NOTE, "right")
    rows = place.palette_rows(len(model.palette))
    for k, (row_box, row) in enumerate(zip(rows, model.palette, strict=True)):
        if k == chosen:
            canvas.fill(row_box.grown(-2), "track", 4)
        _draw_offer(canvas, row_box, row)


def _draw_offer(canvas: Canvas, box: Box, row: PaletteRow) -> None:
    canvas.icon(icon_of(row.kind), box.x + 10, box.y + 3, "text")
    canvas.text(row.name, box.x + 38, box.y + 4, Look(14, "text"))
    canvas.text(row.wh, box.x + 156, box.y + 5, LABEL, "right")
    canvas.text(row.mbit, box.right - 12, box.y + 5, LABEL, "right")


def draw_inspector(canvas: Canvas, box: Box, inspector: Inspector) -> None:
    """Draw what the selected activity is and does."""
    high = 42 + 26.0 * len(inspector.rows) + (24 if inspector.note else 0)
    canvas.panel(Box(box.x, box.y, box.w, min(high, box.h)))
    canvas.text(inspector.title, box.x + 12, box.y + 6, VALUE)
    y = box.y + 36
    for label, value, is_bad in inspector.rows:
        canvas.text(label, box.x + 12, y, BODY)
        look = Look(14, "act", is_strong=True) if is_bad else STRONG
        canvas.text(value, box.right - 12, y, look, "right")
        y += 26
    if inspector.note:
        note = shortened(inspector.note, box.w - 24, lambda words: canvas.width(words, NOTE))
        canvas.text(note, box.x + 12, y + 1, NOTE)


def draw_rule(canvas: Canvas, place: PlanLayout, model: PlanModel, *, is_hovered: bool) -> None:
    """Draw the violated rule and the button that names its fix."""
    if not model.rules:
        return
    rule = model.rules[model.rule_chosen % len(model.rules)]
    box = place.rule
    canvas.panel(box, 0.96, "banner")
    canvas.icon("warn", box.x + 10, box.y + 6, "act")
    wide = 40 + canvas.text(rule.words, box.x + 40, box.y + 6, STRONG)
    if len(model.rules) > 1:
        words = f"{model.rule_chosen % len(model.rules) + 1} of {len(model.rules)}"
        canvas.text(words, box.x + wide + 16, box.y + 8, NOTE)
    if rule.fix:
        button = Button("fix", place.fix, rule.fix, Dress.WARNING)
        button.draw(canvas, is_focused=False, is_hovered=is_hovered)


def draw_plan_panel(canvas: Canvas, place: PlanLayout, model: PlanModel) -> None:
    """Draw the large panel: head, hours, lanes and bands."""
    box = place.panel
    canvas.panel(box, canvas.theme.shape.plan_opacity_frac)
    canvas.text(f"Plan for sol {model.sol}", box.x + 12, box.y + 6, VALUE)
    canvas.text(model.uplink_words, box.right - 140, box.y + 11, NOTE, "right")
    draw_lanes(canvas, place.lanes, box, model)
    draw_bands(canvas, place.lanes, box, model)
