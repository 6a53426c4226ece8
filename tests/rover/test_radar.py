"""The ground radar against published reach, resolution and losses."""

import math
from dataclasses import replace
from statistics import fmean

import pytest

from game.rover.radar import (
    ChannelSpec,
    attenuation_db_m,
    echoes,
    profile,
    reflection,
    resolution_m,
)
from game.rover.setting import Scene, Way
from game.rover.soundings import RadarProfile
from game.world.strata import Stratum
from tests.rover.payload_cases import shipped_payload, sight, weather
from tests.science.cases import rows

SPEC = shipped_payload().instruments.radar
LOW, HIGH = SPEC.channel


def layer(name: str, top_m: float, bottom_m: float, epsilon: float, loss: float) -> Stratum:
    return Stratum(name, name, top_m, bottom_m, epsilon, loss, 0.5, 0.0, "sand")


# terrain_science_radar_layers.csv without the polygons and the ice that was not seen
TABLE = tuple(
    layer(
        row["layer"],
        float(row["depth_top_m"]),
        float(row["depth_bottom_m"]),
        float(row["permittivity"]),
        float(row["loss_tangent"]),
    )
    for row in rows("terrain_science_radar_layers")[:5]
)


def scene(tick: int = 1_000, length_m: float = 30.0, below: tuple[Stratum, ...] = TABLE) -> Scene:
    places = tuple(length_m * at / 11 for at in range(12))
    return Scene(
        sight(tick), 3_600, (weather(tick),), 273.0, way=Way(length_m, places, (below,) * 12)
    )


def heard(tick: int = 1_000, length_m: float = 30.0, below: tuple[Stratum, ...] = TABLE) -> (
    RadarProfile
):  # fmt: skip
    return profile(SPEC, 7, scene(tick, length_m, below))[0]


def test_losses_are_those_of_the_dossier() -> None:
    # science dossier, section 5.2: about 3 dB/m at 1 GHz and 0.17 dB/m at 55 MHz, permittivity 3.6,
    # loss tangent 0.0174
    assert attenuation_db_m(1.0e9, 3.6, 0.0174) == pytest.approx(3.0, rel=0.01)
    assert attenuation_db_m(55.0e6, 3.6, 0.0174) == pytest.approx(0.17, rel=0.03)


def test_channels_resolve_what_is_published() -> None:
    # mission dossier, section 4.1: a metre and five centimetres
    assert LOW.middle_hz == 55.0e6
    assert HIGH.middle_hz == 1.3e9
    assert resolution_m(LOW, 3.6) == pytest.approx(1.0, rel=0.05)
    assert resolution_m(HIGH, 3.0) == pytest.approx(0.05, rel=0.05)


def test_boundaries_throw_back_by_the_contrast_of_their_sides() -> None:
    assert reflection(4.0, 9.0) == pytest.approx(-0.2)
    assert reflection(3.6, 3.6) == 0.0


def test_delays_add_up_layer_by_layer() -> None:
    echo = next(one for one in echoes(LOW, TABLE) if one.lower == "layer 2")
    way_m = 0.15 * math.sqrt(2.8) + 4.85 * math.sqrt(3.6) + 5.0 * math.sqrt(4.0)
    assert echo.depth_m == 10.0
    assert echo.delay_s == pytest.approx(2.0 * way_m / 299_792_458.0)


def test_each_channel_reaches_as_deep_as_published() -> None:
    # 80-100 m and 3-10 m (mission dossier, section 9): the deepest boundary above the noise
    floor = layer("floor", 80.0, 200.0, 8.5, 0.01)
    low = [one.depth_m for one in echoes(LOW, (*TABLE, floor)) if one.snr_db > SPEC.heard_db]
    high = [one.depth_m for one in echoes(HIGH, TABLE) if one.snr_db > SPEC.heard_db]
    assert max(low) == 80.0
    assert 3.0 <= max(high) <= 10.0
    deeper = layer("floor", 110.0, 200.0, 8.5, 0.01)
    stretched = (*TABLE[:-1], replace(TABLE[-1], bottom_m=110.0), deeper)
    assert max(o.depth_m for o in echoes(LOW, stretched) if o.snr_db > SPEC.heard_db) < 110.0
    # a thin crust is for the fine channel alone
    assert 0.15 not in [one.depth_m for one in echoes(LOW, TABLE)]
    assert 0.15 in [one.depth_m for one in echoes(HIGH, TABLE)]


