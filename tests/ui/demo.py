"""A HUD as on an ordinary afternoon, for tests that draw."""

import math
from dataclasses import replace

from game.commands import ActivityKind
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
from game.ui.plan_parts import Inspector, InspectorRow, PaletteRow, PlanBlock, PlanModel, RuleLine


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
            Window(13.1, 13.27, ((13.1, 13.27),), is_past=True),
            Window(23.2, 28.9, ((23.2, 24.6),)),
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
            ActionCell("more", "dots", "More", "Z"),
        ),
        demo_strip(),
    )


def demo_plan(**changes: object) -> PlanModel:
    strip = demo_strip(7.2)
    curve = tuple(
        (6 + k * 0.1, 12 + 20 * math.exp(-(((6 + k * 0.1 - 15) / 5) ** 2)) - 26) for k in range(241)
    )
    model = PlanModel(
        13,
        90,
        "07:10",
        PassPanel("Uplink closes", "in 3 h 12 m", "1,301"),
        7.2,
        5.4,
        18.7,
        (
            PlanBlock(1, ActivityKind.WARM_UP, 0, "Warm up", 12.3, 12.9, can_stretch=True),
            PlanBlock(2, ActivityKind.DRIVE, 0, "Drive 36 m", 12.9, 15.4),
            PlanBlock(3, ActivityKind.PICTURE, 1, "Picture", 10.9, 11.6),
            PlanBlock(4, ActivityKind.SOIL, 2, "Soil laser", 11.7, 12.2),
            PlanBlock(5, ActivityKind.AIR, 3, "Air 90 min", 7.6, 9.2, can_stretch=True),
            PlanBlock(6, ActivityKind.AIR, 3, "if charge > 70 %", 16.3, 18.3, is_optional=True),
            PlanBlock(7, ActivityKind.SEND, 4, "Send", 13.05, 13.22, can_stretch=True),
            PlanBlock(
                8, ActivityKind.SEND, 4, "Send by night", 23.23, 25.9, is_bad=True, can_stretch=True
            ),
        ),
        (Window(13.1, 13.27, ((13.1, 13.27),)), Window(23.2, 28.9, ((23.2, 24.6),))),
        strip.ahead,
        tuple((hour, mid + 0.03) for hour, mid, _, _ in strip.ahead),
        curve,
        tuple((hour, 0.3 + 0.01 * hour) for hour, _ in curve),
        0.3,
        -30.0,
        (
            PaletteRow(ActivityKind.DRIVE, "Drive", "1.6/m", "2"),
            PaletteRow(ActivityKind.PICTURE, "Picture", "1", "6"),
            PaletteRow(ActivityKind.PANORAMA, "Panorama", "9", "70"),
            PaletteRow(ActivityKind.SOIL, "Soil laser", "6", "3"),
            PaletteRow(ActivityKind.AIR, "Air sample", "4", "1"),
            PaletteRow(ActivityKind.SEND, "Send", "80/h", "−10/h"),
            PaletteRow(ActivityKind.WARM_UP, "Warm up", "20", ""),
            PaletteRow(ActivityKind.SLEEP, "Sleep", "12/h", ""),
        ),
        Inspector(
            "Send by night",
            (
                InspectorRow("Start", "23:14", False, "start"),
                InspectorRow("Length", "2 h 40 m", False, "length"),
                InspectorRow("Sends", "27 of 61 Mbit", False, ""),
                InspectorRow("Costs", "213 Wh", False, ""),
                InspectorRow("Dawn charge", "22 %", True, ""),
            ),
            "next noon carries 240 Mbit",
        ),
        (
            RuleLine(
                "Charge reaches 22 % at 05:20 – the floor is 30 %.", "Fix: send 70 min less", 8
            ),
        ),
        0,
        2,
        True,
        False,
        "",
    )
    return replace(model, **changes)  # type: ignore[arg-type]
