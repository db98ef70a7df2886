#!/usr/bin/env python3
"""Adds what others' lists of abbreviations know to `src/segment/data/abbreviations/`.

  npm pack cldr-segments-full@46.1.0
  pip download --no-deps pysbd==0.3.4
  cargo download sentencex==0.1.33, or any way to its packed or unpacked source
  python3 tools/make_abbreviations.py --cldr cldr-segments-full-46.1.0.tgz --pysbd pysbd-0.3.4-py3-none-any.whl \\
      --sentencex sentencex-0.1.33 [--texts texts.jsonl]

A list is edited by hand: what it holds stays as it is, and only entries that it lacks are added, so running this again
changes nothing. An entry that should not come back is named in `tools/abbreviations_refused.txt`; `*` there stands for
all that a list lacks: it was read to the end, and what is good is in it.

Left out are single letters and runs of them (the segmenter knows their shape), entries of more than one word, and what
is an ordinary word: a stop word, a long entry that ends in a vowel, or one that stands in `texts` without a full stop,
in lower case, more often than with one inside a sentence. `texts` holds lines of {"lang", "source", "sentences"}; those
whose terms bar commercial use are not counted. Needs nothing but Python. Licences: `src/segment/data/LICENSES.md`.
"""
import argparse, ast, collections, json, pathlib, re, tarfile, unicodedata, zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTS = ROOT / "src/segment/data/abbreviations"
STOP = ROOT / "src/lex/data/stop"
SECTIONS = ("never", "number", "either")
PYSBD = {"arabic": "ar", "bulgarian": "bg", "danish": "da", "deutsch": "de", "dutch": "nl", "french": "fr",
         "italian": "it", "kazakh": "kk", "polish": "pl", "russian": "ru", "slovak": "sk", "spanish": "es",
         "common/standard": "en"}
LATIN = set("da de en es fi fr it nl pl pt sk sv".split())
# Where letters have no case, those spelled by their names or alone stand in these lists as initials of names.
CASELESS = set("am bn gu hi kn ml pa ta te".split())
VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýăąęıįųёіїєаеиоуыэюяαεηιουωάέήίόύώ]$")
BARRED = ("Bulgarian-BTB Greek-GDT Ukrainian-IU English-GUM English-LinES Czech-FicTree Hungarian-Szeged Italian-ISDT "
          "Italian-VIT Polish-PDB Turkish-IMST Urdu-UDTB French-Sequoia").split()


def normal(entry):
    entry = unicodedata.normalize("NFC", entry).replace("’", "'").strip().lower()
    return re.sub(r"\s+", " ", entry).rstrip(". ")


def cldr(path):
    """(tag, entry, section or None)"""
    with tarfile.open(path) as tar:
        for name in sorted(tar.getnames()):
            found = re.fullmatch(r"package/segments/(\w+)/suppressions\.json", name)
            if not found or found[1] == "und":
                continue
            breaks = json.load(tar.extractfile(name))["segments"]["segmentations"].get("SentenceBreak", {})
            for row in breaks.get("standard", []):
                yield found[1], row["suppression"], None


def pysbd(path):
    with zipfile.ZipFile(path) as wheel:
        for file, tag in sorted(PYSBD.items()):
            for node in ast.walk(ast.parse(wheel.read(f"pysbd/lang/{file}.py"))):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    kind = node.targets[0].id
                    section = {"ABBREVIATIONS": None, "PREPOSITIVE_ABBREVIATIONS": "never",
                               "NUMBER_ABBREVIATIONS": "number"}.get(kind, kind)
                    if section != kind:
                        for entry in ast.literal_eval(node.value):
                            yield tag, entry, section


def sentencex(path):
    def read(name, text):
        for line in text.splitlines():
            if line.strip() and not line.startswith("//"):
                yield pathlib.PurePosixPath(name).stem, line, None
    if pathlib.Path(path).is_dir():
        for file in sorted(pathlib.Path(path).glob("src/languages/abbrev/*.txt")):
            yield from read(file.name, file.read_text("utf-8"))
    else:
        with tarfile.open(path) as tar:
            for name in sorted(n for n in tar.getnames() if "/languages/abbrev/" in n and n.endswith(".txt")):
                yield from read(name, tar.extractfile(name).read().decode("utf-8"))


def read_list(path):
    lists, section = {s: set() for s in SECTIONS}, None
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            lists[section].add(line)
    return lists


def read_refused(path):
    refused = collections.defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            tag, *entries = line.split()
            refused[tag].update(entries)
    return refused


def count(path):
    """By language: words in lower case without a full stop, and words with one inside a sentence."""
    bare, stopped = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for line in open(path, encoding="utf-8") if path else []:
        text = json.loads(line)
        if any(name in text["source"] for name in BARRED):
            continue
        for sentence in text["sentences"]:
            sentence = unicodedata.normalize("NFC", sentence)
            for word in re.findall(r"(?<![\w.])([^\W\d_]+)(?![\w.'’-])", sentence):
                bare[text["lang"]][word] += 1
            for word in re.findall(r"(?<![\w.])([^\W\d_]+)\.(?=\s*[\w,;)])", sentence):
                stopped[text["lang"]][word.lower()] += 1
    return bare, stopped


def ordinary(tag, entry, stop, bare, stopped):
    if entry in stop or len(entry) > 4 and VOWEL.search(entry):
        return True
    return bare[tag][entry] >= 2 and bare[tag][entry] > stopped[tag][entry]


def wanted(tag, entry):
    """Whether an entry is of a form that the lists hold."""
    letters = re.split("['.-]", entry)
    if not all(part and all(unicodedata.category(c)[0] in "LM" for c in part) for part in letters):
        return False
    if tag not in CASELESS and max(map(len, letters)) == 1:
        return False
    return tag in LATIN or not re.search("[a-z]", entry)


def write_list(path, tag, lists):
    lines = [f"# {tag}: abbreviations, without the final full stop."]
    for section in SECTIONS:
        lines += [f"[{section}]", *sorted(lists[section])]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--cldr", required=True)
    args.add_argument("--pysbd", required=True)
    args.add_argument("--sentencex", required=True)
    args.add_argument("--texts", help="texts that show which entries are ordinary words")
    args.add_argument("--list-only", action="store_true", help="print what would be added")
    args = args.parse_args()
    refused = read_refused(ROOT / "tools/abbreviations_refused.txt")
    bare, stopped = count(args.texts)
    found = collections.defaultdict(dict)
    for source in (cldr(args.cldr), pysbd(args.pysbd), sentencex(args.sentencex)):
        for tag, raw, section in source:
            entry = normal(raw)
            if wanted(tag, entry) and found[tag].get(entry) is None:
                found[tag][entry] = section
    for tag in sorted(found):
        path, stop = LISTS / f"{tag}.txt", STOP / f"{tag}.txt"
        stop = set(stop.read_text("utf-8").split("\n")) if stop.exists() else set()
        lists = read_list(path)
        known = set().union(*lists.values()) | refused[tag]
        initials = "never" if tag in CASELESS else "either"
        new = {} if "*" in refused[tag] else {
            e: s or initials for e, s in found[tag].items()
            if e not in known and not ordinary(tag, e, stop, bare, stopped)}
        if args.list_only:
            print(tag, len(known), len(new), *(f"{e}:{s[:2]}" if s != "either" else e for e, s in sorted(new.items())))
        elif new or path.exists():
            for entry, section in new.items():
                lists[section].add(entry)
            write_list(path, tag, lists)


if __name__ == "__main__":
    main()
