"""What a player may set, kept between runs in the user's own folder."""

import json
import logging
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from game.paths import user_folder
from game.ui.theme import USUAL

SCALES = (0.8, 1.0, 1.25, 1.5, 2.0)
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Window, sound and keys. `keys` holds only what differs from the shipped ones."""

    schema: int = 1
    scale_frac: float = 1.0
    volume_frac: float = 0.5  # the middle of the slider is -18 dB
    has_captions: bool = True
    has_hints: bool = True
    is_full_screen: bool = False
    palette: str = USUAL
    keys: dict[str, list[str]] = field(default_factory=dict)

    def own_keys(self) -> dict[str, tuple[str, ...]]:
        """Return the remapped actions."""
        return {name: tuple(chords) for name, chords in self.keys.items()}


def settings_path() -> Path:
    """Return where settings are kept."""
    return user_folder("settings") / "settings.json"


def load_settings(path: Path) -> Settings:
    """Read settings; anything unreadable falls back to the shipped ones."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(table, dict):
        return Settings()
    base = Settings()
    known = {
        f.name: table[f.name]
        for f in fields(Settings)
        if f.name in table and isinstance(table[f.name], type(getattr(base, f.name)))
    }
    return replace(base, **known)


def save_settings(settings: Settings, path: Path) -> None:
    """Write settings; a folder that cannot be written is not worth ending the game for."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    except OSError as error:
        LOG.warning("settings were not saved: %s", error)
