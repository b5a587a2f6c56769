#!/usr/bin/env python3
"""Builds the guide as a static site in target/site; fails where a link or an anchor leads nowhere.

The pages are those below docs/guide, and codegen/README.md. Three of the reference are written there from the programs of this
checkout, which must have been built: commit them with the change. Needs mkdocs (`.ci/requirements.txt`).
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = ROOT / "target" / "guide-pages"
SITE = ROOT / "target" / "site"
PROGRAMS = ROOT / "target" / "debug"
GUIDE = ROOT / "docs" / "guide"
# The page of the site that lies elsewhere in the repository.
PLACED = {ROOT / "codegen" / "README.md": PAGES / "reference" / "vocabulary.md"}
# Colours of Pygments, light and dark, and tables that scroll instead of running out of a narrow page.
LAYOUT = """.container table { display: block; overflow-x: auto; margin-bottom: 1rem }
.container :is(th, td) { padding: .2rem 1rem .2rem 0; vertical-align: top }
img { max-width: 100% }
.code :is(pre, pre code) { white-space: pre-wrap; overflow-wrap: anywhere }
"""

# The theme's light blue is too light to be read on white.
LINKS = """:root:not([data-bs-theme="dark"]) { --bs-link-color: #0b5c9e; --bs-link-color-rgb: 11, 92, 158; --bs-link-hover-color-rgb: 7, 62, 107 }
:root:not([data-bs-theme="dark"]) :is(.bs-sidebar .nav-link, .col-md-9 a, .dropdown-item:not(.disabled)) { color: #0b5c9e }
.navbar .nav-link.disabled { color: #fff }
:root:not([data-bs-theme="dark"]) .dropdown-item.active { color: #fff; background: #0b5c9e }
:root:not([data-bs-theme="dark"]) .navbar { background: #0b5c9e !important }
.col-md-9 :is(p, li, td) a { text-decoration: underline; text-underline-offset: .15em }
"""


def said(program, *arguments):
    """What a program of this checkout prints, at a width of 100 columns."""
    environment = dict(os.environ, NO_COLOR="1", COLUMNS="100")
    ran = subprocess.run([PROGRAMS / program, *arguments], env=environment, capture_output=True, text=True, check=True)
    return ran.stdout


def rules():
    """Every rule with its level, what it says, and what to do."""
    found = json.loads(said("codegen", "rules", "--format", "json"))
    pages = ["# Rules\n\nWhat `codegen check` and `codegen diff` look for. `codegen explain CODE` says more of each.\n"]
    for kind, title in (("contracts", "Lint rules"), ("changes", "Compatibility rules")):
        pages.append(f"\n## {title}\n\n| rule | level | finds |\n| --- | --- | --- |\n")
        for rule in found[kind]:
            what = rule["what"].replace("|", "\\|").replace("{old}", "…").replace("{new}", "…")
            pages.append(f"| `{rule['code']}` | {rule['level']} | {what} |\n")
    return "".join(pages)


def commands():
    """The help of each command, and of each command below it."""
    pages = ["# Commands\n"]

    def page(program, path):
        help_text = said(program, *path, "--help")
        pages.append(f"\n{'#' * (2 + len(path[1:]))} {' '.join([program, *path])}\n\n```text\n{help_text.rstrip()}\n```\n")
        listed = re.search(r"^Commands:\n(.*?)\n\n", help_text, re.M | re.S)
        for name in re.findall(r"^  ([a-z][\w-]*) ", listed[1], re.M) if listed else []:
            if name != "help":
                page(program, [*path, name])

    for program in ("codegen", "stage", "loadtest", "dead-letters"):
        page(program, [])
    return "".join(pages)


def report():
    """Every field of the load test's JSON report, from its schema."""
    schema = json.loads(said("loadtest", "schema"))
    fields = []

    def kind(found):
        if "enum" in found or "const" in found:
            return " or ".join(f"`{json.dumps(value)}`" for value in found.get("enum", [found.get("const")]))
        types = found.get("type", "object")
        return types if isinstance(types, str) else " or ".join(types)

    def walk(found, path):
        if "$ref" in found:
            name = found["$ref"].rsplit("/", 1)[-1]
            fields.append((path, f"[{name}](#{name})", found.get("description", "")))
            return
        parts = found.get("anyOf", [])
        nullable = " or null" if {"type": "null"} in parts else ""
        described = next((part for part in parts if part != {"type": "null"}), found)
        if path and not path.endswith(("[]", ".*")):
            fields.append((path, kind(described) + nullable, found.get("description", "")))
        for name, part in described.get("properties", {}).items():
            walk(part, f"{path}.{name}" if path else name)
        for key, ending in (("items", "[]"), ("additionalProperties", ".*")):
            if isinstance(described.get(key), dict):
                walk(described[key], path + ending)

    def table(found):
        fields.clear()
        walk(found, "")
        rows = "".join(f"| `{path}` | {ty} | {text.replace('|', '/')} |\n" for path, ty, text in fields)
        return f"\n| field | type | |\n| --- | --- | --- |\n{rows}"

    pages = [
        "# The JSON report\n\nWhat `cargo run -p loadtest -- --json FILE` writes. `loadtest schema` prints the JSON Schema. "
        f"{schema['description']}\n",
        table(schema),
    ]
    for name, found in schema["$defs"].items():
        pages.append(f"\n## {name}\n\n{found['description']}\n{table(found)}")
    return "".join(pages)


def style():
    """The style sheet of code blocks, in both color modes."""
    from pygments.formatters import HtmlFormatter

    light = HtmlFormatter(style="xcode").get_style_defs(".code")
    dark = HtmlFormatter(style="github-dark").get_style_defs('[data-bs-theme="dark"] .code')
    return f"{light}\n{dark}\n{LAYOUT}{LINKS}"


def name_landmarks(site):
    """Tells screen readers that the bar at the top of each page is for navigation; the theme does not."""
    for page in site.rglob("*.html"):
        bar = '<div class="navbar '
        page.write_text(page.read_text().replace(bar, f'<div role="navigation" aria-label="Site" {bar[5:]}', 1))


def copy(page, to):
    """Copies a page into the site. Its links to pages of the site lead there; those to other files become plain text."""

    def link(found):
        text, path, anchor = found.groups()
        place = (page.parent / path).resolve()
        there = PLACED.get(place) or (PAGES / place.relative_to(GUIDE) if place.is_relative_to(GUIDE) else None)
        return f"[{text}]({os.path.relpath(there, to.parent)}{anchor or ''})" if there else text

    parts = re.split(r"(^```.*?^```)", page.read_text(), flags=re.M | re.S)
    parts[::2] = [re.sub(r"\[([^\]]+)\]\((?![a-z]+:)([^)#]+)(#[^)]*)?\)", link, part) for part in parts[::2]]
    to.write_text("".join(parts))


def update(page, text):
    """Writes a page of the reference where it differs from what is there. Whether it did."""
    page.parent.mkdir(exist_ok=True)
    if page.exists() and page.read_text() == text:
        return False
    page.write_text(text)
    print(f"{page.relative_to(ROOT)} was out of date and has been written: commit it")
    return True


def missing():
    """Places in the repository that pages name and that are not there."""
    tops = "codegen|docs|examples|generated|infra|loadtest|services|spec"
    for page in sorted(GUIDE.rglob("*.md")):
        text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
        for place in re.findall(rf"`((?:{tops})/[\w./-]+|[A-Z]+\.md)`", text):
            # Pages also name what is in the reader's own workspace.
            if "explanation" in page.parts and not (ROOT / place).exists():
                yield f"{page.relative_to(ROOT)}: there is no {place}"


def main():
    """Puts the pages together and builds the site."""
    if wrong := list(missing()):
        sys.exit("\n".join(wrong))
    pages = {"rules": rules, "commands": commands, "report": report}
    outdated = [update(GUIDE / "reference" / f"{name}.md", page()) for name, page in pages.items()]
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(GUIDE, PAGES)
    placed = {page: PAGES / page.relative_to(GUIDE) for page in GUIDE.rglob("*.md")} | PLACED
    for page, to in placed.items():
        copy(page, to)
    (PAGES / "style.css").write_text(style())
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", ROOT / "docs" / "mkdocs.yml"]
    failed = subprocess.run(command).returncode
    name_landmarks(SITE)
    sys.exit(failed or int(any(outdated)))


if __name__ == "__main__":
    main()
