"""One file through one client: what it reads, and what comes back of what it fills in."""
import collections
import dataclasses
import re
import unicodedata

from bilingual import facts
from clients.base import Refused, filled
from nutgraf import documents

# What XML 1.0 cannot hold.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def folded(text):
    """Text as far as `merge` promises to know it again: form C, white space as one blank, no forbidden characters."""
    return " ".join(FORBIDDEN.sub("", unicodedata.normalize("NFC", text)).split())


@dataclasses.dataclass
class Count:
    """Of `total`, so many to the letter, and so many but for what `folded` takes away."""
    total: int = 0
    exact: int = 0
    alike: int = 0
    # Of those that are neither, the first: what it should be, and what it is.
    wrong: tuple | None = None

    def right(self):
        return self.exact + self.alike

    def whole(self):
        return self.right() == self.total

    def lacks(self):
        return self.total - self.right()

    def add(self, wanted, got):
        self.total += 1
        if got == wanted:
            self.exact += 1
        elif got is not None and folded(got) == folded(wanted):
            self.alike += 1
        elif self.wrong is None:
            self.wrong = (wanted[:120], got and got[:120])


@dataclasses.dataclass
class Outcome:
    """`refused` and `unfilled` hold the client's own words; a loss is (kept, had)."""
    refused: str | None = None
    read: Count | None = None
    unfilled: str | None = None
    back: Count | None = None
    sources_changed: int = 0
    said: str = ""
    losses: dict = dataclasses.field(default_factory=dict)
    states: list = dataclasses.field(default_factory=list)


def take(nutgraf, client, sent, reference, folder, marked=False):
    """`reference`: documents as `segment` told them. `marked`: sources have inline marks."""
    outcome = Outcome()
    expected = [(segment["id"], segment["text"]) for document in reference for segment in document["segments"]]
    if sent.kind in client.reads:
        try:
            rows = client.read(sent.path, sent.kind)
            if marked and client.tags:
                rows = [row._replace(source=client.tags.sub("", row.source)) for row in rows]
            outcome.read = compared(client, rows, expected)
        except Exception as refused:  # some clients are libraries, and throw what they like
            outcome.refused = told(refused)
            return outcome
    if sent.kind in client.fills:
        folder.mkdir(parents=True, exist_ok=True)
        back = folder / sent.path.name
        try:
            client.fill(sent.path, back, sent.kind)
        except Exception as refused:
            outcome.unfilled = told(refused)
            return outcome
        home(nutgraf, sent, back, reference, outcome)
        lost(sent, back, outcome)
    return outcome


def told(error):
    return str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}"


def compared(client, rows, expected):
    count = Count()
    if any(row.id is not None for row in rows) and not client.by_source:
        by_id = {row.id: row.source for row in rows}
        for id, text in expected:
            count.add(text, by_id.get(id))
        return count
    wanted = list(dict.fromkeys(text for _, text in expected)) if client.by_source else [text for _, text in expected]
    left = collections.Counter(row.source for row in rows)
    rest = []
    for text in wanted:
        if left[text]:
            count.add(text, text)
            left[text] -= not client.by_source
        else:
            rest.append(text)
    alike = collections.Counter()
    for text, number in left.items():
        alike[folded(text)] += number
    for text in rest:
        same = alike[folded(text)] > 0
        alike[folded(text)] -= same and not client.by_source
        count.add(text, folded(text) if same else None)
    return count


def home(nutgraf, sent, back, reference, outcome):
    """Merges the filled file and holds every segment against the one that went out."""
    out, outcome.said = nutgraf.merge(sent, back)
    outcome.back = Count()
    merged = {segment["id"]: segment for document in documents(out) for segment in document["segments"]}
    for document in reference:
        for segment in document["segments"]:
            came = merged.get(segment["id"], {})
            outcome.sources_changed += came.get("text", segment["text"]) != segment["text"]
            outcome.back.add(filled(segment["text"]), came.get("target"))


def lost(sent, back, outcome):
    """What the client did not keep of the file, beside text."""
    before, after = facts(sent.path, sent.kind), facts(back, sent.kind)
    if not before:
        return
    kept = [(unit, after[id]) for id, unit in before.items() if id in after]
    outcome.losses["ids"] = (len(kept), len(before))
    count(outcome, "notes", [(one.notes, other.notes) for one, other in kept])
    count(outcome, "notes' text", [([text for _, text in one.notes], [text for _, text in other.notes]) for one, other in kept])
    count(outcome, "metadata", [(one.metadata, other.metadata) for one, other in kept])
    count(outcome, "white space", [([one.source], [other.source]) for one, other in kept])
    outcome.states = sorted({other.state or "none" for _, other in kept if other.target})


def count(outcome, name, pairs):
    """Units that still have all they had; more may have come to it."""
    pairs = [(had, has) for had, has in pairs if had]
    if pairs:
        outcome.losses[name] = (sum(set(had) <= set(has) for had, has in pairs), len(pairs))
