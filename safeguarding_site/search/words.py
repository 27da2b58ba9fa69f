"""What people type, taken apart: words, stems, and what a misspelt one may have meant."""

import re
import threading
import unicodedata
from collections import defaultdict
from functools import lru_cache

import snowballstemmer
from rapidfuzz.distance import OSA

# A person gets one try, in one sentence. What is longer is cut, so that no request can cost more than another.
LONGEST = 200
MOST_WORDS = 24
MOST_CORRECTED = 8

# They hold a sentence together and tell nothing about what it is about.
SMALL = frozenset(
    """a about after again all also am an and any anybody anyone anything are arent as at be because been before being but
    by can cant cos could couldnt did didnt do does doesnt doing done dont else ever every for from get gets getting go
    goes going gonna got gotta had has hasnt have havent having he her hers herself hes hi him himself his how i id if
    ill im in into is isnt it its itself ive just keep keeps know like lot make makes me mine more most much my myself
    need needs no not now of off on one or our out over people please put really said same say says see she shes should
    so some somebody someone someones something than that thats the their them then there theres these they theyre thing
    things think this those to too u up ur us very want wants was wasnt way we well went were what whats when where which
    while who whos why will with wont would you your youre yours""".split()
)

# Who, where, when and how to ring: they stand in sentences about anything, and tell little of what one is about.
FAINT = frozenset(
    """adult auntie baby boy boyfriend boys bloke brother child children couple cousin dad daddy dads daughter dude everyone
    everything family father fella female friend friends girl girlfriend girls grandad grandma grandson guy guys husband kid
    kids lad lady lads lass male man mate mates men mom mother mum mummy mums nan neighbour neighbours nephew niece old
    parent parents partner sister son step stepdad stepmum uncle wife woman women young
    bad big day days evening everyday hour hours house home life little living local long minute month months morning near
    new next night nights room road street side times today tomorrow tonight week weekend weeks yesterday year years yr
    address ask call chat contact email find free help helpline hotline info line name num number online page phone report
    ring service services speak support talk tel telephone tell telford text website worried wrekin worry
    bit come coming happen happened happening leave let look looking lot start started stop stopped take taking talking told
    trying use used using work working feel feeling feels kind sort loads scared""".split()
)
# Everyday words that stand in no text here, and are no slip for one that does.
EVERYDAY = frozenset(
    """able above across actually again against ago almost alone already although always angry animal another answer apart area arm
    arms around asked asking asleep awake away back bag ball bath beach bear bed began begin behind believe below beside best better
    between bike bird birthday black blue board boat body book books born both bottom bought bowl boxes brain bread break breakfast
    bring broken brook brought brown build bus busy buy cake camera card careful carry case cat caught change cheap chicken choose
    church city class clean clear clever clock close clothes cloud coat coffee cold college colour company computer cook corner
    count country course cries cross crying cup cut dance dark date dead deal dear death decide deep desk different difficult dinner
    dirty dog doll door double down dream dress drive drop dry during each early earth east easy eat eight else empty end enough
    even except expect eyes face fact fair fall fast fat feet fell felt few field fight finally fine finger finish fire first fish
    five floor flower fly follow food foot football forget forgot form forward four fresh front full fun funny garden gave girl
    give glad glass gold gone good grass great green grew ground group grow guess hair half hand hands hang happy hard hat hate
    hear heard heart heavy held hill hit hold hole holiday hope horse hospital hot huge hung hungry hurry hurt ice idea ill
    important inside instead job join jump keep kept key kill kind kitchen knew knock lake land large last late laugh lead learn
    least leg lesson letter lie light list listen lock long lose lost lot love low lunch machine main many market married matter
    maybe mean meant meet met middle might milk mind miss money moon most mouth move much music must nearly neck need neither nice
    nine noise none nor north nose nothing notice often older once only onto open orange order other outside own packed page paid
    paint pair paper park part party pass past pay perhaps person pet pick picture piece place plan plant plate play player
    pocket point poor post posting pot pretty problem pull purple purse push quick quiet quite rain ran reach read ready real
    really reason red remember rest rich ride right river rock roof round row rule run sad safe sat save saw scene school sea
    seat second secret see seem seen sell send sense sent seven shall shape share sharp ship shirt shoe shop short shoulder shout
    show shut sick side sign silly since sing sit six size skin sky sleep slow small smell smile snow soft sold some song soon
    sorry sound south space speak spend spent spoke sport spot spring stage stairs stand star start state station stay step stick
    still stone stood store story straight strange strong such sugar suit summer sun sure swim table tail tall tea teach team
    tears ten thank thick thin thing third those thought three threw through throw tired toe together tomorrow too took top touch
    town toy train travel tree trip trouble truck true turn twice two under until upon use usual view visit voice wait waiting
    walk wall warm wash watch water wear weather week weight well west wet wheel whether while white whole wide wild wind window
    winter wish without wonder wood wore work world worry worse worst worth write wrong wrote yard yet bloke telly stepson
    stepdaughter stepmother stepfather granddaughter fiance fiancee pudding pillow sofa bedroom sheets feed caravan headscarf brownies cash jacket""".split()
)
# They speak of somebody young.
YOUNG = frozenset(
    """baby boy boys child children childrens class college daughter daughters girl girls grandchild granddaughter grandson kid
    kids lad lads minor nephew niece nursery parents pupil pupils school schoolgirl schoolboy son sons stepdaughter stepson student
    teacher teachers teen teenage teenager teenagers teens toddler young younger youth dad dads mum mums mummy daddy""".split()
)
# They say how to reach a service; beside them stands its name.
AROUND_NAMES = frozenset(
    """a address app chat contact details email for free helpline hotline hours how i in is line live my no num number of on
    online opening phone please service site support team tel telephone telford text the times to uk web website webchat what
    whats where wrekin call ring org www co com""".split()
)

