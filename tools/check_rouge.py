#!/usr/bin/env python3
"""Lays `nutgraf eval rouge` beside the package rouge-score, document by document; or writes the test's expected values.

Usage: check_rouge.py NUTGRAF --gold SET.jsonl --sys NAME=FILE [--sys ...] [--words N]
       check_rouge.py --write tests/fixtures/rouge.jsonl
Needs tools/requirements-rouge.txt. Prints the largest difference and how long both took; exits with 1 where it is above 1e-9.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import regex
from rouge_score import rouge_scorer

KEYS = {"r1": "rouge1", "r2": "rouge2", "rl": "rougeLsum", "rouge_l": "rougeL"}
TOLERANCE = 1e-9


class Words:
    """Runs of letters, marks and numbers in lower case: the words of languages other than English."""

    def tokenize(self, text):
        return regex.findall(r"[\p{L}\p{M}\p{N}]+", text.lower())


def make_scorer(lang):
    kinds = list(KEYS.values())
    if lang == "en":
        return rouge_scorer.RougeScorer(kinds, use_stemmer=True)
    return rouge_scorer.RougeScorer(kinds, tokenizer=Words())


def score(scorer, references, summary):
    scores = scorer.score_multi(references, summary)
    return {ours: float(scores[theirs].fmeasure) for ours, theirs in KEYS.items()}


def cut(sentences, words):
    """The first `words` words of a summary."""
    kept = []
    for sentence in sentences:
        parts = sentence.split()
        if len(parts) >= words:
            return kept + [" ".join(parts[:words])]
        kept.append(sentence)
        words -= len(parts)
    return kept


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def compare(args):
    gold = {article["id"]: article for article in read(args.gold)}
    with tempfile.TemporaryDirectory() as folder:
        each = os.path.join(folder, "each.jsonl")
        command = [args.nutgraf, "eval", "rouge", "--gold", args.gold, "--split", "all", "--each", each]
        command += ["--words", str(args.words)]
        for system in args.sys:
            command += ["--sys", system]
        start = os.times()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        end = os.times()
        ours = {(line["system"], line["id"]): line for line in read(each)}
    start_theirs = time.process_time()
    worst, scorers = (0.0, None), {}
    for system in args.sys:
        name, path = system.split("=", 1)
        summaries = {line["id"]: line["summary"] for line in read(path)}
        for id, article in gold.items():
            summary = summaries.get(id, [])
            summary = "\n".join(cut(summary, args.words) if args.words else summary)
            lang = article["lang"]
            if lang not in scorers:
                scorers[lang] = make_scorer(lang)
            expected = score(scorers[lang], article["reference"], summary)
            line = ours.pop((name, id))
            for key, value in expected.items():
                worst = max(worst, (abs(value - line[key]), (name, id, key, value, line[key])), key=lambda pair: pair[0])
    assert not ours, "scores of documents that the gold file does not have"
    seconds = end.children_user - start.children_user
    print(f"{args.gold}: largest difference {worst[0]:.3g} {worst[1] if worst[0] > TOLERANCE else ''}", end="")
    print(f"  nutgraf {seconds:.2f} s, rouge-score {time.process_time() - start_theirs:.2f} s of processor time")
    return 0 if worst[0] <= TOLERANCE else 1


# Texts are ours; those of one line are compared with each other in both directions.
STEMS = """
caresses ponies ties caress cats flies dies skies sky spies news innings outing cannings howe proceed exceed succeeding feed agreed
plastered bled motoring sing conflated troubled sized hopping tanned falling hissing fizzed failing filing died spied tried tying
happy enjoy enjoyment employed says boy toy syzygy relational conditional rational valency hesitancy digitizer conformably radically
differently vilely analogously vietnamization predication operator feudalism decisiveness hopefulness callousness formality
sensitivity sensibility nationally rationally totally usually hopefully geology archaeology theology apology triplicate formative
formalize electricity electrical hopeful goodness revival allowance inference airliner gyroscopic adjustable defensible irritant
replacement adjustment dependent adoption homologous communism activate angularities effective bowdlerize probate rate cease
controlling rolled owed added ability using being been used yyyy ying eying aging egged ebbed upped oozed 1980s 24th mp3s covid19
organisation organization international internationally possibly probably generalization oscillators relied relies cries crying
"""

PAIRS = [
    (["The bridge was closed on Monday."], "The bridge was closed on Monday."),
    (["The bridge was closed on Monday."], "Boats sailed."),
    (["The bridge was closed on Monday."], ""),
    ([""], "The bridge was closed."),
    ([""], ""),
    (["…"], "— ! —"),
    (["bridge"], "bridge"),
    (["bridge"], "Bridges"),
    (["a"], "a a a"),
    (["a a a"], "a"),
    (["It isn't open, and they're not sure it'll be."], "It is not open; they aren't sure that it will be."),
    (["The 1,200-ton bridge cost $3.5 million (1998)."], "The bridge cost 3 5 million in 1998 and weighs 1200 tons."),
    (["A state-of-the-art, well-known design"], "A well known state of the art design"),
    (["the the the cat the the"], "the cat the cat the cat"),
    (["a b c d e f g"], "g f e d c b a"),
    (["a b a b a b a b"], "b a b a b a"),
    (["a b c\nd e f"], "d e f\na b c"),
    (["a b c\nd e f"], "a b c d e f"),
    (["a b c d e f"], "a b c\nd e f"),
    (["w1 w2 w3 w4 w5"], "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"),
    (["a b c\na b c\na b c"], "a b c\nx y z"),
    (["x a b\ny a b"], "a b\nb a\na a b b"),
    (["a x b y c\nc y b x a"], "a b c\nc b a\nx y"),
    (["\n\na b\n\n"], "\n\nb a\n\n\na b\n"),
    (["The café in Zürich reopened."], "The cafe in Zurich re-opened."),
    (["İstanbul and Kelvin K"], "istanbul and kelvin k"),
    (["He said: “Stop!”\nThen he left the burning houses."], "“Stop,” he said, leaving the house that burned."),
    (["Police closed the road.", "Officers shut the road at noon."], "Police shut the road at noon."),
    (["one two three four", "five six seven", "one five two six"], "one two five six"),
    (["one two\nthree four", "three four\none two", ""], "three four one two"),
    (["the minister's plan", "a plan by ministers"], "The ministers planned."),
    (["Rain fell.\nThe river rose by two metres.\nThe bridge was shut."],
     "The bridge was closed after the river had risen.\nIt rained.\nTwo metres of water fell."),
    (["Markets fell 2.5% as investors worried.\nBanks led losses, falling 4%."],
     "Banks fell by 4 percent and led the losses.\nWorried investors sold; markets fell."),
    (["No word ends where 20th-century typists' hyphens- do"], "typist hyphen 20th century wording doing ends"),
    (["  tabs\tand\u00a0no-break spaces\u2009thin "], "tab and no break space thin"),
    (["ab1 1ab a1b 11 1"], "1 11 a1b 1ab ab1"),
    ([" ".join(f"w{i % 13} x{i % 7}" for i in range(90))], " ".join(f"x{i % 11} w{i % 5}" for i in range(80))),
    (["\n".join(" ".join(f"k{(i * j) % 17}" for i in range(70)) for j in range(1, 5))],
     "\n".join(" ".join(f"k{(i * i + j) % 19}" for i in range(66)) for j in range(1, 4))),
    ([" ".join(f"k{(i * i) % 23}" for i in range(200))], "\n".join(" ".join(f"k{(i * j) % 23}" for i in range(130)) for j in (3, 5))),
]

OTHERS = [
    ("fr", ["L'été, la forêt brûle.\nLes pompiers arrivent."], "Cet été, les forêts brûlent.\nLes pompiers arrivent tôt."),
    ("vi", ["Trời mưa ở Hà Nội."], "Ở Hà Nội trời không mưa."),
    ("bn", ["বৃষ্টি হয়েছে।"], "বৃষ্টি হয়েছে কি"),
    ("el", ["Ο ΔΡΌΜΟΣ έκλεισε."], "ο δρόμος ΈΚΛΕΙΣΕ"),
    ("de", ["Die Brücken Ⓐ ½ x² ǅ"], "die BRÜCKEN ⓐ 1 2 x² ǆ"),
    ("zh", ["北京下雨了。"], "北京下雨了 。"),
    ("en-GB", ["Houses burned."], "house burning burned"),
]


def write(path):
    stems = STEMS.split()
    english = [("en", references, summary) for references, summary in PAIRS]
    # A word is laid beside all words of its own and, so that stems which meet are seen, beside those with its first letters.
    for word in stems:
        near = [other for other in stems if other != word and other[:3] == word[:3]]
        english.append(("en", [word + " beside " + " ".join(near)], word + " beside nothing"))
    english.append(("en", [" ".join(stems)], " ".join(sorted(stems))))
    scorers = {}
    with open(path, "w", encoding="utf-8") as out:
        for lang, references, summary in english + OTHERS:
            scorer = scorers.setdefault(lang, make_scorer(lang))
            values = score(scorer, references, summary)
            print(json.dumps({"lang": lang, "reference": references, "summary": summary, **values}, ensure_ascii=False), file=out)
    stemmer = scorers["en"]._tokenizer._stemmer
    with open(os.path.join(os.path.dirname(path), "porter.tsv"), "w", encoding="utf-8") as out:
        for word in sorted(set(stems)):
            print(word, stemmer.stem(word), sep="\t", file=out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nutgraf", nargs="?")
    parser.add_argument("--gold")
    parser.add_argument("--sys", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--words", type=int, default=0)
    parser.add_argument("--write", metavar="FILE")
    args = parser.parse_args()
    if args.write:
        return write(args.write)
    if not (args.nutgraf and args.gold and args.sys):
        parser.error("NUTGRAF, --gold and --sys are needed")
    return compare(args)


if __name__ == "__main__":
    sys.exit(main())
