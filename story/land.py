"""The relief under a drawn map: cut to what is seen, and painted pixel by pixel.

matplotlib's own `imshow` fits an image to any size in floating point: for a map at 300 to the inch that takes a
gigabyte and most of the time, and ours has its size already.
"""

import io
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from PIL import Image

from geodata.load import picture
from story.window import Box


class Land(Artist):
    """The land under all of a figure, pixel for pixel; where nothing is pasted, what lies under it shows."""

    def __init__(self, size_px: tuple[int, int], sharpness: float, *, zorder: float) -> None:
        """`size_px`: width and height of the figure; `sharpness`: how many real pixels it has for each of those."""
        super().__init__()
        self.sharpness = sharpness
        self.image = Image.new("RGBA", (round(size_px[0] * sharpness), round(size_px[1] * sharpness)))
        self.set_zorder(zorder)

    def paste(self, dataset: str, whole: Box, seen: Box) -> None:
        """Put a dataset's picture into the box `seen`, where all of it would fill `whole`; pixels of the figure."""
        left_top = round(seen[0] * self.sharpness), round(seen[1] * self.sharpness)
        self.image.paste(_cut(dataset, whole, seen, self.sharpness), left_top)

    def draw(self, renderer: Any) -> None:
        """Paint it, all its pixels as they are."""
        context = renderer.new_gc()
        renderer.draw_image(context, 0, 0, np.flipud(np.asarray(self.image)))
        context.restore()


def _cut(dataset: str, whole: Box, seen: Box, sharpness: float) -> Image.Image:
    image = _image(dataset)
    per_x, per_y = image.width / (whole[2] - whole[0]), image.height / (whole[3] - whole[1])
    crop = (
        max(0, (seen[0] - whole[0]) * per_x),
        max(0, (seen[1] - whole[1]) * per_y),
        min(image.width, (seen[2] - whole[0]) * per_x),
        min(image.height, (seen[3] - whole[1]) * per_y),
    )
    size = round((seen[2] - seen[0]) * sharpness), round((seen[3] - seen[1]) * sharpness)
    return image.resize(size, Image.Resampling.BICUBIC, box=crop)


@cache
def _image(dataset: str) -> Image.Image:
    return Image.open(io.BytesIO(picture(dataset))).convert("RGB")
