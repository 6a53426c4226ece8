from game.rng import Stream, uniform, uniforms


def test_many_numbers_at_once_are_the_same_numbers() -> None:
    for seed, first in ((7, 0), (-3, 500_000), (2**63 + 5, -4)):
        many = uniforms(seed, Stream.RADIO, first, 9)
        assert many.tolist() == [uniform(seed, Stream.RADIO, first + step) for step in range(9)]
