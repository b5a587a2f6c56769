#!/usr/bin/env python3
"""Which faults of an Arazzo document this generator sees, and which Redocly CLI and the crate roas-arazzo see.

    cargo build -p codegen
    python3 loadtest/harness/benches/faults.py target/debug/codegen [NUMBER] [SEED]

Installs Redocly CLI (npm), PyYAML (PyPI) and a small program around roas-arazzo (crates.io) in a temporary folder. Each
case is the document `codegen/tests/cases/workflows/spec/workflows/lending.arazzo.yaml` with one change: thirteen faults
that people make, and NUMBER (200) random ones by SEED (1). A tool sees a change when it says something that it does not say
of the document as it is. A random change may be no fault: a step that moves where nothing depends on its place, say.
"""

import copy
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parents[3]
CONTRACTS = ROOT / "codegen/tests/cases/workflows/spec"
NAME = "workflows/lending.arazzo.json"

ROAS = {
    "Cargo.toml": """
[package]
name = "faults"
version = "0.0.0"
edition = "2024"
[dependencies]
enumset = "1"
roas-arazzo = "=0.3.0"
serde_json = "1"
[workspace]
""",
    "src/main.rs": """
use enumset::EnumSet;
use roas_arazzo::{v1_1::Description, validation::Validate};
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let said = match serde_json::from_str::<Description>(&text) {
            Err(error) => format!("{error}"),
            Ok(read) => match read.validate(EnumSet::empty()) {
                Ok(()) => String::new(),
                Err(error) => format!("{error}"),
            },
        };
        println!("{}", serde_json::json!([path, said]));
    }
}
""",
}


def steps(document, workflow="lending"):
    return next(one for one in document["workflows"] if one["workflowId"] == workflow)["steps"]


def step(document, name):
    return next(one for one in steps(document) if one["stepId"] == name)


def rename(node, old, new):
    node[new] = node.pop(old)


def replaced(old, new):
    """A change of the document's text, which stands there once or more; the first is changed."""
    def change(document):
        text = json.dumps(document)
        assert old in text, old
        document.clear()
        document.update(json.loads(text.replace(old, new, 1)))
    return change


# What people do: the faults of `KNOWN` in codegen/tests/it/workflows.rs.
KNOWN = {
    "a misspelt key": lambda d: rename(step(d, "lend"), "successCriteria", "succesCriteria"),
    "no such operation": replaced("$sourceDescriptions.loans.lend", "$sourceDescriptions.loans.lent"),
    "no such source": replaced("$sourceDescriptions.loans.lend", "$sourceDescriptions.loan.lend"),
    "a missing step": replaced("$steps.lend.outputs.loan#/id", "$steps.lent.outputs.loan#/id"),
    "a missing output": replaced("$steps.lend.outputs.loan#/id", "$steps.lend.outputs.lone#/id"),
    "a missing input": lambda d: step(d, "find")["parameters"][0].update(value="$inputs.titel"),
    "a missing parameter": lambda d: step(d, "look").update(parameters=[]),
    "a forward reference": replaced('"reader": "$inputs.reader"', '"reader": "$steps.back.outputs.state"'),
    "= for ==": replaced("$statusCode == 201", "$statusCode = 201"),
    "goto nowhere": lambda d: step(d, "lend")["onSuccess"][0].update(stepId="loook"),
    "action on a request": lambda d: step(d, "lend").update(action="send"),
    "a correlation on a send": lambda d: step(d, "shelve").update(correlationId="$inputs.reader"),
    "a doubled step": lambda d: step(d, "look").update(stepId="lend"),
}

FREE = {"title", "version", "summary", "description", "x-workload", "x-promise", "x-test-data"}


def places(node, path=()):
    """Every place of a document that a tool might have an opinion of."""
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        if key not in FREE:
            yield from places(child, (*path, key))


def at(document, path):
    for key in path:
        document = document[key]
    return document


def misspelt(text, dice):
    letters = [match.start() for match in re.finditer(r"[a-z]", text)]
    if not letters:
        return text + "x"
    here = dice.choice(letters)
    return text[:here] + text[here + 1 :] if dice.random() < 0.5 else text[:here] + "q" + text[here:]


def mutate(document, dice):
    """Changes one thing, and says which; nothing where the place allows none."""
    path = dice.choice(list(places(document)))
    if not path:
        return None
    parent, key = at(document, path[:-1]), path[-1]
    value, where = parent[key], "/".join(map(str, path))
    kind = dice.choice(["misspell", "delete", "type", "double", "swap"])
    if kind == "misspell" and isinstance(parent, dict) and dice.random() < 0.5:
        other = misspelt(key, dice)
        if other == key or other in parent:
            return None
        rename(parent, key, other)
        return f"{where} is called {other}"
    if kind == "misspell" and isinstance(value, str):
        parent[key] = misspelt(value, dice)
        return f"{where}: {parent[key]}"
    if kind == "delete":
        del parent[key]
        return f"{where} is missing"
    if kind == "type" and not isinstance(value, (dict, list)):
        parent[key] = [value] if isinstance(value, str) else str(value)
        return f"{where} is {json.dumps(parent[key])}"
    if kind == "double" and isinstance(parent, list):
        parent.append(copy.deepcopy(value))
        return f"{where} comes twice"
    if kind == "swap" and isinstance(parent, list) and len(parent) > 1:
        other = dice.randrange(len(parent))
        parent[key], parent[other] = parent[other], parent[key]
        return f"{where} and {other} change places" if other != key else None
    return None


