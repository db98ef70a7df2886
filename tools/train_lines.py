#!/usr/bin/env python3
"""Learn what each kind of evidence of a line weighs: src/structure/data/lines.tsv, or a file of your own.

  train_lines.py PAGES.jsonl[=WEIGHT]... > weights.tsv

PAGES.jsonl holds one page a line: {"lines": ["...", ...], "labels": [1, 0, ...], "lang": "en"}; a label is 1 for a line
of the article, 0 for any other; "lang" may be left out. Pages of one file count as one corpus when lines are looked
for in other pages. WEIGHT (1) is what a page of the file counts beside those of others. With --folds, nothing is
learned but how well: the accuracy, by words, on each fifth of the first file's pages by the others and all other files.

The evidence comes from the program itself (examples/line_features.rs, built by cargo), so that what is learned is
what is weighed. Needs numpy of tools/requirements-lines.txt. One thread, no chance: the same pages give the same bytes.
"""
import argparse, hashlib, json, os, subprocess, sys

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import numpy as np

RIDGE = 30.0  # Strength of the quadratic penalty on weights of standardized evidence.
LONG = 40  # Words of a line that count; of longer ones no more.
PAGE = 1000.0  # What a page counts, however long.
STEPS = 25  # Newton steps, more than it ever takes.


def features(path):
    """The pages of a file: words, labels, values with counts and without; and the names of the values."""
    with open(path, "rb") as pages:
        command = ["cargo", "run", "--quiet", "--release", "--example", "line_features"]
        told = subprocess.run(command, stdin=pages, stdout=subprocess.PIPE, check=True).stdout
    rows = [json.loads(line) for line in told.decode().splitlines()]
    return rows[0]["names"], rows[1:]


def stack(pages):
    """Each page twice: as one of a corpus and alone."""
    values, labels, weights = [], [], []
    for page, weight in pages:
        counts = np.minimum(np.array(page["words"], float), LONG) + 2.0
        for how in ("counted", "alone"):
            values.append(np.array(page[how]))
            labels.append(np.array(page["labels"], float))
            weights.append(counts / counts.sum() * PAGE * weight)
    weights = np.concatenate(weights)
    return np.vstack(values), np.concatenate(labels), weights / weights.mean()


def learn(pages):
    """Logistic regression by Newton's method; the bias and the weights of the values as they are."""
    values, labels, weights = stack(pages)
    mean, spread = values.mean(0), values.std(0)
    spread[spread == 0] = 1.0
    rows = np.c_[np.ones(len(values)), (values - mean) / spread]
    ridge = np.eye(rows.shape[1]) * RIDGE
    ridge[0, 0] = 0.0
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-(rows @ found)))
        slope = rows.T @ (weights * (labels - chance)) - ridge @ found
        bend = (rows * (weights * chance * (1.0 - chance))[:, None]).T @ rows + ridge
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < 1e-9:
            break
    own = found[1:] / spread
    return found[0] - (own * mean).sum(), own


def accuracy(pages, bias, weights):
    """Share of words in lines whose side is told right, counted and alone."""
    out = []
    for how in ("counted", "alone"):
        right = total = 0
        for page, _ in pages:
            side = np.array(page[how]) @ weights + bias > 0
            words = np.array(page["words"])
            right += words[side == (np.array(page["labels"]) > 0)].sum()
            total += words.sum()
        out.append(right / total)
    return out


def folds(files):
    first, others = files[0], [page for file in files[1:] for page in file]
    text = lambda page: hashlib.sha1("\n".join(page["texts"]).encode()).hexdigest()
    fold = lambda page: int(text(page), 16) % 5
    for number in range(5):
        test = [entry for entry in first if fold(entry[0]) == number]
        train = [entry for entry in first if fold(entry[0]) != number] + others
        if test:
            counted, alone = accuracy(test, *learn(train))
            print(f"fold {number}: {len(test)} pages, words right: {counted:.4f} counted, {alone:.4f} alone")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", metavar="PAGES.jsonl[=WEIGHT]")
    parser.add_argument("--folds", action="store_true", help="measure instead of learning")
    args = parser.parse_args()
    files, names = [], []
    for given in args.pages:
        path, _, weight = given.partition("=")
        names, pages = features(path)
        files.append([(page, float(weight or 1)) for page in pages])
    if args.folds:
        return folds(files)
    bias, weights = learn([page for file in files for page in file])
    print("# Made by tools/train_lines.py; docs/cleaning.md says what each name stands for.")
    for name, weight in zip(["bias", *names], [bias, *weights]):
        print(f"{name}\t{round(float(weight), 4) + 0.0:.4f}")


if __name__ == "__main__":
    sys.exit(main())
