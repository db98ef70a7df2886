"""Symfony Translation, which knows a message by its source and checks files against schemas of its own."""
import json
import os
import pathlib

from clients.base import AFTER, BEFORE, HELPERS, Client, Row, of_debian, program, run

LIBRARY = pathlib.Path(os.environ.get("SYMFONY_AUTOLOAD", "/usr/share/php/Symfony/Component/Translation/autoload.php"))


class Symfony(Client):
    name = "Symfony"
    reads = fills = ("xliff12", "xliff2")
    by_source = True

    def version(self):
        return of_debian("php-symfony-translation") if program("php") and LIBRARY.exists() else None

    def read(self, path, kind):
        listed = json.loads(self.helper(path))
        # It gives the source where there is no target.
        return [Row(id, source, None if target == source else target) for id, source, target in listed]

    def fill(self, path, out, kind):
        self.helper(path, out, "1.2" if kind == "xliff12" else "2.0", BEFORE, AFTER)

    @staticmethod
    def helper(*args):
        return run("php", "-d", "memory_limit=2G", HELPERS / "xliff.php", LIBRARY, *args)
