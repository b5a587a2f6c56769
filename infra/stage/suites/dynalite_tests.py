"""Runs dynalite's tests of DynamoDB, which their author compared with AWS, against the stage instead of against dynalite.

Nothing is fetched: it needs Node.js, a checkout of dynalite with its packages installed, and a built stage.

    cargo build -p stage
    python infra/stage/suites/dynalite_tests.py PATH/TO/dynalite [getItem,putItem]

Failures are listed by the first line of their message; --all prints each with the name of its test. --no-words compares the
types of errors and not their messages, which AWS has changed since in many places.
"""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[3]
STAGE = os.environ.get("STAGE", ROOT / "target/debug/stage")
TEMPLATE = "Resources: {Nothing: {Type: 'AWS::Logs::LogGroup'}}\n"
# In the place of dynalite: what is sent to its port goes to the stage.
SERVER = """
const net = require('net')
module.exports = () => net.createServer((socket) => {
  const [host, port] = process.env.STAGE_ADDRESS.split(':')
  const other = net.connect(Number(port), host)
  for (const [from, to] of [[socket, other], [other, socket]]) from.on('error', () => to.destroy()).pipe(to)
})
"""
# How the tests compare messages, and what takes the place of it where words do not count.
WORDS = [
    (r"res\.body\.[Mm]essage\.should\.(equal|match|startWith)\(\w+\)|errors\.should\.matchAny\(msg\[i\]\)", "void 0"),
    (r"res\.body\.should\.eql\(\{\s*__type: ('[^']+'),\s*[Mm]essage: msg,\s*\}\)", r"res.body.__type.should.equal(\1)"),
]
THROWS = r"^(\s*)(res\.(?!body\.message)[\w.]+)\.should\.equal\((.+)\)$"
FAILS = r"\1if (\2 !== (\3)) return done(new Error('expected ' + \2 + ' to be ' + (\3)))"
# Since 2025 DynamoDB says this before what is wrong with a write.
ENVELOPE = "/^1 validation error detected: /"
# What is about dynalite's own server, and measurements.
OTHERS = {"bench.js", "connection.js", "helpers.js"}


def main():
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    if not arguments:
        sys.exit(__doc__)
    checkout = pathlib.Path(arguments[0]).absolute()
    wanted = {f"{name}.js" for name in arguments[1].split(",")} if len(arguments) > 1 else None
    passed, failures = 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # Some tests take what a number is from dynalite's own code.
        for part in ["test", "db"]:
            shutil.copytree(checkout / part, folder / part)
        helpers = folder / "test/helpers.js"
        text = helpers.read_text()
        for words, without in WORDS if "--no-words" in sys.argv else []:
            text = re.sub(words, without, text)
        # One failure of several that are under way must not end the others.
        start = text.index("function assertSerialization")
        text = text[:start] + re.sub(THROWS, FAILS, text[start:], flags=re.M)
        bare = f"res.body.message.replace({ENVELOPE}, '').should.equal(msg.replace({ENVELOPE}, ''))"
        helpers.write_text(text.replace("res.body.message.should.equal(msg)", bare))
        shutil.copy(checkout / "package.json", folder)
        (folder / "index.js").write_text(SERVER)
        (folder / "node_modules").symlink_to(checkout / "node_modules")
        (folder / "template.yaml").write_text(TEMPLATE)
        for path in sorted((folder / "test").glob("*.js")):
            if path.name in OTHERS or (wanted and path.name not in wanted):
                continue
            options = ["--template", folder / "template.yaml", "--port", "0", "--no-build", "--json", "--no-journal"]
            stage = subprocess.Popen([STAGE, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                address = json.loads(stage.stdout.readline())["dynamodbEndpoint"].removeprefix("http://")
                command = ["npx", "mocha", "--require", "should", "--reporter", "json", "-t", "10s", "--exit", path]
                environment = {**os.environ, "STAGE_ADDRESS": address, "AWS_ACCOUNT_ID": "000000000000"}
                ran = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
            finally:
                stage.kill()
                stage.wait()
            report = json.loads(ran.stdout[ran.stdout.index("{") :])
            passed += len(report["passes"])
            failures += [(path.stem, one["fullTitle"], one["err"].get("message", "")) for one in report["failures"]]
            print(f"{path.stem}: {len(report['passes'])} of {report['stats']['tests']}", flush=True)
    if "--all" in sys.argv:
        for file, title, message in failures:
            print(f"{file}: {title}\n    {message}")
    reasons = collections.Counter(message.split("\n")[0][:160] for _, _, message in failures)
    for message, count in reasons.most_common(40):
        print(f"{count:4}  {message}")
    print(f"{passed} passed, {len(failures)} failed")


if __name__ == "__main__":
    main()
