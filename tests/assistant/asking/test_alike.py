from assistant.asking.alike import said_in, stands_for


def test_a_word_is_served_by_those_that_do_its_work() -> None:
    assert stands_for("send", "contributed")
    assert stands_for("leave", "left")
    assert stands_for("soldiers", "troops")
    assert not stands_for("send", "named")


def test_each_word_is_looked_for_in_a_text() -> None:
    text = "Some states would contribute troops on Ukrainian territory."
    assert said_in(["send", "soldiers", "missiles"], text) == (True, True, False)


def test_only_a_question_of_yes_or_no_is_served_by_the_opposite() -> None:
    text = "The annexes stay classified."
    assert said_in(["published"], text, either_way=True) == (True,)
    assert said_in(["published"], text) == (False,)


def test_who_tells_something_speaks_of_no_secret() -> None:
    assert said_in(["secret"], "He told them that it is no help.") == (False,)
    assert said_in(["secret"], "He told them of classified plans.") == (True,)
