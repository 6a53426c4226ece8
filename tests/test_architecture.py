"""The import rules of the project, as a test."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "game").rglob("*.py"))

# A part may import only parts in rows above its own; parts in one row do not know each other.
LAYERS = (
    {
        "errors",
        "units",
        "rng",
        "digest",
        "search",
        "conditions",
        "changes",
        "wording",
    },
    {"mending", "wheel_commands", "machine_commands", "queue_commands"},
    {"commands"},
    {"config", "bounds", "ranges", "wheel_events", "activity_events"},
    {"events"},
    {"world"},
    {"environment"},
    {"rover", "orbiter"},
    {"science"},
    {"mission"},
    {"state"},
    {"schedule"},
    {"contact"},
    {"machine"},
    {"traffic", "orbiting", "detours"},
    {"standing", "way_price"},
    {"telemetry"},
    {"progress", "breakdown"},
    {"quantum"},
    {"simulation"},
    {"circumstances"},
    {"witness"},
    {"ahead"},
    {"forecast"},
    {"trials"},
    {"paths"},
    {"rules"},
    {"levels"},
    {"session", "remembered"},
    {"packing", "fingerprint"},
    {"saves"},
    {"render"},
    {"outcomes"},
    {"agents", "report"},
    {"scenario_check"},
    {"scenario"},
    {"tools"},
    {"ui"},
    {"cli"},
    {"__main__"},
)
RANK = {part: rank for rank, row in enumerate(LAYERS) for part in row}
CORE = {part for part, rank in RANK.items() if rank <= RANK["trials"]}
CORE_MAY_NOT = {
    "datetime",
    "logging",
    "os",
    "pathlib",
    "pickle",
    "pygame",
    "pytmx",
    "random",
    "secrets",
    "sys",
    "time",
    "uuid",
}
# Only the calendar of dates may come from the library of clocks.
DATES_ALLOWED = {"game.environment.julian": {"datetime", "datetime.date"}}
# Only the chunk builder may use threads: what a chunk holds never depends on them.
THREADS_ALLOWED = {"game.world.streaming"}
ONLY_HERE = {"pygame": {"ui"}, "noise": {"world"}, "defusedxml": {"levels"}}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    """Every module named in an import, wherever it stands (also under TYPE_CHECKING)."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_point_downwards(path: Path) -> None:
    if module_of(path).count(".") == 0:
        return
    part = module_of(path).split(".")[1]
    for name in imports_of(path):
        top = name.split(".")[0]
        if name.startswith("game."):
            other = name.split(".")[1]
            assert other in ("__version__", part) or RANK[other] < RANK[part], (
                f"{part} imports {other}"
            )
        elif part in CORE:
            dates = DATES_ALLOWED.get(module_of(path), set())
            assert top not in CORE_MAY_NOT or name in dates, f"{part} imports {name}"
            if top in {"threading", "concurrent", "multiprocessing"}:
                assert module_of(path) in THREADS_ALLOWED, f"{module_of(path)} imports {name}"
        if top in ONLY_HERE:
            assert part in ONLY_HERE[top] or module_of(path) == "game.tools.doctor", (
                f"{part} imports {name}"
            )
        if top == "pytmx":
            assert module_of(path) == "game.ui.artwork", f"{part} imports pytmx"


def test_no_cycles() -> None:
    names = {module_of(path) for path in FILES}
    graph = {module_of(path): imports_of(path) & names for path in FILES}
    TopologicalSorter(graph).prepare()


def test_every_package_init_is_one_docstring() -> None:
    for path in FILES:
        if path.name == "__init__.py" and path.parent.name != "game":
            assert len(ast.parse(path.read_text(encoding="utf-8")).body) == 1, path


def test_no_file_is_too_long() -> None:
    for path in FILES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path


def test_no_function_is_too_long() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if body:
                    length = (body[-1].end_lineno or 0) - body[0].lineno + 1
                    assert length <= 40, f"{path}:{node.lineno} {node.name} has {length} lines"


def test_the_core_uses_no_type_checking_escape_and_no_global() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            assert not isinstance(node, ast.Global), f"{path}: global"
            assert not (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"), path


def test_the_simulation_does_not_load_pygame() -> None:
    code = "import sys, game.session; sys.exit(bool({'pygame', 'pytmx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_calendar_knows_no_today() -> None:
    for name in DATES_ALLOWED:
        tree = ast.parse((ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not called & {"today", "now", "utcnow", "fromtimestamp"}, name
