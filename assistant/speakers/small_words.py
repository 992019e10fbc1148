"""Words that stand around a name and are never part of one."""

PRONOUNS = frozenset({"he", "she", "they"})
PREPOSITIONS = frozenset(
    "with to from by of for at in on about against over under between among after before"
    " into through during without near like than via toward towards as despite".split()
)
STOP = (
    frozenset(
        "the a an this that these those its his her their our my your and or but while whereas"
        " as if when where although though because since which who whom whose what so yet both"
        " some one two three four five six seven eight nine ten many most several few other"
        " another all any each every no not however meanwhile also still then there here it we i"
        " you is are was were has have had asked under following once unlike until".split()
    )
    | PREPOSITIONS
    | PRONOUNS
)
DETERMINERS = frozenset(
    "the a an this that these those its his her their our some one two three four five six"
    " seven eight nine ten many most several few other another all any both each every no".split()
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december today yesterday last this"
    " late earlier later week month year".split()
)
