"""How suspension, ramp and motors are built: what they can do, and what they stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RampSpec:
    """The way down from the lander: from `start_m` to `end_m` along the heading, then flat."""

    deck_height_m: float
    start_m: float
    end_m: float
    leave_m: float
    speed_m_s: float


@dataclass(frozen=True, slots=True)
class WalkSpec:
    """Creeping: the suspension folds and stretches while half the wheels hold.

    It gets on at `speed_m_s`, lifts wheels that are dug in by `lift_m_s`, takes `power_w` and
    climbs `extra_slope_deg` more than rolling wheels, up to `slope_limit_deg`. With a speed or a
    lift of zero it is a plain rocker-bogie, which cannot walk.
    """

    speed_m_s: float
    lift_m_s: float
    power_w: float
    extra_slope_deg: float
    slope_limit_deg: float

    def can_walk(self) -> bool:
        """Say whether the suspension moves by itself."""
        return self.speed_m_s > 0.0 and self.lift_m_s > 0.0


@dataclass(frozen=True, slots=True)
class PostureSpec:
    """What the active suspension can do besides.

    The belly is `clearance_m` above the ground and may be moved from `lowest_m` to `highest_m` of
    that at `rate_m_s`, for `power_w`; the centre of mass is `mass_height_m` up. Lifting or lowering
    one wheel takes `lift_wheel_s`. All wheels are steered for crabbing at `steer_deg_s`.
    """

    clearance_m: float
    lowest_m: float
    highest_m: float
    rate_m_s: float
    power_w: float
    mass_height_m: float
    lift_wheel_s: float
    steer_deg_s: float


@dataclass(frozen=True, slots=True)
class StrainSpec:
    """What goes wrong with wheels, and what shows it beforehand.

    A wheel that does not turn resists with `locked_ratio` of its load, one that turns freely with
    `free_ratio`; each pulls the nose to its side by `pull_1_m`. Wheels that stand `warn_dug_m` in
    their own hole, or a motor above `warn_current_a`, are news. A hole as deep as the embedding
    limit makes a wheel heavier to turn by `dug_torque_ratio`. Spinning out of a hole takes
    `back_out_s` a try, works with `back_out_frac` at the embedding limit (times `onward_ratio` in
    the direction that led in) and never from `hopeless_m` down, moves the rover `back_out_m`, and
    makes the hole `deeper_m` deeper where it fails; wheels that only spin inch along by
    `inch_frac` of their travel. A worn-out wheel slips `worn_slip_ratio` more.
    """

    locked_ratio: float
    free_ratio: float
    pull_1_m: float
    warn_dug_m: float
    warn_current_a: float
    dug_torque_ratio: float
    back_out_s: float
    back_out_frac: float
    onward_ratio: float
    back_out_m: float
    hopeless_m: float
    deeper_m: float
    inch_frac: float
    worn_slip_ratio: float


def ramp_height_m(spec: RampSpec, along_m: float) -> float:
    """Height of deck and ramp above the ground at a distance from the lander's middle [m]."""
    share = (along_m - spec.start_m) / (spec.end_m - spec.start_m)
    return spec.deck_height_m * (1.0 - min(1.0, max(0.0, share)))
