#!/usr/bin/env python3
"""Runs the code blocks of the guide's pages, each page in an empty folder of its own, in the order of the page.

    python3 docs/run.py [--keep] [PAGE ...]        every page below docs/guide where none is named

What a block is, its language and the comment above it say:

    ```sh                          is run by bash; the page fails where a command fails
    <!-- fails -->                 above `sh`: the last command must fail, as the text says
    <!-- background -->            above `sh`: goes on until the page ends
    <!-- output -->                above `text`: lines that the block before it printed, in this order; `…` is any text
    <!-- file: PATH -->            above any block: what the file holds from now on
    <!-- part of: PATH -->         above any block: lines that the file holds, one after the other
    <!-- shown: REASON -->         above any block: is not run, for that reason
    ```diff                        is applied by `patch -p1`

A block of any other kind fails the page: nothing in the guide goes unchecked. The programs of this checkout are found
before any other; they must have been built (`cargo build --workspace`).
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
FOLDER = ROOT / "target" / "guide"
# A page that takes longer than this many seconds hangs.
AT_MOST = 1500

FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S)
SAID = re.compile(r"<!-- (?P<word>file|part of|output|background|fails|shown)(?:: (?P<path>[^>]+))? -->\s*\Z")


class Wrong(Exception):
    """What is wrong with a block, told to people."""


class Block:
    """One block of a page: its line, its language, its text, and what the comment above it says."""

    def __init__(self, page, found):
        self.line = page.count("\n", 0, found.start()) + 1
        self.language = found["language"]
        self.text = textwrap.dedent(found["text"])
        said = SAID.search(page, 0, found.start())
        self.word, self.path = (said["word"], said["path"]) if said else (None, None)


class Page:
    """One page that is run: its folder, the shell's folder and environment between blocks, and what was printed last."""

    def __init__(self, name, folder):
        self.name = name
        self.folder = folder
        self.state = folder.parent / f"{folder.name}.state"
        self.background = []
        self.printed = ""

    def run(self, text):
        """Runs the blocks of a page."""
        for block in map(lambda found: Block(text, found), FENCE.finditer(text)):
            try:
                self.take(block)
            except Wrong as wrong:
                raise Wrong(f"{self.name}:{block.line}: {wrong}") from None

    def take(self, block):
        """Does what a block asks for."""
        if block.word == "shown":
            return
        if block.word == "file":
            self.here(block.path).parent.mkdir(parents=True, exist_ok=True)
            self.here(block.path).write_text(block.text)
        elif block.word == "part of":
            if not self.holds(block):
                raise Wrong(f"{block.path} does not hold these lines")
        elif block.word == "output":
            self.compare(block.text)
        elif block.language == "diff":
            self.shell(f"patch --quiet -p1 <<'END_OF_DIFF'\n{block.text}END_OF_DIFF\n")
        elif block.language == "sh":
            if block.word == "background":
                self.start(block.text)
            else:
                self.shell(block.text, fails=block.word == "fails")
        else:
            raise Wrong(f"a block of `{block.language or 'no language'}` that nothing checks: see docs/run.py")

    def holds(self, block):
        """Whether a file holds the block's lines, whatever their common indentation."""
        wanted = [line.rstrip() for line in block.text.strip("\n").splitlines()]
        lines = [line.rstrip() for line in self.here(block.path).read_text().splitlines()]
        for at in range(len(lines) - len(wanted) + 1):
            part = textwrap.dedent("\n".join(lines[at : at + len(wanted)])).splitlines()
            if part == wanted:
                return True
        return False

    def here(self, path):
        """A path from where the shell is."""
        where = self.folder
        if self.state.exists():
            where = pathlib.Path(re.search(r"^PWD=(.*)$", self.state.read_text(), re.M)[1])
        return where / path

    def environment(self):
        """The environment of every block: this checkout's programs first, and what it has compiled."""
        found = dict(os.environ, CARGO_TARGET_DIR=str(ROOT / "target"), NO_COLOR="1")
        found["PATH"] = f"{ROOT / 'target' / 'debug'}:{found['PATH']}"
        for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
            found |= {f"{name}_NAME": "A reader", f"{name}_EMAIL": "reader@example.com"}
        return found

    def shell(self, text, fails=False):
        """Runs a block where the one before it ended."""
        end = f'printf "PWD=%s\\n" "$PWD" >{self.state}'
        start = f"cd {self.here('.')}\ntrap '{end}' EXIT\n"
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", start + text],
            env=self.environment(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=AT_MOST,
        )
        self.printed = ran.stdout
        if (ran.returncode != 0) != fails:
            raise Wrong(f"exit code {ran.returncode}\n{ran.stdout}{self.logs()}")

    def start(self, text):
        """Starts a block that goes on until the page ends."""
        log = self.folder.parent / f"{self.folder.name}.{len(self.background)}.log"
        with log.open("w") as out:
            started = subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", f"cd {self.here('.')}\n{text}"],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.background.append((started, log))

    def logs(self):
        """What blocks in the background printed."""
        return "".join(f"\n-- in the background --\n{log.read_text()}" for _, log in self.background)

    def compare(self, expected):
        """Finds each expected line in what was printed last, in order."""
        printed = iter(self.printed.splitlines())
        for line in expected.strip().splitlines():
            pattern = ".*".join(re.escape(part) for part in line.strip().split("…"))
            if not any(re.search(pattern, other) for other in printed):
                raise Wrong(f"`{line.strip()}` was not printed here:\n{self.printed}")

    def end(self):
        """Ends what goes on in the background."""
        for started, _ in self.background:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
                if started.poll() is None:
                    os.killpg(started.pid, number)
                    for _ in range(50):
                        if started.poll() is None:
                            time.sleep(0.1)


