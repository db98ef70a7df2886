#!/usr/bin/env python3
"""Turn HTML pages into labelled lines for train_lines.py, by what another program takes for the article.

  label_lines.py PAGES.jsonl > lines.jsonl

PAGES.jsonl: {"id", "file", "text"?} a line, `file` relative to it. A page without a `text` checked by hand gets
trafilatura's: good enough to add variety, at a fraction of the weight. Each page is rendered to bare lines; a line is
article when more than 60 % of its runs of 4 words stand in the article. Pages of under 80 words of article, or whose
lines hold under 70 % of it, are left out. Needs resiliparse and trafilatura of tools/requirements-lines.txt.
"""
import json, os, re, sys

import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

WORD = re.compile(r"\w+")


def decoded(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def rendered(html):
    text = extract_plain_text(HTMLTree.parse(html), main_content=False, alt_texts=False, links=False,
                              form_fields=False, noscript=False, preserve_formatting=True, list_bullets=False)
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return [line for line in lines if line]


def runs(words):
    return list(zip(words, words[1:], words[2:], words[3:]))


def labelled(page, html):
    text = page.get("text") or trafilatura.extract(html, include_comments=False, include_tables=True)
    words = WORD.findall(text or "")
    if len(words) < 80:
        return None
    known, lines = set(runs(words)), rendered(html)
    of = [runs(WORD.findall(line)) for line in lines]
    labels = [int(bool(line) and sum(run in known for run in line) / len(line) > 0.6) for line in of]
    held = sum(len(WORD.findall(line)) for line, label in zip(lines, labels) if label)
    return {"id": page["id"], "lines": lines, "labels": labels} if held >= 0.7 * len(words) else None


def main(path):
    folder = os.path.dirname(os.path.abspath(path))
    for line in open(path, encoding="utf-8"):
        page = json.loads(line)
        with open(os.path.join(folder, page["file"]), "rb") as file:
            found = labelled(page, decoded(file.read()))
        if found:
            print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:2])
