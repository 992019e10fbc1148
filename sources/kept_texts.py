"""Texts in the catalogue's file, each stored once, and which of them tell the same story."""

import json
import sqlite3
from dataclasses import astuple

from sources import stories
from sources.source import Block, Locator, Text


def rewrite_text(connection: sqlite3.Connection, sha256: str, text: Text) -> bool:
    """Keep a text and its signature; whether another stood in its place, under the same hash."""
    there = connection.execute(
        "SELECT content, sentences, locators, blocks FROM text WHERE sha256 = ?", (sha256,)
    ).fetchone()
    written = (text.content, *_as_json(text))
    if there is not None:
        if there == written:
            return False
        connection.execute(
            "UPDATE text SET characters = ?, content = ?, sentences = ?, locators = ?, blocks = ?"
            " WHERE sha256 = ?",
            (len(text.content), *written, sha256),
        )
        return True
    signature = stories.sign(text.content)
    connection.execute(
        "INSERT INTO text (sha256, characters, signature, content, sentences, locators, blocks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (sha256, len(text.content), signature, *written),
    )
    if signature is not None:
        connection.executemany(
            "INSERT OR IGNORE INTO band VALUES (?, ?, ?)",
            [(number, value, sha256) for number, value in stories.bands(signature)],
        )
    return False


def find_story(connection: sqlite3.Connection, slug: str, sha256: str) -> str:
    """The mark of the story that the most alike source tells; the text's hash for a new one."""
    alike = connection.execute(
        "SELECT story FROM source WHERE sha256 = ? AND slug <> ?", (sha256, slug)
    ).fetchone()
    if alike:
        return str(alike[0])
    signature = connection.execute(
        "SELECT signature FROM text WHERE sha256 = ?", (sha256,)
    ).fetchone()[0]
    if signature is None:
        return sha256
    candidates = {
        row[0]
        for number, value in stories.bands(signature)
        for row in connection.execute(
            "SELECT sha256 FROM band WHERE number = ? AND value = ? LIMIT 50", (number, value)
        )
    } - {sha256}
    best, most = sha256, stories.SAME_STORY
    for candidate in sorted(candidates):
        row = connection.execute(
            "SELECT signature, story FROM source JOIN text ON text.sha256 = source.sha256"
            " WHERE source.sha256 = ? AND slug <> ?",
            (candidate, slug),
        ).fetchone()
        if row and (share := stories.resemblance(signature, row[0])) >= most:
            best, most = str(row[1]), share
    return best


def drop_unused_texts(connection: sqlite3.Connection) -> None:
    """Remove from disk the texts that no source and no version has."""
    unused = connection.execute(
        "SELECT sha256, signature FROM text WHERE NOT EXISTS"
        " (SELECT 1 FROM source WHERE source.sha256 = text.sha256) AND NOT EXISTS"
        " (SELECT 1 FROM version WHERE version.sha256 = text.sha256)"
    ).fetchall()
    for sha256, signature in unused:
        connection.executemany(
            "DELETE FROM band WHERE number = ? AND value = ? AND sha256 = ?",
            [
                (number, value, sha256)
                for number, value in (stories.bands(signature) if signature else ())
            ],
        )
        connection.execute("DELETE FROM text WHERE sha256 = ?", (sha256,))


def locators_of(written: str) -> tuple[Locator, ...]:
    """The locators of a text as they are kept beside it."""
    return tuple(Locator(start, kind, label) for start, kind, label in json.loads(written))


def blocks_of(written: str) -> tuple[Block, ...]:
    """The blocks of a text as they are kept beside it."""
    return tuple(
        Block(start, end, kind, level, label, tuple(map(tuple, cells)), anchor)
        for start, end, kind, level, label, cells, anchor in json.loads(written)
    )


def _as_json(text: Text) -> tuple[str, str, str]:
    return (
        json.dumps([(sentence.start, sentence.end) for sentence in text.sentences]),
        json.dumps([(mark.start, mark.kind, mark.label) for mark in text.locators]),
        json.dumps([astuple(block) for block in text.blocks]),
    )
