#!/usr/bin/env python3
"""Writes events.tsv: every event that libevtx reads, reduced to what does not depend on layout.

usage: golden.py FOLDER [RECORD] > events.tsv      FOLDER: the sample data's folder "evtx"; RECORD: shown on stderr
needs: python3-libevtx (Debian)

An event becomes lines "path=text" and "path@attribute=value" in document order; hex numbers lose
leading zeros, GUIDs become lower case, fractions of seconds lose trailing zeros, texts lose white
space at both ends and carriage returns. A log becomes one row of identifiers of records, each with
the first eight digits of the SHA-1 of its lines.
"""
import hashlib
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import pyevtx


def normal(text):
    text = (text or "").replace("\r", "").strip(" \t\n")
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return "0x%x" % int(text, 16)
    if re.fullmatch(r"\{[0-9a-fA-F-]{36}\}", text):
        return text.lower()
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d+)Z", text)
    if match:
        return match.group(1) + "." + match.group(2).rstrip("0") + "Z"
    return text


def flat(element, path, lines):
    path = path + "/" + element.tag.split("}")[-1]
    lines.append("%s=%s" % (path, normal(element.text)))
    for name, value in element.attrib.items():
        lines.append("%s@%s=%s" % (path, name.split("}")[-1], normal(value)))
    for child in element:
        flat(child, path, lines)


def main(folder):
    show = int(sys.argv[2]) if len(sys.argv) > 2 else -1
    print("file\tevents")
    for name in sorted(os.listdir(folder)):
        log = pyevtx.file()
        try:
            log.open(os.path.join(folder, name))
        except OSError:
            continue
        events = []
        for i in range(log.number_of_records):
            try:
                record = log.get_record(i)
                xml = record.get_xml_string().rstrip("\0")
                root = ElementTree.fromstring(xml)
            except (OSError, ElementTree.ParseError):
                continue
            lines = []
            flat(root, "", lines)
            text = "\n".join(lines)
            if record.identifier == show:
                sys.stderr.write(name + "\n" + text + "\n")
            digest = hashlib.sha1(text.encode("utf-8")).hexdigest()
            events.append("%d:%s" % (record.identifier, digest[:8]))
        if events:
            print(name + "\t" + " ".join(events))


main(sys.argv[1])
