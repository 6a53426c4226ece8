"""How sure a forecast is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForecastSpec:
    """How wrong a forecast is: relative errors (one sigma) of energy made and used [-].

    `band_sigma` is how many sigmas the shown band reaches to either side. [-]
    """

    generated_error_frac: float
    consumed_error_frac: float
    band_sigma: float
