import pytest

from assistant.asking.doers import deed_in, done_in


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Who controls the plant?", "controls"),
        ("And who would approve the guarantees?", "approve"),
        ("Who has to approve it?", "approve"),
        ("Who else will send troops?", "send"),
        ("Who is running the plant?", "running"),
        ("Who is the president?", None),
        ("Who was killed?", None),
        ("Who did Vance meet?", None),
        ("Who said so?", None),
        ("Who took part?", None),
        ("What did Vance name?", None),
    ],
)
def test_the_deed_is_read_off_the_question(question: str, verb: str | None) -> None:
    deed = deed_in(question)
    assert (deed and deed.verb) == verb


@pytest.mark.parametrize(
    ("question", "sentence", "doers"),
    [
        ("Who runs the plant?", "Vance met Rubio, and Ukraine runs the plant.", ["Ukraine"]),
        ("Who approves it?", "It will be submitted to and approved by Congress.", ["Congress"]),
        ("Who runs it?", "It is run by Ukraine and the United States alone.",
         ["Ukraine", "United States"]),
        ("Who runs it?", "It could be run by a joint company.", ["joint company"]),
        ("Who signed it?", "Zelensky said that it was signed on Monday.", []),
        ("Who sends troops?", "Italy would not send troops.", []),
        ("Who would not send troops?", "Italy would not send troops.", ["Italy"]),
        ("Who broke the truce?", "They want sanctions if Russia breaks the truce.", []),
        ("Who struck the port?", "Asked whether Russia had struck the port, Vlasov smiled.", []),
        ("Who pays for it?", "Zelensky said Ukraine would provide core funding.", ["Ukraine"]),
        ("Who would veto it?", "Viktor Orbán said his government would veto it.",
         ["Viktor Orbán"]),
        ("Who condemned it?", "Norlund’s prime minister, Erik Lindqvist, condemned it.",
         ["Erik Lindqvist"]),
        ("Who commands it?", "General Paul Meriden, who would command it, spoke to Duarte.",
         ["Paul Meriden"]),
        ("Who opposed it?", "The far-right Homeland party opposed it.",
         ["far-right Homeland party"]),
    ],
)  # fmt: skip
def test_only_who_did_it_is_pointed_at(question: str, sentence: str, doers: list[str]) -> None:
    deed = deed_in(question)
    assert deed is not None
    found = [sentence[start:end] for one in done_in(deed, sentence) for start, end in one.doers]
    assert found == doers


def test_a_pronoun_sends_to_the_sentence_before() -> None:
    deed = deed_in("Who cited the status of the region?")
    assert deed is not None
    assert [one.is_before for one in done_in(deed, "He cited its status.")] == [True]
