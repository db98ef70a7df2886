"""What came of all trips, as a table of Markdown, and its place in the docs."""
import collections
import re

BEGIN = "<!-- made by tests/interop/run.sh --table -->"
END = "<!-- end -->"
HEAD = ["client", "file", "`--for`", "reads", "comes back", "ids", "notes", "metadata", "states", "white space", "inline marks", "why"]


class Results:
    def __init__(self, losses):
        self.losses = losses
        self.sizes = {}
        self.outcomes = collections.defaultdict(dict)
        self.profiles = {}
        self.marks = {}
        self.versions = {}
        self.skipped = []

    def add(self, client, file, source, outcome, profiles):
        key = (client.name, file.name)
        self.outcomes[key][source] = outcome
        self.profiles[key] = [tool for tool in file.profiles if client.name in profiles[tool]]

    def add_marks(self, client, file, outcome):
        read, back = outcome.read, outcome.back
        said = [f"{name} {share([('them', (count.right(), count.total))])}" for name, count in (("reads", read), ("back", back)) if count]
        self.marks[client.name, file.name] = ", ".join(said) or "–"

    def trips(self):
        return sum(len(outcomes) for outcomes in self.outcomes.values())

    def rows(self):
        """Cells by client and files; files that a client treats alike are one row."""
        by_cells = collections.defaultdict(list)
        for (client, file), outcomes in self.outcomes.items():
            by_cells[client, *self.cells(client, file, outcomes)].append(file)
        rows = [[client, together(files), *cells] for (client, *cells), files in by_cells.items()]
        clients = list(dict.fromkeys(client for client, _ in self.outcomes))
        return sorted(rows, key=lambda row: clients.index(row[0]))

    def cells(self, client, file, outcomes):
        listed = list(outcomes.items())
        first = listed[0][1]
        if first.refused:
            return ["–", "no", *["–"] * 8, self.why(client, file)]
        return [
            ", ".join(f"`{tool}`" for tool in self.profiles[client, file]) or "–",
            share((source, one.read and (one.read.right(), one.read.total)) for source, one in listed),
            share((source, (0, 1) if one.unfilled else one.back and (one.back.right(), one.back.total)) for source, one in listed),
            kept(listed, "ids"),
            notes(listed),
            kept(listed, "metadata"),
            ", ".join(f"`{state}`" if state != "none" else state for state in first.states) or "–",
            kept(listed, "white space"),
            self.marks.get((client, file), "–"),
            self.why(client, file),
        ]

    def why(self, client, file):
        return "; ".join(dict.fromkeys(loss.why for loss in self.losses if (client, file) in loss.met))

    def markdown(self):
        clients = ", ".join(f"{name} {version}".strip() for name, version in self.versions.items())
        sizes = ", ".join(f"{name} {size:,}" for name, size in self.sizes.items())
        said = [f"Measured with {clients}.", f"Not there to be run: {', '.join(self.skipped)}."] if self.skipped else [f"Measured with {clients}."]
        said.append(f"Segments: {sizes}.")
        return "\n".join([*said, "", line(HEAD), line(["---"] * len(HEAD)), *map(line, self.rows())])


def line(cells):
    return "| " + " | ".join(cells) + " |"


def short(version):
    """A version without what Debian adds to it."""
    return re.split(r"[-+]", version.rpartition(":")[2])[0]


def together(files):
    """`XLIFF 2.0, 2.1, 2.2` for three names that begin alike."""
    versions = [file.removeprefix("XLIFF ") for file in files if file.startswith("XLIFF ")]
    others = [file for file in files if not file.startswith("XLIFF ")]
    return "; ".join(["XLIFF " + ", ".join(versions)] * bool(versions) + others)


def share(counts):
    """`all`, `none`, or how many are lacking in which input: `all but 8 of raw`."""
    counts = [(source, count) for source, count in counts if count]
    if not counts:
        return "–"
    if not any(some for _, (some, _) in counts):
        return "none"
    less = [f"{whole - some:,} of {source}" for source, (some, whole) in counts if some < whole]
    return "all but " + ", ".join(less) if less else "all"


def kept(listed, name):
    return share((source, one.losses.get(name)) for source, one in listed)


def notes(listed):
    """Notes with their kinds, their text alone, or fewer."""
    text, whole = kept(listed, "notes' text"), kept(listed, "notes")
    if text == whole:
        return whole
    return "text alone" if text == "all" else f"text alone, {text}"


def brief(outcome):
    """One line of a trip, for who watches it run."""
    said = []
    if outcome.refused:
        said.append(f"refused: {outcome.refused}")
    if outcome.read:
        said.append(f"read {outcome.read.exact} + {outcome.read.alike} alike of {outcome.read.total}")
    if outcome.unfilled:
        said.append(f"not filled: {outcome.unfilled}")
    if outcome.back:
        said.append(f"back {outcome.back.exact} + {outcome.back.alike} alike of {outcome.back.total}")
    said += [f"{name} {some} of {all}" for name, (some, all) in outcome.losses.items() if some < all]
    return "; ".join(said)


def write(path, results):
    """Puts the table between its two marks."""
    text = path.read_text("utf-8")
    made = f"{BEGIN}\n{results.markdown()}\n{END}"
    replaced, places = re.subn(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: made, text, flags=re.DOTALL)
    if places != 1:
        raise SystemExit(f"{path} has no `{BEGIN}` … `{END}`")
    path.write_text(replaced, "utf-8", newline="\n")
