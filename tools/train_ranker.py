#!/usr/bin/env python3
"""Trains the trees of src/rank/tfidf_position/data/trees.bin; the same input gives the same bytes.

  train_ranker.py --rows EXE --sets DIR --out trees.bin
  train_ranker.py --rows EXE --sets DIR --folds DIR2

EXE is `examples/ranker_features`, which says what nutgraf sees of each sentence. DIR holds the sets of SETS as JSON lines
of id, lang, title, text and reference. `--folds` writes to DIR2 five models, `fold-0.bin` to `fold-4.bin`, each learned
without the fifth of the documents that `folds.json` names for it, near-duplicates together.

What is learned: which sentences stand in the best summaries of the set's own length. A document's target is the chance of
each sentence to be in a summary drawn by exp(ROUGE / T) among all of k of its sentences (beyond k = 4, in the greedy oracle),
averaged over its references. The loss is the sum of the logistic loss of each sentence and of the cross-entropy of the
softmax over the document (ListNet, Cao et al. 2007). The model is the mean of one such sum of trees for each of SEEDS.

Needs Python 3.11 and requirements-ranker.txt; one thread.
"""
import argparse, collections, hashlib, itertools, json, math, os, struct, subprocess

import lightgbm
import numpy as np
import regex
from nltk.stem.porter import PorterStemmer

# Sentences of a summary, or below 1 their share.
SETS = {"cnn": 3, "dmmix": 3, "inshorts": 3, "xsum": 2, "orangesum_fr": 2, "vietnews": 2, "tr_tes": 4, "bn_bnlpc": 3,
        "bbc": 0.4, "de_klexikon": 25}
# Documents of a set weigh as much as this many others.
WEIGHT = {"cnn": 1.5}
ROUNDS, SEEDS, TEMPERATURE, CANDIDATES, FOLDS, SCALE = 80, (1, 2), 0.01, 16, 5, 1 << 20
PARAMS = dict(num_leaves=8, learning_rate=0.22, min_data_in_leaf=80, feature_fraction=0.5, bagging_fraction=0.8,
              bagging_freq=1, lambda_l2=40, max_bin=127, verbose=-1, num_threads=1, deterministic=True,
              force_row_wise=True)
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
ENGLISH = regex.compile(r"[a-z0-9]+")
stemmer, stems = PorterStemmer(), {}


def tokens(text, lang):
    if lang != "en":
        return WORD.findall(text.lower())
    words = ENGLISH.findall(text.lower())
    return [stems.setdefault(w, stemmer.stem(w) if len(w) > 3 else w) for w in words]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


class Document:
    def __init__(self, name, record):
        self.set, self.id, self.record = name, record["id"], record

    def question(self):
        budget = SETS[self.set]
        length = {"sentences": budget} if budget >= 1 else {"ratio": budget}
        known = {key: self.record.get(key) or None for key in ("id", "lang", "title", "text")}
        return json.dumps(known | length, ensure_ascii=False)

    def answer(self, seen):
        self.sentences, self.rows = seen["sentences"], np.array(seen["rows"])
        budget, count = SETS[self.set], len(self.sentences)
        self.k = min(count, budget if budget >= 1 else max(1, math.ceil(budget * count)))
        lang = self.record["lang"]
        words = [tokens(s, lang) for s in self.sentences]
        targets = [target(words, tokens(text_of(r), lang), self.k) for r in self.record["reference"]]
        self.target = np.mean(targets, axis=0)


def text_of(reference):
    return " ".join(reference) if isinstance(reference, list) else reference


def grams(words, vocabulary, order):
    """How often each n-gram of `vocabulary` stands among `words`."""
    counts = np.zeros(max(1, len(vocabulary)), np.int64)
    for gram in zip(*(words[i:] for i in range(order))):
        if gram in vocabulary:
            counts[vocabulary[gram]] += 1
    return counts


class Overlap:
    """ROUGE-1 and -2 of any choice of sentences with one reference, bigrams across sentences aside."""

    def __init__(self, sentences, reference):
        self.tables = []
        for order in (1, 2):
            found = dict.fromkeys(zip(*(reference[i:] for i in range(order))))
            vocabulary = {gram: at for at, gram in enumerate(found)}
            rows = np.array([grams(words, vocabulary, order) for words in sentences])
            self.tables.append((rows, grams(reference, vocabulary, order)))
        self.lengths, self.length = np.array([len(words) for words in sentences]), len(reference)

    def score(self, choices):
        """(2 · ROUGE-1 + ROUGE-2) / 3, F1, of each row of sentence numbers."""
        length = self.lengths[choices].sum(1) + self.length
        f1 = [2 * np.minimum(rows[choices].sum(1), whole).sum(1) / np.maximum(1, length - less)
              for (rows, whole), less in zip(self.tables, (0, 2))]
        return (2 * f1[0] + f1[1]) / 3


def target(sentences, reference, k):
    overlap = Overlap(sentences, reference)
    greedy = oracle(overlap, len(sentences), k)
    chance = np.zeros(len(sentences))
    if k > 4:
        chance[greedy] = 1
        return chance
    single = sum(np.minimum(rows, whole).sum(1) * weight for (rows, whole), weight in zip(overlap.tables, (2, 1)))
    best = np.argsort(-single, kind="stable")[:CANDIDATES].tolist()
    candidates = sorted(set(best) | set(greedy))
    choices = np.array(list(itertools.combinations(candidates, min(k, len(candidates)))))
    scores = overlap.score(choices)
    drawn = np.exp((scores - scores.max()) / TEMPERATURE)
    drawn /= drawn.sum()
    for column in choices.T:
        np.add.at(chance, column, drawn)
    return chance


