"""The command line. Each command's work is done by the part it belongs to, imported when used.

Exit codes: 0 pass · 1 expectation failed · 2 bad input or usage · 3 simulation error ·
4 timeout · 5 determinism mismatch · 6 nothing collected · 130 interrupted · 141 the reader of the
output left.
"""

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import TypeAlias

# One BLAS thread, said before numpy is loaded: the small matrices of the ground get three times
# slower with two threads, and far slower when other processes want the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from game import __version__
from game.errors import AgentBrokenError, GameError
from game.tools.almanac_options import almanac_arguments, with_early_sols
from game.tools.arguments import (
    mission_arguments,
    render_arguments,
    seed_number,
    window_size,
)
from game.tools.exit_codes import BAD_INPUT, BROKEN, INTERRUPTED, NO_READER
from game.tools.terminal import close_terminal, complain, open_terminal

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    open_terminal()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        code = _run_command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output left early, as `| head` does.
        close_terminal()
        return NO_READER
    except OSError as error:
        close_terminal()
        what = error.filename or "the output cannot be written"
        complain(f"{what}: {error.strerror or error}")
        return BAD_INPUT
    return code


def _run_command(arguments: Sequence[str] | None) -> int:
    try:
        words = sys.argv[1:] if arguments is None else list(arguments)
        options = build_parser().parse_args(with_early_sols(words))
    except SystemExit as stop:
        return int(stop.code or 0)
    run: Run = options.run_command
    try:
        return run(options)
    except GameError as error:
        complain(str(error))
        return BROKEN if isinstance(error, AgentBrokenError) else BAD_INPUT
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except OSError:
        raise
    except Exception:
        traceback.print_exc()
        return BROKEN


def build_parser() -> argparse.ArgumentParser:
    """Describe every command; nothing heavy is imported here."""
    parser = argparse.ArgumentParser(
        prog="python -m game",
        description="Ninety Sols: a rover surface-operations simulator. Without a command: play.",
    )
    parser.add_argument("--version", action="version", version=f"Ninety Sols {__version__}")
    parser.set_defaults(run_command=_play, level=None, seed=None, difficulty=None)
    _window_options(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_play(commands)
    _add_run(commands)
    _add_test(commands)
    _add_replay(commands)
    _add_level(commands)
    _add_pictures(commands)
    _add_tools(commands)
    return parser


# argparse has no public name for what add_subparsers() returns.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Commands, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run_command=run)
    return parser


def _window_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--window", type=window_size, metavar="WxH", help="size of the window")
    parser.add_argument(
        "--cache", metavar="DIR|off", help="where drawn ground is kept for the next start"
    )


def _add_play(commands: Commands) -> None:
    parser = _command(commands, "play", "Open the window.", _play)
    parser.add_argument("level", nargs="?", metavar="LEVEL", help="a level name, folder or map")
    parser.add_argument("--seed", type=seed_number, metavar="N")
    parser.add_argument("--difficulty", metavar="NAME")
    _window_options(parser)


def _add_run(commands: Commands) -> None:
    parser = _command(commands, "run", "Fly a mission without a window.", _run)
    mission_arguments(parser)


def _add_test(commands: Commands) -> None:
    parser = _command(commands, "test", "Run scenario files and check expectations.", _test)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--quiet", action="store_true")


def _add_replay(commands: Commands) -> None:
    parser = _command(commands, "replay", "Run a recording again and compare.", _replay)
    parser.add_argument("recording", metavar="FILE")


def _add_level(commands: Commands) -> None:
    text = "Check, describe and draw levels."
    parser = commands.add_parser("level", help=text, description=text)
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = _command(parts, "validate", "Check levels; every problem is named.", _level_validate)
    check.add_argument("paths", nargs="+", metavar="PATH")
    _command(parts, "types", "Write the object types for Tiled.", _level_types)
    draw = _command(parts, "render", "Draw the ground of a level from above.", _level_render)
    render_arguments(draw)


def _add_pictures(commands: Commands) -> None:
    parser = _command(commands, "shots", "Render the fixed scenes without a display.", _shots)
    parser.add_argument("--out", required=True, metavar="DIR")
    parser.add_argument("--size", type=window_size, default=(1280, 720), metavar="WxH")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="just these scenes")


def _add_tools(commands: Commands) -> None:
    bench = _command(commands, "bench", "Measure speed; ratios count, not seconds.", _bench)
    bench.add_argument("--json", metavar="FILE")
    bench.add_argument("--only", nargs="*", metavar="NAME")
    almanac = _command(commands, "almanac", "Mars date, Sun, Earth and passes.", _almanac)
    almanac_arguments(almanac)
    _command(commands, "verify", "Compare our Mars with published numbers.", _verify)
    _command(commands, "glossary", "Every channel of telemetry.", _glossary)
    _command(commands, "doctor", "Check this installation.", _doctor)


def _play(options: argparse.Namespace) -> int:
    from game.ui.app import play

    if options.cache:
        os.environ["NINETY_SOLS_CACHE"] = options.cache
    return play(options.level, options.seed, options.difficulty, options.window)


def _run(options: argparse.Namespace) -> int:
    from game.tools.mission_run import run

    return run(options)


def _test(options: argparse.Namespace) -> int:
    from game.tools.scenario_test import run

    return run(options.paths, is_quiet=options.quiet)


def _replay(options: argparse.Namespace) -> int:
    from game.tools.mission_run import replay

    return replay(options.recording)


def _level_validate(options: argparse.Namespace) -> int:
    from game.tools.level import validate

    return validate(options.paths)


def _level_types(_: argparse.Namespace) -> int:
    from game.tools.level import types

    return types()


def _level_render(options: argparse.Namespace) -> int:
    from game.tools.level_render import run

    return run(options)


def _shots(options: argparse.Namespace) -> int:
    from game.ui.shots import render_shots

    return render_shots(options.out, options.size, options.only)


def _bench(options: argparse.Namespace) -> int:
    from game.tools.bench import run

    return run(options.json, options.only)


def _almanac(options: argparse.Namespace) -> int:
    from game.tools.almanac import run

    return run(options)


def _verify(_: argparse.Namespace) -> int:
    from game.tools.verify import run

    return run()


def _glossary(_: argparse.Namespace) -> int:
    from game.tools.glossary import run

    return run()


def _doctor(_: argparse.Namespace) -> int:
    from game.tools.doctor import run

    return run()
