"""Okapi's tikal, where it stands on PATH: no package registry of this kind of machine has it."""
import csv
import pathlib
import shutil
import tempfile

from clients.base import Client, Row, filled, program, run


class Tikal(Client):
    name = "Okapi tikal"
    reads = fills = ("xliff12", "xliff2")
    by_source = True

    def version(self):
        return "on PATH" if program("tikal") or program("tikal.sh") else None

    def tikal(self, folder, *args):
        run(shutil.which("tikal") or shutil.which("tikal.sh"), *args, "-sl", "en", "-tl", "fr", cwd=folder)

    def read(self, path, kind):
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copy(path, folder)
            self.tikal(folder, "-2tbl", copy, "-csv")
            table = next(made for made in pathlib.Path(folder).iterdir() if made.suffix in (".txt", ".csv"))
            with open(table, encoding="utf-8-sig", newline="") as lines:
                return [Row(None, row[0], row[1] if len(row) > 1 else None) for row in csv.reader(lines) if row]

    def fill(self, path, out, kind):
        """Out as text for a translator (`-xm`), filled, and back (`-lm`)."""
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(shutil.copy(path, folder))
            self.tikal(folder, "-xm", copy, "-to", copy)
            lines = pathlib.Path(f"{copy}.en").read_text("utf-8").split("\n")
            pathlib.Path(f"{copy}.fr").write_text("\n".join(filled(line) if line else line for line in lines), "utf-8", newline="")
            self.tikal(folder, "-lm", copy, "-from", f"{copy}.fr", "-to", out)
