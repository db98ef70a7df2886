#!/usr/bin/env python3
"""Trains the trees of src/structure/page/data/trees.bin; the same input gives the same bytes.

  train_page.py --rows EXE --sets DIR --weak WEAK.jsonl [--folds] [--out trees.bin]
  train_page.py --sets DIR --make-weak WEAK.jsonl

EXE is `examples/page_rows`. DIR holds the sets `body` (gold text), `chunks` (passages that must and must not be in the
text) and `dates` (pages alone), each with its `<set>.gold.jsonl`. WEAK holds what other extractors say of each page, the
labels of blocks that no gold names: `--make-weak` writes it with trafilatura 2.0.0 (three settings) and
readability-lxml 0.9. `--folds` prints the scores of five folds by SHA-1 of the id, each page scored by trees that
never saw it, and writes nothing.

Needs Python 3.11, lightgbm==4.6.0, numpy==2.4.6; one thread.
"""
import argparse, difflib, hashlib, json, os, re, struct, subprocess
from collections import Counter

import numpy as np

SETS = ("body", "chunks", "dates")
TOKEN = re.compile(r"\w+")
FOLDS = 5
ROUNDS = 300
PARAMS = dict(objective="binary", num_leaves=15, learning_rate=0.04, min_data_in_leaf=20, feature_fraction=0.3,
              bagging_fraction=0.7, bagging_freq=1, lambda_l2=5, max_bin=63, verbose=-1, num_threads=1, seed=1,
              deterministic=True, force_row_wise=True)
# Weights: of a gold page, of a block beside its words, of a passage, of what only other extractors say; at most.
PAGE, BLOCK, PASSAGE, WEAK, MOST = 10, 0.25, 2.0, 0.3, 6.0
# Scores that `choose.rs` keeps, and those that the second model is not asked about.
LEAST, CLEAR = 0.5, 0.02
FAR = 50


def tokens(text):
    return TOKEN.findall(text or "")


def squash(text):
    return re.sub(r"\s+", " ", text or "").strip()


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def number(text, modulus):
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % modulus


def make_weak(sets, out):
    import lxml.html
    import readability
    import trafilatura
    with open(out, "w", encoding="utf-8") as file:
        for name in SETS:
            for gold in lines(f"{sets}/{name}/{name}.gold.jsonl"):
                with open(f"{sets}/{name}/{gold['file']}", "rb") as page:
                    raw = page.read()
                def by_readability():
                    tree = lxml.html.fromstring(readability.Document(trafilatura.utils.decode_file(raw)).summary())
                    return "\n".join(piece.strip() for piece in tree.itertext() if piece.strip())
                def by_trafilatura(**more):
                    return trafilatura.extract(raw, include_comments=False, url=gold.get("url"), **more)
                texts = []
                for extract in (by_trafilatura, lambda: by_trafilatura(favor_precision=True),
                                lambda: by_trafilatura(favor_recall=True), by_readability):
                    try:
                        texts.append(extract())
                    except Exception:
                        texts.append(None)
                file.write(json.dumps({"set": name, "id": gold["id"], "texts": texts}, ensure_ascii=False) + "\n")


class Page:
    """A page: its blocks, their rows, and what is to be learnt of them."""

    def __init__(self, name, gold, seen, texts):
        self.set, self.id, self.gold = name, gold["id"], gold
        self.blocks, self.kinds = seen["blocks"], seen["kinds"]
        self.names, self.title = seen["names"], seen["title"]
        self.rows = np.array(seen["rows"], dtype=np.float32)
        self.key, self.fold = (name, self.id), number(self.id, FOLDS)
        self.words = np.array([max(1, len(tokens(block))) for block in self.blocks], float)
        self.label(texts)

    def label(self, texts):
        self.target, self.weight = np.zeros(len(self.blocks)), np.zeros(len(self.blocks))
        if self.set == "body":
            share = aligned(self.blocks, self.gold["text"])
            self.target = (share >= 0.6) * 1.0
            self.weight = np.where(share >= 0, self.by_words(), 0)
        else:
            votes = [held(self.blocks, text) >= 0.5 for text in texts if text]
            vote = np.sum(votes, axis=0) / len(votes) if votes else np.zeros(len(self.blocks))
            self.target = (vote >= 0.5) * 1.0
            self.weight = WEAK * np.abs(vote - 0.5) * 2 * self.by_words()
        if self.set == "chunks":
            for at, block in enumerate(map(squash, self.blocks)):
                named = lambda passages: any(
                    passage in block or len(block) > 25 and block in passage for passage in map(squash, passages))
                wanted, unwanted = named(self.gold["with"]), named(self.gold["without"])
                if wanted != unwanted:
                    self.target[at], self.weight[at] = float(wanted), PASSAGE
        self.weight = np.minimum(self.weight, MOST)

    def by_words(self):
        return PAGE * self.words / max(50, self.words[self.target == 1].sum()) + BLOCK

    def text(self, scores):
        kept = [block for at, block in enumerate(self.blocks)
                if scores[at] >= LEAST and at != self.title and self.kinds[at] != "Caption"]
        return "\n\n".join(kept)


