"""What all screens share."""

from dataclasses import dataclass, replace

from game.ui.audio import Audio
from game.ui.input import Keymap, Reader
from game.ui.letters import Letters
from game.ui.settings import Settings, save_settings, settings_path
from game.ui.theme import Theme, load_theme


@dataclass(slots=True)
class Shell:
    """Settings, keys, sound and letters. `is_lasting` is off in tests: nothing is written."""

    settings: Settings
    keymap: Keymap
    reader: Reader
    audio: Audio
    letters: Letters
    theme: Theme
    is_lasting: bool = True

    def change(self, **values: object) -> None:
        """Take new settings at once and keep them."""
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        self.audio.set_volume(self.settings.volume_frac)
        self.theme = load_theme(self.settings.palette)
        self.keymap = Keymap(self.settings.own_keys())
        self.reader.keymap = self.keymap
        if self.is_lasting:
            save_settings(self.settings, settings_path())


def new_shell(settings: Settings, *, is_lasting: bool = False) -> Shell:
    """Return a silent shell; fonts must have been started."""
    theme = load_theme(settings.palette)
    keymap = Keymap(settings.own_keys())
    letters = Letters(theme)
    audio = Audio(None, settings.volume_frac)
    return Shell(settings, keymap, Reader(keymap), audio, letters, theme, is_lasting)
