"""What the rules know of each language: its small words, and how it says that somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import field, frozen

_Words = frozenset[str]

_WORD = re.compile(r"[^\W\d_]+")


@frozen(eq=False)
class Language:
    """The small words of one language, all in lower case.

    *small* words carry no content. *vague* ones carry so little that no premise is asked for
    them. *logic* are those that change what is claimed (all, some, should, if): two claims that
    differ in one of them are two claims. *negations* turn a claim round.
    """

    code: str
    stemmer: str
    small: _Words = field(repr=False)
    vague: _Words = field(repr=False)
    logic: _Words = field(repr=False)
    negations: _Words = field(repr=False)
    forms: dict[str, str] = field(repr=False)
    """Words that a stemmer cannot see to be made from others."""
    abbreviations: _Words = field(repr=False)
    numbered: _Words = field(repr=False)
    """Words that are abbreviations before a number, as in ``No. 5``."""
    ordinals: bool
    """Whether a number with a point is an ordinal, as in ``am 3. Oktober``."""
    compounds: bool
    """Whether words are written together, so that one may end with another."""
    saying: re.Pattern[str] = field(repr=False)
    """At the beginning: *who* says, with *that* if a clause follows for sure."""
    strong: _Words = field(repr=False)
    """Verbs that need no *that* for it to be sure."""
    credits: tuple[re.Pattern[str], ...] = field(repr=False)
    """At the beginning: according to *who*."""
    closings: tuple[re.Pattern[str], ...] = field(repr=False)
    """At the end: …, according to *who*."""
    mine: re.Pattern[str] = field(repr=False)
    """The beginning of a claim that says of itself that its speaker thinks so."""
    nobodys: re.Pattern[str] = field(repr=False)
    """The beginning of a claim that is said, nobody knows by whom."""
    somebody: _Words = field(repr=False)
    """Nouns and pronouns for people who have no names."""
    quantity: _Words = field(repr=False)
    """What may stand before such a noun."""
    speaker: _Words = field(repr=False)
    """Other words for the speaker."""
    nouns: _Words = field(repr=False)
    """Verbs that are nouns after an article: the claim that …"""
    articles: _Words = field(repr=False)
    clause: _Words = field(repr=False)
    """Words that do not stand in a name: with them, nobody in particular says anything."""


def _set(words: str) -> _Words:
    return frozenset(words.split())


def _forms(table: str) -> dict[str, str]:
    """Each form, and the word before the colon that it is a form of."""
    found: dict[str, str] = {}
    word = ""
    for piece in table.split():
        if piece.endswith(":"):
            word = piece[:-1]
        else:
            found[piece] = word
    return found


_WHO = r"(?P<who>(?:[\w.’'-]+ ){1,6}?)"
_NAME = r"(?P<who>[^,:;]{1,60}?)"

_EN_SAYS = (
    "says?|said|argue[sd]?|claim(?:s|ed)?|believe[sd]?|thinks?|thought|holds?|held|maintain(?:s|ed)?|"
    "states?|stated|insist(?:s|ed)?|assert(?:s|ed)?|contend(?:s|ed)?|points? out|pointed out|"
    "writes?|wrote|notes?|noted|warn(?:s|ed)?|fears?|feared|objects?|objected|replie[sd]|reply"
)
_EN_OFTEN = "(?:often |widely |generally |sometimes |commonly |frequently |usually |also )?"

ENGLISH = Language(
    "en",
    "english",
    small=_set(
        """a an the this that these those it its itself he him his himself she her hers herself
        they them their theirs themselves we us our ours ourselves you your yours i me my mine
        myself one ones who whom whose which what where when why how whether whatever whoever
        whichever be is are was were been being am do does did doing done have has had having
        and or but so as than then too also both either nor yet of in on at by for with from
        to into onto out up down over under about against between among through during per via
        upon within around off along across toward towards above below behind beyond outside
        inside there here just even still already again thus hence therefore because since
        though although while such own same other another each any well however indeed
        moreover s t re ve ll d m"""
    ),
    vague=_set(
        """thing things way ways make makes made making get gets got getting take takes taken
        took give gives given gave go goes going gone went come comes came become becomes
        became put keep keeps kept let lets need needs needed want wants use uses used using
        help helps lead leads mean means meant cause causes matter matters case cases fact
        reason reasons example instance kind kinds sort sorts part parts lot lots much very
        quite rather really ever now today soon often usually likely able good bad better best
        worse worst great big new old first second third last two three four five people
        person time times true false right wrong important clear simply merely really
        something somebody someone anything everything true follow follows therefore say says
        said consequence conclusion claim"""
    ),
    logic=_set(
        """all every everyone everybody everything always some sometimes many most few several
        only if unless until before after more less fewer than should ought must may might can
        could would will shall enough almost least probably perhaps possibly once twice half"""
    ),
    negations=_set(
        """not no never none nobody nothing neither nor cannot without nowhere hardly scarcely
        ain't"""
    ),
    abbreviations=_set(
        """mr mrs ms mx dr prof st jr sr rev hon gen col lt sgt capt gov sen rep pres messrs eg
        ie cf vs viz etc al approx est ca c inc ltd co corp dept univ assn bros ed eds jan feb
        mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun dist prop misc
        resp incl excl max min"""
    ),
    numbered=_set("no nos p pp vol vols fig figs ch chap sec sect art par para n nn eq"),
    forms=_forms(
        """man: men woman: women child: children foot: feet tooth: teeth mouse: mice
        life: lives wife: wives half: halves crisis: crises thesis: theses person: persons
        choose: choice choices chose chosen die: death deaths dead dying lie: lying lies
        lose: loss losses lost prove: proof proofs proven sell: sale sales sold pay: paid
        speak: speech speeches spoke spoken write: wrote written teach: taught buy: bought
        think: thought thoughts rise: rose risen fall: fell fallen begin: began begun
        break: broke broken know: knew known knowledge grow: grew grown growth lead: led
        leave: left meet: met run: ran sleep: slept asleep stand: stood win: won
        build: built bring: brought catch: caught fight: fought find: found hold: held
        hear: heard understand: understood see: saw seen sight eat: ate eaten drive: drove
        driven feel: felt feeling feelings high: height long: length strong: strength
        young: youth poor: poverty analyse: analysis analyses analyze defend: defence defense
        succeed: success successes fail: failure failures safe: safety enter: entry"""
    ),
    ordinals=False,
    compounds=False,
    saying=re.compile(
        rf"(?:as |but |and |so )?{_WHO}"
        r"(?:(?:also|still|often|now|has|have|had|rightly|clearly|himself|herself) ){0,2}"
        rf"(?P<verb>(?-i:{_EN_SAYS}))\b(?P<that> that\b| ?[:,]? ?[“\"„«])?",
        re.I,
    ),
    strong=_set(
        """say said argue argued claim claimed maintain maintained insist insisted assert
        asserted contend contended warn warned object objected"""
    ),
    credits=(
        re.compile(rf"according to {_NAME}[,:]", re.I),
        re.compile(rf"in the (?:view|opinion|eyes) of {_NAME}[,:]", re.I),
        re.compile(rf"in {_NAME}['’]s? (?:own )?(?:view|opinion|eyes)\b", re.I),
    ),
    closings=(
        re.compile(rf".*, (?:according to|in the (?:view|opinion) of) {_NAME}[.!]?$", re.I | re.S),
        re.compile(
            rf".*[,”\"] (?:says|said|argues|argued|writes|wrote) {_NAME}[.!]?$", re.I | re.S
        ),
    ),
    mine=re.compile(
        r"(?:i|we) (?:(?:also|still|really|personally|do|firmly) )?(?:think|believe|feel|argue|"
        r"claim|say|would (?:say|argue|claim)|hold|maintain|guess|suppose|am (?:sure|convinced))\b"
        r"|personally, i (?:think|believe|feel)\b|in my (?:humble )?(?:view|opinion)\b"
        r"|to my mind\b|my (?:view|opinion|claim|argument) is\b|it seems to me\b",
        re.I,
    ),
    nobodys=re.compile(
        rf"it (?:is|was|has been|can be|could be|might be) {_EN_OFTEN}(?:said|claimed|believed|"
        r"argued|thought|alleged|assumed|held|feared|objected|suggested|rumou?red) that\b"
        rf"|.{{1,80}}? (?:is|are|was|were) {_EN_OFTEN}(?:said|believed|claimed|alleged|thought|"
        r"rumou?red) to\b",
        re.I | re.S,
    ),
    somebody=_set(
        """critics experts people opponents supporters proponents defenders advocates researchers
        scientists scholars historians economists commentators observers analysts philosophers
        politicians others some many most several they one sceptics skeptics specialists folks"""
    ),
    quantity=_set("some many most several other certain a the few of its leading even and all"),
    speaker=_set("he she author speaker writer"),
    nouns=_set("claim fear state note thought object reply"),
    articles=_set("the a an this that these those one no any some every each"),
    clause=_set(
        """if when that which who what nobody no not never nothing none few is are was were be
        been would should could must may might can will shall to do does did whoever anyone
        everyone everybody and or but because since than it this there my your his her its our
        their"""
    ),
)

