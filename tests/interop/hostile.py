"""Text made to break whoever reads it, as JSON lines of documents for nutgraf.

A document for each kind of text, where it stands at the beginning, the end and the middle of a sentence and alone; plain sentences in
thousands; sentences of 100,000 characters. The same bytes every time.
"""
import json

KINDS = {
    "emoji": "👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 ❤️",
    "astral": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈 𠮷野家",
    "private use": "a\ue000b\U000f0000c",
    "right to left": "שלום עולם and العربية",
    "marks of direction": "\u2067מחיר 5\u2069 and \u200fabc\u200e",
    "combining": "e\u0301te\u0301 Zo\u0308e q\u0307\u0323",
    "Hangul letters": "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "joiners": "می\u200cخواهم क्\u200dष soft\u00adhyphen",
    "blanks": "no\u00a0break narrow\u202fthin\u2009ideographic\u3000two  blanks\ttab",
    "entities as text": "AT&amp;T &lt;b&gt; &#38; &quot; &nbsp; &amp;amp;",
    "ampersand": "R&D, a<b, c>d, \"e\" 'f'",
    "end of CDATA": "x]]>y <![CDATA[z]]> ]]&gt;",
    "markup as text": "<b>bold</b> <g id=\"1\">g</g> <mrk mtype=\"protected\">m</mrk> <!-- c --> <?pi?> <br/>",
    "placeholders": "{0} {{name}} %s %(n)d %1$s ${x} <%= y %>",
    "escapes as text": r"\n \t \\ \u0041 \x41 \" \r",
    "quotes": "“double” ‘single’ „low“ «guillemets» \"straight\" it's",
    "lone CR": "before\rafter",
    "CR LF": "before\r\nafter",
    "NEL": "before\u0085after",
    "line separator": "before\u2028after",
    "paragraph separator": "before\u2029after",
    "noncharacters": "a\ufffeb\uffffc\ufdd0d",
    "NUL": "a\u0000b",
    "controls": "a\u0001b\u0008c\u000bd\u000ce\u001bf\u007fg\u0080h\u009fi",
    "escape sequences": "a \u001b[31mred\u001b[0m b \u0007 c",
    "byte order mark": "\ufeffa\ufeffb",
    "replacement": "a\ufffdb",
    "formulas": "=1+1 +49 30 123 -5 @name",
    "separators": "a;b,c|d\te",
    "comment of PO": "#, fuzzy #~ msgid \"x\" #: file.c:1",
    "addresses": "https://example.org/a?b=1&c=%20#d mailto:x@example.org @handle #tag",
    "tags of OmegaT": "<m0>a</m0> <t1/> <f2>b</f2>",
}

LONG = 100_000


def document(name, text):
    return {"id": name.replace(" ", "-"), "lang": "en", "title": f"About {name}", "text": text}


def kind(name, text):
    """Four sentences, each told apart by a word of its own."""
    return document(name, "\n\n".join([
        f"{text} opens the first sentence of {name}.",
        f"The second sentence of {name} ends in {text}",
        f"The third sentence has {text} inside, as {name} may. The fourth sentence is a plain one about {name}.",
        text,
    ]))


def long_sentences():
    words = "The committee of the harbour " + "and of the quay and of the bridge " * (LONG // 34)
    return document("long", f"{words[:LONG - 5]}met.\n\n{'x' * LONG}.\n\nA short sentence follows the long ones.")


def many(units):
    """Plain documents of fifty sentences; every tenth sentence stands in each of them, for tools that know text by itself."""
    for first in range(0, units, 50):
        sentences = [
            "Repairs go on." if number % 10 == 0 else
            f"Report {number} says that {number * 7} people crossed the bridge on day {number % 365 + 1} of the year."
            for number in range(first, min(first + 50, units))
        ]
        yield document(f"many-{first}", "\n\n".join(" ".join(sentences[at:at + 5]) for at in range(0, len(sentences), 5)))


SURROGATES = (r'{"id": "surrogates", "lang": "en", "title": "About surrogates", '
              r'"text": "One \ud800 stands alone. Two \udc00\ud800 are the wrong way round."}')


def write(path, documents, *lines):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(one) + "\n" for one in documents)
        out.writelines(line + "\n" for line in lines)
    return path


def write_kinds(path, units, surrogates):
    """All kinds and plain sentences; `surrogates` adds escapes of lone ones, which are no characters."""
    return write(path, [*(kind(name, text) for name, text in KINDS.items()), *many(units)], *[SURROGATES] * surrogates)


def write_long(path):
    return write(path, [long_sentences()])
