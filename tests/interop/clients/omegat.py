"""OmegaT on its console: a project holds the file and a memory; translating it hands back the file, and the project's TMX."""
import os
import pathlib
import re
import shutil
import tempfile
from xml.sax.saxutils import escape

from clients.base import Client, Refused, Row, filled, of_debian, program, run

JAR = pathlib.Path(os.environ.get("OMEGAT_JAR", "/usr/share/omegat/OmegaT.jar"))
FOLDERS = ("source", "target", "tm/auto", "glossary", "dictionary", "omegat")
SETTINGS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>en</source_lang><target_lang>fr</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
"""


class OmegaT(Client):
    name = "OmegaT"
    reads = fills = ("xliff12", "po")
    by_source = True
    tags = re.compile(r"</?[a-z]\d+/?>")

    def version(self):
        return of_debian("omegat") if program("java") and JAR.exists() else None

    # The file read last, and its rows: filling needs them again, and each start of Java costs seconds.
    last: tuple = (None, [])

    def read(self, path, kind):
        if self.last[0] != path:
            self.last = (path, self.listed(path, kind))
        return self.last[1]

    @staticmethod
    def listed(path, kind):
        with tempfile.TemporaryDirectory() as folder:
            project = Project(folder, path)
            memory = pathlib.Path(folder, "equal.tmx")
            project.run("--mode=console-createpseudotranslatetmx", f"--pseudotranslatetmx={memory}", "--pseudotranslatetype=equal")
            if not memory.exists():
                raise Refused("shows no segments")
            pairs = memory_pairs(memory)
            return [Row(None, source, None) for source, _ in pairs if kind != "po" or "Content-Type: " not in source]

    def fill(self, path, out, kind):
        with tempfile.TemporaryDirectory() as folder:
            project = Project(folder, path)
            pairs = [(row.source, filled(row.source)) for row in self.read(path, kind)]
            project.add_memory("filled.tmx", write_memory(pairs))
            project.translate(out)


class Project:
    def __init__(self, folder, path):
        self.folder = pathlib.Path(folder, "project")
        self.file = path.name
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True)
        (self.folder / "omegat.project").write_text(SETTINGS, "utf-8")
        shutil.copy(path, self.folder / "source" / path.name)

    def run(self, *args):
        home = self.folder.parent
        run("java", "-Djava.awt.headless=true", f"-Duser.home={home}", "-jar", JAR, self.folder, *args)

    def add_memory(self, name, content):
        (self.folder / "tm" / "auto" / name).write_text(content, "utf-8", newline="")

    def translate(self, out):
        """Writes the translated file to `out`; the TMX files of the project stand beside it."""
        self.run("--mode=console-translate")
        made = self.folder / "target" / self.file
        if not made.exists():
            raise Refused("writes no file")
        shutil.copy(made, out)
        for memory in self.folder.glob("*.tmx"):
            shutil.copy(memory, out.with_name(re.sub("^project", "omegat", memory.name)))


def write_memory(pairs):
    """A TMX as any tool may bring it; ours is tried by `interop.py` as well."""
    def seg(text):
        return escape(text, {"\r": "&#13;"})

    units = (f'<tu><tuv xml:lang="en"><seg>{seg(source)}</seg></tuv><tuv xml:lang="fr"><seg>{seg(target)}</seg></tuv></tu>\n'
             for source, target in pairs)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="other" creationtoolversion="1" '
            'segtype="sentence" o-tmf="other" adminlang="en" srclang="en" datatype="plaintext"/><body>\n'
            + "".join(units) + "</body></tmx>\n")


def memory_pairs(path):
    from lxml import etree
    root = etree.parse(str(path), etree.XMLParser(huge_tree=True, load_dtd=False, no_network=True)).getroot()
    for unit in root.iter("tu"):
        source, target = ("".join(variant.find("seg").itertext()) for variant in unit.findall("tuv")[:2])
        yield source, target
