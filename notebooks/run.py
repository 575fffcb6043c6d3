"""Runs a notebook from its first cell to its last: run.py NOTEBOOK OUTPUT. Fails with the first cell that does."""
import pathlib
import sys

import nbclient
import nbformat

CELL_SECONDS = 300

source, target = map(pathlib.Path, sys.argv[1:])
notebook = nbformat.read(source, as_version=4)
nbclient.NotebookClient(
    notebook,
    timeout=CELL_SECONDS,
    kernel_name="python3",
    resources={"metadata": {"path": str(source.parent)}},
).execute()
nbformat.write(notebook, target)
