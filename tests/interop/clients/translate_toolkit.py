"""translate-toolkit: what Weblate, Pootle and Virtaal read files with; and its program pretranslate."""
import sys

from clients.base import Client, Row, filled, of_python, run


def stored(path, kind):
    from translate.storage import csvl10n, po, tmx, xliff, xliff2
    if kind == "csv":
        store = csvl10n.csvfile(fieldnames=["id", "source", "target", "state", "note"])
        store.parse(path.read_bytes())
        return store
    return {"xliff12": xliff.xlifffile, "xliff2": xliff2.Xliff2File, "tmx": tmx.tmxfile, "po": po.pofile}[kind].parsefile(str(path))


class TranslateToolkit(Client):
    name = "translate-toolkit"
    reads = fills = ("xliff12", "xliff2", "tmx", "po", "csv")

    def version(self):
        return of_python("translate-toolkit")

    def read(self, path, kind):
        return [Row(own_id(unit, kind), str(unit.source), str(unit.target or "") or None)
                for unit in stored(path, kind).units if unit.source and not unit.isheader()]

    def fill(self, path, out, kind):
        store = stored(path, kind)
        for unit in store.units:
            if not unit.source or unit.isheader():
                continue
            if kind == "tmx":
                unit.settarget(filled(str(unit.source)), "fr")
            else:
                unit.target = filled(str(unit.source))
        store.savefile(str(out))


def own_id(unit, kind):
    """Of XLIFF 1.2 it tells ids with the file's name before them, of 2 with the segment's behind."""
    return unit.getid().rpartition("\x04")[2].partition("::")[0] if kind.startswith("xliff") else None


class Pretranslate(Client):
    """Fills a file from one that is translated; its command line stops at XLIFF 2."""
    name = "pretranslate"
    fills = ("xliff12", "po")

    def version(self):
        return of_python("translate-toolkit")

    def fill(self, path, out, kind):
        translated = out.with_name("translated" + path.suffix)
        TranslateToolkit().fill(path, translated, kind)
        run(sys.executable, "-m", "translate.tools.pretranslate", "--nofuzzymatching", "--progress=none", "-t", translated, path, out)
