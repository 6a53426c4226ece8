"""Sound, if this machine has any: short sounds, and loops whose level is eased.

Without a sound device everything here does nothing; nobody has to ask.
"""

import math
import os

import pygame

from game.ui.assets import asset

QUIETEST_DB, LOUDEST_DB = -36.0, 0.0
EASE_PER_S = 4.0
MIX_HZ, MIX_BUFFER, MIX_CHANNELS = 22050, 1024, 12
LOOPS = ("hum", "wind", "motor")
# What a sound says, for those who do not hear it.
CAPTIONS = {
    "shutter": "camera shutter",
    "laser": "laser ticks",
    "pass_up": "orbiter rises",
    "pass_down": "orbiter sets",
    "home": "data is home",
    "paper": "paper",
    "refused": "refused",
    "alarm_caution": "caution",
    "alarm_act": "alarm",
    "motor": "wheel motors",
    "wind": "wind",
    "hum": "room hum",
}


class Audio:
    """The mixer behind names; `mixer` is None on a silent machine."""

    def __init__(self, mixer: object | None, volume: float) -> None:
        self.is_silent = mixer is None
        self.gain = gain_of(volume)
        self.caption = ""
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._levels = dict.fromkeys(LOOPS, 0.0)
        self._wanted = dict.fromkeys(LOOPS, 0.0)

    def play(self, name: str) -> None:
        """Play a short sound once and remember its caption."""
        self.caption = CAPTIONS[name]
        if not self.is_silent:
            sound = self._sound(name)
            sound.set_volume(self.gain)
            sound.play()

    def want(self, name: str, level: float) -> None:
        """Set how loud a loop should become, 0 to 1."""
        self._wanted[name] = min(max(level, 0.0), 1.0)

    def set_volume(self, volume: float) -> None:
        """Set the overall level, 0 to 1."""
        self.gain = gain_of(volume)

    def update(self, frame_s: float) -> None:
        """Move the loops towards their levels."""
        if self.is_silent:
            return
        part = 1.0 - math.exp(-frame_s * EASE_PER_S)
        for name, wanted in self._wanted.items():
            level = self._levels[name] + (wanted - self._levels[name]) * part
            if level < 0.002 and wanted == 0.0:
                level = 0.0
            self._apply(name, level)

    def hush(self) -> None:
        """Let all loops fade, for menus."""
        for name in LOOPS:
            self.want(name, 0.0)

    def close(self) -> None:
        """Stop everything."""
        if not self.is_silent:
            pygame.mixer.quit()

    def _apply(self, name: str, level: float) -> None:
        was, self._levels[name] = self._levels[name], level
        if level == 0.0 and was == 0.0:
            return
        sound = self._sound(name)
        sound.set_volume(level * self.gain)
        if was == 0.0:
            sound.play(loops=-1)
        elif level == 0.0:
            sound.stop()

    def _sound(self, name: str) -> pygame.mixer.Sound:
        if name not in self._sounds:
            self._sounds[name] = pygame.mixer.Sound(str(asset("sounds", f"{name}.wav")))
        return self._sounds[name]


def gain_of(volume: float) -> float:
    """Return the factor for a slider position; the middle is -18 dB, the left end silence."""
    if volume <= 0.0:
        return 0.0
    return float(10 ** ((QUIETEST_DB + (LOUDEST_DB - QUIETEST_DB) * volume) / 20))


def open_audio(volume: float) -> Audio:
    """Start the mixer if there is a device, and be silent otherwise."""
    saved = _muted_stderr()
    try:
        pygame.mixer.init(MIX_HZ, -16, 1, MIX_BUFFER)
        pygame.mixer.set_num_channels(MIX_CHANNELS)
    except pygame.error:
        return Audio(None, volume)
    finally:
        _restore_stderr(saved)
    return Audio(pygame.mixer, volume)


def _muted_stderr() -> int | None:
    """Keep the sound library's own complaints off the terminal; it writes them without asking."""
    try:
        saved = os.dup(2)
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 2)
        os.close(sink)
    except OSError:
        return None
    return saved


def _restore_stderr(saved: int | None) -> None:
    if saved is not None:
        os.dup2(saved, 2)
        os.close(saved)
