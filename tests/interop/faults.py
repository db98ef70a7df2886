"""What `nutgraf check` finds beside translate-toolkit's pofilter: no fewer kinds of faults on the same file.

  python3 faults.py NUTGRAF

A file by nutgraf holds a unit for each test of pofilter. It is filled twice: well, and with the fault that the test is for. What a
program says of a unit only in the second file, it has found. Ends with 1 when pofilter finds a fault that `check` does not.
"""
import collections
import json
import os
import pathlib
import shutil
import sys

from clients.base import Refused, run
from nutgraf import Nutgraf

# Test of pofilter -> source, target, target with the fault.
SEEDS = {
    "acronyms": ("The NATO ship left the quay.", "Le navire de NATO a quitté le quai.", "Le navire a quitté le quai."),
    "blank": ("The second ship stayed.", "Le second navire est resté.", " "),
    "brackets": ("The ferry (the old one) left.", "Le bac (le vieux) est parti.", "Le bac (le vieux est parti."),
    "compendiumconflicts": ("The third ship stayed.", "Le troisième navire est resté.", "#-#-#-#-# a.po #-#-#-#-# Le troisième navire est resté."),
    "doublequoting": ('She said "stay" to him.', "Elle lui a dit « reste ».", "Elle lui a dit « reste."),
    "doublespacing": ("The tide turned at noon.", "La marée a tourné à midi.", "La marée a  tourné à midi."),
    "doublewords": ("The tide turned at night.", "La marée a tourné la nuit.", "La marée a tourné la la nuit."),
    "emails": ("Write to quay@example.org today.", "Écrivez à quay@example.org dès ce jour.", "Écrivez à quai@example.org dès ce jour."),
    "endpunc": ("The fourth ship stayed.", "Le quatrième navire est resté.", "Le quatrième navire est resté"),
    "endwhitespace": ("The fifth ship stayed.", "Le cinquième navire est resté.", "Le cinquième navire est resté.  "),
    "escapes": (r"One \\ is a mark of the path.", r"Un \\ marque le chemin.", "Un marque le chemin."),
    "filepaths": ("Open /etc/quay/map.conf now.", "Ouvrez /etc/quay/map.conf maintenant.", "Ouvrez /etc/quai/carte.conf maintenant."),
    "functions": ("Call fetch() before the tide.", "Appelez fetch() avant la marée.", "Appelez chercher() avant la marée."),
    "kdecomments": ("The sixth ship stayed.", "Le sixième navire est resté.", "_: a comment\\n Le sixième navire est resté."),
    "long": ("It rained for an hour on the quay.", "Il a plu une heure sur le quai.", "Il a plu une heure" + " sur le quai, sur le pont" * 9 + "."),
    "musttranslatewords": ("The bridge is old.", "Le pont est vieux.", "Le bridge est vieux."),
    "newlines": (r"First line\nsecond line of the sign.", r"Première ligne\nseconde ligne du panneau.", "Première ligne seconde ligne du panneau."),
    "notranslatewords": ("The Corran was seen again.", "On a revu le Corran.", "On a revu le Coran."),
    "numbers": ("It carried 350 people.", "Il portait 350 personnes.", "Il portait 530 personnes."),
    "options": ("Use --force to open the lock.", "Utilisez --force pour ouvrir l’écluse.", "Utilisez --ouvrir pour ouvrir l’écluse."),
    "printf": ("It read %d pages in %s.", "Il a lu %d pages en %s.", "Il a lu %d pages en %d."),
    "puncspacing": ("It rained, then it stopped.", "Il a plu, puis cela cessa.", "Il a plu,puis cela cessa."),
    "purepunc": ("...", "...", "…!"),
    "pythonbraceformat": ("It met {name} at the quay.", "Il a vu {name} au quai.", "Il a vu {nom} au quai."),
    "sentencecount": ("It rained. Then it stopped.", "Il a plu. Puis cela cessa.", "Il a plu. Un peu. Pas trop. Puis cela cessa."),
    "short": ("It rained on the quay and on the bridge for the whole of the night.",
              "Il a plu sur le quai et sur le pont pendant toute la nuit.", "Il a plu."),
    "simplecaps": ("The seventh ship stayed at the quay.", "Le septième navire est resté au quai.", "LE SEPTIÈME NAVIRE EST RESTÉ AU QUAI."),
    "singlequoting": ("She said 'stay' to her.", "Elle a dit 'reste' à Ada.", "Elle a dit reste à Ada."),
    "startcaps": ("The eighth ship stayed.", "Le huitième navire est resté.", "le huitième navire est resté."),
    "startpunc": ("The ninth ship stayed.", "Le neuvième navire est resté.", "- Le neuvième navire est resté."),
    "startwhitespace": ("The tenth ship stayed.", "Le dixième navire est resté.", "  Le dixième navire est resté."),
    "tabs": ("The eleventh ship stayed.", "Le onzième navire est resté.", "Le onzième\tnavire est resté."),
    "unchanged": ("The twelfth ship stayed here.", "Le douzième navire est resté ici.", "The twelfth ship stayed here."),
    "untranslated": ("The thirteenth ship stayed.", "Le treizième navire est resté.", ""),
    "urls": ("See https://example.org/quay for more.", "Voir https://example.org/quay pour plus.", "Voir https://example.org/quai pour plus."),
    "validchars": ("The fourteenth ship stayed.", "Le quatorzième navire est resté.", "Le quatorzième navire est rest\ufffd."),
    "xmltags": ("It is <b>bold</b> text.", "C’est du texte <b>gras</b>.", "C’est du texte <b>gras."),
}
# Tests that no seed is for: states, suggestions and plurals of a file, a speller that is not there, and what pofilter looks for in
# files of certain projects alone.
APART = ("hassuggestion", "isfuzzy", "isreview", "nplurals", "simpleplurals", "spellcheck", "accelerators", "credits", "variables")
# Kinds that `check` may call the fault by.
KINDS = {
    "acronyms": {"acronym"},
    "blank": {"untranslated"},
    "brackets": {"brackets"},
    "compendiumconflicts": {"placeholder", "code"},
    "doublequoting": {"quotes"},
    "doublespacing": {"double-space"},
    "doublewords": {"repeated-word"},
    "emails": {"email"},
    "endpunc": {"end-mark"},
    "endwhitespace": {"trailing-space"},
    "escapes": {"placeholder"},
    "filepaths": {"placeholder"},
    "functions": {"placeholder", "code"},
    "kdecomments": {"placeholder", "code"},
    "long": {"length"},
    "musttranslatewords": {"term"},
    "newlines": {"placeholder", "line-breaks"},
    "notranslatewords": {"dnt"},
    "numbers": {"number"},
    "options": {"placeholder"},
    "printf": {"placeholder"},
    "puncspacing": {"punctuation-space"},
    "purepunc": {"end-mark", "start-mark"},
    "pythonbraceformat": {"placeholder"},
    "sentencecount": {"sentence-count"},
    "short": {"length"},
    "simplecaps": {"capitals"},
    "singlequoting": {"quotes"},
    "startcaps": {"capitals"},
    "startpunc": {"start-mark"},
    "startwhitespace": {"leading-space"},
    "tabs": {"line-breaks"},
    "unchanged": {"same-as-source"},
    "untranslated": {"untranslated"},
    "urls": {"url"},
    "validchars": {"forbidden-characters"},
    "xmltags": {"placeholder"},
}
# Faults that pofilter finds and `check` does not yet.
MISSED = ()


