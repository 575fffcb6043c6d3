#!/usr/bin/env python3
"""Writes hives.tsv: what independent readers find in each sample hive.

usage: golden.py FOLDER > hives.tsv      FOLDER: the sample data's folder "registry"
needs: python3-hivex, reglookup (Debian)
"""
import hashlib
import os
import subprocess
import sys

import hivex


def by_hivex(path):
    hive = hivex.Hivex(path)
    lines = []
    counts = [0, 0]

    def walk(node, key_path, is_root):
        counts[0] += 1
        lines.append("K|%s|%d" % (key_path, hive.node_timestamp(node)))
        for value in hive.node_values(node):
            counts[1] += 1
            kind, data = hive.value_value(value)
            digest = hashlib.sha1(data).hexdigest()
            name = hive.value_key(value)
            lines.append("V|%s|%s|%08x|%d|%s" % (key_path, name, kind & 0xFFFFFFFF, len(data), digest))
        for child in hive.node_children(node):
            name = hive.node_name(child)
            walk(child, name if is_root else key_path + "\\" + name, False)

    walk(hive.root(), "", True)
    text = "\n".join(sorted(line.encode("utf-8").hex() for line in lines))
    return counts[0], counts[1], hashlib.sha256(text.encode("ascii")).hexdigest()


def by_reglookup(path):
    run = subprocess.run(["reglookup", "-H", path], capture_output=True)
    rows = [row for row in run.stdout.split(b"\n") if row]
    keys = sum(1 for row in rows if b",KEY," in row)
    return keys, len(rows) - keys


def main(root):
    print("hive\tkeys\tvalues\tdigest\treglookup_keys\treglookup_values")
    found = []
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.join(folder, name)
            with open(path, "rb") as f:
                head = f.read(32)
            if head[:4] == b"regf" and head[28:32] == b"\0\0\0\0":
                found.append(os.path.relpath(path, root))
    for name in sorted(found):
        path = os.path.join(root, name)
        try:
            row = by_hivex(path)
        except (RuntimeError, UnicodeError):
            row = ("-", "-", "-")
        print("\t".join(map(str, (name,) + row + by_reglookup(path))))


main(sys.argv[1])
