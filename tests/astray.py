"""The same belief over another truth: a rover that stands elsewhere without knowing it."""

from dataclasses import replace

from game.mission.chart import empty_chart
from game.rover.storage import Archive, Product
from game.state import Setup, State

FAR_M = (12.0, -16.0)  # 20 m
TURNED_RAD = 0.02  # a little over a degree


def moved_truth(state: State, off_m: tuple[float, float] = FAR_M, turn_rad: float = 0.0) -> State:
    """Return the state with everything that is where the rover is moved, and all beliefs kept."""

    def there(x_m: float, y_m: float) -> tuple[float, float]:
        return x_m + off_m[0], y_m + off_m[1]

    def made(one: Product) -> Product:
        x_m, y_m = there(one.x_m, one.y_m)
        off_x_m, off_y_m = there(one.off_x_m, one.off_y_m)
        return replace(one, x_m=x_m, y_m=y_m, off_x_m=off_x_m, off_y_m=off_y_m)

    rover, place = state.rover, state.rover.mobility
    x_m, y_m = there(place.x_m, place.y_m)
    mark_x_m, mark_y_m = there(place.estimate.mark_x_m, place.estimate.mark_y_m)
    belief = replace(place.estimate, mark_x_m=mark_x_m, mark_y_m=mark_y_m, gyro_rad_s=1e-6)
    progress = place.progress
    if progress is not None:
        progress = replace(progress, path=tuple(there(*point) for point in progress.path))
    mobility = replace(
        place,
        x_m=x_m,
        y_m=y_m,
        heading_rad=place.heading_rad + turn_rad,
        estimate=belief,
        progress=progress,
    )
    storage = replace(
        rover.storage,
        products=tuple(made(one) for one in rover.storage.products),
        home=Archive(tuple(made(one) for one in rover.storage.home)),
    )
    last = max(1, len(rover.track) - 1)  # the error grew on the way
    track = tuple(
        (x_m + off_m[0] * k / last, y_m + off_m[1] * k / last)
        for k, (x_m, y_m) in enumerate(rover.track)
    )
    return replace(state, rover=replace(rover, mobility=mobility, storage=storage, track=track))


def unseen(setup: Setup, state: State) -> State:
    """Return the state with a chart on which nothing is: no camera tells of the ground around."""
    return replace(state, chart=empty_chart(setup.chart))


def driven_by_belief(state: State) -> State:
    """Return the state with a doubt of 3 m east and 2 m north, as after some drives."""
    place = state.rover.mobility
    doubt = replace(place.estimate, east_m2=9.0, north_m2=4.0)
    rover = replace(state.rover, mobility=replace(place, estimate=doubt))
    return replace(state, rover=rover)
