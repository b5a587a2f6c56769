"""Runs the cases of Event Ruler, AWS' own matcher of event patterns, against the stage.

Nothing is fetched: it needs Python, a checkout of Event Ruler, and a built stage.

    cargo build -p stage
    python infra/stage/suites/ruler_cases.py PATH/TO/event-ruler

The cases are in Java, so only what can be read without running it is taken: texts that a test names, what it says of whether a
rule compiles, whether it matches an event, and how many of several rules do. Each deviation is printed.
"""

import collections
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[3]
STAGE = os.environ.get("STAGE", ROOT / "target/debug/stage")
TEXT = r'"(?:[^"\\]|\\.)*"'
CONCAT = rf"{TEXT}(?:\s*\+\s*{TEXT})*"
NAME = r"[A-Za-z_]\w*"
CHECK = rf"assert(Null|NotNull)\((?:[^;]*?,\s*)?(?:Json)?RuleCompiler\.check\(\s*({NAME}|{CONCAT})\s*\)"
MATCH = rf"assert(True|False)\((?:[^;]*?,\s*)?Ruler\.matchesRule\(\s*({NAME}|{CONCAT})\s*,\s*({NAME}|{CONCAT})\s*\)"
STEP = re.compile(
    "|".join([
        rf"(?P<method>@Test)",
        rf"(?:\bString\s+)?\b(?P<text>{NAME})\s*=\s*(?P<value>{CONCAT})\s*;",
        rf"\bString\s+(?P<lost>{NAME})\s*=(?!=)|\b(?P<lost2>{NAME})\s*\+=",
        rf'String(?:\[\]\s+(?P<list>{NAME})|\s+(?P<list2>{NAME})\[\])\s*=\s*\{{(?P<items>(?:[^;"]|{TEXT})*?)\}}\s*;',
        rf"for\s*\(\s*String\s+(?P<each>{NAME})\s*:\s*(?P<over>{NAME})\s*\)",
        rf"(?P<new>new\s+(?:Generic)?Machine(?:<[^>]*>)?\()",
        rf"\.addRule\(\s*(?P<name>[^,]+),\s*(?P<rule>{NAME}|{CONCAT})\s*\)",
        rf"(?P<removes>\.deleteRule\()",
        rf"(?P<check>{CHECK})",
        rf"(?P<match>{MATCH})",
        rf"assertEquals\((?:{TEXT}\s*,\s*)?(?P<count>\d+)\s*,\s*{NAME}\.rulesForJSONEvent\(\s*(?P<event>{NAME}|{CONCAT})\s*\)\.size\(\)",
    ]),
    re.S,
)


def joined(text):
    return "".join(json.loads(one.replace("\\'", "'"), strict=False) for one in re.findall(TEXT, text, re.S))


class Reader:
    """Reads one class of tests; yields what it asserts."""

    def __init__(self, source):
        self.source = re.sub(r"(?m)^\s*//.*$", "", source)

    def cases(self):
        # Constants of the class may stand behind the tests that use them.
        constants = re.finditer(rf"static\s+final\s+String\s+({NAME})\s*=\s*({CONCAT})\s*;", self.source, re.S)
        named = {name: joined(text) for name, text in (found.groups() for found in constants)}
        scope, lists, each, rules, knows = dict(named), {}, None, [], True
        for found in STEP.finditer(self.source):
            value = lambda text: [joined(text)] if text[0] == '"' else lists.get(each[1], []) if each and text == each[0] else [scope[text]] if text in scope else []
            if found["method"]:
                scope, lists, each, rules, knows = dict(named), {}, None, [], True
            elif found["text"]:
                scope[found["text"]] = joined(found["value"])
            elif found["lost"] or found["lost2"]:
                # Something that is only known when it runs.
                scope.pop(found["lost"] or found["lost2"], None)
            elif found["items"] is not None:
                lists[found["list"] or found["list2"]] = [joined(one) for one in re.findall(CONCAT, found["items"], re.S)]
            elif found["each"]:
                each = (found["each"], found["over"])
            elif found["new"]:
                rules, knows = [], True
            elif found["rule"]:
                values = value(found["rule"])
                rules += [(found["name"].strip(), one) for one in values]
                knows = knows and len(values) == 1
            elif found["removes"]:
                knows = False
            elif found["check"]:
                kind, text = re.match(CHECK, found["check"], re.S).groups()
                yield from (("compiles", rule, None, kind == "Null") for rule in value(text))
            elif found["match"]:
                kind, event, rule = re.match(MATCH, found["match"], re.S).groups()
                yield from (("matches", one, text, kind == "True") for text in value(event) for one in value(rule))
            elif found["count"] and knows and rules:
                yield from (("count", list(rules), text, int(found["count"])) for text in value(found["event"]))


class Stage:
    def __init__(self, folder):
        template = pathlib.Path(folder) / "template.yaml"
        template.write_text("Resources: {Nothing: {Type: 'AWS::Logs::LogGroup'}}\n")
        arguments = [STAGE, "--template", template, "--port", "0", "--no-build", "--json", "--no-journal"]
        self.child = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        address = json.loads(self.child.stdout.readline())["awsEndpoint"].removeprefix("http://")
        self.connection = http.client.HTTPConnection(address)

    def tests(self, pattern, event, key="detail"):
        """Whether the pattern matches below a key of the event; `None` where it is refused."""
        whole = {"id": "1", "account": "1", "source": "a", "time": "2026-01-01T00:00:00Z", "region": "r", "resources": [], "detail-type": "t"}
        body = json.dumps({"EventPattern": json.dumps({key: pattern} if key else pattern), "Event": json.dumps({**whole, "detail": event})})
        headers = {"x-amz-target": "AWSEvents.TestEventPattern", "content-type": "application/x-amz-json-1.1"}
        self.connection.request("POST", "/", body, headers)
        answer = self.connection.getresponse()
        read = json.loads(answer.read())
        return read["Result"] if answer.status == 200 else None

    def judge(self, kind, rule, event):
        if kind == "compiles":
            return self.tests(json.loads(rule), {}, None) is not None
        if kind == "matches":
            return self.tests(json.loads(rule), json.loads(event))
        # Rules of one name are one rule.
        return len({name for name, one in rule if self.tests(json.loads(one), json.loads(event)) is True})


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(folder)
        for path in sorted(pathlib.Path(sys.argv[1]).rglob("*Test.java")):
            for kind, rule, event, expected in Reader(path.read_text()).cases():
                try:
                    found = stage.judge(kind, rule, event)
                except json.JSONDecodeError:
                    # Not JSON in Java's test either: nothing that an API could be given.
                    counts[kind, "not JSON"] += 1
                    continue
                counts[kind, "agree" if found == expected else "differ"] += 1
                if found != expected:
                    print(f"{path.name}: {kind} {' '.join(str(rule).split())[:300]} {str(event)[:200]}: {expected}, here {found}")
        stage.child.kill()
    for (kind, state), count in sorted(counts.items()):
        print(f"{kind}: {count} {state}")


if __name__ == "__main__":
    main()
