"""One mission on every Python: floats are added up by `math.fsum`, never by the built-in `sum`.

The built-in `sum` of floats rounds otherwise from Python 3.12 on, of complex numbers from 3.14 on.
"""

import ast
import builtins
import cmath
import hashlib
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from game.agents.agent import fly
from game.agents.baseline import BaselineAgent
from game.digest import digest
from game.levels.open import open_level
from game.session import Session

GAME = Path(__file__).parent.parent / "game"
SHOWN = {"ui", "render", "tools"}  # what people look at may differ by a last bit; a mission may not
FILES = [f for f in sorted(GAME.rglob("*.py")) if f.relative_to(GAME).parts[0] not in SHOWN]

# Whole numbers by name, the unit last, or by what a call gives.
WHOLE_ENDS = ("_bit", "_count")
WHOLE_CALLS = {"bool", "int", "isinstance", "len"}
# The others: truths (True counts 1) and whole numbers under a name that does not say so.
WHOLE_TEXTS = {
    "dawns",
    "deep and (not before)",
    "sizes",
    "turning(state)",
    "turns",
    "widths[:first]",
    "widths[:last]",
}

SOLS = 3
MISSION = "15ddaf8e860cd617"
"""Digest of the mission below after its third sol. Whoever changes the mission on purpose writes
the new one here; the test must then pass on every Python."""
ROUNDING = "b99133d657331b56"
"""Last bits of the functions that a mission uses, where `MISSION` was flown (x86-64, glibc)."""


def is_whole(node: ast.expr) -> bool:
    """Return whether one term of a sum is seen to be a whole number or a truth."""
    match node:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp(values=parts):
            return all(is_whole(part) for part in parts)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult(), right=right):
            return is_whole(left) and is_whole(right)
        case ast.Call(func=ast.Name(id=name)):
            return name in WHOLE_CALLS or name.endswith(WHOLE_ENDS)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name.endswith(WHOLE_ENDS)
    return False


def doubtful_sums(tree: ast.AST) -> Iterator[int]:
    """Find the lines where the built-in `sum` may meet a float, or is handed on to others."""
    whole = set[ast.expr]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
            what = node.args[0]
            each = what.elt if isinstance(what, ast.GeneratorExp) else None
            if ast.unparse(each or what) in WHOLE_TEXTS or (each and is_whole(each)):
                whole.add(node.func)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "sum" and node not in whole:
            yield node.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GAME)))
def test_no_float_is_added_up_by_the_built_in_sum(path: Path) -> None:
    lines = list(doubtful_sums(ast.parse(path.read_text(encoding="utf-8"))))
    assert not lines, f"{path}: lines {lines}: floats are added up by math.fsum"


@pytest.mark.parametrize(
    "text",
    [
        "sum(masses)",
        "sum(x.way_m for x in y)",
        "sum(a_bit / b_bit for a, b in c)",
        "map(sum, rows)",
    ],
)
def test_sums_of_floats_are_found(text: str) -> None:
    assert list(doubtful_sums(ast.parse(text))) == [1]


@pytest.mark.parametrize("text", ["sum(x.size_bit for x in y)", "sum(a == b for a in c)"])
def test_whole_sums_may_stay(text: str) -> None:
    assert not list(doubtful_sums(ast.parse(text)))


def test_a_mission_has_the_same_digest_on_every_python(monkeypatch: pytest.MonkeyPatch) -> None:
    found, summed = set[str](), builtins.sum

    def watched(values: Iterable[Any], /, start: Any = 0) -> Any:
        total = summed(values, start)
        if not isinstance(total, int):
            found.add(str(sys._getframe(1).f_globals["__name__"]))
        return total

    monkeypatch.setattr(builtins, "sum", watched)
    session = Session(open_level("ninety-sols", 7, "flight-director").setup)
    fly(session, BaselineAgent(7), SOLS, lambda _: None, [])
    assert not {name for name in found if name.startswith("game.")}, "sums that are not whole"
    if rounding() != ROUNDING:
        pytest.skip(
            "libm, numpy or BLAS of this machine round otherwise than where MISSION was flown"
        )
    assert digest(session.state) == MISSION, "the mission has changed; see MISSION"


def rounding() -> str:
    """Fingerprint of the last bits of functions that belong to the machine, not to Python."""
    draw = Random(90)
    found: list[float] = []
    for _ in range(2_000):
        x, y = draw.uniform(-3.0, 3.0), draw.uniform(0.01, 9.0)
        found += [math.sin(x), math.cos(x), math.tan(x), math.exp(x), math.log(y), y**x]
        found += [math.atan(x), math.atan2(x, y), math.asin(x / 3.0), math.acos(x / 3.0)]
        found += [math.erf(x), math.tanh(x), math.log1p(y), math.expm1(x), math.log10(y)]
        found += [math.hypot(x, y), math.log2(y), abs(cmath.exp(complex(x, y))), math.gamma(y)]
    signed, positive = np.linspace(-3.0, 3.0, 2_001), np.linspace(0.01, 9.0, 2_001)
    for kind in (np.float64, np.float32):
        a: NDArray[Any] = signed.astype(kind)
        b: NDArray[Any] = positive.astype(kind)
        for each in (np.sin(a), np.cos(a), np.tan(a), np.exp(a), np.log(b), np.power(b, a)):
            found += each.tolist()
        for each in (np.arctan2(a, b), np.arctan(a), np.arcsin(a / 3), np.tanh(a), np.hypot(a, b)):
            found += each.tolist()
        for size in (3, 6, 17, 64, 400):
            found += [float(a[:size].sum()), float(a[:size] @ b[:size])]
            found += (np.outer(a, b)[:size, :size] @ b[:size]).tolist()
    return hashlib.blake2b(np.array(found).tobytes(), digest_size=8).hexdigest()
