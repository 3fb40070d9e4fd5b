"""What every plot has: a frame that screen readers can name, and scales."""

from collections.abc import Callable

from ml_service.report.markup import Markup, join, tag

Scale = Callable[[float], float]


def plot(width: int, height: int, title: str, description: str, *drawn: str) -> Markup:
    """Scales with the page; read aloud, it is its title and description."""
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        *drawn,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=f"{title}. {description}",
    )


def linear(low: float, high: float, start: float, end: float) -> Scale:
    """From values in [low, high] to coordinates in [start, end]; low is not high."""
    return lambda value: start + (value - low) / (high - low) * (end - start)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def label(x: float, y: float, text: str, class_: str = "") -> Markup:
    return tag("text", text, x=x, y=y, class_=class_)


def rectangle(x: float, y: float, width: float, height: float, class_: str) -> Markup:
    return tag("rect", x=x, y=y, width=max(width, 0.0), height=height, class_=class_)


def dot(x: float, y: float, radius: float, class_: str) -> Markup:
    return tag("circle", cx=x, cy=y, r=radius, class_=class_)


def group(*parts: str) -> Markup:
    return tag("g", join(*parts))
