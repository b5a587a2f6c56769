"""Runs `codegen diff` over the pairs of documents that oasdiff's own tests compare, and prints where the two disagree.

    git clone https://github.com/oasdiff/oasdiff FOLDER
    cargo build -p codegen && python3 .ci/oasdiff.py FOLDER [TEST…]

A test there loads two documents, changes one of them in Go, and names the changes that must be found. The loads and
the changes that are plain assignments are read from the source; a test with anything else is counted as not read.
What of theirs is which of our rules is in codegen/tests/cases/parity/oasdiff.txt, what differs on purpose is in
oasdiff-pairs.txt beside it. Exit code 1 where something differs that is not listed there. Needs PyYAML.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
PARITY = ROOT / "codegen/tests/cases/parity"
CODEGEN = ROOT / "target/debug/codegen"
CALL = re.compile(r"^func (Test\w+)\(t \*testing\.T\) \{\n(.*?)^\}", re.M | re.S)
LOAD = re.compile(r"(\w+)(?:, err)? :?= (?:open|loader\.LoadFromFile|\w+\.LoadFromFile|l)\((?:t, )?(.+?)\)$", re.M)
KEYS = {
    "OperationID": "operationId", "Max": "maximum", "Min": "minimum", "MaxProps": "maxProperties", "ID": "$id",
    "MinProps": "minProperties", "Extensions": "", "OpenAPI": "openapi", "Spec": "", "ExclusiveMin": "exclusiveMinimum",
    "ExclusiveMax": "exclusiveMaximum", "MappingRefs": "mapping", "AuthorizationURL": "authorizationUrl",
    "TokenURL": "tokenUrl",
}


class NotRead(Exception):
    """A line of Go that is neither a load nor a plain assignment."""


class Loader(yaml.SafeLoader):
    """YAML without dates, which are texts in contracts."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Tests:
    """What oasdiff's sources say."""

    def __init__(self, folder):
        self.checker = folder / "checker"
        self.ids, self.texts, self.folders = {}, {}, {}
        for file in sorted(folder.glob("checker/*.go")) + sorted(folder.glob("diff/*.go")):
            source = file.read_text()
            for name, text in re.findall(r'^\s*(\w+)\s*=\s*"([^"]*)"', source, re.M):
                self.ids[name] = self.texts[name] = text
            self.folders |= dict(re.findall(r'(\w+)\s*=\s*dataFileFn\("([^"]*)"\)', source))
        rules = (self.checker / "rules.go").read_text()
        named = re.findall(r"\w+Rule\((\w+), (ERR|WARN|INFO|NONE)", rules)
        self.levels = {self.ids[name]: level for name, level in named if name in self.ids}

    def all(self):
        for file in sorted(self.checker.glob("*_test.go")):
            for name, body in CALL.findall(file.read_text()):
                yield name, body

    def path(self, argument):
        """The file that an argument of a load names."""
        argument = re.sub(r", *\w*[lL]oader\w*(\(\))?$", "", argument)
        if argument.isdigit():
            return self.checker / f"../data/openapi-test{argument}.yaml"
        if text := re.fullmatch(r'"([^"]*)"', argument):
            return self.checker / text[1]
        if call := re.fullmatch(r'(\w+)\("([^"]*)"\)', argument):
            if call[1] == "getDeprecationFile" or call[1] in self.folders:
                return self.checker / "../data" / self.folders.get(call[1], "deprecation") / call[2]
        raise NotRead(f"load of {argument}")


