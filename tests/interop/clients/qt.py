"""Qt's lconvert: XLIFF 1.2 into a TS file, as Linguist opens it, and back."""
import pathlib
import tempfile

from clients.base import Client, Row, filled, of_debian, program, run


class Lconvert(Client):
    name = "Qt lconvert"
    reads = fills = ("xliff12",)

    def version(self):
        return of_debian("qttools5-dev-tools") if program("lconvert") else None

    def read(self, path, kind):
        with tempfile.TemporaryDirectory() as folder:
            ts = pathlib.Path(folder, "units.ts")
            convert(path, ts)
            return [Row(message.get("id"), text(message.find("source")), text(message.find("translation")) or None)
                    for message in messages(ts).iter("message")]

    def fill(self, path, out, kind):
        with tempfile.TemporaryDirectory() as folder:
            ts = pathlib.Path(folder, "units.ts")
            convert(path, ts)
            root = messages(ts)
            for message in root.iter("message"):
                source, translation = message.find("source"), message.find("translation")
                translation.clear()
                for byte in source:
                    translation.append(byte)
                whole = filled("\0").split("\0")
                translation.text = whole[0] + (source.text or "")
                if len(translation):
                    translation[-1].tail = (translation[-1].tail or "") + whole[1]
                else:
                    translation.text += whole[1]
            root.getroottree().write(str(ts), encoding="utf-8")
            convert(ts, out)


def convert(path, out):
    kinds = {".ts": "ts", ".xlf": "xlf"}
    run("lconvert", "-if", kinds[path.suffix], "-i", path, "-of", kinds[out.suffix], "-o", out, env={"QT_SELECT": "5"})


def messages(ts):
    from lxml import etree
    return etree.parse(str(ts), etree.XMLParser(huge_tree=True, remove_blank_text=False)).getroot()


def text(element):
    """Text with `<byte value="x1b"/>` for what XML cannot hold."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for byte in element:
        value = byte.get("value", "")
        if byte.tag == "byte" and value:
            parts.append(chr(int(value[1:], 16) if value.startswith("x") else int(value)))
        parts.append(byte.tail or "")
    return "".join(parts)
