import math
import wave

import pytest

from game.ui.assets import asset
from game.ui.audio import CAPTIONS, LOOPS, Audio, gain_of
from game.ui.settings import Settings

MOST_BYTES = 3_000_000


def test_the_middle_of_the_slider_is_eighteen_decibels_down() -> None:
    assert 20 * math.log10(gain_of(Settings().volume_frac)) == pytest.approx(-18.0)
    assert gain_of(0.0) == 0.0
    assert gain_of(1.0) == pytest.approx(1.0)


def test_a_silent_machine_takes_every_call() -> None:
    audio = Audio(None, 0.5)
    for name in CAPTIONS:
        audio.play(name)
    audio.want("wind", 2.0)
    audio.hush()
    audio.update(0.1)
    audio.close()
    assert audio.is_silent


def test_every_sound_exists_has_a_caption_and_all_are_small() -> None:
    files = sorted(asset("sounds").glob("*.wav"))
    assert {file.stem for file in files} == set(CAPTIONS)
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


def test_no_loop_is_shorter_than_twenty_seconds_and_none_clicks() -> None:
    for name in LOOPS:
        with wave.open(str(asset("sounds", f"{name}.wav")), "rb") as file:
            assert file.getnframes() / file.getframerate() >= 20.0
            frames = file.readframes(file.getnframes())
        first = int.from_bytes(frames[:2], "little", signed=True)
        last = int.from_bytes(frames[-2:], "little", signed=True)
        assert abs(first - last) < 6000, name
