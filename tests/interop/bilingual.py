"""What stands in a bilingual file beside its text, to see what a client lost of it."""
import dataclasses

CORE = ("urn:oasis:names:tc:xliff:document:1.1", "urn:oasis:names:tc:xliff:document:1.2", "urn:oasis:names:tc:xliff:document:2.0",
        "urn:oasis:names:tc:xliff:document:2.2")
# What XLIFF itself says of a file or unit beside id and languages; modules have their own namespaces.
SAID = ("original", "canResegment", "maxwidth", "size-unit", "datatype")


@dataclasses.dataclass
class Unit:
    source: str
    target: str | None
    state: str | None
    notes: list
    metadata: list


def facts(path, kind):
    """The units of a file by id; {} where a format has nothing to lose but text."""
    if kind.startswith("xliff"):
        return xliff(path)
    if kind == "po":
        return po(path)
    if kind == "tmx":
        return tmx(path)
    return {}


def parsed(path):
    from lxml import etree
    return etree.parse(str(path), etree.XMLParser(huge_tree=True, no_network=True, resolve_entities=False)).getroot()


def local(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(name):
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def children(element, name):
    return [child for child in element if local(child) == name and namespace(child.tag) in ("", *CORE)]


def text(element):
    return "".join(element.itertext())


def xliff(path):
    units = {}
    for file in parsed(path).iter("{*}file"):
        told = sorted((name, value) for name, value in file.attrib.items() if name in SAID)
        for unit in file.iter("{*}unit", "{*}trans-unit"):
            segment = next(iter(children(unit, "segment")), unit)
            source, target = (next(iter(children(segment, name)), None) for name in ("source", "target"))
            notes = [note for box in [unit, *children(unit, "notes")] for note in children(box, "note")]
            units[unit.get("id")] = Unit(
                "" if source is None else text(source),
                None if target is None else text(target),
                segment.get("state") or (None if target is None else target.get("state")),
                [(note.get("category") or note.get("from") or "", text(note)) for note in notes],
                told + sorted(metadata(unit)),
            )
    return units


def metadata(unit):
    """Attributes and elements of modules, alternatives, and lengths."""
    for name, value in unit.attrib.items():
        if name in SAID or namespace(name) not in ("", "http://www.w3.org/XML/1998/namespace"):
            yield name, value
    for child in unit:
        if isinstance(child.tag, str) and (namespace(child.tag) not in ("", *CORE) or local(child) == "alt-trans"):
            yield local(child), " ".join(" ".join(child.itertext()).split())


def tmx(path):
    units = {}
    for unit in parsed(path).iter("tu"):
        said = sorted((prop.tag + " " + (prop.get("type") or ""), prop.text or "") for prop in unit if prop.tag in ("prop", "note"))
        segments = [text(variant.find("seg")) for variant in unit.iter("tuv")]
        units[unit.get("tuid")] = Unit(segments[0], segments[1] if len(segments) > 1 else None, None, said, [])
    return units


def po(path):
    from translate.storage import pypo
    units = {}
    for unit in pypo.pofile.parsefile(str(path)).units:
        if not unit.isheader():
            said = sorted([("automatic", line) for line in unit.automaticcomments] + [("other", line) for line in unit.othercomments])
            units[unit.getcontext()] = Unit(str(unit.source), str(unit.target) or None, "fuzzy" if unit.isfuzzy() else None, said, [])
    return units
