"""Exported documents altered as an editor would."""

import zipfile
from pathlib import Path


def alter(path: Path, old: str, new: str, *, part: str = "word/document.xml") -> None:
    """Replace the first `old` in a document, as an editor would."""
    if path.suffix == ".md":
        content = path.read_text("utf-8")
        body, notes = content.split("\n[^1]:", 1)
        if part == "word/document.xml":
            assert old in body
            body = body.replace(old, new, 1)
        else:
            assert old in notes
            notes = notes.replace(old, new, 1)
        path.write_text(f"{body}\n[^1]:{notes}", encoding="utf-8")
        return
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = parts[part].decode()
    assert old in content
    parts[part] = content.replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, raw in parts.items():
            package.writestr(name, raw)
