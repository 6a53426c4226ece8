"""No plan file, however bad, does more than be refused: with line, key and a way to mend it."""

import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.commands import ActivityKind
from game.errors import ConfigError, GameError, ScenarioError
from game.levels.open import OpenedLevel, open_plan, plan_context
from game.mission.plan_file import parse_plan
from game.mission.plan_orders import ORDERS, keys_of
from game.mission.plan_reading import KEYS, _salvaged
from game.mission.plan_text import plan_text
from game.rover.nonsense import nonsense

SAME = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
GOOD = 'schema = 1\n[[activity]]\nkind = "air"\nsol = 9\nstart = "10:30"\nminutes = 30\n'
numbers = st.one_of(
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([0, 1, -1, 0.5, 9, 1e308, -0.0]),
)
words = st.one_of(
    st.text(max_size=12),
    st.sampled_from([
        "drive", "10:30", "noon", "next", "99", "charge_frac > 50 %", "tau >", "(((", "a" * 50,
        "track", "box", "$x_m", "+01:00", "nan", "\x00", "é\u2028",
    ]),
)  # fmt: skip
values = st.recursive(
    st.one_of(numbers, words, st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=2)),
    max_leaves=6,
)
keys = st.sampled_from(sorted(KEYS | {key for kind in ORDERS for key in keys_of(kind)} | {"else"}))
activities = st.fixed_dictionaries(
    {"kind": st.one_of(st.sampled_from([str(kind) for kind in ActivityKind]), words)},
    optional={"sol": st.one_of(st.integers(1, 90), values), "start": words, "name": words},
).flatmap(lambda table: st.dictionaries(keys, values, max_size=6).map(lambda other: other | table))
templates = st.fixed_dictionaries(
    {"name": words}, optional={"parameters": values, "activity": st.lists(activities, max_size=2)}
)
uses = st.fixed_dictionaries(
    {"template": words, "sol": st.one_of(st.integers(1, 90), values)},
    optional={"start": words, "sols": values, "values": values, "name": words},
)
files = st.fixed_dictionaries(
    {"schema": st.one_of(st.just(1), values)},
    optional={
        "activity": st.one_of(st.lists(activities, max_size=4), values),
        "template": st.one_of(st.lists(templates, max_size=2), values),
        "use": st.one_of(st.lists(uses, max_size=2), values),
        "name": values,
        "odd": values,
    },
)


@SAME
@given(files)
def test_any_table_is_a_sound_plan_or_a_list_of_problems(
    ninety: OpenedLevel, table: dict[str, Any]
) -> None:
    try:
        plan = parse_plan(table, plan_context(ninety.setup), "x.plan.toml")
    except ConfigError as error:
        lines = str(error).split("\n")
        assert all(line.strip() for line in lines)
        assert len(lines) == len(set(lines))
        return
    # What is taken can be flown: the rover's own look at numbers finds nothing wrong.
    assert not [problem for activity in plan if (problem := nonsense(activity))]
    site = ninety.setup.site
    again = tomllib.loads(plan_text(plan, site, "again"))
    assert len(parse_plan(again, plan_context(ninety.setup), "y")) == len(plan)


@SAME
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_a_sentence(
    ninety: OpenedLevel, tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "x.plan.toml"
    path.write_bytes(raw)
    with pytest.raises(GameError) as caught:
        open_plan(path, ninety.setup)
    assert str(path) in str(caught.value)


@SAME
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=3))
def test_a_scratch_in_a_good_file_is_harmless_or_named(
    ninety: OpenedLevel, tmp_path: Path, at: int, scratch: bytes
) -> None:
    path = tmp_path / "x.plan.toml"
    raw = GOOD.encode()
    path.write_bytes(raw[:at] + scratch + raw[at + len(scratch) :])
    with suppress(GameError):  # anything else is a fault of ours
        assert len(open_plan(path, ninety.setup)) <= 1


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_and_ends_of_lines_of_other_systems_do_no_harm(
    ninety: OpenedLevel, tmp_path: Path, mark: bytes, ending: str
) -> None:
    path = tmp_path / "x.plan.toml"
    path.write_bytes(mark + GOOD.replace("\n", ending).encode())
    assert len(open_plan(path, ninety.setup)) == 1
    bad = GOOD.replace("minutes", "minuts")
    path.write_bytes(mark + bad.replace("\n", ending).encode())
    with pytest.raises(ConfigError, match=r"x\.plan\.toml:6: .*did you mean 'minutes'"):
        open_plan(path, ninety.setup)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "missing key 'schema'"),
        (b"schema = 1\n\xff\xfe\x00", ":2: this is no text in UTF-8"),
        (b"schema = 1\n" + b"[" * 5000, "line 2"),
        (b"#" * (5 << 20), "too large to be a plan"),
        (b"schema = 1\nactivity = 3", "expected an array"),
        (b"schema = 1\nschema = 1\n", "Cannot overwrite a value"),
    ],
    ids=["empty", "binary", "brackets", "huge", "no array", "twice"],
)
def test_files_that_are_no_plans(
    ninety: OpenedLevel, tmp_path: Path, raw: bytes, sentence: str
) -> None:
    path = tmp_path / "x.plan.toml"
    path.write_bytes(raw)
    with pytest.raises(GameError, match=re.escape(sentence)):
        open_plan(path, ninety.setup)


