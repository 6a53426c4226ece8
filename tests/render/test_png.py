import struct
import zlib

import numpy as np
import pytest
from numpy.typing import NDArray

from game.render.png import png_bytes


def decoded(data: bytes) -> NDArray[np.uint8]:
    """Read back what our writer writes: one IDAT, filter 'up' on every row."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, 3)


def test_a_picture_survives_the_file() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (7, 5, 3)).astype(np.uint8)
    assert np.array_equal(decoded(png_bytes(picture)), picture)


def test_the_same_picture_gives_the_same_bytes() -> None:
    picture = np.full((4, 4, 3), 90, np.uint8)
    assert png_bytes(picture) == png_bytes(picture.copy())


def test_grey_pictures_are_refused() -> None:
    with pytest.raises(ValueError, match="height, width, 3"):
        png_bytes(np.zeros((4, 4), np.uint8))