def documents(tests, body):
    """Both documents as a test has them before it compares."""
    if pair := re.search(r"\bd\(t, diff\.NewConfig\(\), (\d+), (\d+)\)", body):
        return [Document(tests.path(which)) for which in pair.groups()]
    loaded = {name: Document(tests.path(argument)) for name, argument in LOAD.findall(body)}
    compared = re.search(r"GetWithOperationsSourcesMap\(\s*\S+, (\w+), (\w+)\)", body)
    if compared is None:
        wrapped = re.search(r"SpecInfo\{Spec: (\w+)\},\s*&load.SpecInfo\{Spec: (\w+)\}", body)
        compared = wrapped
    if compared is None or any(name not in loaded for name in compared.groups()):
        raise NotRead("two documents are not loaded and compared once")
    if len(re.findall("GetWithOperationsSourcesMap", body)) > 1:
        raise NotRead("several comparisons")
    change(tests, body[: body.index("GetWithOperationsSourcesMap")], loaded)
    return [loaded[name] for name in compared.groups()]


class Document:
    """A document, and whether a test changed it."""

    def __init__(self, path):
        self.path, self.text = path.resolve(), path.read_text()
        self.tree = None

    def changed(self):
        if self.tree is None:
            self.tree = yaml.load(self.text, Loader)
        return self.tree

    def write(self, folder):
        folder.mkdir(parents=True)
        mend(self.changed())
        if self.tree is not None:
            (folder / "openapi.json").write_text(json.dumps(self.tree))
        else:
            kind = "json" if self.path.suffix == ".json" else "yaml"
            (folder / f"openapi.{kind}").write_text(self.text)
        for name in set(re.findall(r"\$ref['\"]?: *['\"]?([^#'\"\s,]+)", self.text)):
            beside = self.path.parent / name
            if beside.is_file() and not (folder / name).exists() and ".." not in name:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(beside.read_text())


def mend(tree):
    """Says what the specification requires and oasdiff does without, so that only the change is left to find."""
    tree.setdefault("info", {}).setdefault("version", "1")
    for path, item in list((tree.get("paths") or {}).items()):
        if not isinstance(item, dict):
            continue
        for method in ("get", "put", "post", "delete", "patch", "options", "head", "trace"):
            operation = item.get(method)
            if not isinstance(operation, dict):
                continue
            operation["responses"] = operation.get("responses") or {"200": {"description": "d"}}
            for response in operation["responses"].values():
                if isinstance(response, dict) and "$ref" not in response:
                    response.setdefault("description", "d")
            own = [reached(tree, one, []) for one in item.get("parameters", []) + operation.get("parameters", [])]
            own = [one for one in own if one.get("in") == "path"]
            for one in own:
                one["required"] = True
                one.setdefault("schema", {"type": "string"})
                if f"{{{one['name']}}}" not in path and path in tree["paths"]:
                    tree["paths"][f"{path}/{{{one['name']}}}"] = tree["paths"].pop(path)
            for name in set(re.findall(r"\{([^}]*)\}", path)) - {one["name"] for one in own}:
                new = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                operation.setdefault("parameters", []).append(new)


def change(tests, body, loaded):
    """Does what the assignments of a test do."""
    names = {}
    for line in body.splitlines():
        line = line.strip()
        if not line or line.startswith("//") or LOAD.search(line) or line.startswith("require.") or "loader" in line:
            continue
        if made := re.fullmatch(r"(\w+) :?= (.+)", line):
            if re.fullmatch(r"[\w., ]*GetWith.*|d, osm, err := .*", line) or "," in made[1]:
                continue
            try:
                names[made[1]] = value(tests, names, made[2])
            except NotRead:
                names.pop(made[1], None)
            continue
        if line.startswith("d, osm, err := diff.") or line.startswith("d, "):
            continue
        if gone := re.fullmatch(r'delete\((\w+)(\..*), "([^"]*)"\)', line):
            node, step = walk(tests, loaded, gone[1], gone[2])
            node[step].pop(gone[3], None)
            continue
        if gone := re.fullmatch(r'(\w+)(\..*)\.Delete\("([^"]*)"\)', line):
            node, step = walk(tests, loaded, gone[1], gone[2])
            node[step].pop(gone[3], None)
            continue
        assigned = re.fullmatch(r"(\w+)(\..+?) = (.+)", line)
        if assigned is None or assigned[1] not in loaded:
            raise NotRead(line)
        new = value(tests, names, assigned[3])
        node, step = walk(tests, loaded, assigned[1], assigned[2])
        if new is None and isinstance(node, dict):
            node.pop(step, None)
        else:
            node[step] = new