def cases(document, number, dice):
    for name, change in KNOWN.items():
        changed = copy.deepcopy(document)
        change(changed)
        yield name, changed
    made = 0
    while made < number:
        changed = copy.deepcopy(document)
        name = mutate(changed, dice)
        if name and changed != document:
            made += 1
            yield name, changed


def write(folder, document):
    shutil.copytree(CONTRACTS, folder)
    (folder / "workflows/lending.arazzo.yaml").unlink()
    path = folder / NAME
    path.write_text(json.dumps(document, indent=1))
    return path


def ours(program, paths):
    for path in paths:
        spec = path.parents[1]
        run = subprocess.run([program, "lint", "--spec", "spec", "--format", "json"], cwd=spec.parent, capture_output=True, text=True)
        found = json.loads(run.stdout) if run.stdout.strip() else []
        found = found if isinstance(found, list) else found.get("diagnostics", found.get("findings", []))
        yield {f"{one.get('code') or one.get('rule')}: {one['message']}" for one in found}


def redocly(folder, paths):
    subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", folder, "@redocly/cli@2.77.0"], check=True)
    program = folder / "node_modules/.bin/redocly"
    found = {str(path): set() for path in paths}
    for start in range(0, len(paths), 25):
        part = [str(path) for path in paths[start : start + 25]]
        run = subprocess.run([program, "lint", *part, "--format", "json", "--max-problems", "100000"], cwd=folder, capture_output=True, text=True)
        decoder, text = json.JSONDecoder(), run.stdout
        while (at_brace := text.find("{")) >= 0:
            report, end = decoder.raw_decode(text[at_brace:])
            text = text[at_brace + end :]
            for problem in report["problems"]:
                for location in problem["location"]:
                    file = str((folder / location["source"]["ref"]).resolve())
                    if file in found:
                        found[file].add(f"{problem['ruleId']}: {problem['message']}")
    return [found[str(path)] for path in paths]


def roas(folder, paths):
    program = folder / "roas"
    (program / "src").mkdir(parents=True)
    for name, text in ROAS.items():
        (program / name).write_text(text)
    command = ["cargo", "run", "--quiet", "--manifest-path", program / "Cargo.toml", "--", *paths]
    run = subprocess.run(command, cwd=program, check=True, capture_output=True, text=True)
    said = dict(json.loads(line) for line in run.stdout.splitlines())
    return [set(filter(None, said[str(path)].splitlines())) for path in paths]


def main(codegen, number=200, seed=1):
    codegen = pathlib.Path(codegen).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        venv.create(folder / "python", with_pip=True)
        subprocess.run([folder / "python/bin/pip", "install", "--quiet", "pyyaml"], check=True)
        reader = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))"
        yaml = CONTRACTS / "workflows/lending.arazzo.yaml"
        text = subprocess.run([folder / "python/bin/python", "-c", reader, yaml], check=True, capture_output=True, text=True)
        document = json.loads(text.stdout)
        all_cases = [("as it is", document), *cases(document, int(number), random.Random(int(seed)))]
        paths = [write(folder / f"case-{index}/spec", changed) for index, (_, changed) in enumerate(all_cases)]
        said = {"this": list(ours(codegen, paths)), "Redocly": redocly(folder, paths), "roas-arazzo": roas(folder, paths)}
    sees = {tool: [found - all_found[0] != set() for found in all_found[1:]] for tool, all_found in said.items()}
    known = len(KNOWN)
    print("| tool | of the 13 faults | of the random changes |\n| --- | --- | --- |")
    for tool, seen in sees.items():
        print(f"| {tool} | {sum(seen[:known])} | {sum(seen[known:])} of {len(seen) - known} |")
    names = [name for name, _ in all_cases[1:]]
    for index, name in enumerate(names):
        others = [tool for tool in sees if tool != "this" and sees[tool][index]]
        if others and not sees["this"][index]:
            print(f"only {' and '.join(others)}: {name}")
    unseen = [name for index, name in enumerate(names) if not any(seen[index] for seen in sees.values())]
    print(f"\nnobody says anything of {len(unseen)}:", *unseen, sep="\n  ")


if __name__ == "__main__":
    main(*sys.argv[1:])
