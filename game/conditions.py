"""The one small language for conditions: in plans, objectives and scenario expectations alike.

    charge_frac > 0.4 and not (tau >= 2 or sol < 5)

Names are telemetry channels; values are numbers; comparisons are `< <= > >= == !=`; plain
`+ - * /` and brackets work, and `40 %` is 0.4. What is divided by zero is unknown, and so is what
is compared with it; what cannot be known does not hold. Python's own parser reads it, and only
these forms are let through.
"""

import ast
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeAlias

Node: TypeAlias = tuple[object, ...]
Readout: TypeAlias = Callable[[Mapping[str, float]], float | None]

_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_COMPARES = {sign: kind for kind, sign in _COMPARE.items()}
_SUMS = {sign: kind for kind, sign in _ARITHMETIC.items()}
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

    def __reduce__(self) -> tuple[Callable[..., "Condition"], tuple[str, Node]]:
        """Let copies in other processes make their own function."""
        return _condition, (self.text, self.tree)


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
    return _condition(text, _node(body, text, names))


def _condition(text: str, tree: Node) -> Condition:
    return Condition(text, tree, _compiled(tree), frozenset(_names(tree)))


def holds(condition: Condition, readings: Mapping[str, float]) -> bool:
    """Say whether the condition is true for these readings; what divides by zero is not."""
    return bool(condition.value(readings))


def margin(condition: Condition, readings: Mapping[str, float]) -> float | None:
    """Return how far a single comparison is from failing: positive inside, negative outside."""
    kind, *rest = condition.tree
    if kind != "op" or rest[0] not in ("<", "<=", ">", ">="):
        return None
    left, right = _compiled(rest[1])(readings), _compiled(rest[2])(readings)
    if left is None or right is None:
        return None
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
    """Turn a tree into one function, once; nothing but the forms of `_expression` gets in.

    The function gives None for what is unknown.
    """
    if _divides(node):
        return _weighed(node)
    takes_r = ast.arguments(
        posonlyargs=[], args=[ast.arg("r")], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    body = ast.Expression(ast.Lambda(takes_r, _expression(node)))
    code = compile(ast.fix_missing_locations(body), "<condition>", "eval")
    readout: Readout = eval(code, {"bool": bool})
    return readout


def _expression(node: object) -> ast.expr:
    match node:
        case ("number", float() as number):
            return ast.Constant(number)
        case ("name", str() as name):
            return ast.Subscript(ast.Name("r", ast.Load()), ast.Constant(name), ast.Load())
        case ("not", inner):
            return ast.UnaryOp(ast.Not(), _expression(inner))
        case ("and" | "or" as word, *parts):
            joint = ast.And() if word == "and" else ast.Or()
            joined = ast.BoolOp(joint, [_expression(part) for part in parts])
            return ast.Call(ast.Name("bool", ast.Load()), [joined], [])
        case ("op", str() as sign, left, right):
            first, second = _expression(left), _expression(right)
            if sign in _COMPARES:
                return ast.Compare(first, [_COMPARES[sign]()], [second])
            return ast.BinOp(first, _SUMS[sign](), second)
    raise TypeError(f"not a condition: {node!r}")


def _divides(node: object) -> bool:
    match node:
        case ("op", "/", *_):
            return True
        case (_, *parts):
            return any(map(_divides, parts))
    return False


def _weighed(node: object) -> Readout:
    """Turn a tree with a division into a function that knows what is unknown.

    References
    ----------
    .. [1] S. C. Kleene, "Introduction to Metamathematics", 1952, section 64 (strong connectives).
    """
    match node:
        case ("not", inner):
            turned = _weighed(inner)
            return lambda r: None if (value := turned(r)) is None else not value
        case ("and" | "or" as word, *parts):
            return _joined(tuple(map(_weighed, parts)), decides=word == "or")
        case ("op", str() as sign, left, right):
            return _worked(_WORK[sign], _weighed(left), _weighed(right))
    return _compiled(node)


def _joined(parts: tuple[Readout, ...], *, decides: bool) -> Readout:
    """Join with `or` if a true part decides, with `and` if a false one does."""

    def joint(readings: Mapping[str, float]) -> float | None:
        values = [part(readings) for part in parts]
        if any(value is not None and bool(value) is decides for value in values):
            return decides
        return None if None in values else not decides

    return joint


def _worked(work: Callable[[float, float], float | None], left: Readout, right: Readout) -> Readout:
    def worked(readings: Mapping[str, float]) -> float | None:
        first, second = left(readings), right(readings)
        return None if first is None or second is None else work(first, second)

    return worked


def _ratio(upper: float, lower: float) -> float | None:
    return upper / lower if lower else None


_WORK: dict[str, Callable[[float, float], float | None]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _ratio,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
