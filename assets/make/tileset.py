"""Paint the soil tiles for Tiled: levels/tilesets/soil.png and soil.tsx.

Run it from the project's folder: python assets/make/tileset.py
Four variants of each soil class, so that a painted map does not look like wallpaper.
"""

import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "levels" / "tilesets"
SIDE_PX, VARIANTS = 32, 4

# Colour, mottling, ripple height, pebbles a tile. Colours near those of the dossier's soils:
# plain soil #907959, dark rock #615950, dust lighter and redder.
SOILS: dict[str, tuple[tuple[int, int, int], float, float, int]] = {
    "bedrock": ((112, 101, 90), 0.14, 0.0, 5),
    "duricrust": ((150, 126, 97), 0.10, 0.0, 3),
    "crusty_cloddy": ((144, 121, 89), 0.09, 0.0, 9),
    "compact_sand": ((157, 128, 94), 0.04, 0.02, 2),
    "tar_crest": ((176, 150, 116), 0.03, 0.12, 0),
    "loose_sand": ((168, 134, 97), 0.03, 0.07, 0),
    "drift_dust": ((188, 147, 106), 0.02, 0.01, 0),
    "fresh_ejecta": ((128, 112, 95), 0.10, 0.0, 22),
}


def seamless(generator: np.random.Generator, cells: int) -> NDArray[np.float64]:
    """Smooth noise between -1 and 1 that meets itself at the edges."""
    lattice = generator.uniform(-1.0, 1.0, (cells, cells))
    at = np.arange(SIDE_PX) * cells / SIDE_PX
    low = at.astype(int)
    part = at - low
    part = part * part * (3.0 - 2.0 * part)
    high = (low + 1) % cells
    rows = lattice[low] * (1.0 - part)[:, None] + lattice[high] * part[:, None]
    return rows[:, low] * (1.0 - part) + rows[:, high] * part


def tile(name: str, variant: int) -> NDArray[np.uint8]:
    colour, mottle, ripple, pebbles = SOILS[name]
    generator = np.random.default_rng([list(SOILS).index(name), variant])
    tone = sum(
        mottle / (step + 1) * seamless(generator, cells) for step, cells in enumerate((4, 8, 16))
    )
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    wave = 2.0 * np.pi * 4.0 * y / SIDE_PX + 1.2 * seamless(generator, 4)
    shade = np.asarray(1.0 + tone + ripple * np.sin(wave))
    for _ in range(pebbles):
        cx, cy = generator.uniform(0.0, SIDE_PX, 2)
        radius = generator.uniform(0.7, 2.6 if name == "bedrock" else 1.6)
        dx = (x - cx + SIDE_PX / 2) % SIDE_PX - SIDE_PX / 2
        dy = (y - cy + SIDE_PX / 2) % SIDE_PX - SIDE_PX / 2
        stone = np.hypot(dx, dy) < radius
        shadow = np.hypot(dx - radius * 0.8, dy - radius * 0.5) < radius
        shade = np.where(shadow & ~stone, shade * 0.72, shade)
        shade = np.where(stone, 0.86 + 0.12 * (-dx - dy) / radius, shade)
    pixels = np.asarray(colour) * shade[..., None]
    return np.clip(pixels, 0, 255).astype(np.uint8)


def write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def tsx() -> str:
    count = len(SOILS) * VARIANTS
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<tileset version="1.10" tiledversion="1.10.2" name="soil" tilewidth="{SIDE_PX}" '
        f'tileheight="{SIDE_PX}" tilecount="{count}" columns="{VARIANTS}">',
        f' <image source="soil.png" width="{SIDE_PX * VARIANTS}" height="{SIDE_PX * len(SOILS)}"/>',
    ]
    for number in range(count):
        name = list(SOILS)[number // VARIANTS]
        lines += [
            f' <tile id="{number}">',
            "  <properties>",
            f'   <property name="soil" propertytype="soil" value="{name}"/>',
            "  </properties>",
            " </tile>",
        ]
    return "\n".join([*lines, "</tileset>", ""])


def main() -> None:
    sheet = np.vstack(
        [np.hstack([tile(name, variant) for variant in range(VARIANTS)]) for name in SOILS]
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_png(FOLDER / "soil.png", sheet)
    (FOLDER / "soil.tsx").write_text(tsx(), encoding="utf-8")
    sys.stdout.write(f"wrote {FOLDER / 'soil.png'} and soil.tsx\n")


if __name__ == "__main__":
    main()
