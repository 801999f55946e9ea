"""Draws Vega-Lite specifications in a process of its own, which gives its memory back when it ends.

The engine behind Vega keeps a hundred megabytes for as long as its process lives, which a report's other
parts need. The process reads specifications as JSON and writes pictures as JSON; nothing else passes, and
no address on the network can be reached from a specification.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sightline.publication.pages.typeface import font_folder

VEGA_LITE = "5.20"
_PNG_SCALE = 2.0


class DrawingFailed(RuntimeError):
    """The drawing process ended without pictures; the text is what it said last."""


@dataclass(frozen=True, slots=True)
class Picture:
    svg: str
    png: bytes


def draw_all(specifications: Mapping[str, Any]) -> dict[str, Picture]:
    """A picture for each specification, by the same names. Raises `DrawingFailed`."""
    if not specifications:
        return {}
    # The command is ours and fixed; what is drawn goes in as data.
    done = subprocess.run(
        [sys.executable, "-m", "sightline.publication.pages.drawing"],
        input=json.dumps(specifications).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise DrawingFailed(said[-1] if said else f"the drawing process ended with {done.returncode}")
    drawn = json.loads(done.stdout)
    return {name: Picture(each["svg"], b64decode(each["png"])) for name, each in drawn.items()}


def main() -> None:
    """The process: specifications in, pictures out."""
    import vl_convert

    vl_convert.register_font_directory(font_folder())
    drawn = {}
    for name, specification in json.load(sys.stdin).items():
        svg = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[])
        png = vl_convert.svg_to_png(svg, scale=_PNG_SCALE)
        drawn[name] = {"svg": svg, "png": b64encode(png).decode()}
    json.dump(drawn, sys.stdout)


if __name__ == "__main__":
    main()
