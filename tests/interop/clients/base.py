"""What a client is: a program that is not ours and reads bilingual files; some of them write them, too."""
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import subprocess
import typing

HELPERS = pathlib.Path(__file__).resolve().parent.parent / "helpers"
HOME = pathlib.Path(os.environ["INTEROP_HOME"])
SECONDS = int(os.environ.get("INTEROP_SECONDS", "300"))

# Around the source, what a translator makes of it: tells filled targets from copied sources, and whose target it is.
BEFORE, AFTER = "‹", "›"


def filled(source):
    return BEFORE + source + AFTER


class Row(typing.NamedTuple):
    """A unit as a client sees it. Clients that know no ids leave them out."""
    id: str | None
    source: str
    target: str | None


class Refused(Exception):
    """The client did not do it; the message is its own."""


class Client:
    """`reads` and `fills` hold kinds of files: xliff12, xliff2, tmx, po, tsv, csv, docx."""
    name = ""
    reads: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    # Knows a unit by its source alone: equal sources are one to it.
    by_source = False
    # How it shows inline marks in a source, as a pattern.
    tags: re.Pattern | None = None

    def version(self) -> str | None:
        """None when it is not installed."""
        raise NotImplementedError

    def read(self, path: pathlib.Path, kind: str) -> list[Row]:
        """The units of a file from English to French."""
        raise NotImplementedError

    def fill(self, path: pathlib.Path, out: pathlib.Path, kind: str) -> None:
        """Writes `out`: the file with a target `filled(source)` at every unit that the client finds."""
        raise NotImplementedError


def run(*command, env=None, cwd=None) -> str:
    """Standard output of a command that must end with 0."""
    try:
        ran = subprocess.run([str(part) for part in command], capture_output=True, timeout=SECONDS, cwd=cwd,
                             env={**os.environ, **(env or {})})
    except subprocess.TimeoutExpired:
        raise Refused(f"ran over {SECONDS} s") from None
    if ran.returncode:
        said = (ran.stderr or ran.stdout).decode("utf-8", "replace").strip().splitlines()
        raise Refused(" ".join(said[-2:])[:300] or f"ended with {ran.returncode}")
    return ran.stdout.decode("utf-8", "replace")


def rows(text) -> list[Row]:
    """The rows that a helper script wrote: a JSON list of [id, source, target]."""
    return [Row(id, source or "", target or None) for id, source, target in json.loads(text)]


def program(name) -> bool:
    return shutil.which(name) is not None


def of_debian(package) -> str | None:
    try:
        asked = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return asked.stdout or None


def of_python(package) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def of_node(package) -> str | None:
    described = HOME / "node_modules" / package / "package.json"
    if not described.exists() or not program("node"):
        return None
    return json.loads(described.read_text("utf-8"))["version"]


def node(script, *args) -> str:
    return run("node", HELPERS / script, *args, env={"INTEROP_MODULES": str(HOME / "node_modules")})