def oracle(overlap, count, k):
    chosen, best = [], 0.0
    while len(chosen) < min(k, count):
        left = [at for at in range(count) if at not in chosen]
        scores = overlap.score(np.array([chosen + [at] for at in left]))
        at = int(scores.argmax())
        if scores[at] <= best:
            break
        best = scores[at]
        chosen.append(left[at])
    return chosen


def load(args):
    documents = [Document(name, record) for name in SETS for record in lines(f"{args.sets}/{name}.jsonl")]
    asked = "\n".join(document.question() for document in documents) + "\n"
    answers = subprocess.run([args.rows], input=asked.encode(), stdout=subprocess.PIPE, check=True).stdout.splitlines()
    names = json.loads(answers[0])["features"]
    for document, answer in zip(documents, answers[1:], strict=True):
        document.answer(json.loads(answer))
    return names, documents


def spread(documents):
    """A fold for each document; those that share half of their sentences go together."""
    holders, shared = collections.defaultdict(list), collections.Counter()
    for at, document in enumerate(documents):
        for sentence in sorted(set(document.sentences)):
            if len(sentence) > 30:
                holders[sentence].append(at)
    for held in holders.values():
        if len(held) < 20:
            shared.update(itertools.combinations(held, 2))
    root = list(range(len(documents)))
    def find(at):
        while root[at] != at:
            at = root[at]
        return at
    for (a, b), count in shared.items():
        if 2 * count >= min(len(documents[a].sentences), len(documents[b].sentences)):
            a, b = sorted((find(a), find(b)))
            root[b] = a
    first = (documents[find(at)] for at in range(len(documents)))
    return [int(hashlib.sha1(document.id.encode()).hexdigest()[:15], 16) % FOLDS for document in first]


def train(documents):
    sizes = np.array([len(d.sentences) for d in documents])
    rows, y = np.vstack([d.rows for d in documents]), np.concatenate([d.target for d in documents])
    weights = np.repeat([WEIGHT.get(d.set, 1) / math.sqrt(len(d.sentences)) for d in documents], sizes)
    weights /= weights.mean()
    # Each document starts at its own rate, so that no tree has to learn how many sentences a summary has.
    rate = np.repeat([math.log((d.target.mean() + 0.02) / (1.02 - d.target.mean())) for d in documents], sizes)
    starts, owner = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    total = np.add.reduceat(y, starts)[owner]

    def loss(scores, _):
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        share = powers / np.add.reduceat(powers, starts)[owner]
        chance = 1 / (1 + np.exp(-(scores + rate)))
        gradient = total * share - y + chance - y
        return weights * gradient, weights * np.maximum(total * share * (1 - share) + chance * (1 - chance), 1e-3)

    learn = lambda seed: lightgbm.train(PARAMS | {"objective": loss, "seed": seed}, lightgbm.Dataset(rows, y), ROUNDS)
    return [learn(seed) for seed in SEEDS]


def pack(models, names):
    """The file that src/rank/tfidf_position/trees.rs reads: the mean of the models."""
    trees = [tree["tree_structure"] for model in models for tree in model.dump_model()["tree_info"]]
    bounds = [set() for _ in names]
    def tests(node):
        if "split_feature" in node:
            assert node["decision_type"] == "<="
            yield node
            yield from tests(node["left_child"])
            yield from tests(node["right_child"])
    def leaves(node):
        if "split_feature" not in node:
            return [node["leaf_value"]]
        return leaves(node["left_child"]) + leaves(node["right_child"])
    for tree in trees:
        for node in tests(tree):
            bounds[node["split_feature"]].add(node["threshold"])
    bounds = [sorted(b) for b in bounds]
    out = bytearray(b"nutgrafT" + struct.pack("<IB", 1, len(names)))
    for name, of in zip(names, bounds):
        assert len(of) < 256
        out += struct.pack("<B", len(name)) + name.encode() + struct.pack("<B", len(of)) + struct.pack(f"<{len(of)}d", *of)
    fixed = lambda value: int(round(value * SCALE / len(models)))
    out += struct.pack("<H", len(trees))
    for tree in trees:
        order = list(tests(tree))
        number = {id(node): at for at, node in enumerate(order)}
        reached = itertools.count()
        def step(node):
            if "split_feature" in node:
                following[id(node)] = [step(node["left_child"]), step(node["right_child"])]
                return number[id(node)]
            return ~next(reached)
        following = {}
        step(tree)
        out += struct.pack("<B", len(order))
        for node in order:
            feature = node["split_feature"]
            out += struct.pack("<BBbbi", feature, bounds[feature].index(node["threshold"]), *following[id(node)],
                               fixed(node["internal_value"]))
        out += b"".join(struct.pack("<i", fixed(value)) for value in leaves(tree))
    return bytes(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", required=True)
    parser.add_argument("--sets", required=True)
    parser.add_argument("--out")
    parser.add_argument("--folds")
    args = parser.parse_args()
    names, documents = load(args)
    if args.folds:
        folds = spread(documents)
        os.makedirs(args.folds, exist_ok=True)
        for fold in range(FOLDS):
            models = train([d for d, of in zip(documents, folds) if of != fold])
            with open(f"{args.folds}/fold-{fold}.bin", "wb") as file:
                file.write(pack(models, names))
        with open(f"{args.folds}/folds.json", "w", encoding="utf-8") as file:
            json.dump({f"{d.set}/{d.id}": fold for d, fold in zip(documents, folds)}, file)
    if args.out:
        models = train(documents)
        gain = dict(zip(names, sum(model.feature_importance("gain") for model in models)))
        whole = sum(gain.values())
        for name in sorted(gain, key=lambda name: -gain[name]):
            print(f"{name:20} {100 * gain[name] / whole:5.1f} %")
        with open(args.out, "wb") as file:
            file.write(pack(models, names))


main()
