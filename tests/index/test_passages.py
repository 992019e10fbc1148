from index.passages import Passage
from sources.sentences import find_sentences
from sources.source import Sentence


def test_around_a_sentence_are_its_neighbours_as_far_as_they_fit() -> None:
    text = "One is first. Two is next. Three is long and last. Four ends."
    passage = Passage("article", 0, find_sentences(text), text)
    one, two, three, four = passage.sentences

    def around(sentence: Sentence, max_chars: int) -> str:
        return passage.around(sentence, max_chars=max_chars).content

    assert around(two, 30) == "One is first. Two is next."
    assert around(three, 40) == "Two is next. Three is long and last."
    assert around(four, 5) == "Four ends."
    assert passage.around(one, max_chars=1_000) == passage
