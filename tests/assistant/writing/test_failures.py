"""Whatever goes wrong with a model has its words, and docs/models.md has them too."""

import re
from typing import get_args

import pytest

from assistant.settings import Settings
from assistant.writing.failures import FailureKind, ModelFailure
from tests.test_house import ROOT

PAGE = (ROOT / "docs" / "models.md").read_text("utf-8")


def _section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("kind", get_args(FailureKind))
def test_every_failure_says_what_to_do_and_is_in_the_docs(kind: FailureKind) -> None:
    told = ModelFailure(kind).told("at ADDRESS")
    problem, _, remedy = told.removeprefix("The model at ADDRESS ").partition(". ")
    assert remedy.endswith(".")
    assert re.split(r"[,:]", problem)[0] in _section("What an error says")


def test_the_page_names_every_setting_of_a_model_and_no_other() -> None:
    named = set(re.findall(r"`([a-z_]+)`", "".join(_first_cells(_section("Settings")))))
    fields = list(Settings.model_fields)
    about = fields[fields.index("model") : fields.index("host_names")]
    assert named == set(about)


def _first_cells(table: str) -> list[str]:
    return [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
