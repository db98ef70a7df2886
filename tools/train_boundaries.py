#!/usr/bin/env python3
"""Learn what each feature of a candidate weighs: src/segment/learned/data/weights.bin.

  train_boundaries.py UD.jsonl > weights.bin
  train_boundaries.py UD.jsonl --folds | --leave-out

UD.jsonl holds a text a line: {"id", "lang", "source", "text", "sentences"}; "source" is `UD_Treebank-Name/split`. Weights
are learned from the treebanks whose terms allow commercial use alone; BARRED names the others. Written is nothing but the
weights; with --folds, how well weights from four fifths of the texts do on the fifth (by SHA-1 of the id), for all
treebanks; with --leave-out, how well weights from all other languages do on each.

F1 counts every boundary inside a paragraph; F1p leaves those out that no sentence mark precedes. The evidence comes from
the program itself (examples/boundary_evidence.rs, built by cargo), so that what is learned is what is weighed. Needs
tools/requirements-boundaries.txt. One thread, one seed: the same texts give the same bytes.
"""
import argparse, collections, hashlib, json, os, re, struct, subprocess, sys, unicodedata

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

# Read as non-commercial in their own files, or taken as that until they are read.
BARRED = set(
    "Bulgarian-BTB Czech-FicTree English-GUM English-LinES French-Sequoia Greek-GDT Hungarian-Szeged Italian-ISDT "
    "Italian-VIT Polish-PDB Turkish-IMST Ukrainian-IU Urdu-UDTB".split()
)
STRENGTH = 0.3  # Inverse of the quadratic penalty on weights.
NAMED = 0.7  # Value of a feature that names a language or a word, beside 1 of those that hold in any.
TWICE = 0.5  # What a candidate counts again with the features alone that hold in any language.
BALANCE = 0.5  # Power by which a language with fewer candidates counts more.
FEWEST = 2  # Candidates that a feature must have.
UNITS = 256  # Units of a weight in a nat, as weights.rs has them.
MAGIC = b"nutgraf boundaries\x01\x00"
MARKS = set(".!?…。！？｡．‥؟۔।॥։።‽⁇⁈⁉︒")
OWN_MARKS = {"hy": {":"}, "el": {";", "\u037e"}}


def squash(text):
    return re.sub(r"\s+", "", text)


def closes(c):
    return c in "\"'’”“‘»«›‹" or unicodedata.category(c) in ("Pe", "Pf", "Pi")


def bounds(text):
    """Boundaries of the gold, ends of paragraphs, and boundaries that no mark precedes: characters before each."""
    flat, gold, at = squash(text["text"]), set(), 0
    for sentence in text["sentences"]:
        at += len(squash(sentence))
        gold.add(at)
    ends, at = {len(flat)}, 0
    for paragraph in re.split(r"\n\s*\n", text["text"]):
        at += len(squash(paragraph))
        ends.add(at)
    marks, bare = MARKS | OWN_MARKS.get(text["lang"], set()), set()
    for place in gold:
        i = place - 1
        while i > 0 and closes(flat[i]) and flat[i] not in marks:
            i -= 1
        if flat[i] not in marks:
            bare.add(place)
    return gold, ends, bare


