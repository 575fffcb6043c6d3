#!/usr/bin/env python3
"""Writes prefetch.tsv: what libscca reads in each sample.

usage: golden.py FOLDER > prefetch.tsv      FOLDER: the sample data's folder "prefetch"
needs: python3-libscca (Debian)

Digests are SHA-1: of "path|reference" of each file, and of "device path|creation time|serial" of
each volume, one a line.
"""
import hashlib
import os
import sys

import pyscca


def digest(lines):
    return hashlib.sha1("\n".join(lines).encode("utf-8")).hexdigest()


def main(folder):
    print("file\tversion\texecutable\thash\truns\ttimes\tfiles\tfiles_digest\tvolumes\tvolumes_digest")
    for name in sorted(os.listdir(folder)):
        scca = pyscca.file()
        try:
            scca.open(os.path.join(folder, name))
        except OSError:
            continue
        times = []
        for i in range(8 if scca.format_version >= 26 else 1):
            times.append(scca.get_last_run_time_as_integer(i))
        files = []
        for i in range(scca.number_of_file_metrics_entries):
            entry = scca.get_file_metrics_entry(i)
            files.append("%s|%d" % (entry.filename, entry.file_reference or 0))
        volumes = []
        for i in range(scca.number_of_volumes):
            volume = scca.get_volume_information(i)
            created = volume.get_creation_time_as_integer()
            volumes.append("%s|%d|%d" % (volume.device_path, created, volume.serial_number))
        row = (
            name,
            scca.format_version,
            scca.executable_filename,
            "%08x" % scca.prefetch_hash,
            scca.run_count,
            " ".join(str(time) for time in times if time),
            len(files),
            digest(files),
            len(volumes),
            digest(volumes),
        )
        print("\t".join(str(cell) for cell in row))


main(sys.argv[1])