def aligned(blocks, text):
    """Share of each block's words that a monotone alignment finds in `text`; -1 where it has none."""
    parts = [tokens(block) for block in blocks]
    flat = [token for part in parts for token in part]
    own = [at for at, part in enumerate(parts) for _ in part]
    found = np.zeros(len(blocks))
    for start, _, length in difflib.SequenceMatcher(None, flat, tokens(text), autojunk=False).get_matching_blocks():
        if length >= 2:
            np.add.at(found, own[start:start + length], 1)
    return np.array([found[at] / len(part) if part else -1 for at, part in enumerate(parts)])


def held(blocks, text):
    """Share of each block's runs of four words (of all its words, when fewer) that stand in `text`; -1 without words."""
    words = tokens(text)
    known = {n: {tuple(words[i:i + n]) for i in range(len(words) - n + 1)} for n in (1, 2, 3, 4)}
    shares = []
    for part in map(tokens, blocks):
        n = min(4, len(part))
        runs = [tuple(part[i:i + n]) in known[n] for i in range(len(part) - n + 1)] if part else []
        shares.append(sum(runs) / len(runs) if runs else -1)
    return np.array(shares)


def read(exe, sets, weak):
    texts = {(row["set"], row["id"]): row["texts"] for row in lines(weak)}
    pages = []
    for name in SETS:
        golds = {f"{sets}/{name}/{gold['file']}": gold for gold in lines(f"{sets}/{name}/{name}.gold.jsonl")}
        out = subprocess.run([exe, *golds], capture_output=True, check=True).stdout
        for seen in map(json.loads, out.decode().splitlines()):
            gold = golds[seen["path"]]
            pages.append(Page(name, gold, seen, texts[name, gold["id"]]))
    return pages


def around(page, scores):
    """The columns of the second model; `src/structure/page/second.rs` makes the same."""
    scores = scores.astype(np.float32).astype(float)
    count, columns = len(scores), []
    padded = np.concatenate([np.zeros(4), scores, np.zeros(4)])
    columns += [padded[4 + step:4 + step + count] for step in range(-3, 4)]
    words = np.maximum(1, page.rows[:, 0].astype(float))
    run = lambda values: np.concatenate([[0], np.cumsum(values)])
    by_score, by_both, by_words = run(scores), run(scores * words), run(words)
    total = max(1, by_both[-1])
    columns += [by_both[:-1] / total, np.full(count, total)]
    for reach in (3, 8):
        start = np.maximum(0, np.arange(count) - reach)
        end = np.minimum(count, np.arange(count) + reach + 1)
        columns.append((by_score[end] - by_score[start]) / (end - start))
        columns.append((by_both[end] - by_both[start]) / np.maximum(1, by_words[end] - by_words[start]))
    for level in (0, 1):
        groups = {}
        for at in range(count):
            group = groups.setdefault(page.names[at][level], [0, 0])
            group[0] += scores[at] * words[at]
            group[1] += words[at]
        columns.append([groups[names[level]][0] / groups[names[level]][1] for names in page.names])
        columns.append([groups[names[level]][0] / total for names in page.names])
    columns.append(np.maximum.accumulate(scores))
    columns.append(np.maximum.accumulate(scores[::-1])[::-1])
    for order in (range(count), range(count - 1, -1, -1)):
        column, steps = np.full(count, FAR), FAR
        for at in order:
            column[at] = steps
            steps = 1 if scores[at] > 0.5 and words[at] >= 10 else min(FAR, steps + 1)
        columns.append(column)
    return np.hstack([page.rows, np.array(columns, dtype=np.float32).T])