def main():
    nutgraf = Nutgraf(pathlib.Path(sys.argv[1]).resolve())
    pofilter = pathlib.Path(sys.executable).with_name("pofilter")
    if not pofilter.exists():
        print("pofilter: skipped, not installed")
        return 0
    work = pathlib.Path(os.environ["INTEROP_HOME"], "work", "faults")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    units = sent(nutgraf, work)
    theirs, ours = collections.defaultdict(set), collections.defaultdict(set)
    for name, which in (("good", 1), ("bad", 2)):
        path = filled(work / "news.xlf", work / f"{name}.xlf", units, which)
        for found, by_unit in ((theirs, pofilter_finds(pofilter, path, work)), (ours, check_finds(nutgraf, path, work))):
            for unit, kinds in by_unit.items():
                found[unit] = kinds - found[unit] if name == "bad" else kinds
    faults, missed = [], []
    print("| seeded | pofilter says | check says |\n| --- | --- | --- |")
    for test, (source, *_) in SEEDS.items():
        said, also = theirs[units[source]], ours[units[source]] & KINDS[test]
        print(f"| {test} | {', '.join(sorted(said)) or '–'} | {', '.join(sorted(also)) or '–'} |")
        if said and not also:
            missed.append(test)
    faults += [f"{test}: pofilter finds it, check does not" for test in missed if test not in MISSED]
    faults += [f"{test}: check finds it by now, MISSED need not name it" for test in MISSED if test not in missed]
    tests = {line.partition("\t")[0] for line in run(pofilter, "-l").splitlines()}
    faults += [f"{test}: a test of pofilter that no seed is for" for test in sorted(tests - set(SEEDS) - set(APART))]
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{len(SEEDS)} kinds of faults, pofilter finds {sum(bool(theirs[units[seed[0]]]) for seed in SEEDS.values())}; "
          f"of these check misses {len(missed)}: {', '.join(missed) or 'none'}")
    return int(bool(faults))


