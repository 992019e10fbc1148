"""A statement in another language than what it cites: what can be told exactly is a veto."""

import pytest

from assistant.verifying.check import Cited, verify
from assistant.verifying.model import Shares

CITED = Cited(
    "Jaroslav Koval said in Warsaw on 5 June that the plan keeps 800,000 troops, and that it is"
    " fair.",
    language="en",
)


class _Sure:
    """A network that takes everything for said."""

    support_bars = (0.8, 0.5)

    def support(self, statement: str, cited: object) -> tuple[Shares, ...]:  # noqa: ARG002
        return (Shares(0.9, 0.0, 0.1),) * len(cited)  # type: ignore[arg-type]

    def alike(self, statement: str, cited: object) -> tuple[float, ...]:  # noqa: ARG002
        return (1.0,) * len(cited)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    [
        "Ярослав Коваль сказав у Варшаві 5 червня, що план зберігає 800 000 військових.",
        "Ярослав Коваль сказал в Варшаве 5 июня, что план сохраняет 800 000 военных.",
        "Jarosław Kowal powiedział w Warszawie 5 czerwca, że plan utrzymuje 800 000 żołnierzy.",
        "Jaroslav Koval a déclaré à Varsovie le 5 juin que le plan maintient 800 000 soldats.",
        "Jaroslaw Kowal sagte am 5. Juni in Warschau, dass der Plan 800.000 Soldaten vorsieht.",
    ],
)
def test_a_translation_is_compared_and_never_called_supported(said: str) -> None:
    told = verify(said, [CITED], model=_Sure())
    assert told.support == "partly"
    assert [fault.kind for fault in told.faults] == ["language"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Степан Мельник сказав у Варшаві 5 червня, що план зберігає 800 000 військових.", "name"),
        ("Ярослав Коваль сказал в Берлине 5 июня, что план сохраняет 800 000 военных.", "name"),
        ("Jarosław Kowal powiedział w Warszawie 6 czerwca, że plan utrzymuje 800 000 żołnierzy.",
         "number"),
        ("Jaroslav Koval a déclaré à Varsovie le 5 juin que le plan maintient 900 000 soldats.",
         "number"),
        ("Jaroslaw Kowal sagte am 5. Juni in Warschau, dass der Plan 900.000 Soldaten vorsieht.",
         "number"),
    ],
)  # fmt: skip
def test_another_name_or_number_is_a_veto_whatever_the_network_says(said: str, kind: str) -> None:
    told = verify(said, [CITED], model=_Sure())
    assert told.support == "not_supported"
    assert told.faults[0].kind == kind
