"""Other places on Mars: named sites, and the elevation of any place from the MOLA map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.config import parse
from game.environment.clock import SiteSpec
from game.environment.limits import check_finite, check_latitude_rad


@dataclass(frozen=True, slots=True)
class PlacesSpec:
    """Sites with their own landing moments; see `data/places.toml`."""

    place: tuple[SiteSpec, ...]


def named_places(table: Mapping[str, Any]) -> tuple[SiteSpec, ...]:
    """Build the named sites of `data/places.toml`."""
    content = {key: value for key, value in table.items() if key != "schema"}
    return parse(content, PlacesSpec, "places.toml").place


def map_elevation_m(
    elevation_m: NDArray[np.int16], latitude_deg: float, longitude_deg: float
) -> float:
    """Return the elevation of a place, by straight lines between the pixels of a map.

    Parameters
    ----------
    elevation_m : ndarray
        Whole planet, shape (rows, columns): rows from north to south, columns from 0 to 360 east,
        each value in the middle of its pixel. [m]
    latitude_deg, longitude_deg : float
        Planetocentric, east positive. [deg]

    References
    ----------
    .. [1] D. E. Smith et al., "Mars Orbiter Laser Altimeter: experiment summary after the first
       year of global mapping of Mars", J. Geophys. Res. 106, 2001, 23689.
    """
    check_latitude_rad(np.radians(latitude_deg))
    check_finite("longitude", longitude_deg)
    rows, columns = elevation_m.shape
    down = min(max((90.0 - latitude_deg) / 180.0 * rows - 1 / 2, 0.0), rows - 1.0)
    right = longitude_deg % 360.0 / 360.0 * columns - 1 / 2
    row, column = min(int(down), rows - 2), int(np.floor(right))
    share_down, share_right = down - row, right - column
    pixels = elevation_m[row : row + 2][:, [column % columns, (column + 1) % columns]].astype(float)
    upper, lower = pixels @ np.array([1.0 - share_right, share_right])
    return float(upper * (1.0 - share_down) + lower * share_down)
