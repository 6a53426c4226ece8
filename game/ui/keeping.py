"""Save files of the window: writing one with a key."""

from pathlib import Path

from game.paths import user_folder
from game.saves import write_save
from game.ui.day import day_at
from game.ui.desk import RunDesk
from game.ui.listed import words_of
from game.ui.save_pictures import keep_picture
from game.ui.stage import Stage

ENDING = ".save.json"


def quick_save(desk: RunDesk, name: str = "", stage: Stage | None = None) -> str:
    """Write a save, with a picture if there is a stage; return a sentence about it."""
    session = desk.flight.session
    sol = day_at(session.setup.site, desk.flight.clock_s).sol
    level = Path(session.setup.level).stem
    file_name = name or f"{level}-sol-{sol:02d}"
    path = user_folder("saves") / f"{file_name}{ENDING}"
    try:
        write_save(path, session, int(desk.flight.clock_s), desk.flight.remembered())
    except OSError as error:
        words = f"Not saved: {path.parent} cannot be written to ({error.strerror})."
    else:
        words = f"Saved as {words_of(file_name)}."
        desk.shell.audio.play("paper")
        if stage is not None:
            keep_picture(stage, path)
    desk.captions.say(words, 3)
    return words
