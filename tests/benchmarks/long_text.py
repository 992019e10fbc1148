"""``python -m tests.benchmarks.long_text``: how soon the reader is open in a text of 1 MB.

From the click on a citation in the middle of the text until its words are painted, in
Chromium, three times.
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.doing import ask
from tests.browser.serving import free_port, served

CHARACTERS = 1_000_000
WORDS = (
    "river council border treaty winter grain harbour signal engine witness letter ledger".split()
)
CITED = "Ruritania keeps 4,321 watchtowers at its border."
_PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def make_text() -> str:
    """Paragraphs of five sentences of chance words, the cited one in the middle."""
    chance = random.Random(1)
    sentences: list[str] = []
    while len(sentences) * 100 < CHARACTERS:
        sentences.append(" ".join(chance.choices(WORDS, k=14)).capitalize() + ".")
    sentences.insert(len(sentences) // 2, CITED)
    paragraphs = (" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    return "\n\n".join(paragraphs)


def main() -> None:
    """Print the three times."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no chromium on this machine. Install it, then try again.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        texts = Path(folder) / "texts"
        texts.mkdir()
        text = make_text()
        (texts / "long.txt").write_text(text, encoding="utf-8")
        with served(Path(folder) / "home", port=free_port(), folder=texts) as (address, _):
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector("#welcome .example", timeout=60_000)
            ask(page, "How many watchtowers does Ruritania keep?")
            for _ in range(3):
                began = time.monotonic()
                page.locator("#thread .chip").first.click()
                page.wait_for_selector("#reading")
                page.evaluate(_PAINTED)
                print(f"{len(text):,} characters open in {time.monotonic() - began:.2f} s")
                page.get_by_role("button", name="Close the source").click()
                page.wait_for_timeout(500)
            browser.close()


if __name__ == "__main__":
    main()
