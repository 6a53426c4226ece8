"""The ways to look at a filter picture: each band by itself, and a ratio that cancels shadows."""

from typing import NamedTuple

from game.render.bands import Bands
from game.render.fields import Field
from game.rover.records import FILTERS_NM, FilterRecord
from game.rover.storage import Product

RED_NM, BLUE_NM = 650, 480  # their ratio tells dust and bright soil from bare rock
COLOURS = "colours"


class BandView(NamedTuple):
    """One band, or one over another; 0 for none. [nm]."""

    nm: int
    under_nm: int = 0

    @property
    def words(self) -> str:
        """What stands on its button."""
        return f"{self.nm}/{self.under_nm}" if self.under_nm else f"{self.nm}"

    @property
    def note(self) -> str:
        """What one sees."""
        if self.under_nm:
            return f"{self.nm} nm over {self.under_nm} nm: bright is red and dusty, dark bare rock"
        return f"reflectance at {self.nm} nm, dark to bright"

    def of(self, bands: Bands) -> Field:
        """Return the pixels [-]."""
        return bands.ratio(self.nm, self.under_nm) if self.under_nm else bands.frame(self.nm)


def band_views(product: Product | None) -> tuple[BandView, ...]:
    """Return the views of a filter picture, of a broken-off one fewer; none of any other."""
    if product is None or not isinstance(product.record, FilterRecord):
        return ()
    taken = FILTERS_NM[: len(product.record.reflectance_frac)]
    ratio = (BandView(RED_NM, BLUE_NM),) if {RED_NM, BLUE_NM} <= set(taken) else ()
    return (*(BandView(nm) for nm in taken), *ratio)
