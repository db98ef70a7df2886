"""Files by nutgraf through the programs of others and back: who reads what, what is lost, whether every target comes home.

  run.sh [NUTGRAF] [--table] [--only CLIENT,…] [--inputs INPUT,…] [--units N] [--surrogates]

Each file of each profile and format goes, written from the sample corpus and from hostile text, through each client that
reads it. Ends with 1 when a client loses a unit, a target comes back to a wrong place or not at all, or a source changes,
unless `known.py` says so; it may say nothing of a profile and the client that the profile is made for.
"""
import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import sys
import time

import hostile
import known
import memories
import table
from clients import ALL
from clients.base import Refused
from clients.omegat import write_memory
from nutgraf import Failed, Nutgraf, Sent
from trip import take

DOCS = "docs/translation.md"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORPUS = [ROOT / "corpus" / day for day in ("2024-03-11", "2024-03-12", "2024-03-13")]
# The clients that each profile is made for.
PROFILES = {
    "omegat": ["OmegaT"],
    "okapi": ["Okapi tikal"],
    "weblate": ["translate-toolkit"],
    "symfony": ["Symfony"],
    "npm-xliff": ["npm xliff"],
    "qt": ["Qt lconvert"],
    "translate-toolkit": ["translate-toolkit", "pretranslate"],
}
# Kind, suffix, flags of each format and version. A profile gives one of the first.
FORMATS = {
    "XLIFF 2.0": ("xliff2", "xlf", ["--format", "xliff"]),
    "XLIFF 2.1": ("xliff2", "xlf", ["--format", "xliff", "--xliff-version", "2.1"]),
    "XLIFF 2.2": ("xliff2", "xlf", ["--format", "xliff", "--xliff-version", "2.2"]),
    "XLIFF 1.2": ("xliff12", "xlf", ["--format", "xliff12"]),
    "TMX": ("tmx", "tmx", ["--format", "tmx"]),
    "PO": ("po", "po", ["--format", "po"]),
    "CSV": ("csv", "csv", ["--format", "csv"]),
    "TSV": ("tsv", "tsv", ["--format", "tsv"]),
    "DOCX": ("docx", "docx", ["--format", "docx"]),
}


# The input with emphasis, links and protected items marked inside the sources.
MARKS = "marks"
# Profiles of tools that lose words in marks, for which nutgraf writes none.
MARKLESS = ("symfony", "npm-xliff", "qt")


@dataclasses.dataclass
class Input:
    name: str
    paths: list
    flags: list
    # Flags for files alone: what they tell beside the text.
    told: list = dataclasses.field(default_factory=list)


def inputs(nutgraf, work, args):
    """The sample as it is; the same with all that a unit can be told; hostile text mended, and as it stands."""
    text = hostile.write_kinds(work / "hostile.jsonl", args.units, args.surrogates)
    plain = ["--lang", "en"]
    told = ["--max-target-ratio", "2", "--tm", memory(nutgraf, work, plain), "--terms", terms(work)]
    return [
        Input("sample", english(), plain),
        Input("told", english(), plain, told),
        Input("hostile", [text], ["--clean", "repair"]),
        Input("long", [hostile.write_long(work / "long.jsonl")], ["--clean", "repair"]),
        Input("raw", [text], ["--clean", "off"]),
        *[Input(MARKS, english(), plain, ["--inline-marks"])] * nutgraf.knows("segment", "--inline-marks"),
    ]


def memory(nutgraf, work, flags):
    """A memory with every other sentence of the sample."""
    texts = [segment["text"] for document in nutgraf.segments(english(), *flags) for segment in document["segments"]]
    pairs = work / "memory.tmx"
    pairs.write_text(write_memory((text, f"[fr] {text}") for text in texts[::2]), "utf-8")
    nutgraf.run("tm", "import", pairs, "--tm", work / "memory.tm")
    return work / "memory.tm"


def terms(work):
    path = work / "terms.tsv"
    path.write_text("bridge\tpont\nferry\tbac\nharbour\tport\n", "utf-8")
    return path


def english():
    return sorted(path for day in CORPUS for path in day.iterdir() if ".en." in path.name)


