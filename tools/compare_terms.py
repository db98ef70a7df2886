#!/usr/bin/env python3
"""Words against runs of neighbouring characters as terms: the tables of `docs/ranking.md`, "Scripts without spaces".

  compare_terms.py summaries STOP_FOLDER SET.jsonl=BUDGET…    spaces taken out of articles with reference summaries
  compare_terms.py dictionary TEXTS.jsonl LANG…               rankings by ICU's dictionary words beside those by characters

A set holds an article a line: {"lang", "title", "sents", "reference"}; BUDGET is a number of sentences, or a share below 1.
TEXTS.jsonl holds {"lang", "sentences"}. Rankers and selection are those of `src/rank` and `src/select`, written again in
numpy. Needs numpy, scipy, regex, nltk, snowballstemmer; `dictionary` needs the shared library of ICU 72 too.
"""
import collections, ctypes, functools, json, math, pathlib, sys

import numpy as np
import regex as re
import scipy.sparse as sp
from scipy.stats import spearmanr

MOST = 120  # Articles of a set.
RANKERS = ("tfidf-position", "centrality", "lexrank")
WORD = re.compile(r"[\p{L}\p{M}\p{N}]+")
SPACELESS = re.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
STEMMERS = {"en": "english", "fr": "french", "tr": "turkish"}


def unit_rows(bags, idf):
    number, data, columns, starts = {}, [], [], [0]
    for bag in bags:
        for term, count in bag.items():
            columns.append(number.setdefault(term, len(number)))
            data.append((1 + math.log(count)) * idf(term))
        starts.append(len(columns))
    rows = sp.csr_matrix((data, columns, starts), shape=(len(bags), max(1, len(number))))
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
    length[length == 0] = 1
    return (sp.diags(1 / length) @ rows).tocsr()


def rank(bags, title, sentences, idf):
    """Salience by ranker, and the cosines of all pairs."""
    rows, n = unit_rows(bags + [title], idf), len(bags)
    own, title = rows[:n], rows[n]
    cosines = (own @ own.T).toarray()
    np.fill_diagonal(cosines, 0)
    later, earlier = np.triu(cosines).sum(1), np.tril(cosines).sum(1)
    total = np.asarray(own.sum(0)).ravel()
    central = own @ total / (np.linalg.norm(total) or 1)
    off = [
        0.19 * (len(WORD.findall(s)) > 45) + 0.15 * bool(re.search('["“”«»]', s)) + 0.08 * s.rstrip().endswith("?")
        for s in sentences
    ]
    formula = 1.10 * central / (central.max() or 1) + 0.57 * np.exp(-np.arange(n) / 7.6) - np.array(off)
    formula += 1.06 * (own @ title.T).toarray().ravel() + 0.07 * later / (later.max() or 1)
    degree, shares = cosines.sum(1), np.ones(n)
    linked = degree > 1e-9
    for _ in range(100):
        flow = np.where(linked, shares / np.where(linked, degree, 1), 0)
        shares = 0.15 + 0.85 * shares[~linked].sum() / n + 0.85 * (flow @ cosines)
    return dict(zip(RANKERS, (formula, later - earlier, shares))), cosines


def select(salience, cosines, count):
    free, nearest, sd = np.ones(len(salience), bool), np.zeros(len(salience)), salience.std()
    for _ in range(min(count, len(salience))):
        best = int(np.where(free, salience - 3.0 * sd * nearest, -np.inf).argmax())
        free[best] = False
        nearest = np.maximum(nearest, cosines[best])
    return np.flatnonzero(~free)


def inverse(documents):
    counts = collections.Counter()
    for bags in documents:
        counts.update(set().union(*bags))
    return lambda term: max(0, math.log((len(documents) + 1) / (counts[term] + 0.5)))


def runs(clusters, n):
    return ["".join(clusters[at : at + n]) for at in range(len(clusters) - n + 1)] or ["".join(clusters)]


# Articles without their spaces


def characters(text, n):
    for run in re.split(r"[^\p{L}\p{M}\p{N}\s]+", text.lower()):
        if clusters := re.findall(r"\X", re.sub(r"\s", "", run)):
            yield from runs(clusters, n)


def word_terms(lang, folder):
    import snowballstemmer

    stem = functools.cache(snowballstemmer.stemmer(STEMMERS[lang]).stemWord) if lang in STEMMERS else str
    stop = set((folder / f"{lang}.txt").read_text(encoding="utf-8").split("\n"))
    return lambda text: [stem(word) for word in WORD.findall(text.lower()) if word not in stop]


