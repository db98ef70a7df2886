#!/usr/bin/env python3
"""Says what is wrong with the word lists of the segmenter, and which of their entries are ordinary words.

  python3 tools/check_lists.py [--texts texts.jsonl]

`texts` holds lines of {"lang", "sentences"}: for each abbreviation, how often it stands there as a word in lower case
without a full stop, how often at the end of a sentence, and how often with a full stop inside one; entries that are
words, or that end sentences, more often than that are shown. Exits with 1 when a list is out of order.
"""
import argparse, collections, json, pathlib, re, sys, unicodedata

DATA = pathlib.Path(__file__).resolve().parent.parent / "src/segment/data"


def sections(path):
    name, rows = "", collections.defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line
        elif line and not line.startswith("#"):
            rows[name].append(line)
    return rows


def faults(path):
    """What a list should not hold."""
    rows = sections(path)
    for name, entries in rows.items():
        if entries != sorted(set(entries)):
            yield f"{name} is not sorted or holds an entry twice"
        for entry in entries:
            if entry != unicodedata.normalize("NFC", entry).strip() or entry.endswith("."):
                yield f"{entry!r} is not in form C, or holds blanks or its last full stop"
            if entry != entry.lower():
                yield f"{entry!r} holds capitals"
    for other in ("[number]", "[either]"):
        for entry in sorted(set(rows["[never]"]) & set(rows[other])):
            yield f"{entry!r} stands in [never] and {other}"


def count(path):
    """By language: words in lower case, words with a full stop inside a sentence, words at the end of one."""
    bare, inside, last = (collections.defaultdict(collections.Counter) for _ in range(3))
    for line in open(path, encoding="utf-8"):
        text = json.loads(line)
        lang = text["lang"]
        for sentence in text["sentences"]:
            for token in sentence.split()[:-1]:
                word = token.strip("\"'“”‘’„«»()[],;:!?…")
                if word.endswith("."):
                    inside[lang][word[:-1].lower()] += 1
                elif word == word.lower():
                    bare[lang][word] += 1
            end = re.search(r"(\S+)\.\W*$", sentence)
            if end:
                last[lang][end[1].lower()] += 1
    return bare, inside, last


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--texts")
    args = args.parse_args()
    wrong = 0
    for path in sorted(DATA.rglob("*.txt")):
        for fault in faults(path):
            wrong += 1
            print(f"{path.relative_to(DATA)}: {fault}")
    if args.texts:
        bare, inside, last = count(args.texts)
        for path in sorted((DATA / "abbreviations").glob("*.txt")):
            lang = path.stem
            for name, entries in sections(path).items():
                for e in entries:
                    words, ends, stops = bare[lang][e], last[lang][e], inside[lang][e]
                    if name != "[number]" and words + ends >= 2 and words + ends > stops:
                        print(f"{lang} {name} {e}: {words} as a word, {ends} at an end, {stops} as an abbreviation")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
