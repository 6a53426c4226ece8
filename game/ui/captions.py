"""The one sentence on the ground: newest weighty news, for a while."""

from game.ui.audio import CAPTIONS, Audio
from game.ui.news import News, best
from game.ui.words import typeset

LEAST_QUIET_S = 1.0  # a light sentence does not replace a heavy one before this


class Captions:
    """Shows one sentence at a time and fades it."""

    def __init__(self, length_s: float) -> None:
        self.length_s = length_s
        self.words = ""
        self._weight = 0
        self._age_s = length_s

    @property
    def frac(self) -> float:
        """1 while shown, 0 when it is over."""
        return 1.0 if self.words and self._age_s < self.length_s else 0.0

    def update(self, frame_s: float) -> None:
        """Let the sentence grow old."""
        self._age_s += frame_s

    def say(self, words: str, weight: int = 2) -> None:
        """Show a sentence, unless a weightier one has just begun."""
        is_fresh = self._age_s < LEAST_QUIET_S and self.frac > 0
        if is_fresh and weight < self._weight:
            return
        self.words, self._weight, self._age_s = typeset(words), weight, 0.0

    def tell(self, news: list[News], audio: Audio, *, has_captions: bool) -> None:
        """Play the sounds of some news and show the weightiest sentence."""
        sounds = list(dict.fromkeys(one.sound for one in news if one.sound))
        for sound in sounds[:2]:
            audio.play(sound)
        told = best(news)
        if told is not None:
            self.say(told.words, told.weight)
        elif has_captions and sounds and self.frac == 0.0:
            self.say(f"[{CAPTIONS[sounds[0]]}]", 0)