# Forms that no stemmer brings together.
ONE_WORD = {
    "children": "child", "childrens": "child", "men": "man", "mens": "man", "women": "woman", "womens": "woman", "knives": "knife",
    "wives": "wife", "stole": "steal", "stolen": "steal", "drank": "drink", "beaten": "beat", "threw": "throw", "thrown": "throw",
    "bitten": "bite", "took": "take", "taken": "take", "broke": "break", "broken": "break", "fought": "fight", "bought": "buy",
    "sold": "sell", "hid": "hide", "hidden": "hide", "ran": "run", "gave": "give", "given": "give", "felt": "feel", "kept": "keep",
    "lost": "lose", "forgot": "forget", "died": "die", "dies": "die", "dying": "die", "hung": "hang", "spat": "spit",
    "raping": "rape", "grandchildren": "grandchild", "stepchildren": "stepchild", "gotten": "get", "told": "tell", "sent": "send", "neighbor": "neighbour",
    "neighbors": "neighbour", "behavior": "behaviour", "counselling": "counsel", "counsellor": "counsel", "counseling": "counsel",
}  # fmt: skip
AGES = frozenset(map(str, range(8, 18)))

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = threading.Lock()  # the stemmer holds the word it works on in itself


@lru_cache(maxsize=20_000)
def stem(word):
    """Return the stem as PostgreSQL's "english" makes it, so that both databases and this module mean the same.

    An age under 18 is one word, whichever it is: "im 14" and "15 year old" speak of the same.
    """
    if word in AGES:
        return "underag"
    word = ONE_WORD.get(word, word)
    with _one_at_a_time:
        return _stemmer.stemWord(word)


def words_of(text):
    """Return the words of a text: small letters, no accents, "won’t" and "wont" alike, "fly-tipping" in two."""
    text = unicodedata.normalize("NFKD", text.replace("\x00", " ")).casefold()
    text = "".join(character for character in text if not unicodedata.combining(character))
    return re.findall(r"[^\W_]+", re.sub("[’‘'`´]", "", text))


def typed(text):
    """Return the words of what a reader typed, and whether the end of it was cut off."""
    words = words_of(text[:LONGEST])
    return words[:MOST_WORDS], len(text) > LONGEST or len(words) > MOST_WORDS


def stems_of(words):
    """Return the stems of the words that tell something."""
    return [stem(word) for word in words if word not in SMALL]


def squeeze(word):
    """Return the word with letters that follow themselves once."""
    return re.sub(r"(.)\1+", r"\1", word)


