"""What may be asked about faults: part of `commands.Command`. Plain values; no behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnose:
    """Run checks through all parts of the rover: tells what lies behind strange readings."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Give an answer to a fault that has been found, or take it back.

    `fault` is its number, `answer` one of the names that finding it told.
    """

    fault: int
    answer: str
    is_on: bool = True
