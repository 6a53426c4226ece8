"""A small picture beside each save: the ground as it was seen when the save was written."""

from pathlib import Path

import pygame

from game.ui.stage import Stage

SIZE_PX = (384, 216)
SUFFIX = ".png"


def keep_picture(stage: Stage, save: Path) -> None:
    """Write the picture of a save; a save whose picture cannot be written has none."""
    path = save.with_suffix(SUFFIX)
    sheet = pygame.Surface((stage.view.width_px, stage.view.height_px))
    stage.draw(sheet)
    try:
        path.unlink(missing_ok=True)
        pygame.image.save(_fitted(sheet), str(path))
    except (OSError, pygame.error):
        return


def picture_of(save: Path) -> pygame.Surface | None:
    """Return the picture of a save, or nothing if it has none that can be read."""
    try:
        return pygame.image.load(str(save.with_suffix(SUFFIX)))
    except (OSError, pygame.error):
        return None


def _fitted(sheet: pygame.Surface) -> pygame.Surface:
    """Return the middle of a picture, in the shape and size of all pictures of saves."""
    wide, high = sheet.get_size()
    scale = min(wide / SIZE_PX[0], high / SIZE_PX[1])
    part = pygame.Rect(0, 0, int(SIZE_PX[0] * scale), int(SIZE_PX[1] * scale))
    part.center = (wide // 2, high // 2)
    return pygame.transform.smoothscale(sheet.subsurface(part), SIZE_PX)