SOUNDS_FROM = 5  # shorter words sound like too many others
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("^(kn|gn|pn)", "n"), ("^wr", "r"), ("^ps", "s"), ("^wh", "w"), ("ph|gh$|ugh(?=t)", "f"), ("[sc]h|ti(?=on)|ci(?=a)", "x"),
        ("c(?=[eiy])|z", "s"), ("ck|[cqk]", "k"), ("gh", ""), ("g(?=[eiy])|j|dge", "j"), ("th", "0"),
        ("mb$", "m"), ("y$|ie$", "e"), ("ed$", "d"),
    ]
]  # fmt: skip


@lru_cache(maxsize=20_000)
def sound(word):
    """Return a key that words said alike share: consonants by sound, no vowels but the first."""
    for pattern, said in SOUNDS:
        word = pattern.sub(said, word)
    return squeeze(word[:1] + re.sub("[aeiouyhw]", "", word[1:]))


# Short forms from messages. They are read as the words they stand for, whatever else stands here.
TEXT_SPEAK = {
    "2nite": "tonight", "abt": "about", "bc": "because", "b4": "before", "bf": "boyfriend", "bfs": "boyfriends", "cnt": "cant",
    "coz": "because", "cuz": "because", "cya": "see you", "dnt": "dont", "evry1": "everyone", "fb": "facebook",
    "gf": "girlfriend", "gfs": "girlfriends", "gd": "good", "gr8": "great", "grl": "girl", "hlp": "help", "hubby": "husband",
    "insta": "instagram", "kno": "know", "l8": "late", "luv": "love", "m8": "mate", "ma": "mum", "mam": "mum", "mans": "man", "mom": "mum", "momma": "mum",
    "moms": "mums", "missus": "wife", "msg": "message", "msgs": "messages", "ppl": "people", "pls": "please", "plz": "please", "r": "are",
    "smone": "someone", "sm1": "someone", "some1": "someone", "sum1": "someone", "snap": "snapchat", "thx": "thanks", "tho": "though", "thru": "through",
    "tlk": "talk", "u": "you", "ur": "your", "w8": "wait", "wif": "with", "wiv": "with", "wnt": "wont", "wot": "what", "wanna": "want to", "tryna": "trying to",
    "yrs": "years", "yr": "year", "yo": "year old", "hse": "house", "nite": "night", "rly": "really", "sumone": "someone", "sumthing": "something",
    "summat": "something", "nowt": "nothing", "owt": "anything", "cannot": "cant", "rn": "right now", "kys": "kill yourself",
    "kms": "kill myself", "unalive": "kill", "unaliving": "killing", "mh": "mental health", "sh": "self harm", "od": "overdose", "ods": "overdose",
    "oding": "overdose", "polis": "police", "feds": "police", "ofc": "of course", "gonna": "going to", "gunna": "going to",
    "nvr": "never", "nothin": "nothing", "frend": "friend", "grandaughter": "granddaughter", "nanny": "nan",
    "nana": "nan", "gran": "nan", "granny": "nan", "grandmother": "nan", "grandma": "nan", "grandfather": "grandad", "grandpa": "grandad",
}  # fmt: skip


