"""Everything that is wrong with a level, collected first and refused together."""

from collections.abc import Mapping

from game.config import key_lines, problem_line
from game.errors import LevelError

MAX_SHOWN = 60
# A file with more problems than this is given up, so that a hostile one cannot keep us busy.
MAX_FOUND = 500
MAX_QUOTED = 60


class Problems:
    """A list of sentences and the place in the file that is being read now.

    `within` gives a view of the same list for a part of the file, so that every sentence begins
    with file, layer, object and property.
    """

    def __init__(self, where: str, found: list[str] | None = None) -> None:
        self.where = where
        self.found: list[str] = [] if found is None else found
        self._lines: Mapping[str, int] = {}

    def read(self, text: str) -> None:
        """Learn where the keys of a TOML file stand, for `add_at`."""
        self._lines = key_lines(text)

    def within(self, part: str) -> "Problems":
        """Return a view of the same list, one level deeper."""
        return Problems(f"{self.where}: {part}", self.found)

    def elsewhere(self, where: str) -> "Problems":
        """Return a view of the same list for another file."""
        return Problems(where, self.found)

    def add(self, text: str, fix: str = "") -> None:
        """Note a problem, and what to do about it; far too many end the reading at once."""
        stop = "" if text.endswith(("?", ".")) else "."
        self.found.append(f"{self.where}: {text}" + (f"{stop} Fix: {fix}" if fix else ""))
        if len(self.found) >= MAX_FOUND:
            self.raise_if_any()

    def add_at(self, text: str, *other: str) -> None:
        """Note a problem that begins with the path of a key, "path: words", with its line.

        Of several ways to write the path, the first that stands in the file is taken.
        """
        for one in (text, *other):
            if number := problem_line(one, self._lines):
                self.add(f"line {number}: {one}")
                return
        self.add(text)

    def raise_if_any(self) -> None:
        """Refuse the level if anything was found.

        Raises
        ------
        LevelError
            With one line a problem.
        """
        if self.found:
            lines = list(dict.fromkeys(self.found))
            if len(lines) > MAX_SHOWN:
                lines = [*lines[:MAX_SHOWN], f"… and {len(lines) - MAX_SHOWN} more problems"]
            raise LevelError("\n".join(lines))


def quoted(text: object) -> str:
    """Return a name from a file in quotes, short and without control characters."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in str(text)[: MAX_QUOTED + 1])
    return f'"{plain[:MAX_QUOTED]}…"' if len(plain) > MAX_QUOTED else f'"{plain}"'
