"""A HUD as on an ordinary afternoon, for tests that draw."""

import math

from game.ui.hud_parts import (
    ActionCell,
    Block,
    HealthRow,
    HomePanel,
    HudModel,
    PassPanel,
    Strip,
    Window,
)


def demo_strip(now_h: float = 14.6) -> Strip:
    past = tuple((6 + k * 0.1, 0.41 + 0.5 * min(1, k / 50)) for k in range(int((now_h - 6) * 10)))
    ahead = tuple(
        (
            now_h + k * 0.1,
            0.9 - 0.03 * k * 0.1,
            0.9 - 0.034 * k * 0.1 - 0.05 * math.sqrt(k / 150),
            0.9 - 0.02 * k * 0.1,
        )
        for k in range(int((30 - now_h) * 10) + 1)
    )
    return Strip(
        now_h,
        5.4,
        18.7,
        (
            Block("heat", "heat", "", 10.5, 11.2, is_past=True),
            Block("look", "look", "Look", 11.2, 12.4, is_past=True),
            Block("drive", "drive", "Drive 18 m", 13.3, 15.1, is_now=True),
            Block("touch", "touch", "", 15.2, 15.7),
            Block("air", "air", "Air", 15.8, 17.4, is_optional=True),
            Block("sleep", "sleep", "Sleep", 19, 30),
        ),
        (
            Window(13.1, 13.27, 13.1, 13.27, is_past=True),
            Window(23.2, 28.9, 23.2, 24.6),
        ),
        past,
        ahead,
        0.3,
        "dawn 51–61 %",
    )


def demo_model() -> HudModel:
    return HudModel(
        12,
        90,
        "14:36",
        "local",
        0.66,
        60.0,
        "slowed for driving",
        PassPanel("Next pass", "in 8 h 37 m", "1,240"),
        (
            HealthRow("charge", "Charge", "78 %", "dawn 51–61 %", 0.78, 0.30),
            HealthRow("power", "Power", "+96 W", "in 214, out 118", 0.62),
            HealthRow("box", "Warm box", "+4 °C", "low tonight −11 °C", 0.70, 0.33),
            HealthRow("dust", "Air", "τ 0.44", "clear, ground −18 °C"),
        ),
        HomePanel(
            "61 Mbit",
            0.62,
            "tonight 38, next noon 240",
            3,
            "Sol 12, 13:52 · sent",
            1.0,
            "Ripple crest",
            "18 m · 31 Wh to get there",
            "soil sample, then air",
        ),
        (
            ActionCell("drive", "drive", "Drive", "V", is_lit=True),
            ActionCell("picture", "look", "Picture", "C"),
            ActionCell("soil", "touch", "Soil", "T"),
            ActionCell("air", "air", "Air", "E"),
            ActionCell("send", "radio", "Send", "R", reason="No orbiter above the horizon."),
            ActionCell("stop", "stop", "Stop", "X"),
        ),
        demo_strip(),
    )