def test_a_plan_of_thousands_is_read_or_refused_in_a_moment(ninety: OpenedLevel) -> None:
    heap = GOOD + GOOD.partition("\n")[2] * 2999  # all at the same time
    context = plan_context(ninety.setup)
    with pytest.raises(ConfigError) as caught:
        parse_plan(tomllib.loads(heap), context, "x", heap)
    assert 1 < len(str(caught.value).split("\n")) <= 201
    wrong = GOOD.replace("air", "iar") + GOOD.partition("\n")[2].replace("air", "iar") * 299
    with pytest.raises(ConfigError) as caught:
        parse_plan(tomllib.loads(wrong), context, "x", wrong)
    lines = str(caught.value).split("\n")
    assert len(lines) == 201
    assert lines[-1] == "x: and 100 more problems"
    with pytest.raises(ConfigError, match="at most 5,000 activities"):
        parse_plan({"schema": 1, "activity": [{"kind": "air"}] * 20_000}, context, "x")
    template = {"name": "t", "activity": [{"kind": "air", "start": "10:00"}] * 50}
    use = [{"template": "t", "sol": 1, "sols": 600}] * 50
    with pytest.raises(ConfigError, match="at most 5,000 activities"):
        parse_plan({"schema": 1, "template": [template], "use": use}, context, "x")


def test_a_chain_of_thousands_written_backwards_is_read(ninety: OpenedLevel) -> None:
    count = 3000
    chain = [
        {"kind": "air", "name": f"n{at}", "after": f"n{at - 1}", "minutes": 1}
        for at in range(count - 1, 0, -1)
    ]
    first = {"kind": "air", "name": "n0", "sol": 9, "start": "10:00", "minutes": 1}
    plan = parse_plan({"schema": 1, "activity": [*chain, first]}, plan_context(ninety.setup), "x")
    assert plan[-1].start_tick - plan[0].start_tick == 60 * (count - 1)


def test_a_ring_is_named_wherever_it_is(ninety: OpenedLevel) -> None:
    def one(name: str, after: str) -> dict[str, object]:
        return {"kind": "air", "name": name, "after": after, "minutes": 1}

    table = {"schema": 1, "activity": [one("a", "c"), one("b", "a"), one("c", "b")]}
    with pytest.raises((ConfigError, ScenarioError)) as caught:
        parse_plan(table, plan_context(ninety.setup), "x")
    assert str(caught.value).count("waits for itself") == 3


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("start", "1²:00"),
        ("start", "１0:00"),
        ("start", "10:٣0"),
        ("start", "10:30:0²"),
        ("start", "10:30:00.²"),
        ("start", "9" * 5000 + ":00"),
        ("at_pass", "²"),
        ("at_pass", "٣"),
        ("at_pass", "9" * 5000),
    ],
    ids=lambda text: text[:12],
)
def test_digits_of_other_kinds_are_no_numbers(ninety: OpenedLevel, key: str, text: str) -> None:
    """What `str.isdigit` takes and `int` does not is told with its line, wherever it stands."""
    said = f'{key} = "{text}"\n'
    own = f'[[activity]]\nkind = "air"\nsol = 9\n{said}'
    group = f'[[template]]\nname = "t"\n[[template.activity]]\nkind = "air"\n{said}'
    used = '[[use]]\ntemplate = "t"\nsol = 9\n'
    for part in (own, group + used, used + said if key == "start" else own):
        whole = "schema = 1\n" + part
        with pytest.raises(ConfigError, match=key) as caught:
            parse_plan(tomllib.loads(whole), plan_context(ninety.setup), "x", whole)
        assert "invalid literal" not in str(caught.value)
        assert re.match(r"x:\d+: ", str(caught.value))
        assert max(map(len, str(caught.value).split("\n"))) < 300


def test_a_table_that_no_key_of_its_own_spoils_is_given_up() -> None:
    """Salvage ends when there is nothing left to leave out."""
    told: list[str] = []
    item = _salvaged({"kind": "air", "sol": 9}, "x", ["x: something is wrong"], told, None)
    assert not item.is_placed