def value(tests, names, text):
    """A value of Go as JSON has it."""
    text = text.strip().removeprefix("&")
    if text in ("nil", "true", "false"):
        return {"nil": None, "true": True, "false": False}[text]
    if text in names:
        return names[text]
    if found := re.fullmatch(r'"((?:[^"\\]|\\.)*)"', text):
        return json.loads(f'"{found[1]}"')
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return json.loads(text)
    if found := re.fullmatch(r"(?:float64|uint64|int|int64|toJson|json\.RawMessage|openapi3\.\w+)\((?:t, )?(.*)\)", text):
        return value(tests, names, found[1])
    if found := re.fullmatch(r"(?:\[\](?:any|string|interface\{\})|openapi3\.Types)\{(.*)\}", text):
        items = [value(tests, names, item) for item in re.split(r", *(?=[^ ])", found[1])] if found[1] else []
        return items[0] if text.startswith("openapi3.Types") and len(items) == 1 else items
    if re.fullmatch(r"(map\[string\]any|openapi3\.\w+)\{\}", text):
        return {}
    if re.fullmatch(r"(checker|diff)\.\w+", text) and text.split(".")[1] in tests.texts:
        return tests.texts[text.split(".")[1]]
    raise NotRead(text)


def walk(tests, loaded, name, path):
    """The node of a document that a path of Go leads into, and the last step."""
    if name not in loaded:
        raise NotRead(name)
    root = loaded[name].changed()
    found = re.findall(r'\.GetByInAndName\(([^,]+), "([^"]*)"\)|\.Value\(([^)]+)\)|\[([^\]]+)\]|\.(\w+)', path)
    if "".join(path.split()) != path.replace(" ", "") or not found:
        raise NotRead(path)
    node, steps = root, []
    for at, (place, parameter, key, index, field) in enumerate(found):
        node = reached(root, node, steps)
        steps = []
        if parameter:
            where = place.rsplit("Parameter", 1)[1].removeprefix("In").lower()
            match = [one for one in enumerate(node) if is_parameter(root, one[1], where, parameter)]
            if not match:
                raise NotRead(f"no parameter {parameter}")
            steps = [match[0][0]]
        elif key or index:
            text = key or index
            steps = [int(text) if text.isdigit() else literal(tests, text)]
        elif field != "Value":
            name = KEYS.get(field, field[0].lower() + field[1:])
            steps = [name] if name else []
    if not steps:
        raise NotRead(path)
    node = node if node is not None else {}
    return node, steps[0]


def is_parameter(root, parameter, where, name):
    parameter = reached(root, parameter, [])
    return parameter.get("in") == where and parameter.get("name") == name


def literal(tests, text):
    if found := re.fullmatch(r'"([^"]*)"', text):
        return found[1]
    name = text.split(".")[-1]
    if name in tests.texts:
        return tests.texts[name]
    raise NotRead(text)


def reached(root, node, steps):
    for step in steps:
        if isinstance(node, dict) and step not in node:
            node[step] = {}
        node = node[step]
    while isinstance(node, dict) and isinstance(node.get("$ref"), str) and node["$ref"].startswith("#/"):
        found = root
        for part in node["$ref"][2:].split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def expected(tests, body):
    """The ids that a test demands, and whether it says that nothing else is found by any check."""
    after = body[body.index("Compatib"):] if "Compatib" in body else body
    gone = set(re.findall(r"(?:requireNoChange|False)\([^\n]*checker\.(\w+Id)\b", after))
    ids = {tests.ids[name] for name in re.findall(r"checker\.(\w+Id)\b", after) if name in tests.ids and name not in gone}
    every = "allChecksConfig()" in body or "GetAllChecks()" in body or re.search(r"\bd\(t, ", body)
    return ids, bool(every)


