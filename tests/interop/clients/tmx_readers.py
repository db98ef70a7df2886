"""Programs that read TMX and write none for us: npm tmexchange, Perl's XML::TMX, hypomnema."""
from clients.base import HELPERS, Client, Refused, Row, node, of_debian, of_node, of_python, rows, run


class Tmexchange(Client):
    name = "npm tmexchange"
    reads = ("tmx",)

    def version(self):
        return of_node("tmexchange")

    def read(self, path, kind):
        return rows(node("tmx.mjs", path))


class PerlTmx(Client):
    name = "Perl XML::TMX"
    reads = ("tmx",)

    def version(self):
        try:
            run("perl", "-MXML::TMX::Reader", "-e", "1")
        except (Refused, FileNotFoundError):
            return None
        return of_debian("libxml-tmx-perl") or "on PATH"

    def read(self, path, kind):
        return rows(run("perl", HELPERS / "tmx.pl", path))


class Hypomnema(Client):
    """0.4.3 needs Python 3.12."""
    name = "hypomnema"
    reads = ("tmx",)

    def version(self):
        return of_python("hypomnema")

    def read(self, path, kind):
        import hypomnema
        backend = hypomnema.StandardBackend()
        memory = hypomnema.Deserializer(backend).deserialize(backend.parse(str(path)))
        read = []
        for unit in memory.body:
            by_language = {variant.lang.lower(): plain(variant.content) for variant in unit.variants}
            read.append(Row(unit.tuid, by_language.get("en", ""), by_language.get("fr") or None))
        return read


def plain(content):
    """Text of a segment, codes left out."""
    if isinstance(content, str):
        return content
    if isinstance(content, (list, tuple)):
        return "".join(plain(part) for part in content)
    return plain(getattr(content, "content", None) or "")
