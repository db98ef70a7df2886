"""Translations on their way as TMX: what `merge` writes goes into OmegaT and into readers of TMX, what OmegaT writes into `tm import`."""
import tempfile

from bilingual import facts
from clients.base import filled
from clients.omegat import Project
from clients.translate_toolkit import TranslateToolkit
from nutgraf import Sent
from trip import Outcome, folded, home


def trips(nutgraf, clients, inputs, flags, work):
    """Faults of the ways that a memory takes; each is printed with its counts."""
    reference = nutgraf.segments(inputs, *flags)
    folder = work / "memories"
    out = Sent(folder / "out" / "news.xlf", "xliff12", "", [])
    nutgraf.send(inputs, out.path, "--for", "omegat", *flags)
    done = folder / "done.xlf"
    TranslateToolkit().fill(out.path, done, "xliff12")
    memory = folder / "news.tmx"
    nutgraf.merge(out, done, "--format", "tmx", "-o", memory)
    faults = []

    def tell(what, right, total):
        print(f"memory: {what}: {right} of {total}")
        if right < total:
            faults.append(f"memory: {what}: {right} of {total}")

    for client in clients:
        if "tmx" in client.reads:
            texts = {(segment["text"], filled(segment["text"])) for document in reference for segment in document["segments"]}
            read = {(row.source, row.target) for row in client.read(memory, "tmx")}
            tell(f"pairs of our TMX that {client.name} reads", len(texts & read), len(texts))
    if not any(client.name == "OmegaT" for client in clients):
        return faults
    back = folder / "omegat" / "news.xlf"
    back.parent.mkdir()
    with tempfile.TemporaryDirectory() as place:
        project = Project(place, out.path)
        project.add_memory("news.tmx", memory.read_text("utf-8"))
        project.translate(back)
    outcome = Outcome()
    home(nutgraf, out, back, reference, outcome)
    tell("targets that OmegaT takes from our TMX and that come back", outcome.back.right(), outcome.back.total)
    handed = back.with_name("omegat-omegat.tmx")
    nutgraf.run("tm", "import", handed, "--tm", folder / "omegat.tm", "--source-lang", "en", "--target-lang", "fr")
    again = folder / "again" / "news.xlf"
    nutgraf.send(inputs, again, "--for", "omegat", "--tm", folder / "omegat.tm", "--prefill", "100", *flags)
    units = facts(again, "xliff12").values()
    tell("targets filled in from the TMX of OmegaT's project",
         sum(folded(unit.target or "") == folded(filled(unit.source)) for unit in units), len(units))
    return faults
