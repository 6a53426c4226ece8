"""Mission: route, sols, cost, pictures and score on one page, beside the real rover."""

from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, TITLE, Canvas, Look
from game.ui.draw.camera_view import fitted
from game.ui.draw.route import draw_route_map
from game.ui.draw.strips import (
    draw_bars,
    draw_bounds,
    draw_dawns,
    draw_race,
    draw_sols,
)
from game.ui.facts.ledger import (
    best_pictures,
    columns,
    own_way,
    shares,
    standing,
)
from game.ui.host import Host
from game.ui.input import Happening, Pointed
from game.ui.screen import Push, Transition
from game.ui.screens.frame import GAP, Frame, draw_panel
from game.ui.screens.viewer import ViewerScreen
from game.ui.words import way_text

LEFT_FRAC, RIGHT_W = 0.26, 300.0
PICTURE_COUNT, PICTURE_GAP = 3, 8.0
WORDS_W = 92.0  # beside a picture
MARK = Look(11, "faint")
MEDAL = Look(14, "accent", is_strong=True)


class MissionScreen:
    """The mission so far; what was reached, and what it cost."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.frame = Frame(host, "mission")
        flight = host.desk.flight
        self.setup, self.state = flight.session.setup, flight.state
        self.columns = columns(self.state)
        self.way = own_way(self.state)
        self.standing = standing(self.setup, self.state)
        self.pictures = best_pictures(self.state, PICTURE_COUNT)
        self._frames: tuple[Box, ...] = ()
        for product in self.pictures:
            host.desk.pictures.order(self.state, product)

    def handle(self, happening: Happening) -> Transition | None:
        """Open a picture that is clicked."""
        if isinstance(happening, Pointed) and happening.is_click:
            for product, box in zip(self.pictures, self._frames, strict=False):
                if box.holds(happening.x, happening.y):
                    return Push(ViewerScreen(self.host, product.number, auto_close=False))
        return self.frame.handle(happening)

    def update(self, frame_s: float) -> Transition | None:
        """Keep the room going."""
        self.frame.update(frame_s)
        return None

    def settle(self) -> None:
        """Wait for the pictures: for stills."""
        for product in self.pictures:
            self.host.desk.pictures.wait(product.number)

    def draw(self, canvas: Canvas) -> None:
        """Draw the page."""
        area = self.frame.draw(canvas)
        left = Box(area.x, area.y, area.w * LEFT_FRAC, area.h)
        right = Box(area.right - RIGHT_W, area.y, RIGHT_W, area.h)
        middle = Box(left.right + GAP, area.y, right.x - left.right - 2 * GAP, area.h)
        self._draw_route(canvas, left)
        self._draw_sols(canvas, middle)
        self._draw_score(canvas, Box(right.x, right.y, right.w, 292))
        self._draw_pictures(canvas, Box(right.x, right.y + 292 + GAP, right.w, right.h - 300))

    def _draw_route(self, canvas: Canvas, box: Box) -> None:
        way_m = self.state.rover.mobility.odometer_m
        room = draw_panel(canvas, box, "Route", f"{way_text(way_m)} driven")
        cost_h = 176.0
        draw_route_map(
            canvas,
            Box(room.x - 4, room.y - 4, room.w + 8, room.h - cost_h - 8),
            self.host.stage.believed_way(),
            self.host.desk.places(),
        )
        self._draw_costs(canvas, Box(room.x, room.bottom - cost_h + 8, room.w, cost_h - 8))

    def _draw_costs(self, canvas: Canvas, box: Box) -> None:
        parts = shares(self.state)
        total = max(sum(part.used_wh for part in parts), 1e-9)
        canvas.text("Where the energy went", box.x, box.y, LABEL)
        canvas.text(f"{total / 1000:,.1f} kWh", box.right, box.y - 2, STRONG, "right")
        x = box.x
        for part in parts:
            wide = box.w * part.used_wh / total
            canvas.fill(Box(x, box.y + 24, max(wide - 1, 1), 12), part.token, 1)
            x += wide
        for k, part in enumerate(parts):
            y = box.y + 46 + 23 * k
            canvas.fill(Box(box.x, y + 4, 10, 10), part.token, 2)
            canvas.text(part.title, box.x + 20, y, BODY)
            words = f"{100 * part.used_wh / total:.0f} %"
            canvas.text(words, box.right, y, STRONG, "right")

    def _draw_sols(self, canvas: Canvas, box: Box) -> None:
        sols = self.setup.mission.sols
        room = draw_panel(canvas, box, "Sol by sol", f"{len(self.columns)} of {sols} sols")
        floor = self.host.desk.run.opened.flight_rules.charge_floor_frac
        heights = (0.34, 0.17, 0.17, 0.17)
        free = room.h - 24 - 5 * 24 - 10
        plots, y = [], room.y + 18
        for part in heights:
            plots.append(Box(room.x, y, room.w, free * part / sum(heights)))
            y = plots[-1].bottom + 26
        strip = Box(room.x, y, room.w, 10)
        whole = Box(room.x, room.y + 18, room.w, strip.bottom - room.y - 18)
        draw_sols(canvas, whole, sols, strip.bottom + 4)
        draw_race(canvas, plots[0], sols, self.way)
        draw_dawns(canvas, plots[1], sols, self.columns, floor)
        ways = [(float(c.sol), c.way_m) for c in self.columns]
        draw_bars(canvas, plots[2], sols, ways, ("Metres a sol", "m", "drive"))
        homes = [(float(c.sol), c.home_mbit) for c in self.columns]
        draw_bars(canvas, plots[3], sols, homes, ("Home a sol", "Mbit", "radio"))
        draw_bounds(canvas, strip, sols, self.columns)

    def _draw_score(self, canvas: Canvas, box: Box) -> None:
        found = self.standing
        room = draw_panel(canvas, box, "Home so far")
        canvas.text(f"{found.total:,.0f}", room.x, room.y - 8, TITLE)
        words = f"{found.medal} medal" if found.medal else "no medal yet"
        canvas.text(words, room.right, room.y + 4, MEDAL if found.medal else BODY, "right")
        bar = Box(room.x, room.y + 34, room.w, 6)
        canvas.bar(bar, found.total / found.most, "accent")
        for (name, points), align in zip(found.marks, ("right", "middle", "left"), strict=True):
            x = bar.x + bar.w * points / found.most
            canvas.line((x, bar.y - 3), (x, bar.bottom + 3), "text", 1)
            nudge = {"right": 6, "middle": 0, "left": -6}[align]
            canvas.text(name, x + nudge, bar.bottom + 3, MARK, align)
        y = bar.bottom + 28
        for line in found.lines:
            canvas.text(line.title, room.x, y, BODY)
            canvas.text(f"{line.points:,.0f} of {line.most:,.0f}", room.right, y, STRONG, "right")
            canvas.bar(Box(room.x, y + 20, room.w, 3), line.points / max(line.most, 1e-9), "quiet")
            y += 30
        canvas.text("Bronze is what the bundled planner earns here.", room.x, y + 2, NOTE)

    def _draw_pictures(self, canvas: Canvas, box: Box) -> None:
        room = draw_panel(canvas, box, "Best pictures")
        if not self.pictures:
            canvas.text("None has been taken yet.", room.x, room.y, BODY)
            return
        high = min(room.h / PICTURE_COUNT - PICTURE_GAP, (room.w - WORDS_W) * 9 / 16)
        wide = high * 16 / 9
        frames = []
        for k, product in enumerate(self.pictures):
            frame = Box(room.x, room.y + k * (high + PICTURE_GAP), wide, high)
            picture = self.host.desk.pictures.get(product.number)
            if picture is None:
                canvas.fill(frame, "track")
            else:
                canvas.image(fitted(picture, canvas.rect(frame).size), frame)
            canvas.outline(frame, "line")
            canvas.text(f"Sol {product.sol}", frame.right + 10, frame.y, STRONG)
            lines = (product.kind, f"quality {100 * product.quality:.0f} %")
            for n, line in enumerate(lines[: int((high - 18) // 16)]):
                canvas.text(line, frame.right + 10, frame.y + 20 + 16 * n, NOTE)
            frames.append(frame)
        self._frames = tuple(frames)