def fit(pages, rows):
    import lightgbm
    target = np.concatenate([page.target for page in pages])
    weight = np.concatenate([page.weight for page in pages])
    used = weight > 0
    data = lightgbm.Dataset(np.concatenate([rows(page) for page in pages])[used], target[used], weight=weight[used])
    return lightgbm.train(PARAMS, data, ROUNDS)


def train(pages):
    """The two models; the second learns from scores that the first gave pages it had not seen."""
    unseen = {}
    for part in range(4):
        model = fit([page for page in pages if number(page.id + "x", 4) != part], lambda page: page.rows)
        unseen.update((page.key, model.predict(page.rows)) for page in pages if number(page.id + "x", 4) == part)
    first = fit(pages, lambda page: page.rows)
    return first, fit(pages, lambda page: around(page, unseen[page.key]))


def shingles(text):
    words = tokens(text)
    n = min(4, len(words))
    return Counter(tuple(words[i:i + n]) for i in range(len(words) - n + 1)) if words else Counter()


def scores(pages, said):
    """Body: mean precision, recall and their F1 over runs of four words. Passages: F1 over all of them."""
    precisions, recalls, right, wrong, lost = [], [], 0, 0, 0
    for page in pages:
        text = page.text(said[page.key])
        if page.set == "body":
            gold, found = shingles(page.gold["text"]), shingles(text)
            both = sum((gold & found).values())
            precisions += [both / found.total()] if found else []
            recalls += [both / gold.total()] if gold else []
        elif page.set == "chunks":
            text = squash(text)
            held = sum(squash(passage) in text for passage in page.gold["with"])
            right, lost = right + held, lost + len(page.gold["with"]) - held
            wrong += sum(squash(passage) in text for passage in page.gold["without"])
    p, r = np.mean(precisions), np.mean(recalls)
    return f"body P {p:.4f} R {r:.4f} F1 {2 * p * r / (p + r):.4f}, passages F1 {2 * right / (2 * right + wrong + lost):.4f}"


def folds(pages):
    said = {}
    for fold in range(FOLDS):
        first, second = train([page for page in pages if page.fold != fold])
        part = [page for page in pages if page.fold == fold]
        for page in part:
            score = first.predict(page.rows)
            said[page.key] = np.where(score < CLEAR, score, second.predict(around(page, score)))
        print(f"fold {fold}: {scores(part, said)}", flush=True)
    print(f"all: {scores(pages, said)}")


def packed(model):
    """Trees as `src/structure/page/model.rs` reads them: forks, then leaves."""
    trees = model.dump_model()["tree_info"]
    out = [struct.pack("<H", len(trees))]
    for tree in trees:
        forks, leaves = [], []
        def walk(node):
            if "leaf_value" in node:
                leaves.append(node["leaf_value"])
                return -len(leaves)
            at = len(forks)
            forks.append(None)
            left, right = walk(node["left_child"]), walk(node["right_child"])
            # The greatest number of 32 bits that is not above it parts such numbers alike.
            most = np.float32(node["threshold"])
            if float(most) > node["threshold"]:
                most = np.nextafter(most, np.float32(-np.inf))
            forks[at] = struct.pack("<Hbbf", node["split_feature"], left, right, most)
            return at
        walk(tree["tree_structure"])
        out += [struct.pack("<B", len(forks)), *forks, *(struct.pack("<f", leaf) for leaf in leaves)]
    return b"".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", required=True)
    parser.add_argument("--rows")
    parser.add_argument("--weak")
    parser.add_argument("--make-weak")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--out", default="src/structure/page/data/trees.bin")
    args = parser.parse_args()
    if args.make_weak:
        return make_weak(args.sets, args.make_weak)
    pages = read(args.rows, args.sets, args.weak)
    if args.folds:
        return folds(pages)
    trees = b"".join(map(packed, train(pages)))
    with open(args.out, "wb") as file:
        file.write(trees)


if __name__ == "__main__":
    main()
