"""Starts the stage with every template below some folders, and lists why the others are refused.

Nothing is fetched: give it checkouts of other people's repositories, and a built stage.

    cargo build -p stage
    python infra/stage/suites/templates.py PATH/TO/serverless-patterns ...

A template counts if its resources are of the services that the stage has. Parameters without a default get a placeholder.
`--json FILE` keeps the outcome of each template, `--all` takes templates with other services too, `--allow-inert` is handed to
the stage.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import signal
import subprocess
import threading

ROOT = pathlib.Path(__file__).parents[3]
STAGE = os.environ.get("STAGE", ROOT / "target/debug/stage")
SERVICES = "ApiGateway|ApiGatewayV2|CloudWatch|DynamoDB|Events|IAM|Lambda|Logs|Pipes|SNS|SQS|Scheduler|Serverless"
TYPE = re.compile(r"""["']?Type["']?:\s*["']?((?:AWS|Custom|Alexa)::[\w:]+)""")
MARK = re.compile(r"AWS::(Lambda::Function|Serverless::|Events::|SQS::Queue|SNS::Topic)")
NUMBERS = re.compile("minute|hour|second|day|count|size|limit|concurr|batch|max|min|timeout|memory", re.I)
SECONDS = 30


def is_template(path, text):
    if path.suffix != ".json":
        return re.search("^Resources:", text, re.M) is not None
    try:
        return isinstance(json.loads(text).get("Resources"), dict)
    except (ValueError, AttributeError):
        return False


def templates(folders, takes_all):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix not in {".yaml", ".yml", ".json"} or "node_modules" in path.parts or not path.is_file():
                continue
            text = path.read_text(errors="replace")
            if not is_template(path, text) or not MARK.search(text):
                continue
            kinds = [kind for kind in TYPE.findall(text) if kind.count("::") == 2]
            if takes_all or all(re.match(f"AWS::({SERVICES})::", kind) for kind in kinds):
                yield path


def once(path, arguments):
    command = [STAGE, "--template", path.name, "--port", "0", "--no-build", *arguments]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=path.parent)
    timer = threading.Timer(SECONDS, child.kill)
    timer.start()
    lines, is_ready = [], False
    for line in child.stdout:
        lines.append(line)
        if "press Ctrl-C" in line:
            is_ready = True
            child.send_signal(signal.SIGINT)
    child.wait()
    timer.cancel()
    return ("starts" if is_ready else "refused" if child.returncode == 1 else f"exit {child.returncode}"), "".join(lines)


def run(path, arguments):
    state, text = once(path, arguments)
    missing = re.findall(r"parameter `([^`]*)`: it has no default", text)
    if missing:
        values = [f"--parameter={name}={5 if NUMBERS.search(name) else 'value'}" for name in missing]
        state, text = once(path, arguments + values)
    return path, state, text


def reason(line):
    """A line of a refusal without what is particular to its template."""
    line = re.sub(r"^.*?:\d+: ", "", line.strip())
    line = re.sub(r"^(resource|function|parameter) `[^`]*`( \(|:? ?)", r"\2", line)
    return re.sub(r"`(arn:|\$\{|/|#|https?:)[^`]*`", "`…`", line).replace("; use --allow-inert to skip it", "").lstrip(": ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--allow-inert", action="store_true")
    arguments = parser.parse_args()
    states, reasons, outcomes = collections.Counter(), collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        options = ["--allow-inert"] if arguments.allow_inert else []
        for path, state, text in pool.map(lambda path: run(path, options), templates(arguments.folders, arguments.all)):
            states[state] += 1
            outcomes.append({"template": str(path), "state": state, "output": text})
            if state == "refused":
                lines = [line for line in text.splitlines() if ": " in line and not line.startswith(("note", "warning"))]
                reasons.update({reason(line.removeprefix("error: ")) for line in lines})
            elif state != "starts":
                print(f"{state}: {path}\n{text}")
    if arguments.json:
        arguments.json.write_text(json.dumps(outcomes, indent=1))
    print(", ".join(f"{count} {state}" for state, count in states.most_common()))
    for text, count in reasons.most_common(60):
        print(f"{count:4}  {text[:220]}")


if __name__ == "__main__":
    main()