def test_a_profile_finds_the_layers_within_their_errors() -> None:
    true = {"low": (5.0, 10.0, 30.0), "high": (0.15, 5.0)}
    right = total = 0
    for tick in range(1_000, 1_060):
        record = heard(tick)
        for number, channel in enumerate(SPEC.channel):
            layers = [one for one in record.layers if one.channel == number]
            for one, depth_m in zip(layers, true[channel.name], strict=False):
                total += 1
                right += abs(one.depth_m - depth_m) < 2.0 * one.depth_sigma_m
    assert total > 200
    assert right / total > 0.9


def test_permittivity_is_known_better_after_a_long_way() -> None:
    short, long = heard(length_m=5.0), heard(length_m=90.0)
    assert short.permittivity_sigma == pytest.approx(SPEC.permittivity_sigma)
    assert long.permittivity_sigma == pytest.approx(SPEC.permittivity_sigma / 3.0)
    mean = fmean(heard(tick, 90.0).permittivity for tick in range(200))
    assert mean == pytest.approx(3.6, abs=0.1)  # Zhang et al. (2023), the top 5 m


def test_traces_are_as_dense_as_the_real_ones() -> None:
    # 5,893 traces over about 1,840 m (mission dossier, section 4.1)
    assert heard(length_m=1_840.0).traces_count == pytest.approx(5_893, rel=0.01)


def test_a_short_way_is_a_poor_profile() -> None:
    assert profile(SPEC, 7, scene(length_m=15.0))[1] == pytest.approx(0.5)
    assert profile(SPEC, 7, scene(length_m=60.0))[1] == 1.0
    with pytest.raises(ValueError, match="needs a way"):
        profile(SPEC, 7, replace(scene(), way=None))


def test_wedges_are_counted_where_a_boundary_dips() -> None:
    def with_polygons(top_m: float) -> tuple[Stratum, ...]:
        upper, lower = TABLE[:-1], TABLE[-1]
        return (
            *upper,
            replace(lower, bottom_m=top_m),
            layer("polygons", top_m, 65.0, 6.0, 0.01),
            replace(lower, name="below", top_m=65.0),
        )

    flat, dip = with_polygons(35.0), with_polygons(44.0)
    below = (flat,) * 4 + (dip,) * 2 + (flat,) * 4 + (dip,) + (flat,) * 3
    places = tuple(float(at) for at in range(len(below)))
    way = Way(90.0, places, below)
    record, _ = profile(SPEC, 7, replace(scene(), way=way))
    assert record.wedges_count == 2
    assert heard(below=flat).wedges_count == 0


def test_the_same_way_heard_again_has_other_noise_but_the_same_layers() -> None:
    first, again, other = heard(1_000), heard(1_000), heard(1_001)
    assert first == again
    assert first != other
    assert len(first.layers) == len(other.layers)


def test_impossible_channels_are_refused() -> None:
    with pytest.raises(ValueError, match="below high_hz"):
        ChannelSpec("odd", 2.0e9, 1.0e9, 90.0)
    with pytest.raises(ValueError, match="channels are needed"):
        replace(SPEC, channel=())


def test_a_boundary_lets_through_what_it_does_not_throw_back_both_ways() -> None:
    # Without losses, permittivities 4, 36 and 4 throw back half of the field. The deeper echo has
    # passed the upper boundary down and up, (1 + r) (1 - r) = 3/4, and twice the distance.
    below = (
        layer("a", 0.0, 5.0, 4.0, 0.0),
        layer("b", 5.0, 10.0, 36.0, 0.0),
        layer("c", 10.0, 20.0, 4.0, 0.0),
    )
    upper, deeper = echoes(LOW, below)
    assert upper.snr_db == pytest.approx(LOW.range_db + 20.0 * math.log10(0.5 / 5.0))
    assert deeper.snr_db - upper.snr_db == pytest.approx(20.0 * math.log10(0.75 / 2.0))