def sent(nutgraf, source, work):
    """All files of one input; a profile's file that equals another is that one."""
    files = []
    wanted = [(name, kind, suffix, flags, None) for name, (kind, suffix, flags) in FORMATS.items()]
    wanted += [(f"--for {tool}", None, "xlf", ["--for", tool], tool) for tool in PROFILES]
    for name, kind, suffix, flags, tool in wanted:
        path = work / source.name / "out" / slug(name) / f"news.{suffix}"
        if source.name == MARKS and (suffix != "xlf" or tool in MARKLESS):
            continue
        nutgraf.send(source.paths, path, *flags, *source.flags, *source.told)
        same = next((file for file in files if file.bytes() == path.read_bytes()), None)
        if same:
            same.profiles.append(tool)
            continue
        if tool or name == "XLIFF 1.2":
            kind, name = described(path)
        files.append(Sent(path, kind, name, [tool] if tool else []))
    return files


def described(path):
    """Kind and name of a file whose profile, or whose default, decides whether sources are copied into targets."""
    head = path.read_text("utf-8")[:100_000]
    copied = " (copied sources)" if '<target state="new">' in head else " (no targets)"
    return ("xliff12", f"XLIFF 1.2{copied}") if "document:1.2" in head else ("xliff2", "XLIFF 2.0")


def main():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nutgraf", nargs="?", default=ROOT / "target/release/nutgraf", type=pathlib.Path)
    parser.add_argument("--table", action="store_true", help=f"write the table into {DOCS}")
    parser.add_argument("--only", type=lambda names: names.split(","), help="clients, by the names the table has")
    parser.add_argument("--inputs", type=lambda names: names.split(","), help="of sample, told, hostile, long, raw, marks")
    parser.add_argument("--units", type=int, default=5000, help="plain sentences in the hostile text")
    parser.add_argument("--surrogates", action="store_true", help="hostile text has escapes of lone surrogates, too")
    args = parser.parse_args()
    nutgraf = Nutgraf(args.nutgraf.resolve())
    work = pathlib.Path(os.environ["INTEROP_HOME"], "work")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    results = table.Results(known.LOSSES)
    clients = installed(args.only, results)
    faults = []
    try:
        faults += memories.trips(nutgraf, clients, english(), ["--lang", "en"], work)
        for source in inputs(nutgraf, work, args):
            if args.inputs and source.name not in args.inputs:
                continue
            reference = nutgraf.segments(source.paths, *source.flags)
            results.sizes[source.name] = sum(len(document["segments"]) for document in reference)
            for file in sent(nutgraf, source, work):
                faults += trips(nutgraf, clients, source, file, reference, work, results)
    except (Failed, Refused) as failed:
        faults.append(str(failed))
    if not args.only and not args.inputs:
        faults += known.unmet(client.name for client in clients)
    print(f"\n{results.markdown()}\n")
    if args.table:
        table.write(ROOT / DOCS, results)
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{len(clients)} clients, {results.trips()} trips, {len(faults)} faults")
    sys.exit(bool(faults))


def installed(only, results):
    clients = []
    for client in ALL:
        version = client.version()
        print(f"{client.name}: {version or 'skipped, not installed'}")
        if not version:
            results.skipped.append(client.name)
        elif not only or client.name in only:
            results.versions[client.name] = table.short(version)
            clients.append(client)
    return clients


def trips(nutgraf, clients, source, file, reference, work, results):
    """One file through each client that can do something with it; what went wrong."""
    faults = []
    for client in clients:
        if file.kind not in (*client.reads, *client.fills):
            continue
        where = f"{source.name}: {client.name}: {file.name}"
        if why := known.SLOW.get((client.name, source.name)):
            print(f"{where}: left out: {why}")
            continue
        began = time.monotonic()
        folder = work / source.name / slug(client.name) / slug(file.name)
        outcome = take(nutgraf, client, file, reference, folder, marked=source.name == MARKS)
        print(f"{where}: {table.brief(outcome)} ({time.monotonic() - began:.1f} s)", flush=True)
        own = any(client.name in PROFILES[profile] for profile in file.profiles)
        found = known.judged(client.name, file.name, source.name, own, outcome)
        if source.name == MARKS:
            results.add_marks(client, file, outcome)
        else:
            results.add(client, file, source.name, outcome, PROFILES)
        # Elsewhere than in the files of its own profile a client may lose words in marks.
        if own or source.name != MARKS:
            faults += found
    return faults


def slug(name):
    return re.sub(r"[^\w.]+", "-", name).strip("-")


if __name__ == "__main__":
    main()