def sent(nutgraf, work):
    """Writes the file; ids of its units by their sources."""
    document = {"id": "faults", "lang": "en", "text": "\n\n".join(source for source, *_ in SEEDS.values())}
    (work / "faults.jsonl").write_text(json.dumps(document), "utf-8")
    # One unit a line: one seed is two sentences.
    flags = ["--clean", "off", "--unit", "paragraph"]
    nutgraf.send([work / "faults.jsonl"], work / "news.xlf", "--for", "translate-toolkit", *flags)
    from bilingual import facts
    units = {unit.source: id for id, unit in facts(work / "news.xlf", "xliff12").items()}
    lacking = [source for source, *_ in SEEDS.values() if source not in units]
    if lacking:
        raise SystemExit(f"not in the file as they should be: {lacking}")
    return units


def filled(path, out, units, which):
    from lxml import etree
    by_id = {units[seed[0]]: seed[which] for seed in SEEDS.values()}
    tree = etree.parse(str(path))
    namespace = "{urn:oasis:names:tc:xliff:document:1.2}"
    for unit in tree.iter(namespace + "trans-unit"):
        target = etree.Element(namespace + "target", state="translated")
        target.text = by_id[unit.get("id")]
        unit.find(namespace + "source").addnext(target)
    tree.write(str(out), encoding="utf-8", xml_declaration=True)
    return out


def pofilter_finds(pofilter, path, work):
    """Tests that failed, by unit: notes in the file that pofilter writes."""
    from bilingual import facts
    out = work / f"{path.stem}.pofilter.xlf"
    words = {}
    for name, text in (("musttranslate", "bridge\n"), ("notranslate", "Corran\n")):
        words[name] = work / name
        words[name].write_text(text, "utf-8")
    run(pofilter, "--progress=none", "--language=fr", f"--musttranslatefile={words['musttranslate']}",
        f"--notranslatefile={words['notranslate']}", path, out)
    found = collections.defaultdict(set)
    if out.exists():
        for id, unit in facts(out, "xliff12").items():
            found[id] |= {text.partition(":")[0] for kind, text in unit.notes if kind == "pofilter"} - set(APART)
    return found


def check_finds(nutgraf, path, work):
    (work / "terms.tsv").write_text("bridge\tpont\n", "utf-8")
    (work / "dnt.txt").write_text("Corran\n", "utf-8")
    out, _ = nutgraf.run("check", path, "--format", "json", "--terms", work / "terms.tsv", "--dnt", work / "dnt.txt", fine=(0, 1))
    found = collections.defaultdict(set)
    for file in json.loads(out):
        for finding in file["findings"]:
            found[finding["id"]].add(finding["kind"])
    return found


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refused as refused:
        sys.exit(f"pofilter: {refused}")
