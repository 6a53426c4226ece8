"""The one small language for conditions: in plans, objectives and scenario expectations alike.

    charge_frac > 0.4 and not (tau >= 2 or sol < 5)

Names are telemetry channels; values are numbers; comparisons are `< <= > >= == !=`; plain
`+ - * /` and brackets work, and `40 %` is 0.4. Python's own parser reads it, and only these forms
are let through.
"""

import ast
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeAlias

Node: TypeAlias = tuple[object, ...]
Readout: TypeAlias = Callable[[Mapping[str, float]], float]

_COMPARE: dict[type, str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_ARITHMETIC: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_OPERATION: dict[str, Callable[[float, float], float]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
MAX_LENGTH = 400
# "40 %" at the end or before a word or sign that goes on, but not the rest of a division "7 % 3".
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%(?!\s*(?!(?:and|or)\b)[\w.(])")


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition: its text, the tree of plain tuples, the tree as one function, its names.

    Goals are looked at with every leg of a drive: walking the tree each time took a tenth of a
    mission, the function a third of that.
    """

    text: str
    tree: Node
    value: Readout = field(compare=False, repr=False)
    names: frozenset[str] = field(compare=False, repr=False)


def parse_condition(text: str, names: Collection[str]) -> Condition:
    """Read a condition and check every name.

    Raises
    ------
    ValueError
        A sentence that says what is wrong, with the nearest known name.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"a condition is at most {MAX_LENGTH} characters long")
    try:
        body = ast.parse(_PERCENT.sub(r"(\1 / 100)", text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"cannot read the condition {text!r}") from None
    tree = _node(body, text, names)
    return Condition(text, tree, _compiled(tree), frozenset(_names(tree)))


def holds(condition: Condition, readings: Mapping[str, float]) -> bool:
    """Say whether the condition is true for these readings."""
    return bool(condition.value(readings))


def margin(condition: Condition, readings: Mapping[str, float]) -> float | None:
    """Return how far a single comparison is from failing: positive inside, negative outside."""
    kind, *rest = condition.tree
    if kind != "op" or rest[0] not in ("<", "<=", ">", ">="):
        return None
    left, right = _compiled(rest[1])(readings), _compiled(rest[2])(readings)
    return right - left if str(rest[0]).startswith("<") else left - right


def left_value(condition: Condition, readings: Mapping[str, float]) -> float | None:
    """Return the value on the left side of a single comparison, for reports."""
    kind, *rest = condition.tree
    return _compiled(rest[1])(readings) if kind == "op" else None


def _node(node: ast.expr, text: str, names: Collection[str]) -> Node:
    match node:
        case ast.Constant(value=bool() as flag):
            return ("number", float(flag))
        case ast.Constant(value=int() | float() as value):
            return ("number", float(value))
        case ast.Name(id=name):
            return _name(name, names)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return ("not", _node(inner, text, names))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return ("op", "-", ("number", 0.0), _node(inner, text, names))
        case ast.BoolOp(op=op, values=values):
            word = "and" if isinstance(op, ast.And) else "or"
            return (word, *(_node(value, text, names) for value in values))
        case ast.BinOp() | ast.Compare():
            return _operation(node, text, names)
    raise ValueError(f"cannot use {ast.unparse(node)!r} in the condition {text!r}")


def _name(name: str, names: Collection[str]) -> Node:
    if name not in names:
        close = get_close_matches(name, names, 1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"unknown reading {name!r}{hint}")
    return ("name", name)


def _operation(node: ast.BinOp | ast.Compare, text: str, names: Collection[str]) -> Node:
    if isinstance(node, ast.BinOp):
        sign, left, right = _ARITHMETIC.get(type(node.op)), node.left, node.right
        if sign is not None:
            return ("op", sign, _node(left, text, names), _node(right, text, names))
    else:
        parts: list[Node] = []
        operands = [node.left, *node.comparators]
        for first, op, second in zip(operands, node.ops, operands[1:], strict=False):
            sign = _COMPARE.get(type(op))
            if sign is None:
                break
            parts.append(("op", sign, _node(first, text, names), _node(second, text, names)))
        else:
            return parts[0] if len(parts) == 1 else ("and", *parts)
    raise ValueError(f"cannot use {ast.unparse(node)!r} in the condition {text!r}")


def _names(node: object) -> Iterator[str]:
    match node:
        case ("name", str() as name):
            yield name
        case (_, *parts):
            for part in parts:
                yield from _names(part)


def _compiled(node: object) -> Readout:
    """Turn a tree into nested functions, once."""
    match node:
        case ("number", float() as number):
            return lambda _: number
        case ("name", str() as name):
            return lambda readings: readings[name]
        case ("not", inner):
            denied = _compiled(inner)
            return lambda readings: float(not denied(readings))
        case ("and" | "or" as word, *parts):
            return _joined(tuple(_compiled(part) for part in parts), is_and=word == "and")
        case ("op", "/", left, right):
            return _ratio(_compiled(left), _compiled(right))
        case ("op", str() as sign, left, right):
            operation, first, second = _OPERATION[sign], _compiled(left), _compiled(right)
            return lambda readings: operation(first(readings), second(readings))
    raise TypeError(f"not a condition: {node!r}")


def _joined(parts: tuple[Readout, ...], *, is_and: bool) -> Readout:
    """Join by `and` (ends at the first that fails) or by `or` (ends at the first that holds)."""

    def joined(readings: Mapping[str, float]) -> float:
        for part in parts:
            if bool(part(readings)) is not is_and:
                return float(not is_and)
        return float(is_and)

    return joined


def _ratio(upper: Readout, lower: Readout) -> Readout:
    """Divide; by nothing gives infinity, which fails or meets every comparison plainly."""

    def ratio(readings: Mapping[str, float]) -> float:
        below = lower(readings)
        return upper(readings) / below if below else float("inf")

    return ratio
