"""Numbers of a record that must lie in a range: named, with the range, all at once."""

from collections.abc import Mapping

Bounds = Mapping[str, tuple[float, float]]


def out_of_bounds(record: object, bounds: Bounds) -> list[str]:
    """Return a sentence for every number of a record that is outside its range."""
    return [
        f"{name} must be from {low:g} to {high:g}, not {getattr(record, name)}"
        for name, (low, high) in bounds.items()
        if not low <= getattr(record, name) <= high
    ]
