"""The kinds of answer that questions ask for, told by their words."""

import re
from typing import Literal

Kind = Literal[
    "count", "money", "quantity", "date", "person", "place", "name",
    "reason", "manner", "yes_no", "comparison", "several", "summary", "other",
]  # fmt: skip
"""The kind of answer that is asked for; `several` wants a list, `summary` the whole."""

VALUE_KINDS: frozenset[Kind] = frozenset({"count", "money", "quantity", "date"})
"""Kinds whose answer holds a number or a day."""

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("summary", r"^(?:please |can you |could you )*(?:summari[sz]e|sum up)"
     r"|^(?:please )?(?:give (?:me )?)?(?:an? )?(?:\w+ )?(?:summary|overview)\b"
     r"|\bwhat(?:['’]s| is| are) (?:this|it all|"
     r"th(?:e|is) (?:article|text|source|document|report)) about\b"
     r"|\bwhat (?:do|does) the (?:sources?|texts?|articles?)\b.*\bsay\b|\bkey points\b|^tell me"
     r"|\bwhat is (?:known|said|reported)\b"),
    ("money", r"\bhow much (?:money|(?:does|did|do|is|are|was|were|would|will|has|have)\b.*"
     r"\b(?:cost|costs|pay|pays|paid|worth|earn|spend|spent|price))"
     r"|\bwhat(?:['’]s)?(?: \w+){0,5} (?:price|cost|salary|budget|net worth)\b"),
    ("count", r"\bhow (?:many|few)\b|\b(?:what|which) (?:number|percentage|percent|proportion|"
     r"share|population)\b|\bthe (?:number|population) of\b"
     r"|\bwhat(?:['’]s| is| was) (?:[\w.’'-]+ ){1,4}population\b"),
    ("quantity", r"^(?!(?:and |but |so )?(?:what|which|who|why|where)\b).*"
     r"\bhow (?:much|large|big|tall|high|long|far|deep|wide|old|heavy|fast|hot|cold|"
     r"often|small|strong)\b|\bwhat (?:is|was|are|were) (?:the |[\w.-]+['’]s? )(?:\w+ )?"
     r"(?:size|height|length|weight|"
     r"depth|width|speed|distance|temperature|age|area|elevation|altitude|capacity|rate|average|"
     r"mass|diameter|duration)\b"),
    ("date", r"\bwhen\b|\b(?:what|which) (?:years?|dates?|days?|months?|century|decade|time|"
     r"period|era)\b|\bhow long ago\b|\bsince when\b|\bby when\b"),
    ("comparison", r"\b(?:differ|difference|differences|different|compare|compared|distinguish\w*|"
     r"versus|vs)\b|^(?:where|what) do \w.* disagree\b"),
    ("person", r"^(?:and |but |so |then )?(?:who|whom|whose)\b|\b(?:by|to|with|from|for) whom\b"
     r"|[,;] (?:and )?who\b|\b(?:what|which) (?:person|author|actor|actress|president|minister|"
     r"king|queen|singer|scientist|player|man|woman|leader|director|official|envoy)\b"),
    ("several", r"\b(?:what|which) (?:\w+ )?(?:are|were)\b|\b(?:what|which) (?:\w+ )?(?:countries|"
     r"states|pillars|components|elements|parts|issues|points|documents|conditions|steps|topics|"
     r"programmes|programs|agreements|obstacles|problems|guarantees|measures|reasons|options)\b"
     r"|^(?:please )?(?:list|name|enumerate)\b"
     r"|^(?:the |main |key |central )*(?:pillars|components|elements|obstacles|"
     r"conditions|issues)\b"),
    ("place", r"\bwhere\b|\b(?:what|which) (?:country|city|state|town|place|location|continent|"
     r"county|region|island|village|nation)\b"),
    ("reason", r"\bwhy\b|\bwhat (?:caused|reason)\b|\bhow come\b"),
    ("yes_no", r"^(?:and |but |so |then )?(?:is|are|was|were|do|does|did|can|could|will|would|has|"
     r"have|had|should|may|might|must)\b"),
    ("name", r"\bwhich\b|\b(?:what|the) names?\b|\b(?:middle|first|last|full) name\b|\bcalled\b"),
    ("manner", r"\bhow\b"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


def kind_of(question: str) -> Kind:
    """The kind of answer that `question` asks for: the first in the table that fits."""
    lower = question.lower().strip()
    return next((kind for kind, said in _KIND_PATTERNS if said.search(lower)), "other")
