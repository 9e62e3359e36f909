"""SVG canvas: lines, boxes and texts, black on white."""

from __future__ import annotations

from html import escape

_STYLE = """
text { font: 15px "DejaVu Sans", "Noto Sans", sans-serif; fill: #111 }
.title { font-size: 26px; font-weight: bold }
.heading { font-size: 19px; font-weight: bold }
.small { font-size: 12.5px; fill: #444 }
.bold { font-weight: bold }
.middle { text-anchor: middle }
.end { text-anchor: end }
path, rect, circle { fill: none; stroke: #111; stroke-width: 1.6 }
.used { fill: #111 }
text.used { fill: #fff }
.soft { fill: #eee; stroke: #999 }
"""


class Drawing:
    """Things are drawn where they are told; lengths are pixels from the top left."""

    def __init__(self, width_px: int) -> None:
        self._width_px = width_px
        self._parts: list[str] = []

    def text(self, x: float, y: float, words: str, style: str = "") -> None:
        self._parts.append(f'<text x="{x:g}" y="{y:g}" class="{style}">{escape(words)}</text>')

    def line(self, *points: tuple[float, float]) -> None:
        """Straight from point to point."""
        way = " L".join(f"{x:g} {y:g}" for x, y in points)
        self._parts.append(f'<path d="M{way}"/>')

    def box(  # noqa: PLR0913 - a rectangle has four numbers
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        style: str = "",
        *,
        round_px: float = 4,
    ) -> None:
        self._parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_px:g}"'
            f' class="{style}"/>'
        )

    def circle(self, x: float, y: float, radius: float, style: str = "") -> None:
        self._parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" class="{style}"/>')

    def as_text(self, height_px: float) -> str:
        size = f"{self._width_px} {height_px:g}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img">\n'
            f"<style>{_STYLE}</style>\n"
            '<rect width="100%" height="100%" style="fill:#fff;stroke:none"/>\n'
            + "\n".join(self._parts)
            + "\n</svg>\n"
        )
