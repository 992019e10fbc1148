"""Abbreviations of the languages of the subject, by what stands beside them.

Each is written without its last full stop and in small letters, several parts with a space
between them, which a text may leave out. Words of everyday use ("Art", "vol", "лист") are
only where a number beside them tells that they are cut short.
"""

from collections.abc import Mapping

Words = Mapping[str, frozenset[str]]


def _words(**written: str) -> Words:
    return {language: frozenset(words.split(" | ")) for language, words in written.items()}


LEADING = _words(
    en="approx | incl | excl | viz | cf | vs | mr | mrs | ms | messrs | mx | dr | prof | rev | hon"
    " | gen | lt | col | lt. col | lt. gen | maj. gen | brig. gen | sgt. maj | maj | capt | cpt"
    " | cmdr | cdr | adm | brig | sgt | cpl | pte | pvt | insp | supt | sen | rep | gov | pres"
    " | amb | st | mt | ft | e. g | i. e | a. k. a",
    uk="гр | п | проф | доц | акад | ген | підполк | лейт | серж | адм | о | св | свящ | ім |"
    " м | смт | с | вул | просп | пр | бул | бульв | пл | пров | наб | буд | кв | корп | оз"
    " | див | пор | напр | т. зв | т. т | т. з | прибл | тел | заст | нач | зав | ред | упор"
    " | р",
    ru="гр | проф | доц | акад | ген | подп | лейт | серж | адм | о | св | свящ | им | г | гг"
    " | пос | пгт | с | д | дер | ул | просп | пр | бул | пл | пер | наб | кв | корп | оз |"
    " см | ср | напр | т. н | т. е | т. к | т. о | ок | прибл | тел | зам | нач | зав | ред"
    " | сост | п | р",
    pl="p | pp | ppor | kpt | mjr | płk | ppłk | gen | bryg | adm | kmdr | sierż | st | mł |"
    " ks | bp | abp | kard | o | św | bł | prof | doc | dr | hab | mgr | inż | red | min |"
    " wicemin | prez | wiceprez | dyr | zast | ul | al | pl | os | pow | woj | gm | im | zob"
    " | por | np | tzw | tzn | tj | m. in | ok | ca | dn | godz | tel | wg | ds | ur | zm |"
    " wyd | tłum | oprac | m | s | w",
    de="hr | fr | dr | prof | dipl | ing | mag | st | hl | gen | hptm | z. b | d. h | u. a |"
    " v. a | i. d. r | z. t | o. g | s. o | s. u | m. e | i. a | i. v | sog | ca | bzw | vgl"
    " | evtl | ggf | einschl | inkl | exkl | zzgl | abzgl | tel | geb | gest | verh | max |"
    " min | ehem | stv | stellv | vors | insb | lt | gem | a. d | i. d | hrsg",
    fr="m | mm | mme | mmes | mlle | dr | drs | pr | mgr | st | ste | gén | col | cdt | cne |"
    " adj | sgt | p. ex | cf | env | boul | bd | av | pl | tél | c.-à-d | c. à. d | réf |"
    " prés | sén",
)
"""What names or is explained by what follows: a title, a street, "for example"."""
REFERENCES = _words(
    en="art | arts | sect | sects | sec | secs | subsect | para | paras | subpara | fig | figs"
    " | tab | tabs | vol | vols | ch | chs | chap | app | no | nos | p | pp | pt | pts | reg"
    " | regs | res | cl | cls | op | ann | ed | sched | max | min | est | ca | c | dept",
    uk="ст | ч | гл | розд | рис | табл | мал | стор | п | пп | №",
    ru="ст | ч | гл | разд | рис | табл | стр | п | пп | №",
    pl="art | ust | pkt | par | lit | poz | rozdz | str | s | rys | tab | il | nr | t",
    de="art | abs | nr | ziff | kap | bd | s | abb | tab | anm | str | rn",
    fr="art | al | chap | sect | fig | tab | p | pp | vol | n | no | h",
)
"""What a number follows: "Art. 5", "рис. 3"."""
MONTHS = _words(
    en="jan | feb | mar | apr | jun | jul | aug | sep | sept | oct | nov | dec",
    uk="січ | лют | бер | берез | квіт | трав | черв | лип | серп | вер | верес | жовт |"
    " листоп | груд",
    ru="янв | фев | февр | мар | апр | авг | сен | сент | окт | ноя | нояб | дек",
    pl="sty | lut | mar | kwi | cze | lip | sie | wrz | paź | lis | gru",
    de="jan | feb | febr | apr | aug | sept | sep | okt | nov | dez",
    fr="janv | févr | fév | avr | juil | sept | oct | nov | déc",
)
"""What stands between a day and a year."""
CLOSING = _words(
    en="etc",
    uk="р | рр | ст | тис | млн | млрд | трлн | грн | дол | долл | год | хв | сек | км | м |"
    " см | кг | т | га | л | обл | чол | осіб | проц | ін | т. д | т. п | т. ін | под | тощо"
    " | н. е",
    ru="г | гг | в | вв | тыс | млн | млрд | трлн | руб | коп | долл | ч | мин | сек | км | м"
    " | см | кг | т | га | л | обл | чел | проц | др | пр | т. д | т. п | т. ч | н. э",
    pl="r | w | tys | mln | mld | bln | zł | gr | proc | min | sek | godz | km | m | cm | kg |"
    " t | ha | os | itd | itp | i in | n. e | s. a | mies | rb",
    de="usw | etc | u. a | u. ä | o. ä | u. s. w | u. v. m | mio | mrd | tsd | std | min | sek"
    " | jh | v. chr | n. chr | ff | str",
    fr="etc | suiv | s | h | min | mn | km | kg | ha | md | mds | mio | s. a | av. j.-c | apr."
    " j.-c",
)
"""What a sentence may end with: a unit, "year", "and so on". A capital letter after it tells."""
