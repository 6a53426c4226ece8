"""Drawn ground on disk: may be deleted, damaged or refused at any time, and nothing shows."""

import logging
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.paths import cache_folder
from game.render.fields import Fields
from game.ui.draw import baker, block_files
from game.ui.draw.baker import Baker, Quarry, block_of, cut, grid_of
from game.ui.draw.block_files import BlockFiles, mark_of
from game.world.streaming import ChunkStore
from tests.ui.small_ground import Slope, SmallGround

ROOM_BYTE = 100_000_000
KEY = (-3, 0, 0)
BLOCK = block_of(KEY)


def quarry(folder: Path, room_byte: int = ROOM_BYTE) -> Quarry:
    return Quarry(SmallGround, 20_000_000, files=folder, files_byte=room_byte)


@pytest.fixture(scope="module")
def plain() -> Fields:
    return Baker(Quarry(SmallGround, 20_000_000)).fields(KEY)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def same(one: Fields, two: Fields) -> bool:
    def value(of: Fields, name: str) -> Any:
        found = getattr(of, name)
        return found.tobytes() if isinstance(found, np.ndarray) else found

    return all(value(one, f.name) == value(two, f.name) for f in fields(Fields))


def never_drawn(*_: object) -> Fields:
    raise AssertionError("drawn again")


def test_the_next_game_reads_what_this_one_drew(
    tmp_path: Path, plain: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert same(Baker(quarry(tmp_path)).fields(KEY), plain)
    monkeypatch.setattr(baker, "tile_fields", never_drawn)
    assert same(Baker(quarry(tmp_path)).fields(KEY), plain)


@pytest.mark.parametrize("part", [0, 1, 10, 400, 100_000, -5, -1])
def test_a_file_that_ends_early_is_drawn_again(tmp_path: Path, plain: Fields, part: int) -> None:
    Baker(quarry(tmp_path)).fields(KEY)
    (path,) = files_in(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:part])
    assert same(Baker(quarry(tmp_path)).fields(KEY), plain)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("at", [0, 30, 60, 5_000, 500_000, -6, -1])
def test_a_file_with_one_wrong_bit_is_drawn_again(tmp_path: Path, plain: Fields, at: int) -> None:
    Baker(quarry(tmp_path)).fields(KEY)
    (path,) = files_in(tmp_path)
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)
    assert same(Baker(quarry(tmp_path)).fields(KEY), plain)


def test_a_block_under_the_name_of_another_is_not_taken_for_it(tmp_path: Path) -> None:
    Baker(quarry(tmp_path)).fields(KEY)
    (path,) = files_in(tmp_path)
    other = (-3, BLOCK[1] + 2, BLOCK[2])
    files = BlockFiles(tmp_path, path.parent.name, ROOM_BYTE)
    files.path_of(other).write_bytes(path.read_bytes())
    assert files.read(BLOCK) is not None
    assert files.read(other) is None


def test_another_world_has_files_of_its_own(tmp_path: Path) -> None:
    first = Baker(quarry(tmp_path)).fields(KEY)
    slope = Quarry(Slope, 20_000_000, files=tmp_path, files_byte=ROOM_BYTE)
    # The same description and other ground: only in tests, so give it another mark by hand.
    assert mark_of(Slope().spec) == mark_of(SmallGround().spec)
    assert mark_of(Slope().spec) != mark_of(SmallGround(8).spec)
    assert mark_of(Slope().spec, 1) != mark_of(Slope().spec, 2)
    assert same(Baker(slope).fields(KEY), first)


def test_other_code_has_files_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark_of(1)
    for folder in ("world", "render", "ui/draw", "data"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "world" / "relief.py").write_text("changed")
    monkeypatch.setattr(block_files, "PACKAGE", tmp_path)
    block_files._recipe_mark.cache_clear()
    try:
        changed = mark_of(1)
    finally:
        block_files._recipe_mark.cache_clear()
    assert changed != before


def test_files_may_vanish_while_the_game_runs(tmp_path: Path, plain: Fields) -> None:
    made = Baker(quarry(tmp_path))
    made.fields(KEY)
    for path in files_in(tmp_path):
        path.unlink()
    for folder in sorted(tmp_path.rglob("*"), reverse=True):
        folder.rmdir()
    tmp_path.rmdir()
    assert same(made.fields(KEY), plain)
    made.fields((-3, 8, 8))
    assert len(files_in(tmp_path)) == 1


def test_a_folder_that_cannot_be_written_is_left_alone(
    tmp_path: Path, plain: Fields, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "in the way"
    folder.write_text("a file where a folder should be")
    with caplog.at_level(logging.WARNING):
        made = Baker(quarry(folder))
        assert same(made.fields(KEY), plain)
        made.fields((-3, 8, 8))
    assert [record.message.split(":")[0] for record in caplog.records] == [
        f"ground is not kept in {folder}"
    ]


def test_a_disk_that_is_full_leaves_no_half_file(
    tmp_path: Path, plain: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert same(Baker(quarry(tmp_path)).fields(KEY), plain)
    assert files_in(tmp_path) == []


def test_what_was_used_longest_ago_makes_room(tmp_path: Path, plain: Fields) -> None:
    size = len(_one_file(tmp_path / "one"))
    files = BlockFiles(tmp_path / "room", "mark", 4 * size)
    whole = Baker(Quarry(SmallGround, 1))._drawn(BLOCK)
    for number in range(4):
        files.write((0, number, 0), whole)
        os.utime(files.path_of((0, number, 0)), (number, number))
    assert files.read((0, 0, 0)) is not None  # used now, so no longer the oldest
    files.write((0, 4, 0), whole)
    left = {path.stem for path in files_in(tmp_path / "room")}
    assert "0_0_0" in left
    assert "0_1_0" not in left
    assert sum(path.stat().st_size for path in files_in(tmp_path / "room")) <= 4 * size
    assert same(cut(whole, grid_of(KEY)), plain)


def _one_file(folder: Path) -> bytes:
    Baker(quarry(folder)).fields(KEY)
    return files_in(folder)[0].read_bytes()


def test_what_a_game_left_half_written_is_swept_up_by_a_later_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "a.1.part", tmp_path / "new" / "b.2.part"
    for path in (old, new):
        path.parent.mkdir()
        path.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    Baker(quarry(tmp_path)).fields(KEY)
    assert not old.exists()
    assert new.exists(), "another game may be writing it now"
    assert not old.parent.exists() or not any(old.parent.iterdir())


def test_two_games_may_share_the_folder(tmp_path: Path, plain: Fields) -> None:
    one, two = Baker(quarry(tmp_path)), Baker(quarry(tmp_path))
    assert same(one.fields(KEY), plain)
    assert same(two.fields(KEY), plain)
    assert same(one.fields((-3, 8, 8)), two.fields((-3, 8, 8)))
    assert len(files_in(tmp_path)) == 2


def test_the_memory_of_a_baker_stays_within_its_budget() -> None:
    made = Baker(Quarry(SmallGround, 14_000_000))
    for column in range(0, 16, 2):
        made.fields((-3, column, 0))
        assert made.kept_byte() <= 14_000_000
    assert isinstance(made._blocks, ChunkStore)


def test_the_player_says_where_the_files_are_or_that_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NINETY_SOLS_CACHE", "off")
    assert cache_folder() is None
    monkeypatch.setenv("NINETY_SOLS_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("NINETY_SOLS_CACHE")
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "cache"
    monkeypatch.delenv("NINETY_SOLS_HOME")
    folder = cache_folder()
    assert folder is not None
    assert "ninety-sols" in folder.name