def rouge(words, reference):
    """Mean of ROUGE-1 and -2 F1."""
    found = 0.0
    for n in (1, 2):
        ours, theirs = (collections.Counter(zip(*[w[i:] for i in range(n)])) for w in (words, reference))
        found += 100 * (ours & theirs).total() / max(1, ours.total() + theirs.total())
    return found


def summaries(folder, sets):
    from nltk.stem.porter import PorterStemmer

    porter = functools.cache(PorterStemmer().stem)
    english = lambda text: [porter(w) if len(w) > 3 else w for w in re.findall("[a-z0-9]+", text.lower())]
    print("set\tterms\tranker\twithout IDF\twith IDF")
    for name, _, budget in (one.rpartition("=") for one in sets):
        rows = [json.loads(line) for line in open(name, encoding="utf-8")][:MOST]
        lang, budget = rows[0]["lang"], float(budget)
        scored = english if lang == "en" else lambda text: WORD.findall(text.lower())
        kinds = {"words": word_terms(lang, pathlib.Path(folder))}
        kinds |= {n: functools.partial(characters, n=n) for n in (1, 2, 3, 4)}
        for kind, terms in kinds.items():
            bags = [[collections.Counter(terms(s)) for s in row["sents"]] for row in rows]
            sums = collections.Counter()
            for row, own in zip(rows, bags):
                title = collections.Counter(terms(row.get("title") or ""))
                for weight, idf in enumerate((lambda _: 1.0, inverse(bags))):
                    salience, cosines = rank(own, title, row["sents"], idf)
                    count = int(budget) if budget >= 1 else max(1, round(budget * len(own)))
                    for ranker in RANKERS:
                        chosen = select(salience[ranker], cosines, count)
                        words = scored("\n".join(row["sents"][at] for at in chosen))
                        sums[ranker, weight] += max(rouge(words, scored(one)) for one in row["reference"])
            for ranker in RANKERS:
                print(name, kind, ranker, *(f"{sums[ranker, w] / len(rows):.2f}" for w in (0, 1)), sep="\t")


# Dictionary words


def dictionary_words():
    icu, error = ctypes.CDLL("libicuuc.so.72"), ctypes.c_int(0)
    icu.ubrk_open_72.restype = ctypes.c_void_p
    words = ctypes.c_void_p(icu.ubrk_open_72(1, b"", None, 0, ctypes.byref(error)))

    def cut(text):
        raw = text.encode("utf-16-le")
        kept = ctypes.create_string_buffer(raw + b"\0\0")
        icu.ubrk_setText_72(words, kept, len(raw) // 2, ctypes.byref(error))
        start, found = 0, []
        while (end := icu.ubrk_next_72(words)) >= 0:
            found.append(raw[2 * start : 2 * end].decode("utf-16-le"))
            start = end
        return [word for word in found if re.search(r"[\p{L}\p{N}]", word)]

    return cut


def neighbours(text, n):
    for run in re.findall(rf"(?:{SPACELESS.pattern}\p{{M}}*)+|[\p{{L}}\p{{N}}]+", text):
        yield from runs(re.findall(r".\p{M}*", run), n) if SPACELESS.match(run) else [run.lower()]


def dictionary(path, langs):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    kinds = {"words": dictionary_words()} | {n: functools.partial(neighbours, n=n) for n in (1, 2, 3, 4)}
    print("lang\tterms\t" + "\t".join(RANKERS))
    for lang in langs:
        texts = [row["sentences"] for row in rows if row["lang"] == lang and len(row["sentences"]) >= 8]
        ranked = {}
        for kind, terms in kinds.items():
            bags = [[collections.Counter(terms(s)) for s in text] for text in texts]
            ranked[kind] = [rank(own, {}, text, inverse(bags))[0] for own, text in zip(bags, texts)]
        for kind in (1, 2, 3, 4):
            line = []
            for ranker in RANKERS:
                pairs = [(a[ranker], b[ranker]) for a, b in zip(ranked["words"], ranked[kind])]
                rho = np.nanmean([spearmanr(a, b).statistic for a, b in pairs])
                first = lambda salience: set(np.argsort(-salience, kind="stable")[:3])
                line.append(f"{rho:.3f} {np.mean([len(first(a) & first(b)) / 3 for a, b in pairs]):.2f}")
            print(lang, kind, *line, sep="\t")


if __name__ == "__main__":
    {"summaries": summaries, "dictionary": dictionary}[sys.argv[1]](sys.argv[2], sys.argv[3:])
