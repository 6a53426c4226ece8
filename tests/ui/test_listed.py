"""Files in a list have names that a person would say."""

import pytest

from game.ui.listed import words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ninety-sols-sol-08", "Ninety Sols, sol 8"),
        ("first-hundred-metres-sol-12", "First Hundred Metres, sol 12"),
        ("off-the-ramp-sol-90", "Off the Ramp, sol 90"),
        ("last", "Where you left off"),
        ("rescued", "Rescued before an error"),
        ("my-rest-day", "my rest day"),
    ],
)
def test_saves_are_called_by_mission_and_sol(name: str, words: str) -> None:
    assert words_of(name) == words
