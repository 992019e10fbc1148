"""Whether the cited words support a statement: one changed thing each."""

import pytest

from assistant.answers import Support
from assistant.reader.reader import SentenceReader
from assistant.verifying.check import Cited, FaultKind, verify

SAID = {
    "plan": "Zelensky said the Ukrainian delegation had returned from meetings in Miami, adding "
    "that while the plan may not be perfect, it establishes a framework of security guarantees.",
    "troops": "A central element of the plan is maintaining Ukraine’s armed forces at 800,000 "
    "troops.",
    "congress": "The U.S.-Ukraine document, including classified annexes, will require "
    "consideration by the U.S. Congress.",
    "funding": "Zelensky said Ukraine would provide core funding for its military but would need "
    "continued foreign support.",
    "vance": "U.S. Vice President J.D. Vance said negotiations on Ukraine are difficult but that "
    "all disputed issues are being discussed openly.",
    "states": "Some states would contribute troops on Ukrainian territory.",
    "deal": "Russia attacked Ukraine on 24 February 2022.",
}


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("A central element of the plan is maintaining forces at 800 000 troops.", "troops"),
        ("A central element is maintaining Ukraine’s forces at 800 thousand troops.", "troops"),
        (
            "Volodymyr Zelenskyy said Ukraine would provide core funding for its military.",
            "funding",
        ),
        ("The plan “may not be perfect”, Zelensky said.", "plan"),
        ("Vance said negotiations on Ukraine are difficult.", "vance"),
        (
            "The U.S.-Ukraine document will require consideration by Congress.",
            "congress",
        ),
        ("Some states would contribute troops on Ukrainian territory.", "states"),
        ("Russia attacked Ukraine on February 24, 2022.", "deal"),
    ],
)
def test_a_faithful_statement_is_supported(
    statement: str, said: str, real_reader: SentenceReader
) -> None:
    found = verify(statement, [Cited(SAID[said])], model=real_reader)
    assert (found.support, found.doubt) == ("supported", None)


@pytest.mark.parametrize(
    ("statement", "said", "support", "kind"),
    [
        ("A central element of the plan is maintaining armed forces at 900,000 troops.", "troops",
         "not_supported", "number"),
        ("Vance said Ukraine would provide core funding for its military.", "funding",
         "not_supported", "name"),
        ("Olena Zelenska said Ukraine would provide core funding for its military.", "funding",
         "not_supported", "name"),
        ("The document will not require consideration by the U.S. Congress.", "congress",
         "not_supported", "negation"),
        ("Zelensky said that the plan is perfect.", "plan", "not_supported", "negation"),
        ("Zelensky said the plan “establishes a framework of peace”.", "plan",
         "not_supported", "altered quotation"),
        ("Zelensky said the plan “may be quite imperfect”.", "plan",
         "not_supported", "altered quotation"),
        ("Zelensky said “the Ukrainian delegation establishes a framework”.", "plan",
         "not_supported", "stitched quotation"),
        ("Some states will contribute troops on Ukrainian territory.", "states",
         "partly", "modality"),
        ("Zelensky said Ukraine provides core funding for its military.", "funding",
         "partly", "modality"),
        ("Ukraine attacked Russia on 24 February 2022.", "deal", "not_supported", "swapped"),
        ("Russia attacked Ukraine on 25 February 2022.", "deal", "not_supported", "number"),
        ("Bread is baked in an oven at home.", "deal", "not_supported", "not said"),
    ],
)  # fmt: skip
def test_one_changed_thing_is_found_and_named(
    statement: str, said: str, support: Support, kind: FaultKind, real_reader: SentenceReader
) -> None:
    found = verify(statement, [Cited(SAID[said])], model=real_reader)
    assert found.support == support
    assert kind in [fault.kind for fault in found.faults]


def test_words_of_another_speaker_are_misattributed(real_reader: SentenceReader) -> None:
    talked = "Vance met Zelensky. Zelensky said Ukraine would provide core funding for its army."
    cited = Cited(talked.split(". ")[1], before="Vance met Zelensky.")
    found = verify(
        "Vance said Ukraine would provide core funding for its army.", [cited], model=real_reader
    )
    assert "misattributed" in [fault.kind for fault in found.faults]
    assert found.support == "not_supported"


def test_a_number_in_the_sentence_before_does_not_support(real_reader: SentenceReader) -> None:
    cited = Cited("Some states would contribute troops.", before="The plan names 30 countries.")
    assert (
        verify("Some 30 states would contribute troops.", [cited], model=real_reader).support
        == "not_supported"
    )


def test_nothing_cited_supports_nothing(real_reader: SentenceReader) -> None:
    assert (
        verify("Some states would contribute troops.", [], model=real_reader).doubt
        == "nothing is cited for this"
    )
