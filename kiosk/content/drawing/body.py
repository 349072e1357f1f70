"""What a person needs besides the head and chest that OpenMoji draws: an arm, a wheelchair."""

from __future__ import annotations

from kiosk.content.drawing.basics import ellipse, line, path, rect


def arm(
    x: float,
    y: float,
    w: float,
    stroke: float,
    sleeve: str = "slate",
    skin: str = "skin-3",
    h: float = 70.0,
) -> str:
    """A forearm that stands on the table, its closed hand at the top, holding what is behind it.

    `w` is the sleeve's width at the table, `h` the sleeve's height.
    """
    s = w / 82
    cuff = -h
    forearm = f"M{-41 * s:.1f} 3 L{41 * s:.1f} 3 L{23 * s:.1f} {cuff:.1f} L{-27 * s:.1f} {cuff + 6 * s:.1f} Z"
    hand = (
        f"M{-31 * s:.1f} {cuff:.1f} q{-12 * s:.1f} {-34 * s:.1f} {10 * s:.1f} {-44 * s:.1f}"
        f" q{30 * s:.1f} {-10 * s:.1f} {44 * s:.1f} {14 * s:.1f}"
        f" q{8 * s:.1f} {16 * s:.1f} {2 * s:.1f} {32 * s:.1f} z"
    )
    return (
        path(x, y, forearm, stroke, sleeve)
        + path(x, y, hand, stroke, skin)
        + line(x - 25 * s, y + cuff - 30 * s, x - s, y + cuff - 34 * s, stroke * 0.85)
        + line(x - 25 * s, y + cuff - 16 * s, x - 3 * s, y + cuff - 19 * s, stroke * 0.85)
    )


def wheelchair_back(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """The back and the two handles of a wheelchair, to be drawn before the person in it."""
    handles = "".join(
        path(
            x + side * w * 0.5,
            y - h,
            f"M0 {h * 0.5:.1f} V8 q0 -8 {side * 8} -8 h{side * 18}",
            stroke * 2.4,
            "none",
        )
        for side in (-1, 1)
    )
    return handles + rect(x, y - h * 0.2, w, h * 0.66, stroke, "charcoal", 10.0)


def wheelchair_front(
    x: float,
    y: float,
    w: float,
    h: float,
    stroke: float,
    trousers: str = "charcoal",
    shirt: str = "slate",
    skin: str = "skin-3",
) -> str:
    """Arms, lap, legs and the two wheels, seen from the front; `h` is up to the chest."""
    parts = [rect(x, y - h * 0.62, w * 0.62, h * 0.42, 0, shirt, 0.0)]
    for side in (-1, 1):
        parts.append(ellipse(x + side * w * 0.47, y, w * 0.14, h * 1.02, stroke, "charcoal"))
        parts.append(ellipse(x + side * w * 0.47, y - h * 0.16, w * 0.06, h * 0.7, stroke, "stone"))
        parts.append(
            rect(x + side * w * 0.13, y - h * 0.06, w * 0.19, h * 0.5, stroke, trousers, 6.0)
        )
        parts.append(rect(x + side * w * 0.14, y, w * 0.24, h * 0.13, stroke, "brown", 8.0))
    parts.append(rect(x, y - h * 0.46, w * 0.6, h * 0.26, stroke, trousers, 16.0))
    for side in (-1, 1):
        parts.append(
            path(
                x + side * w * 0.31,
                y - h,
                f"M0 -2 q{side * w * 0.07:.1f} {h * 0.2:.1f} {side * w * 0.02:.1f} {h * 0.36:.1f}"
                f" h{-side * w * 0.14:.1f} V{h * 0.1:.1f}",
                stroke,
                shirt,
            )
        )
        parts.append(ellipse(x + side * w * 0.24, y - h * 0.52, w * 0.15, h * 0.16, stroke, skin))
    return "".join(parts)


def headset(x: float, y: float, w: float, stroke: float) -> str:
    """A headset over a head whose middle is `x`, `y`, ear to ear `w`."""
    r = w / 2
    ears = "".join(
        rect(x + side * r, y + w * 0.16, w * 0.17, w * 0.32, stroke, "charcoal", 6.0)
        for side in (-1, 1)
    )
    band = path(x, y, f"M{-r:.1f} 0 A{r:.1f} {r * 1.02:.1f} 0 0 1 {r:.1f} 0", stroke * 2.2, "none")
    boom = path(
        x,
        y,
        f"M{-r:.1f} {w * 0.12:.1f} q2 {w * 0.38:.1f} {w * 0.3:.1f} {w * 0.4:.1f}",
        stroke,
        "none",
    )
    return (
        band
        + boom
        + ears
        + ellipse(x - r + w * 0.34, y + w * 0.58, w * 0.12, w * 0.1, stroke * 0.8, "charcoal")
    )