class Vocabulary:
    """The words that stand somewhere on this site, by how many texts hold them."""

    def __init__(self, counts, run_together=None):
        self.counts = counts
        self.run_together = run_together or {}  # two words that may be typed as one: {"alanon": "al anon"}
        self.by_length = defaultdict(list)
        self.by_sound = defaultdict(list)
        self.counts_of_all = {
            **dict.fromkeys((word for word in SMALL if len(word) > 4), max(counts.values(), default=1)),
            **counts,
        }
        for word in self.counts_of_all:
            if word.isalpha():
                self.by_length[len(word)].append(word)
                if len(word) >= SOUNDS_FROM:
                    self.by_sound[sound(word)].append(word)

    def __contains__(self, word):
        return word in self.counts or word in SMALL or word in FAINT or word in EVERYDAY or self.has_form_of(word)

    def has_form_of(self, word):
        """Tell whether only an ending keeps a word from being one of ours."""
        return word.endswith(("ing", "ed", "s", "er")) and stem(word) in self.counts

    def correct(self, word):
        """Return the word that was most likely meant, or nothing.

        A slip more is allowed for each four letters: wrong, missing, or two in each other's place.
        """
        if word in self or not word.isalpha():
            return None
        if word in self.run_together:
            return self.run_together[word]
        if len(word) < 4:
            return None
        slips = 1 if len(word) < 7 else 2 if len(word) < 11 else 3
        squeezed = squeeze(word)
        alike = set(self.by_sound.get(sound(word), ())) if len(word) >= SOUNDS_FROM else set()
        best = None
        for length in range(len(word) - slips, len(word) + slips + 1):
            for other in self.by_length.get(length, ()):
                distance = OSA.distance(word, other, score_cutoff=slips)
                if distance > slips:
                    continue
                # "bullyed", "attakd": what sounds the same is nearer; so is a letter typed twice, or once.
                distance -= 0.6 * (other in alike) + 0.3 * (distance > 0 and squeeze(other) == squeezed)
                # People rarely miss the first letter, and often swap two; of equals the one that stands on more pages.
                rank = (
                    distance + (word[0] != other[0]),
                    sorted(word) != sorted(other),
                    -self.counts_of_all[other],
                    other,
                )
                if rank[0] <= slips and (best is None or rank < best):
                    best = rank
        if best is None:
            # Farther off than slips go, but said alike: "fizicly" for "physically".
            limit = len(word) // 3
            said = [(OSA.distance(word, other), -self.counts_of_all[other], other) for other in alike]
            best = min((rank for rank in said if rank[0] <= limit), default=None)
        return best[-1] if best else self.split(word) or self.ending(word)

    def split(self, word):
        """Return two words that were written as one, or nothing."""
        halves = [
            (word[:place], word[place:])
            for place in range(3, len(word) - 2)
            if word[:place] in self.counts and word[place:] in self.counts
        ]
        return " ".join(max(halves, key=lambda pair: min(self.counts[half] for half in pair))) if halves else None

    def ending(self, word):
        """Return the known word that ends a longer one ("bike" in "motorbike"), or nothing."""
        for place in range(3, len(word) // 2 + 1):
            if len(word) - place >= 4 and word[place:] in self.counts:
                return word[place:]
        return None


# "he’ll" without its mark, if it is not the place.
CONTRACTED = {"hell": "hes", "shell": "shes"}
BEFORE_HELL = frozenset("from in like of the to bloody absolute a living what go through sea".split())


class Query:
    """What a reader typed, understood: `words` as they stand, `weights` of the stems that stand in some text here.

    `unknown` stems stand in none: they say nothing, except that something else was typed too.
    """

    def __init__(self, text, vocabulary, known=None):
        self.words, self.was_cut = typed(text)
        self.words = [
            f"{CONTRACTED[word]}" if word in CONTRACTED and before not in BEFORE_HELL else word
            for before, word in zip(["", *self.words], self.words, strict=False)
        ]
        self.corrections = {}
        for word in self.words:
            if word in TEXT_SPEAK:
                self.corrections[word] = TEXT_SPEAK[word]
            elif len(self.corrections) < MOST_CORRECTED and word not in self.corrections:
                meant = vocabulary.correct(word)
                if meant:
                    self.corrections[word] = meant
        # "safe guarding": two words that are one here.
        joined = {a + b: f"{a} {b}" for a, b in zip(self.words, self.words[1:], strict=False)}
        self.joined = [
            word
            for word, pair in joined.items()
            if word in vocabulary.counts and not all(half in vocabulary for half in pair.split())
        ]
        self.meant = [better for word in self.words for better in self.corrections.get(word, word).split()]
        self.weights = dict.fromkeys(stems_of(self.meant + self.joined), 1.0)
        for word, better in self.corrections.items():
            if word in TEXT_SPEAK:
                continue  # no guess
            for part in stems_of(better.split()):
                self.weights[part] = 0.8  # a guess
            self.weights.setdefault(stem(word), 0.2)
        self.unknown = {found for found in self.weights if known is not None and not known.get(found)}
        self.weights = {found: trust for found, trust in self.weights.items() if found not in self.unknown}
        self.stems = [stem(word) for word in self.meant]

    @property
    def content(self):
        """Return the words that tell something, as they were meant, each once."""
        found = [word for word in [*self.meant, *self.joined] if word not in SMALL]
        return list(dict.fromkeys(found))
