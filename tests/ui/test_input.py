import pygame
import pytest

from game.errors import ConfigError
from game.ui.input import Keymap, Pointed, Pressed, Reader, Released, Typed, Wheeled, default_keys


def key(kind: int, code: int, mod: int = 0) -> pygame.event.Event:
    return pygame.event.Event(kind, key=code, mod=mod)


def test_a_key_names_all_its_actions() -> None:
    reader = Reader(Keymap())
    happening = reader.read(key(pygame.KEYDOWN, pygame.K_TAB))
    assert isinstance(happening, Pressed)
    assert happening.means("hide_panels")
    assert happening.means("next_field")


def test_a_held_key_is_remembered_until_it_goes_up() -> None:
    reader = Reader(Keymap())
    reader.read(key(pygame.KEYDOWN, pygame.K_UP))
    assert "forward" in reader.held
    again = reader.read(key(pygame.KEYDOWN, pygame.K_UP))
    assert isinstance(again, Pressed)
    assert again.is_again
    assert isinstance(reader.read(key(pygame.KEYUP, pygame.K_UP)), Released)
    assert "forward" not in reader.held


def test_two_keys_for_one_action_let_go_only_together() -> None:
    reader = Reader(Keymap())
    reader.read(key(pygame.KEYDOWN, pygame.K_UP))
    reader.read(key(pygame.KEYDOWN, pygame.K_w))
    reader.read(key(pygame.KEYUP, pygame.K_UP))
    assert "forward" in reader.held


def test_modifiers_make_another_chord() -> None:
    reader = Reader(Keymap())
    happening = reader.read(key(pygame.KEYDOWN, pygame.K_s, pygame.KMOD_LCTRL))
    assert isinstance(happening, Pressed)
    assert happening.means("save")
    assert not happening.means("backward")


def test_every_action_can_have_another_key() -> None:
    for name in default_keys():
        keymap = Keymap({name: ("f12",)})
        assert name in keymap.actions("f12")


def test_an_unknown_action_in_the_settings_is_named() -> None:
    with pytest.raises(ConfigError, match="fly"):
        Keymap({"fly": ("f12",)})


def test_every_shipped_key_is_one_that_pygame_knows() -> None:
    for name, chords in default_keys().items():
        for chord in chords:
            if chord.startswith("pad:"):
                continue
            bare = chord if chord == "+" else chord.removeprefix("keypad ").split("+")[-1]
            assert pygame.key.key_code(bare or "+"), (name, chord)


def test_the_wheel_is_told_once_and_at_the_pointer() -> None:
    reader = Reader(Keymap())
    reader.scale = 2.0
    moved = reader.read(
        pygame.event.Event(pygame.MOUSEMOTION, pos=(200, 100), rel=(0, 0), buttons=(0, 0, 0))
    )
    assert isinstance(moved, Pointed)
    assert (moved.x, moved.y) == (100.0, 50.0)
    assert reader.read(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(0, 0), button=4)) is None
    turned = reader.read(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=1))
    assert turned == Wheeled(100.0, 50.0, 1)


def test_text_comes_as_text() -> None:
    assert Reader(Keymap()).read(pygame.event.Event(pygame.TEXTINPUT, text="é")) == Typed("é")


def test_a_gamepad_drives() -> None:
    reader = Reader(Keymap())
    reader.read(pygame.event.Event(pygame.JOYHATMOTION, instance_id=0, hat=0, value=(0, 1)))
    assert "forward" in reader.held
    reader.read(pygame.event.Event(pygame.JOYHATMOTION, instance_id=0, hat=0, value=(0, 0)))
    assert not reader.held
    reader.read(pygame.event.Event(pygame.JOYAXISMOTION, instance_id=0, axis=1, value=-0.9))
    assert "forward" in reader.held


def test_losing_the_window_lets_go_of_all_keys() -> None:
    reader = Reader(Keymap())
    reader.read(key(pygame.KEYDOWN, pygame.K_UP))
    reader.read(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    assert not reader.held