def load(path):
    with open(path, "rb") as lines:
        command = ["cargo", "run", "--quiet", "--release", "--locked", "--example", "boundary_evidence"]
        told = subprocess.run(command, stdin=lines, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    neutral = json.loads(told[0])["neutral"]
    texts = [json.loads(line) for line in open(path, encoding="utf-8")]
    for text, line in zip(texts, told[1:], strict=True):
        found = json.loads(line)
        assert found["id"] == text["id"], text["id"]
        text["candidates"] = found["candidates"]
        text["gold"], text["ends"], text["bare"] = bounds(text)
        text["fold"] = int(hashlib.sha1(text["id"].encode()).hexdigest()[:15], 16) % 5
        text["free"] = text["source"].split("/")[0].removeprefix("UD_") not in BARRED
    return neutral, texts


def learn(texts, neutral):
    """Weights by key, in units."""
    rows = [
        (text["lang"], at in text["gold"], keys)
        for text in texts
        for at, sure, _, _, keys in text["candidates"]
        if sure is None
    ]
    counts = collections.Counter(key for _, _, keys in rows for key in keys)
    columns = {key: n for n, key in enumerate(sorted(k for k, count in counts.items() if count >= FEWEST))}
    per_language = collections.Counter(lang for lang, _, _ in rows)
    mean = len(rows) / len(per_language)
    values, indices, starts, labels, weights, value_of = [], [], [0], [], [], {}
    for lang, label, keys in rows:
        weight = (mean / per_language[lang]) ** BALANCE
        for used, times in ((keys, 1.0), (keys[:neutral], TWICE)):
            for n, key in enumerate(used):
                if key in columns:
                    value_of[key] = 1.0 if n < neutral else NAMED
                    indices.append(columns[key])
                    values.append(value_of[key])
            starts.append(len(indices))
            labels.append(label)
            weights.append(weight * times)
    matrix = csr_matrix((values, indices, starts), shape=(len(labels), len(columns)))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, tol=1e-3, max_iter=200, random_state=0)
    model.fit(matrix, np.array(labels), sample_weight=np.array(weights))
    found = {key: round(float(model.coef_[0][n]) * value_of[key] * UNITS) for key, n in columns.items()}
    return {key: max(-32767, min(32767, weight)) for key, weight in found.items() if weight}


def table(weights):
    """The file: a power of two of slots, at most six tenths of them taken."""
    slots = 2
    while slots < len(weights) / 0.6:
        slots *= 2
    taken = [(0, 0)] * slots
    for key in sorted(weights):
        at = key & (slots - 1)
        while taken[at] != (0, 0):
            at = (at + 1) & (slots - 1)
        taken[at] = (key >> 16, weights[key])
    return MAGIC + struct.pack("<I", slots) + b"".join(struct.pack("<Hh", *slot) for slot in taken)


def f1(right, wrong, missed):
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def report(texts, weights_of):
    counts = collections.defaultdict(lambda: [0] * 6)
    for text in texts:
        weights = weights_of(text)
        found = set(text["ends"])
        for at, sure, _, caution, keys in text["candidates"]:
            if sure if sure is not None else sum(weights.get(key, 0) for key in keys) > caution:
                found.add(at)
        gold, found = text["gold"] - text["ends"], found - text["ends"]
        for shift, (g, p) in ((0, (gold, found)), (3, (gold - text["bare"], found - text["bare"]))):
            for n, value in enumerate((len(g & p), len(p - g), len(g - p))):
                counts[text["lang"]][shift + n] += value
    scores = {lang: (f1(*n[:3]), f1(*n[3:])) for lang, n in counts.items()}
    for lang in sorted(scores):
        print(f"{lang}  F1 {100 * scores[lang][0]:6.2f}  F1p {100 * scores[lang][1]:6.2f}  wrong {counts[lang][4]}  missed {counts[lang][5]}")
    mean = [100 * sum(score[n] for score in scores.values()) / len(scores) for n in (0, 1)]
    print(f"mean of {len(scores)} languages: F1 {mean[0]:.2f}  F1p {mean[1]:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--leave-out", action="store_true")
    args = parser.parse_args()
    neutral, texts = load(args.texts)
    free = [text for text in texts if text["free"]]
    if args.folds:
        learned = [learn([text for text in free if text["fold"] != fold], neutral) for fold in range(5)]
        report(texts, lambda text: learned[text["fold"]])
    elif args.leave_out:
        langs = sorted({text["lang"] for text in texts})
        learned = {lang: learn([text for text in free if text["lang"] != lang], neutral) for lang in langs}
        report(texts, lambda text: learned[text["lang"]])
    else:
        sys.stdout.buffer.write(table(learn(free, neutral)))


main()
