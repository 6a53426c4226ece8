"""What the orbiter does on its own: pictures of the site from above, and weather reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SurveySpec:
    """When the orbiter looks down at the site, and what its data weigh.

    Pictures come every `picture_sols`, reports every `report_sols` sols, on passes with the Sun
    higher than `sun_deg`. A picture shows `width_m` of ground; a report looks `ahead_sols` ahead.
    """

    sun_deg: float
    picture_sols: int
    picture_width_m: float
    picture_bit: int
    report_sols: int
    report_ahead_sols: int
    report_bit: int

    def __post_init__(self) -> None:
        counts = (self.picture_sols, self.report_sols, self.report_ahead_sols)
        if min(counts) < 1 or min(self.picture_bit, self.report_bit) < 1:
            raise ValueError("sols and sizes of the survey must be one or more")
        if not 10.0 <= self.picture_width_m <= 4000.0:
            raise ValueError(f"picture_width_m must be 10 to 4000, not {self.picture_width_m}")

    def has_picture(self, sol: int) -> bool:
        """Say whether a sol is one for a picture."""
        return sol % self.picture_sols == 0

    def has_report(self, sol: int) -> bool:
        """Say whether a sol is one for a weather report."""
        return sol % self.report_sols == 0