def ours(old, new):
    """What `diff` finds, as rule → severity; a text where it refuses a document."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        old.write(folder / "old/api")
        new.write(folder / "new/api")
        command = [CODEGEN, "diff", folder / "old", "--spec", folder / "new", "--format", "json"]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if ran.returncode == 2 or not ran.stdout:
            return ran.stderr.strip().replace(str(folder), "")
        told = json.loads(ran.stdout)
        if told["changes"] is None:
            errors = [one for one in told["diagnostics"] if one["severity"] == "error"]
            return f"{errors[0]['code']}: {errors[0]['message']}"
        return {one["rule"]: one["level"] for one in told["changes"]["findings"]}


def table():
    """Their rules → ours, and theirs without one."""
    rules = {}
    for line in (PARITY / "oasdiff.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            _, rest = line.split(" ", 1)
            name, _, own = rest.partition(" = ")
            rules[name.split(":")[0]] = own or None
    return rules


def judge(tests, rules, body):
    """Where both agree or differ in a test: a word, and what there is to say of it."""
    try:
        old, new = documents(tests, body)
        ids, every = expected(tests, body)
    except (NotRead, KeyError, IndexError, TypeError, FileNotFoundError) as why:
        return "not read", f"{type(why).__name__} {why}"
    found = ours(old, new)
    if isinstance(found, str):
        return "refused", found
    harms = {name for name, level in tests.levels.items() if level in ("ERR", "WARN")}
    breaks = {name for name in ids & harms if rules.get(name)}
    harmful = {name for name, level in found.items() if level in ("error", "warning")}
    said = ", ".join(f"{name} ({level})" for name, level in sorted(found.items())) or "nothing"
    # `missed`: they find a break and we find none. `otherwise`: both find one, by rules that the table does not pair.
    if breaks and not harmful:
        return "missed", f"{', '.join(sorted(breaks))}; ours: {said}"
    # Many tests ask for one rule, where the change breaks by others as well.
    theirs = {rules.get(name) for name in harms}
    alone = harmful - (set() if every and not ids & harms else theirs)
    if alone and not ids & harms:
        return "alarm", f"{', '.join(sorted(ids)) or 'nothing'}; ours: {said}"
    wanted = {name for name in breaks if rules[name] not in found}
    return ("otherwise", f"{', '.join(sorted(wanted))}; ours: {said}") if wanted else ("agree", "")


def listed():
    """Tests of which the other judgement is meant, with the word for it."""
    rows = [line.split(":")[0].split() for line in (PARITY / "oasdiff-pairs.txt").read_text().splitlines()]
    return {row[1]: row[0] for row in rows if row and row[0] != "#" and len(row) == 2}


def main(folder, only):
    tests, rules, meant = Tests(Path(folder)), table(), listed()
    jobs = [(name, body) for name, body in tests.all() if not only or name in only]
    with ThreadPoolExecutor(2) as pool:
        judged = list(pool.map(lambda job: (job[0], *judge(tests, rules, job[1])), jobs))
    words = {name: word for name, word, _ in judged}
    new = [one for one in judged if one[1] in ("missed", "alarm", "refused") and meant.get(one[0]) != one[1]]
    for name, word, why in judged if only else new:
        print(f"{word:9} {name}: {why}")
    gone = [name for name, word in meant.items() if words.get(name, word) != word]
    for name in gone:
        print(f"listed and not so any more: {meant[name]} {name}")
    counts = Counter(words.values())
    told = ", ".join(f"{counts[word]} {word}" for word in ("agree", "otherwise", "missed", "alarm", "refused", "not read"))
    print(f"{len(judged)} tests: {told}; {len(new)} of them not listed with a reason")
    return 1 if new or gone else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
