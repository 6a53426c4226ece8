"""Templates of a plan file are read where they stand, whether anybody uses them or not."""

import tomllib

import pytest

from game.errors import ConfigError
from game.levels.open import OpenedLevel, plan_context
from game.mission.plan_file import parse_plan
from game.mission.template_reading import told_in_templates

HEAD = 'schema = 1\n[[template]]\nname = "t"\nparameters = { m = 30 }\n'
USE = '[[use]]\ntemplate = "t"\nsol = 9\nstart = "10:00"\nsols = 3\n'


def problems(ninety: OpenedLevel, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_plan(tomllib.loads(text), plan_context(ninety.setup), "x", text)
    return str(caught.value).split("\n")


def activity(*lines: str) -> str:
    return "\n".join(("[[template.activity]]", *lines, ""))


AIR = ('kind = "air"', 'start = "+00:00"')
WRONG = [
    (('kind = "ar"', 'start = "+00:00"'), 6, "kind: expected one of", "did you mean 'arc'"),
    ((*AIR, "minuts = 3"), 8, "unknown key 'minuts'", "did you mean 'minutes'"),
    ((*AIR, "minutes = -5"), 8, "minutes: minutes must not be negative", "-5"),
    ((*AIR, "range_m = 3.0"), 8, "range_m: air has no range_m", "soil"),
    ((*AIR, 'minutes = "$mm"'), 8, "minutes: unknown parameter '$mm'", "did you mean 'm'"),
    ((*AIR, 'sol = "x"'), 8, "sol: expected int", "'x'"),
    ((*AIR, 'until = "chrge_frac < 40 %"'), 8, "until: ", "charge_frac"),
    (('kind = "air"', 'start = "+0²:00"'), 7, "start: a time looks like", "0²:00"),
    (('kind = "air"', 'after = "nobody"'), 7, "after: no activity of the template", "nobody"),
    (('kind = "air"', "minutes = 3"), 5, "missing key 'start'", ""),
    (('kind = "arc"', 'start = "09:00"', "distance_m = 900.0"), 8, "distance_m: ", "500"),
]


@pytest.mark.parametrize(("lines", "line", "words", "more"), WRONG)
@pytest.mark.parametrize(
    "use", ["", USE, USE + USE.replace("9", "20")], ids=["unused", "used", "used twice"]
)
def test_a_mistake_is_told_once_and_where_it_stands(
    ninety: OpenedLevel, lines: tuple[str, ...], line: int, words: str, more: str, use: str
) -> None:
    (problem,) = problems(ninety, HEAD + activity(*lines) + use)
    assert problem.startswith(f"x:{line}: template[0].activity[0]")
    assert words in problem
    assert more in problem


def test_all_mistakes_of_all_activities_are_told(ninety: OpenedLevel) -> None:
    found = problems(ninety, HEAD + "".join(activity(*lines) for lines, *_ in WRONG) + USE)
    assert len([one for one in found if "overlaps" not in one]) == len(WRONG)
    for at in range(len(WRONG)):
        assert sum(f"template[0].activity[{at}]" in one for one in found) == 1


def test_a_table_of_none_is_told_with_its_template(ninety: OpenedLevel) -> None:
    (problem,) = problems(ninety, HEAD + "activity = [3]\n" + USE)
    assert "template[0].activity[0]: expected a table, got 3" in problem


def test_what_a_use_chooses_is_its_own_affair(ninety: OpenedLevel) -> None:
    """A usual value that serves nobody is no mistake until somebody takes it."""
    text = HEAD.replace("30", "-1") + activity(*AIR, 'minutes = "$m"')
    context = plan_context(ninety.setup)
    good = text + USE + "values = { m = 20 }\n"
    assert len(parse_plan(tomllib.loads(good), context, "x", good)) == 3
    assert parse_plan(tomllib.loads(text), context, "x", text) == ()
    found = problems(ninety, text + USE)
    assert {one.split(" must")[0] for one in found} == {
        f"x:9: use[0]: activity {at}.minutes: minutes" for at in (1, 2, 3)
    }


def test_a_kind_may_be_a_parameter(ninety: OpenedLevel) -> None:
    text = HEAD.replace("m = 30", 'k = "air"') + activity('kind = "$k"', 'start = "+00:00"')
    good = text + "range_m = 3.0\n" + USE + 'values = { k = "soil" }\n'
    assert len(parse_plan(tomllib.loads(good), plan_context(ninety.setup), "x", good)) == 3
    (problem,) = problems(ninety, text + "foo = 1\n")
    assert problem.startswith("x:8: template[0].activity[0]: unknown key 'foo'")


def test_values_of_a_use_have_a_nearest_name(ninety: OpenedLevel) -> None:
    found = problems(ninety, HEAD + activity(*AIR) + USE + "value = { m = 2 }\n")
    assert found == ["x:13: use[0]: unknown key 'value'; did you mean 'values'?"]


def test_the_templates_that_come_with_the_game_have_no_mistakes(ninety: OpenedLevel) -> None:
    context, told = plan_context(ninety.setup), list[str]()
    assert len(told_in_templates(list(context.templates.values()), "x", told, context)) > 3
    assert told == []
