"""From keys, mouse and gamepad to named happenings, by `data/keys.toml`.

One key may mean several actions (Tab hides panels in play and moves the focus in a form); a
screen takes those it knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pygame

from game.errors import ConfigError
from game.ui.assets import window_table

MODIFIERS = {"ctrl": pygame.KMOD_CTRL, "shift": pygame.KMOD_SHIFT, "alt": pygame.KMOD_ALT}
# Systems number the two sticks and the guide button differently: pressing any of them is one.
PAD_BUTTONS = {0: "a", 1: "b", 2: "x", 3: "y", 4: "lb", 5: "rb", 6: "back", 7: "start",
               8: "stick", 9: "stick", 10: "stick"}  # fmt: skip
HAT = {(0, 1): "up", (0, -1): "down", (-1, 0): "left", (1, 0): "right"}
STICK_DEAD_ZONE = 0.4
TRIGGER_AXIS, TRIGGER_PULL = 5, 0.4  # the right trigger, on every system
# Keys whose sign on the keyboard is not their name.
WRITTEN = {"up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "Esc", "left alt": "Alt",
           "return": "Enter"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pressed:
    """An action's key went down; `is_again` when the key repeats."""

    actions: frozenset[str]
    is_again: bool = False

    def means(self, *names: str) -> bool:
        """Say whether one of these actions was meant."""
        return any(name in self.actions for name in names)


@dataclass(frozen=True, slots=True)
class Released:
    """An action's key went up."""

    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pointed:
    """The pointer moved, or one of its buttons (1 left, 3 right) went down or up."""

    x: float
    y: float
    button: int = 0
    is_down: bool = False
    is_fine: bool = False  # Alt is held: finer snapping
    is_more: bool = False  # Shift or Ctrl is held: add to what is selected

    @property
    def is_click(self) -> bool:
        """Say whether the left button went down."""
        return self.button == 1 and self.is_down


@dataclass(frozen=True, slots=True)
class Wheeled:
    """The wheel turned; up is positive."""

    x: float
    y: float
    steps: int


@dataclass(frozen=True, slots=True)
class Typed:
    """Text came in."""

    text: str


Happening = Pressed | Released | Pointed | Wheeled | Typed


@cache
def default_keys() -> Mapping[str, tuple[str, ...]]:
    """Return the shipped keys of every action."""
    table = window_table("keys")["keys"]
    return {name: tuple(str(key) for key in keys) for name, keys in table.items()}


class Keymap:
    """Which chord means which actions; `own` replaces the shipped keys of some actions."""

    def __init__(self, own: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.keys = dict(default_keys())
        for name, chords in (own or {}).items():
            if name not in self.keys:
                raise ConfigError(f"settings: unknown action {name!r}")
            self.keys[name] = chords
        self._actions: dict[str, frozenset[str]] = {}
        for name, chords in self.keys.items():
            for chord in chords:
                self._actions[chord] = self._actions.get(chord, frozenset()) | {name}

    def actions(self, chord: str) -> frozenset[str]:
        """Return what a chord means."""
        return self._actions.get(chord, frozenset())

    def key_of(self, name: str) -> str:
        """Return the first key of an action, as a person would write it."""
        chords = self.keys.get(name, ())
        return written(chords[0]) if chords else ""


def written(chord: str) -> str:
    """Return a chord as a person would write it."""
    return "+".join(WRITTEN.get(part, part.capitalize()) for part in chord.split("+") if part)


def chord_of(key: int, modifiers: int) -> str:
    """Name a key with its modifiers, in a fixed order."""
    name = pygame.key.name(key)
    held = [word for word, mask in MODIFIERS.items() if modifiers & mask]
    if any(word in name for word in MODIFIERS):
        held = []
    return "+".join([*held, name])


class Reader:
    """Turns pygame's events into happenings and remembers which actions are held."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self.held: set[str] = set()
        self.pointer = (0.0, 0.0)
        self.scale = 1.0
        self.offset_px = (0, 0)
        self.last_chord = ""
        self._down: dict[str, frozenset[str]] = {}

    def look_through(self, scale: float, offset_px: tuple[int, int]) -> None:
        """Take how large the page is drawn, and which of its points stands in the corner."""
        self.scale, self.offset_px = scale, offset_px

    def read(self, event: pygame.event.Event) -> Happening | None:
        """Return what an event means to the game, or nothing."""
        match event.type:
            case pygame.KEYDOWN:
                return self._key_down(event)
            case pygame.KEYUP:
                return self._up(f"key:{event.key}")
            case pygame.TEXTINPUT:
                return Typed(event.text)
            case pygame.MOUSEMOTION:
                return self._pointed(event.pos, 0, is_down=False)
            case pygame.MOUSEBUTTONDOWN | pygame.MOUSEBUTTONUP if event.button in (1, 2, 3):
                return self._pointed(
                    event.pos, event.button, is_down=event.type == pygame.MOUSEBUTTONDOWN
                )
            case pygame.MOUSEWHEEL:
                return Wheeled(*self.pointer, event.y)
            case pygame.WINDOWFOCUSLOST:
                self.held.clear()
                self._down.clear()
        return self._pad(event)

    def _pad(self, event: pygame.event.Event) -> Happening | None:
        match event.type:
            case pygame.JOYBUTTONDOWN if event.button in PAD_BUTTONS:
                name = PAD_BUTTONS[event.button]
                return self._down_as(f"pad:{name}", f"pad:{name}")
            case pygame.JOYBUTTONUP if event.button in PAD_BUTTONS:
                return self._up(f"pad:{PAD_BUTTONS[event.button]}")
            case pygame.JOYHATMOTION:
                return self._direction("hat", HAT.get(event.value))
            case pygame.JOYAXISMOTION if event.axis in (0, 1):
                names = ("left", "right") if event.axis == 0 else ("up", "down")
                pushed = abs(event.value) > STICK_DEAD_ZONE
                return self._direction(
                    f"axis{event.axis}", names[event.value > 0] if pushed else None
                )
            case pygame.JOYAXISMOTION if event.axis == TRIGGER_AXIS:
                return self._direction("trigger", "rt" if event.value > TRIGGER_PULL else None)
        return None

    def _direction(self, slot: str, name: str | None) -> Happening | None:
        if name is None:
            return self._up(slot)
        if self._down.get(slot) == self.keymap.actions(f"pad:{name}"):
            return None
        self._up(slot)
        return self._down_as(slot, f"pad:{name}")

    def _key_down(self, event: pygame.event.Event) -> Pressed | None:
        slot = f"key:{event.key}"
        chord = chord_of(event.key, event.mod)
        return self._down_as(slot, chord)

    def _down_as(self, slot: str, chord: str) -> Pressed | None:
        actions = self.keymap.actions(chord)
        is_again = slot in self._down
        self._down[slot] = actions
        self.held |= actions
        self.last_chord = chord
        return Pressed(actions, is_again)

    def _up(self, slot: str) -> Released | None:
        actions = self._down.pop(slot, frozenset())
        still = frozenset().union(*self._down.values()) if self._down else frozenset()
        self.held -= actions - still
        return Released(actions) if actions else None

    def _pointed(self, pos: tuple[int, int], button: int, *, is_down: bool) -> Pointed:
        across, down = self.offset_px
        self.pointer = ((pos[0] + across) / self.scale, (pos[1] + down) / self.scale)
        held = pygame.key.get_mods()
        is_fine = bool(held & pygame.KMOD_ALT)
        is_more = bool(held & (pygame.KMOD_SHIFT | pygame.KMOD_CTRL))
        return Pointed(*self.pointer, button, is_down, is_fine, is_more)
