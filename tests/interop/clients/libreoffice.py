"""LibreOffice: a table filled in and saved by Writer or Calc, on its console."""
import csv
import io
import pathlib
import re
import shutil
import tempfile
import zipfile

from clients.base import Client, Refused, Row, filled, of_debian, program, run

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Separator, quote, UTF-8, first line; for writing as they are: no quotes but where needed, numbers as shown.
TABLES = {"csv": (",", "44,34,76,1"), "tsv": ("\t", "9,34,76,1")}


class Writer(Client):
    name = "LibreOffice Writer"
    reads = fills = ("docx",)

    def version(self):
        return of_debian("libreoffice-writer") if program("soffice") else None

    def read(self, path, kind):
        with tempfile.TemporaryDirectory() as folder:
            saved = pathlib.Path(folder, "saved.docx")
            convert(path, saved, "docx:MS Word 2007 XML")
            _, _, cells = word_rows(saved)
            return [Row(row[0], row[1], row[2] or None) for row in cells]

    def fill(self, path, out, kind):
        """Targets are typed into the file, then Writer opens and saves it."""
        with tempfile.TemporaryDirectory() as folder:
            typed = pathlib.Path(folder, "typed.docx")
            type_targets(path, typed)
            convert(typed, out, "docx:MS Word 2007 XML")


class Calc(Client):
    name = "LibreOffice Calc"
    reads = fills = ("csv", "tsv")

    def version(self):
        return of_debian("libreoffice-calc") if program("soffice") else None

    def read(self, path, kind):
        with tempfile.TemporaryDirectory() as folder:
            saved = pathlib.Path(folder, "saved.csv")
            self.save(path, saved, kind)
            separator = TABLES[kind][0]
            with open(saved, encoding="utf-8", newline="") as lines:
                rows = list(csv.DictReader(lines, delimiter=separator))
            bare = unescaped if kind == "tsv" else str
            return [Row(row["id"], bare(row["source"] or ""), bare(row["target"] or "") or None) for row in rows]

    def fill(self, path, out, kind):
        with tempfile.TemporaryDirectory() as folder:
            typed = pathlib.Path(folder, "typed" + path.suffix)
            separator = TABLES[kind][0]
            rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=separator,
                                   quoting=csv.QUOTE_MINIMAL if kind == "csv" else csv.QUOTE_NONE))
            for row in rows[1:]:
                row[2] = filled(row[1])
            with open(typed, "w", encoding="utf-8", newline="") as lines:
                if kind == "csv":
                    csv.writer(lines).writerows(rows)
                else:
                    lines.writelines(separator.join(row) + "\n" for row in rows)
            self.save(typed, out, kind)

    @staticmethod
    def save(path, out, kind):
        options = TABLES[kind][1]
        convert(path, out, f"csv:Text - txt - csv (StarCalc):{options}", f"CSV:{options}")


def unescaped(cell):
    """A cell of our tables of tabs."""
    return re.sub(r"\\([tnr\\])", lambda escape: {"t": "\t", "n": "\n", "r": "\r"}.get(escape[1], escape[1]), cell)


def convert(path, out, to, infilter=None):
    with tempfile.TemporaryDirectory() as folder:
        run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", *([f"--infilter={infilter}"] if infilter else []),
            "--convert-to", to, "--outdir", folder, path)
        made = pathlib.Path(folder, path.stem + "." + to.partition(":")[0])
        if not made.exists():
            raise Refused("writes no file")
        shutil.move(made, out)


def word_rows(path):
    """Archive members, the parsed document, and the text of each cell of its rows, without the header."""
    from lxml import etree
    with zipfile.ZipFile(path) as archive:
        members = [(member, archive.read(member)) for member in archive.infolist()]
    document = next(content for member, content in members if member.filename == "word/document.xml")
    root = etree.fromstring(document, etree.XMLParser(huge_tree=True))
    cells = [[cell_text(cell) for cell in row.iter(WORD + "tc")] for row in root.iter(WORD + "tr")]
    return members, root, cells[1:]


def cell_text(cell):
    return "\n".join("".join({"t": node.text or "", "tab": "\t", "br": "\n"}.get(node.tag.removeprefix(WORD), "")
                             for node in paragraph.iter()) for paragraph in cell.iter(WORD + "p"))


def type_targets(path, out):
    from lxml import etree
    members, root, _ = word_rows(path)
    for row in list(root.iter(WORD + "tr"))[1:]:
        cells = list(row.iter(WORD + "tc"))
        paragraph = cells[2].find(WORD + "p")
        for old in paragraph.findall(WORD + "r"):
            paragraph.remove(old)
        text = etree.SubElement(etree.SubElement(paragraph, WORD + "r"), WORD + "t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = filled(cell_text(cells[1]))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members:
            if member.filename == "word/document.xml":
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            archive.writestr(member.filename, content)
