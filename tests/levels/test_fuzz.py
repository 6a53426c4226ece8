"""Junk of all kinds: always a level or a sentence, never a traceback, never slow."""

import base64
import contextlib
import tempfile
import time
import zlib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.errors import LevelError
from game.levels.load import load_level
from tests.levels.folders import MAPS, changed_map, refusal
from tests.levels.test_tmx import csv_part

GOOD_MAP = (MAPS / "good.tmx").read_bytes()
GOOD_MISSION = Path("levels/campaign/ninety-sols/mission.toml")
FEW = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
WORDS = st.sampled_from(
    [b"nan", b"-1", b"1e400", b"", b"<", b"\xff\xfe", b"99999999999999999999", b"../..", b"&amp;"]
)


def load_or_refuse(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for each in ("soil.tsx", "soil.png", "stone.tx"):
            (Path(folder) / each).write_bytes((MAPS / each).read_bytes())
        path = Path(folder) / name
        path.write_bytes(content)
        with contextlib.suppress(LevelError):
            load_level(path)


@FEW
@given(st.integers(0, len(GOOD_MAP) - 1), st.integers(0, 12), WORDS)
def test_a_map_with_a_piece_replaced_is_read_or_refused(at: int, cut: int, word: bytes) -> None:
    load_or_refuse("map.tmx", GOOD_MAP[:at] + word + GOOD_MAP[at + cut :])


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_a_map(content: bytes) -> None:
    load_or_refuse("map.tmx", content)
    load_or_refuse("map.tmx", b"<map>" + content + b"</map>")


@FEW
@given(st.data())
def test_a_mission_file_with_a_piece_replaced_is_read_or_refused(data: st.DataObject) -> None:
    good = (Path(__file__).parents[2] / GOOD_MISSION).read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    word = data.draw(WORDS | st.sampled_from([b"[[", b"true", b'"', b"{a=1}", b"1979-05-27"]))
    cut = data.draw(st.integers(0, 12))
    load_or_refuse("mission.toml", good[:at] + word + good[at + cut :])


def refused_within_s(path: Path) -> float:
    begin = time.perf_counter()
    refusal(path)
    return time.perf_counter() - begin


def test_a_packed_bomb_is_refused_at_once(tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(64 * 1024 * 1024), 1)
    body = f'<data encoding="base64" compression="zlib">{base64.b64encode(bomb).decode()}</data>'
    path = changed_map(tmp_path, (csv_part(), body))
    assert refused_within_s(path) < 1.0


def test_entities_are_refused_at_once(tmp_path: Path) -> None:
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{n} "{("&a" + str(n - 1 or "") + ";") * 10}">' for n in range(1, 10)
    )
    path = tmp_path / "map.tmx"
    path.write_text(f"<!DOCTYPE map [{laughs}]><map>&a9;</map>", encoding="utf-8")
    assert refused_within_s(path) < 1.0


def test_a_tileset_of_a_million_tiles_is_refused_at_once(tmp_path: Path) -> None:
    path = changed_map(tmp_path)
    text = (tmp_path / "soil.tsx").read_text(encoding="utf-8")
    text = text.replace('tilecount="32"', 'tilecount="400000000"')
    (tmp_path / "soil.tsx").write_text(text, encoding="utf-8")
    assert refused_within_s(path) < 1.0


def test_countless_elements_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.tmx"
    path.write_text("<map>" + "<a/>" * 250_000 + "</map>", encoding="utf-8")
    assert "has more than 200000 elements" in refusal(path)[0]


def test_countless_mistakes_are_refused_soon(tmp_path: Path) -> None:
    path = tmp_path / "map.tmx"
    path.write_text("<map>" + '<group x1="" x2="" x3=""/>' * 50_000 + "</map>", encoding="utf-8")
    assert refused_within_s(path) < 3.0
