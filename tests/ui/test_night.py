"""What the night page remembers of its night."""

from game.ui.screens.night import with_contact


def test_a_contact_that_goes_on_is_one() -> None:
    contacts: list[tuple[float, float]] = []
    for first, last in ((22.0, 22.1), (22.1, 22.2), (22.2, 22.3), (25.0, 25.5)):
        contacts = with_contact(contacts, first, last)
    assert contacts == [(22.0, 22.3), (25.0, 25.5)]
