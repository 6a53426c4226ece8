"""Temperature, pressure, wind and sound: what the weather station makes of a session."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from game.environment.surroundings import Surroundings
from game.rng import Stream, normal
from game.rover.records import SOUND_BANDS_HZ, AirSample, Spread
from game.rover.setting import Scene

_SOUND_INDEX = 60  # numbers of the random draws, one for each band from here


@dataclass(frozen=True, slots=True)
class SoundSpec:
    """The microphone.

    `still_db` is its own noise in each band, `wind_db` the level at `reference_m_s` and
    `reference_pa`, both by band; ten times the wind brings `wind_slope_db` more. The gas constant
    is that of the air.
    """

    still_db: tuple[float, ...]
    wind_db: tuple[float, ...]
    reference_m_s: float
    reference_pa: float
    wind_slope_db: float
    sigma_db: float
    gas_constant_j_kg_k: float

    def __post_init__(self) -> None:
        if not len(self.still_db) == len(self.wind_db) == len(SOUND_BANDS_HZ):
            raise ValueError(f"still_db and wind_db need {len(SOUND_BANDS_HZ)} numbers")


@dataclass(frozen=True, slots=True)
class WeatherSpec:
    """Readings of the weather station: one every `reading_s`; `full_s` makes a full session.

    A session broken off is kept from `kept_s` on. A dip deeper than `whirl_pa` between readings
    counts as a whirl.
    """

    reading_s: int
    pressure_sigma_pa: float
    air_sigma_k: float
    wind_sigma_m_s: float
    tau_sigma: float
    full_s: int
    kept_s: int
    whirl_pa: float
    sound: SoundSpec


def reading_ticks(spec: WeatherSpec, start_tick: int, end_tick: int) -> tuple[int, ...]:
    """Return when the weather station reads: at whole multiples of its interval [s]."""
    first = -(-start_tick // spec.reading_s) * spec.reading_s
    return tuple(range(first, end_tick, spec.reading_s)) or (start_tick,)


def air(spec: WeatherSpec, seed: int, scene: Scene) -> tuple[AirSample, float]:
    """Means and extremes of the weather over a session, with the noise of the sensors."""
    felt, tick = scene.surroundings, scene.sight.tick
    noise = [normal(seed, Stream.SCIENCE, tick, index) for index in range(4)]
    east = math.fsum(one.wind_m_s * math.sin(one.wind_from_rad) for one in felt)
    north = math.fsum(one.wind_m_s * math.cos(one.wind_from_rad) for one in felt)
    dips_pa = pressure_dips_pa([one.pressure_pa for one in felt])
    levels = [sound_level_db(spec.sound, one, dip) for one, dip in zip(felt, dips_pa, strict=True)]
    record = AirSample(
        duration_s=scene.duration_s,
        readings_count=len(felt),
        pressure_pa=_spread([one.pressure_pa for one in felt], noise[0] * spec.pressure_sigma_pa),
        air_k=_spread([one.air_k for one in felt], noise[1] * spec.air_sigma_k),
        wind_m_s=_spread([one.wind_m_s for one in felt], noise[2] * spec.wind_sigma_m_s),
        wind_from_rad=math.atan2(east, north) % math.tau,
        tau=_spread([one.tau for one in felt], noise[3] * spec.tau_sigma),
        sound_db=tuple(
            _mean_db([level[band] for level in levels])
            + spec.sound.sigma_db * normal(seed, Stream.SCIENCE, tick, _SOUND_INDEX + band)
            for band in range(len(SOUND_BANDS_HZ))
        ),
        loudest_db=max(level[0] for level in levels),
        whirls_count=sum(
            dip > spec.whirl_pa and dip >= max(dips_pa[max(0, at - 1) : at + 2])
            for at, dip in enumerate(dips_pa)
        ),
    )
    return record, min(1.0, scene.duration_s / spec.full_s)


def pressure_dips_pa(pressure_pa: Sequence[float]) -> list[float]:
    """Return how far each reading lies below the middle of its neighbours, zero if above [Pa]."""
    dips = []
    for at, one in enumerate(pressure_pa):
        around = [*pressure_pa[max(0, at - 3) : at], *pressure_pa[at + 1 : at + 4]]
        dips.append(max(0.0, median(around) - one) if around else 0.0)
    return dips


def sound_level_db(spec: SoundSpec, felt: Surroundings, dip_pa: float) -> tuple[float, ...]:
    """Return the sound level of a moment in each band, above the hearing threshold on Earth [dB].

    Parameters
    ----------
    spec : SoundSpec
        The microphone.
    felt : Surroundings
        Wind, pressure and temperature.
    dip_pa : float
        Pressure drop of a whirl overhead, whose own wind is heard. [Pa]

    Notes
    -----
    Wind noise is the pressure of eddies on the sensor, which grows about with the square of the
    speed; thinner air makes it weaker in proportion. A whirl whose drop balances the whirling air
    (cyclostrophic wind) blows with the square root of drop over density.

    References
    ----------
    .. [1] S. Maurice et al., "In situ recording of Mars soundscape", Nature 605, 2022 (levels,
       wind noise below 100 Hz, loss of high notes).
    .. [2] N. O. Renno, M. L. Burkett, M. P. Larkin, "A simple thermodynamical theory for dust
       devils", J. Atmospheric Sciences 55, 1998 (wind of a whirl).
    """
    density_kg_m3 = felt.pressure_pa / (spec.gas_constant_j_kg_k * felt.air_k)
    wind_m_s = math.hypot(felt.wind_m_s, math.sqrt(dip_pa / density_kg_m3))
    louder_db = spec.wind_slope_db * math.log10(max(wind_m_s, 0.1) / spec.reference_m_s)
    louder_db += 20.0 * math.log10(felt.pressure_pa / spec.reference_pa)
    return tuple(
        _sum_db(still, wind + louder_db)
        for still, wind in zip(spec.still_db, spec.wind_db, strict=True)
    )


def _sum_db(one_db: float, other_db: float) -> float:
    return 10.0 * math.log10(10.0 ** (one_db / 10.0) + 10.0 ** (other_db / 10.0))


def _mean_db(levels_db: Sequence[float]) -> float:
    return 10.0 * math.log10(math.fsum(10.0 ** (one / 10.0) for one in levels_db) / len(levels_db))


def _spread(values: Sequence[float], error: float) -> Spread:
    mean = math.fsum(values) / len(values)
    return Spread(*(max(0.0, value + error) for value in (mean, min(values), max(values))))
