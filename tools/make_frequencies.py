#!/usr/bin/env python3
"""Count in how many documents each term stands: src/lex/data/frequencies/<tag>.tsv.

  make_frequencies.py SUMM_FOLDER UD.jsonl OUT_FOLDER [--terms N] [--documents N]

SUMM_FOLDER holds sets of articles (NEWS), an article or a group of articles a line; UD.jsonl holds a text a line, {"id",
"lang", "source", "text"}, "source" being `UD_Treebank-Name/split`; treebanks whose terms bar commercial use are left out
(BARRED of make_abbreviations.py). Written is, beside the number of documents, nothing but words and in how many documents
they stand.

Short texts of a treebank are counted together until they have the words of a short article, long texts in pieces. A
language of fewer than FEWEST documents gets no table. Terms are what the program itself makes of the texts
(examples/term_counts.rs, built by cargo). Each is listed by the word that stands for it most often; one that stands in a
single group of articles, which tell of one event, is left out, and so is one that stands in a single text.

Needs Python and cargo. The same texts give the same bytes.
"""
import argparse, json, pathlib, re, subprocess

from make_abbreviations import BARRED

ROOT = pathlib.Path(__file__).resolve().parent.parent
NEWS = "bbc bn_bnlpc cnn de_klexikon dmmix inshorts multiling2011 multinews orangesum_fr tr_tes vietnews vimds xsum".split()
SPACELESS = {"ja", "zh"}
SHORTEST = 200  # Words of a text that stands alone; characters count half in SPACELESS.
LONGEST = 600  # Words of a piece of a long text.
FEWEST = 20  # Documents of a language.
TERMS = 300
DOCUMENTS = 100


def words(text, lang):
    return len(re.sub(r"\s", "", text)) // 2 if lang in SPACELESS else len(text.split())


def pieces(text, lang):
    """The text in pieces of whole lines, or sentences, of about LONGEST words at most."""
    if words(text, lang) <= LONGEST:
        return [text]
    found, now = [], ""
    for part in re.split(r"\n+|(?<=[.!?。])\s+", text):
        if now and words(now + part, lang) > LONGEST:
            found.append(now)
            now = ""
        now += part + "\n"
    return found + [now] if words(now, lang) >= SHORTEST or not found else found


def articles(folder):
    for name in NEWS:
        for line in open(folder / f"{name}.jsonl", encoding="utf-8"):
            row = json.loads(line)
            for one in row.get("docs", [row]):
                text = f"{one.get('title') or ''}\n{one['text']}"
                for piece in pieces(text, row["lang"]):
                    yield f"{name} {row['id']}", row["lang"], piece


def treebanks(path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    kept = [row for row in rows if row["source"].split("/")[0].removeprefix("UD_") not in BARRED]
    waiting, source = "", None
    for number, row in enumerate(kept):
        if row["source"] != source:
            waiting, source = "", row["source"]
        waiting += row["text"] + "\n"
        if words(waiting, row["lang"]) >= SHORTEST:
            for piece in pieces(waiting, row["lang"]):
                yield f"{source} {number}", row["lang"], piece
            waiting = ""


def count(documents):
    lines = "\n".join(json.dumps({"group": g, "lang": l, "text": t}) for g, l, t in documents)
    command = ["cargo", "run", "--quiet", "--release", "--locked", "--example", "term_counts"]
    told = subprocess.run(command, cwd=ROOT, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def table(counts, most_terms, most_documents):
    """The file: documents and words counted, then words by falling frequency; scaled to `most_documents` at most."""
    share = min(1.0, most_documents / counts["documents"])
    scaled = lambda n: int(n * share + 0.5)
    rows = [(word, scaled(documents)) for word, documents, groups in counts["terms"] if groups > 1]
    rows = sorted((row for row in rows if row[1] > 0), key=lambda row: (-row[1], row[0]))[:most_terms]
    head = f"{scaled(counts['documents'])}\t{scaled(counts['words'])}\n"
    return head + "".join(f"{word}\t{documents}\n" for word, documents in rows)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("news", type=pathlib.Path)
    arguments.add_argument("treebanks", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--terms", type=int, default=TERMS, help="terms a table lists at most")
    arguments.add_argument("--documents", type=int, default=DOCUMENTS, help="documents to which larger counts are scaled")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for counts in count([*articles(given.news), *treebanks(given.treebanks)]):
        if counts["documents"] >= FEWEST:
            text = table(counts, given.terms, given.documents)
            (given.out / f"{counts['lang']}.tsv").write_bytes(text.encode())


if __name__ == "__main__":
    main()
