"""The program under test: writes files, reads them back."""
import dataclasses
import json
import pathlib
import shutil
import subprocess


class Failed(Exception):
    """It ended with what no run here may end with."""


@dataclasses.dataclass
class Sent:
    """A file as it went out, with all that was written beside it; equal files of several profiles are one."""
    path: pathlib.Path
    kind: str
    name: str
    profiles: list

    def bytes(self):
        return self.path.read_bytes()


class Nutgraf:
    def __init__(self, program):
        self.program = program

    def run(self, *args, fine=(0,)):
        ran = subprocess.run([self.program, *map(str, args)], capture_output=True)
        said = ran.stderr.decode("utf-8", "replace")
        if ran.returncode not in fine:
            raise Failed(f"nutgraf {' '.join(map(str, args))[:200]} ended with {ran.returncode}: {said[-300:]}")
        return ran.stdout.decode("utf-8"), said

    def knows(self, command, flag):
        return flag in self.run(command, "--help")[0]

    def segments(self, inputs, *flags):
        return documents(self.run("segment", *inputs, "--no-progress", "--on-error", "fail", *flags)[0])

    def send(self, inputs, out, *flags):
        out.parent.mkdir(parents=True, exist_ok=True)
        self.run("segment", *inputs, "--no-progress", "--on-error", "fail", "--source-lang", "en", "--target-lang", "fr", "-o", out, *flags)

    def merge(self, sent, filled, *flags):
        """Puts the filled file in the place of the one that went out: documents as JSON lines, and what was said."""
        folder = filled.parent / "back"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sent.path.parent, folder)
        shutil.copyfile(filled, folder / sent.path.name)
        out, said = self.run("merge", folder / sent.path.name, "--no-progress", *flags, fine=(0, 1, 2))
        return out, said


def documents(lines):
    return [json.loads(line) for line in lines.split("\n") if line]
