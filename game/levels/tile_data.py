"""The numbers of a tile layer, as Tiled stores them: CSV, or base64 with or without compression."""

import binascii
import zlib
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from game.levels.problems import Problems, quoted

BYTES_A_TILE = 4
MAX_DIGITS = 10
GID_MASK = 0x1FFFFFFF
# Map > Map Properties > Tile Layer Format, in the editor.
FORMAT_FIX = 'in Tiled set Map > Map Properties > "Tile Layer Format" to CSV and save'
COUNT_FIX = "open the map in Tiled, check its size and save it again"
INFINITE_FIX = 'in Tiled switch off Map > Map Properties > "Infinite" and save'


def tile_numbers(element: Element | None, count: int, problems: Problems) -> NDArray[np.uint32]:
    """Return the `count` tile numbers of a layer's `<data>`; zeros, and a problem, if unreadable.

    Mirroring and turning flags are taken off: soil has no handedness.
    """
    empty = np.zeros(count, dtype=np.uint32)
    if element is None:
        problems.add("has no <data>", COUNT_FIX)
        return empty
    if element.find("chunk") is not None:
        problems.add("is stored in chunks of an infinite map", INFINITE_FIX)
        return empty
    found = _numbers(element, count, problems)
    return empty if found is None else found & np.uint32(GID_MASK)


def _numbers(element: Element, count: int, problems: Problems) -> NDArray[np.uint32] | None:
    encoding, compression = element.get("encoding", ""), element.get("compression", "")
    text = element.text or ""
    match encoding, compression:
        case "csv", "":
            return _from_csv(text, count, problems)
        case "base64", "":
            return _from_bytes(_from_base64(text, problems), count, problems)
        case "base64", "zlib" | "gzip":
            return _from_bytes(_unpacked(_from_base64(text, problems), count), count, problems)
        case "base64", "zstd":
            problems.add("is compressed with Zstandard, which is not read here", FORMAT_FIX)
        case "", "":
            problems.add("is stored as XML, which is not read here", FORMAT_FIX)
        case _:
            name = quoted(f"{encoding} {compression}".strip())
            problems.add(f"has the unknown storage format {name}", FORMAT_FIX)
    return None


def _from_csv(text: str, count: int, problems: Problems) -> NDArray[np.uint32] | None:
    found = text.count(",") + 1 if text.strip() else 0
    if found != count:
        problems.add(f"has {found} tile numbers, but its size needs {count}", COUNT_FIX)
        return None
    numbers = np.zeros(count, dtype=np.uint32)
    for index, part in enumerate(text.split(",")):
        word = part.strip()
        good = word.isascii() and word.isdigit() and len(word) <= MAX_DIGITS
        value = int(word) if good else -1
        if not 0 <= value < 2**32:
            problems.add(f"tile number {index + 1} is {quoted(word)}", COUNT_FIX)
            return None
        numbers[index] = value
    return numbers


def _from_base64(text: str, problems: Problems) -> bytes | None:
    try:
        return binascii.a2b_base64("".join(text.split()).encode("ascii"), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError):
        problems.add("is not valid base64", FORMAT_FIX)
        return None


def _unpacked(packed: bytes | None, count: int) -> bytes | None:
    if packed is None:
        return None
    machine = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: zlib or gzip, by its header
    try:
        plain = machine.decompress(packed, count * BYTES_A_TILE + 1)
        rest = machine.decompress(machine.unconsumed_tail, 1) if not machine.eof else b""
    except zlib.error:
        return b""
    return plain + rest if machine.eof else b""


def _from_bytes(plain: bytes | None, count: int, problems: Problems) -> NDArray[np.uint32] | None:
    if plain is None:
        return None
    if len(plain) != count * BYTES_A_TILE:
        problems.add(
            f"is damaged or has the wrong length: {count} tiles are {count * BYTES_A_TILE} bytes",
            FORMAT_FIX,
        )
        return None
    return np.frombuffer(plain, dtype="<u4").astype(np.uint32)
