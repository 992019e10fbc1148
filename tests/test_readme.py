"""The README names every command there is and none that there is not, and leads nowhere false."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from assistant.cli.main import app
from tests.test_house import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def _commands(command: Any, name: str = "assistant") -> Iterator[str]:
    if not hasattr(command, "commands"):
        yield name
        return
    for word, below in command.commands.items():
        yield from _commands(below, f"{name} {word}")


def _named(text: str) -> Iterator[str]:
    """Commands as they are written: spans of code, of which later ones in a cell are short.

    "`assistant brief move`, `undo`" names two commands of the same group.
    """
    for cell in re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \|", text, flags=re.MULTILINE):
        group: list[str] = []
        for span in re.findall(r"`([^`]+)`", cell):
            words = re.split(r" (?=[A-Z-])", span)[0].split()
            if words[0] == "assistant":
                group = words[:-1]
                yield " ".join(words)
            elif group:
                yield " ".join([*group, *words])


COMMANDS = set(_commands(get_command(app)))


def test_the_readme_names_every_command_and_no_other() -> None:
    assert set(_named(README)) == COMMANDS


def test_every_command_in_the_prose_and_the_examples_exists() -> None:
    written = re.findall(r"(?:`|\$ |\w=\S+ )(assistant(?: [a-z-]+)+)", README)
    groups = {name.rpartition(" ")[0] for name in COMMANDS}
    assert written
    for name in written:
        words = name.split()
        begun = {" ".join(words[:count]) for count in range(2, len(words) + 1)}
        assert begun & COMMANDS or name in groups, name


def test_options_that_the_readme_names_exist() -> None:
    def options(command: Any) -> Iterator[str]:
        for parameter in command.params:
            yield from (*parameter.opts, *parameter.secondary_opts)
        for below in getattr(command, "commands", {}).values():
            yield from options(below)

    section = README[README.index("## The command line") : README.index("## The JSON of an answer")]
    named = set(re.findall(r"--[a-z][a-z-]+", section))
    assert named
    assert named <= set(options(get_command(app)))


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_of_the_readme_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).exists()


def test_every_room_that_the_readme_names_exists() -> None:
    rooms = set(re.findall(r"`((?:assistant|index|sources|tests)/[\w/.]*)`", README))
    assert len(rooms) > 20
    assert [room for room in sorted(rooms) if not (ROOT / room).exists()] == []


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    pages = {str(page.relative_to(ROOT)) for page in (ROOT / "docs").glob("*.md")}
    assert pages <= set(re.findall(r"\]\(([^)#]+)", README))


def test_every_heading_that_the_readme_links_to_is_there() -> None:
    headings = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", README, flags=re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= headings