_DE_SAYS = (
    "sagte?n?|sagt|meinte?n?|meint|behaupte(?:t|te|n|ten)|glaubte?n?|glaubt|denk(?:t|en)|dachten?|"
    "findet|finden|fand(?:en)?|argumentier(?:t|en|te|ten)|beton(?:t|en|te|ten)|schreib(?:t|en)|"
    "schrieb(?:en)?|warn(?:t|en|te|ten)|befürchte(?:t|n|te|ten)"
)

GERMAN = Language(
    "de",
    "german",
    small=_set(
        """der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen
        diesem jener jene jenes er ihn ihm sein seine seinen seinem seiner seines sie ihr ihre
        ihren ihrem ihrer ihres es wir uns unser unsere unseren unserem unserer ihr euch euer
        du dich dir dein ich mich mir mein meine man sich selbst wer wen wem wessen was welche
        welcher welches wo wann warum wie ob sein bin bist ist sind seid war waren wäre wären
        gewesen habe hast hat haben habt hatte hatten hätte hätten gehabt werden wird wirst
        wurde wurden worden und oder aber sondern doch denn auch sowohl als weder noch zu zum
        zur in im ins an am ans auf aus bei beim mit nach von vom vor für über unter um durch
        gegen zwischen hinter neben bis seit während wegen trotz da dort hier dann so nun nur
        schon also daher darum deshalb folglich weil obwohl dass daß damit dabei dafür dagegen
        daran darauf daraus davon dazu ja gar eben eigen eigene eigenen andere anderen anderer
        anderes ander jeweils etwa"""
    ),
    vague=_set(
        """ding dinge sache sachen weise art machen macht machte gemacht tun tut getan geben gibt
        gab gehen geht ging kommen kommt kam nehmen nimmt lassen lässt brauchen braucht führt
        führen bedeutet heißt grund gründe beispiel fall fälle tatsache teil teile viel sehr
        ziemlich wirklich heute bald oft gut gute guten schlecht besser beste groß große
        großen neu neue neuen alt erste zweite dritte zwei drei vier fünf leute mensch
        menschen zeit mal wahr falsch richtig wichtig etwas jemand folgt folgen sagt"""
    ),
    logic=_set(
        """alle allen aller alles jede jeder jedes jeden jedem immer einige einigen manche
        mancher manchmal viele vielen meisten wenige mehrere nur wenn falls außer bevor
        nachdem mehr weniger soll sollen sollte sollten muss müssen müsste müssten darf dürfen
        dürfte kann können könnte könnten würde würden mag genug fast mindestens
        wahrscheinlich vielleicht möglicherweise einmal zweimal halb"""
    ),
    negations=_set(
        """nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder noch
        ohne nirgends kaum"""
    ),
    abbreviations=_set(
        """hr fr dr prof st bzw usw ca vgl hrsg geb mio mrd jh evtl ggf sog inkl exkl str bzgl
        zzgl etc al co gmbh max min tel abb zb dh ua usf dipl ing jan feb apr jun jul aug sep
        sept okt nov dez mo di mi fr sa so gest verh allg bes ehem eigtl entspr insb lat engl
        dt"""
    ),
    numbered=_set("nr nrn s bd abs art kap abschn aufl anm z ziff rn"),
    forms={},
    ordinals=True,
    compounds=True,
    saying=re.compile(
        rf"(?:wie |doch |und |aber )?{_WHO}(?P<verb>(?-i:{_DE_SAYS}))\b"
        r"(?P<that>, da(?:ss|ß)\b| ?[:,]? ?[„“\"«»])?",
        re.I,
    ),
    strong=_set(
        """sagen sagten meinen meinten behaupten behaupteten argumentieren argumentierten warnen
        warnten befürchten befürchteten"""
    ),
    credits=(
        re.compile(r"[Ll]aut (?P<who>(?:[Dd]e[rmn] )?[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ][\w.-]+){0,2})"),
        re.compile(
            r"[Nn]ach (?:der )?(?:Ansicht|Meinung|Auffassung) (?:von |der |des )?"
            r"(?P<who>[\w.-]+(?: [A-ZÄÖÜ][\w.-]+){0,2})"
        ),
    ),
    closings=(
        re.compile(r".*, so (?:[Dd](?:ie|er|as) )?(?P<who>[A-ZÄÖÜ][^,:;]{1,60}?)[.!]?$", re.S),
    ),
    mine=re.compile(
        r"(?:ich|wir) (?:glauben?|denken?|finden?|meinen?|behaupten?|(?:bin|sind) überzeugt)\b"
        r"|meiner (?:meinung|ansicht|auffassung) nach\b"
        r"|(?:nach|in) meine[rn] (?:meinung|ansicht|augen)\b"
        r"|meines erachtens\b",
        re.I,
    ),
    nobodys=re.compile(
        r"es (?:heißt|wird (?:oft |häufig |manchmal |allgemein )?(?:gesagt|behauptet|angenommen|"
        r"befürchtet|vermutet|eingewandt)), da(?:ss|ß)\b"
        r"|man (?:sagt|behauptet|glaubt|meint), da(?:ss|ß)\b"
        r"|.{1,80}? soll(?:en)? angeblich\b",
        re.I | re.S,
    ),
    somebody=_set(
        """kritiker experten leute gegner befürworter anhänger forscher wissenschaftler
        historiker ökonomen beobachter fachleute politiker andere manche viele einige mehrere
        skeptiker"""
    ),
    quantity=_set("manche viele einige mehrere andere die der den von des führende und alle"),
    speaker=_set("er autor autorin verfasser verfasserin rednerin redner"),
    nouns=frozenset(),
    articles=_set("der die das ein eine dieser diese dieses"),
    clause=_set(
        """wenn dass daß der welche was niemand nicht kein keine keiner ist sind war waren würde
        sollte könnte muss kann wird und oder aber weil es dies wer jeder alle"""
    ),
)

LANGUAGES = {
    "en": ENGLISH,
    "eng": ENGLISH,
    "english": ENGLISH,
    "de": GERMAN,
    "deu": GERMAN,
    "ger": GERMAN,
    "german": GERMAN,
    "deutsch": GERMAN,
}


def named(name: str) -> Language | None:
    """The language that is called *name*, if its words are known.

    >>> named("en-GB").code, named("Deutsch").code, named("fr")
    ('en', 'de', None)
    """
    return LANGUAGES.get(re.split(r"[-_ ]", name.strip().lower(), maxsplit=1)[0])


def guessed(texts: Iterable[str]) -> Language:
    """The language whose small words are most frequent in *texts*: English, where none is.

    >>> guessed(["Das ist so, weil es nicht anders geht."]).code, guessed(["Ça va."]).code
    ('de', 'en')
    """
    known = tuple(dict.fromkeys(LANGUAGES.values()))
    counts = dict.fromkeys((k.code for k in known), 0)
    for text in texts:
        for word in _WORD.findall(text.lower()):
            for language in known:
                counts[language.code] += word in language.small
    return max(known, key=lambda language: counts[language.code])
