"""Pictures of Tiled maps, for the list of missions. The only importer of pytmx.

A map comes here only after the strict reader has passed it (`levels/tmx.py`): pytmx itself would
take almost anything.
"""

from pathlib import Path

import pygame
import pytmx
from pytmx.util_pygame import load_pygame

from game.levels.load import load_level


def map_picture(path: Path, most_px: tuple[int, int]) -> pygame.Surface:
    """Draw the tile layers of a map, scaled to fit.

    Parameters
    ----------
    path : Path
        A .tmx file.
    most_px : tuple of int
        Largest width and height of the picture. [px]

    Returns
    -------
    Surface
        The tiles from above, north up, with the map's proportions.

    Raises
    ------
    LevelError
        If the map is not one that the game would play.
    """
    load_level(path)
    tiled = load_pygame(str(path))
    whole = pygame.Surface((tiled.width * tiled.tilewidth, tiled.height * tiled.tileheight))
    for layer in tiled.visible_layers:
        if isinstance(layer, pytmx.TiledTileLayer):
            for column, row, tile in layer.tiles():
                whole.blit(tile, (column * tiled.tilewidth, row * tiled.tileheight))
    share = min(most_px[0] / whole.get_width(), most_px[1] / whole.get_height())
    size = (max(1, int(whole.get_width() * share)), max(1, int(whole.get_height() * share)))
    return pygame.transform.smoothscale(whole, size)
