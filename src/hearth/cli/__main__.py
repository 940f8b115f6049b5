"""``python -m hearth.cli``, where ./hearth ends up."""

from hearth.cli.main import run

run()
