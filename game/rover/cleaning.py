"""What a gust leaves on the rover: wings wiped unevenly, windows wiped as well."""

from collections.abc import Sequence
from dataclasses import replace

from game.rover.machine import RoverSpec, RoverState
from game.rover.power import array_dust_frac
from game.rover.wing_dust import blown


def cleaned(
    spec: RoverSpec, state: RoverState, gain_frac: float, draws: Sequence[float]
) -> tuple[RoverState, float]:
    """Return the rover after a gust, and by how much more light its wings pass [-].

    Parameters
    ----------
    gain_frac : float
        What a level wing gains, relative to before. [-]
    draws : sequence of float
        One even number in [0, 1) a wing. [-]
    """
    before = array_dust_frac(spec.power, state.power)
    wings = blown(spec.power.wings, state.power.wings, gain_frac, draws)
    power = replace(state.power, wings=wings)
    clear = min(1.0, state.thermal.window_clear_frac * (1.0 + gain_frac))
    thermal = replace(state.thermal, window_clear_frac=clear)
    after = replace(state, power=power, thermal=thermal)
    return after, array_dust_frac(spec.power, power) - before
