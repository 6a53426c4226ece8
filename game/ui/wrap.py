"""Breaking sentences into lines, so that no string is ever clipped."""

from collections.abc import Callable


def wrapped(words: str, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Break text into lines no wider than `width`; a longer single word is broken too."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            for piece in _pieces(word, width, measure):
                longer = f"{line} {piece}" if line else piece
                if line and measure(longer) > width:
                    lines.append(line)
                    line = piece
                else:
                    line = longer
        lines.append(line)
    return tuple(lines)


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> list[str]:
    pieces: list[str] = []
    while len(word) > 1 and measure(word) > width:
        cut = len(word) - 1
        while cut > 1 and measure(word[:cut]) > width:
            cut -= 1
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def shortened(words: str, width: float, measure: Callable[[str], float]) -> str:
    """Return words that fit, ending with an ellipsis when something had to go."""
    if measure(words) <= width:
        return words
    while words and measure(words.rstrip() + "…") > width:
        words = words[:-1]
    return words.rstrip() + "…"