def share_profiles(config):
    """Writes a configuration by which cargo uses this workspace's profiles below a folder: nothing is compiled twice."""
    manifest = tomllib.loads((ROOT / "Cargo.toml").read_text())
    lines = []

    def table(name, values):
        lines.append(f"[{name}]")
        lines.extend(f"{key} = {json.dumps(value)}" for key, value in values.items() if not isinstance(value, dict))
        for key, value in values.items():
            if isinstance(value, dict):
                table(f"{name}.{json.dumps(key)}", value)

    table("profile.dev", manifest["profile"]["dev"])
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("\n".join(lines) + "\n")


def main():
    """Runs the pages and says which failed."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("pages", nargs="*", type=pathlib.Path, help="pages; all of them where none is named")
    arguments.add_argument("--keep", action="store_true", help="leave the folders of the pages")
    arguments.add_argument("--profiles", type=pathlib.Path, help="write cargo's configuration there, and run no page")
    asked = arguments.parse_args()
    if asked.profiles:
        return share_profiles(asked.profiles)
    failed = 0
    share_profiles(FOLDER / ".cargo" / "config.toml")
    # Pages of the reference are printed by the programs themselves, and compared by docs/build.py.
    written = (page for page in sorted(GUIDE.rglob("*.md")) if page.parent != GUIDE / "reference")
    for path in asked.pages or written:
        path = path.resolve()
        name = path.relative_to(GUIDE).with_suffix("").as_posix()
        folder = FOLDER / name.replace("/", "-")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        page, begun = Page(path.relative_to(ROOT), folder), time.monotonic()
        page.state.unlink(missing_ok=True)
        try:
            page.run(path.read_text())
            print(f"{name}: ran in {time.monotonic() - begun:.0f} s", flush=True)
        except (Wrong, subprocess.TimeoutExpired) as wrong:
            failed += 1
            print(f"{name}: FAILED\n{wrong}", flush=True)
        finally:
            page.end()
            if not asked.keep:
                shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
