"""Which program reads a picture, how long it may, and what to do where there is none."""

import time

from sources.readers.ocr import rapid, tesseract
from sources.readers.ocr.recognised import Picture, Recognised
from sources.readers.patience import still_reading

MAX_PAGES = 300
"""Of a file; what is beyond is told as not read."""
MAX_SECONDS = 20 * 60.0
"""For all pages of a file."""
REMEDY = (
    "Run `pip install 'guarantees-assistant[ocr]'`; for Ukrainian and Russian install Tesseract"
    " as well: `apt-get install tesseract-ocr tesseract-ocr-ukr tesseract-ocr-rus`. Then add it"
    " again."
)


def is_available() -> bool:
    """Whether anything here reads pictures."""
    return rapid.is_installed() or bool(tesseract.languages())


class Recogniser:
    """Reads the pictures of one file, within the limits."""

    def __init__(self) -> None:
        self._left = MAX_PAGES
        self._until = time.monotonic() + MAX_SECONDS
        self.is_out_of_time = False
        """Whether a picture was not read because of the limits."""

    def read(self, picture: Picture) -> Recognised | None:
        """What is written in the picture; `None` where nothing here can tell, or no more."""
        if not is_available():
            return None
        if not self._left or time.monotonic() > self._until:
            self.is_out_of_time = True
            return None
        self._left -= 1
        still_reading()
        found = self._by_tesseract(picture)
        if found is None and rapid.is_installed():
            found = rapid.recognise(picture)
            still_reading()
        # Where most is lost, the rest is in letters that are not known, or too poor a picture.
        return None if found is None or found.lost > len(found.lines) else found

    def _by_tesseract(self, picture: Picture) -> Recognised | None:
        """What Tesseract reads; `None` where it has not the picture's language, or fails.

        It goes first: RapidOCR's models often leave out the space between two words.
        """
        known = tesseract.languages()
        if not known:
            return None
        found, language = tesseract.recognise(picture, still_reading)
        still_reading()
        is_foreign = language not in known or found.lost > len(found.lines)
        return None if is_foreign and rapid.is_installed() else found
