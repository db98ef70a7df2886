"""GNU gettext: msgfmt checks a PO file and compiles it; what the catalogue then holds is read by Python's own gettext."""
import pathlib
import tempfile

from clients.base import Client, Row, of_debian, program, run


class Msgfmt(Client):
    """A catalogue holds translated units alone, so what is compiled is what msgen made, with copied sources."""
    name = "msgfmt"
    reads = ("po",)

    def version(self):
        return of_debian("gettext") if program("msgfmt") and program("msgen") else None

    def read(self, path, kind):
        import gettext
        with tempfile.TemporaryDirectory() as folder:
            compiled = pathlib.Path(folder, "units.mo")
            run("msgfmt", "--check", "-o", "/dev/null", path)
            run("msgen", "-o", pathlib.Path(folder, "copied.po"), path)
            run("msgfmt", "--no-hash", "-o", compiled, pathlib.Path(folder, "copied.po"))
            with open(compiled, "rb") as mo:
                catalogue = gettext.GNUTranslations(mo)._catalog
        read = []
        for key in catalogue:
            id, divided, source = key.rpartition("\x04")
            if divided:
                read.append(Row(id, source, None))
        return read
