"""RapidOCR: Latin letters with all their marks, by the models that its wheel carries."""

from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from sources.readers.ocr.recognised import Line, Picture, Recognised

_LEAST_SURE = 0.6
_CHARACTERS_PER_HEIGHT = 1.0
"""A line has about twice as many characters as its box is wide in heights."""
_LEAST_FILLED = 0.5
"""With a smaller share of those the line is in letters that the models do not know."""
_THREADS = 2


def is_installed() -> bool:
    """Whether the extra ``ocr`` is."""
    return find_spec("rapidocr") is not None


def recognise(picture: Picture) -> Recognised:
    """The lines of the picture; those in other letters than Latin are among the lost, and so is
    all of one that is too much for the memory a reader may take."""
    try:
        found = _engine()(picture)
    except Exception:  # noqa: BLE001  # a crowded picture is too much for the memory it may take
        return Recognised([], lost=1)
    lines: list[Line] = []
    lost = 0
    boxes = found.boxes if found.boxes is not None else ()
    for box, words, score in zip(boxes, found.txts or (), found.scores or (), strict=True):
        xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
        line = Line(" ".join(words.split()), min(xs), min(ys), max(xs), max(ys))
        if score < _LEAST_SURE or not _is_filled(line):
            lost += 1
        else:
            lines.append(line)
    return Recognised(lines, lost)


def _is_filled(line: Line) -> bool:
    """Whether the line has as many characters as so wide a box holds."""
    expected = _CHARACTERS_PER_HEIGHT * (line.x1 - line.x0) / max(line.y1 - line.y0, 1.0)
    return len(line.words) >= _LEAST_FILLED * expected


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 3_000,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
