"""npm `xliff`, which i18next and others read and write files with."""
from clients.base import AFTER, BEFORE, Client, node, of_node, rows


class NpmXliff(Client):
    name = "npm xliff"
    reads = fills = ("xliff12", "xliff2")

    def version(self):
        return of_node("xliff")

    def read(self, path, kind):
        return rows(node("xliff.cjs", kind, path))

    def fill(self, path, out, kind):
        node("xliff.cjs", kind, path, out, BEFORE, AFTER)
