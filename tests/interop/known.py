"""What clients are known to lose, and why. All else is a fault, and so is any loss that a profile promises not to have."""
import dataclasses

# What the client of a profile does without loss, of articles and of hostile text once it is mended. Symfony's own files have other ids.
PROMISED = ("sample", "hostile", "long", "marks")
PROMISES = {
    "OmegaT": ("read", "back"),
    "Okapi tikal": ("read", "back"),
    "translate-toolkit": ("read", "back"),
    "pretranslate": ("back",),
    "npm xliff": ("read", "back"),
    "Symfony": ("read",),
    "Qt lconvert": ("read", "back"),
}


@dataclasses.dataclass
class Loss:
    """`client` and `file` are names or their beginnings; no inputs are all, and `at_most` is a number of units."""
    client: str
    file: str
    inputs: tuple
    what: tuple
    why: str
    at_most: int | None = None
    # The clients and files that a run has met it with.
    met: set = dataclasses.field(default_factory=set)

    def covers(self, client, file, source, what, number):
        return (client.startswith(self.client) and file.startswith(self.file) and what in self.what
                and (not self.inputs or source in self.inputs) and (self.at_most is None or number <= self.at_most))


LOSSES = [
    Loss("Symfony", "XLIFF 2.1", (), ("read",), "refuses the version"),
    Loss("Symfony", "XLIFF 2.2", (), ("read",), "refuses the version"),
    Loss("Symfony", "XLIFF", (), ("back",), "writes ids of its own"),
    Loss("OmegaT", "XLIFF 1.2 (no targets)", (), ("read", "back"), "shows only units with a target"),
    Loss("pretranslate", "XLIFF 1.2 (copied sources)", (), ("back",), "takes copied sources for translations"),
    Loss("Qt lconvert", "XLIFF 1.2", ("told",), ("back",), "writes targets among the proposals of a memory"),
    Loss("Qt lconvert", "XLIFF 1.2", ("raw",), ("read",), "drops lone CR", 4),
    Loss("Qt lconvert", "XLIFF 1.2", ("raw",), ("back",), "drops lone CR", 12),
    Loss("npm xliff", "XLIFF", ("raw",), ("back",), "decodes `&amp;` in text once more", 12),
    Loss("OmegaT", "PO", ("raw",), ("read", "back"), "shows lone CR as `\\r`", 20),
    Loss("LibreOffice Writer", "DOCX", ("raw",), ("read", "back"), "finds no table where a cell has a CR"),
    Loss("LibreOffice Calc", "TSV", (), ("read", "back"), "takes a quotation mark at the start of a cell for quoting; give it CSV"),
    Loss("LibreOffice Calc", "CSV", ("hostile", "raw"), ("read", "back"), "computes cells that begin with `=`", 2),
    Loss("LibreOffice Calc", "CSV", ("long",), ("read", "back"), "cuts cells of 65,535 characters", 2),
    # PO has blanks for some control characters, XML nothing.
    Loss("", "PO", ("raw",), ("read", "back"), "blanks for control characters", 4),
]

# Trips that are left out because the client would take all day.
SLOW = {("LibreOffice Writer", "long"): "minutes for a cell of 100,000 characters"}


def judged(client, file, source, own, outcome):
    """Faults of a trip. `own`: the file is of a profile made for this client."""
    faults = []
    for what, number, text in lost(outcome):
        loss = next((loss for loss in LOSSES if loss.covers(client, file, source, what, number)), None)
        if loss:
            loss.met.add((client, file))
        promised = own and source in PROMISED and what in PROMISES[client]
        if not loss or promised:
            faults.append(f"{source}: {client}: {file}: {text}")
    return faults


def unmet(clients):
    """Losses that a whole run has not met: they are gone, and need not be named."""
    clients = list(clients)
    return [f"known loss not met: {loss.client or 'any client'}: {loss.file or 'any file'}: {loss.why}" for loss in LOSSES
            if not loss.met and any(client.startswith(loss.client) for client in clients)]


def lost(outcome):
    """What, of how many units, in words."""
    read, back = outcome.read, outcome.back
    if outcome.refused:
        yield "read", 0, f"refuses it: {outcome.refused}"
    if read and not read.whole():
        yield "read", read.lacks(), f"reads {read.right()} of {read.total}, first {read.wrong}"
    if outcome.unfilled:
        yield "back", 0, f"does not fill it: {outcome.unfilled}"
    if back and not back.whole():
        said = [line for line in outcome.said.splitlines() if ": suspicious: " not in line]
        yield "back", back.lacks(), f"{back.right()} of {back.total} come back, first {back.wrong}; {' '.join(said[:2])[:300]}"
    if outcome.sources_changed:
        yield "sources", outcome.sources_changed, f"{outcome.sources_changed} sources are not as they went out"
