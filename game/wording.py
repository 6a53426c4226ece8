"""Words for choices: what a script writes in plain letters becomes the choice it names."""

from enum import StrEnum


def take_word(command: object, name: str, kind: type[StrEnum]) -> None:
    """Put the choice in place of the word that a new command got for it.

    A word that names none stays as it is: whoever is asked to obey the command refuses it in a
    sentence, as he does every other value of no use.
    """
    value = getattr(command, name)
    if type(value) is str:
        choice = next((one for one in kind if one.value == value), value)
        object.__setattr__(command, name, choice)
