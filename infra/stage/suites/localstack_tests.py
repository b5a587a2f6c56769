"""Runs LocalStack's tests that AWS itself passes, with the answers that AWS gave, against the stage.

Nothing is fetched: it needs Python 3.13 with localstack-core, localstack-snapshot, moto-ext, pytest, pytest-httpserver and what
they ask for, a checkout of LocalStack, and a built stage. Port 4566 must be free.

    cargo build -p stage
    python infra/stage/suites/localstack_tests.py PATH/TO/localstack [sqs,events,dynamodb]

Further arguments go to pytest. All tests of a service share one stage.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[3]
STAGE = os.environ.get("STAGE", ROOT / "target/debug/stage")
FILES = {
    "dynamodb": ["test_dynamodb.py"],
    "sqs": ["test_sqs.py"],
    "events": [
        "test_archive_and_replay.py", "test_events.py", "test_events_inputs.py", "test_events_patterns.py",
        "test_events_schedule.py", "test_events_tags.py",
    ],
}
TEMPLATE = "Resources: {Nothing: {Type: 'AWS::Logs::LogGroup'}}\n"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    checkout = pathlib.Path(sys.argv[1]).absolute()
    has_services = len(sys.argv) > 2 and sys.argv[2][0] != "-"
    services = sys.argv[2].split(",") if has_services else ["sqs", "events"]
    # Nothing else is started, and everything is asked of the stage.
    environment = {**os.environ, "LOCALSTACK_HOST": "localhost:4566", "TEST_SKIP_LOCALSTACK_START": "1"}
    options = ["-q", "--tb=short", "--color=no", "-p", "no:cacheprovider", "-m", "aws_validated"]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / "template.yaml"
        template.write_text(TEMPLATE)
        arguments = ["--template", template, "--port", "0", "--aws-port", "4566", "--no-build", "--json", "--no-journal"]
        for service in services:
            stage = subprocess.Popen([STAGE, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                json.loads(stage.stdout.readline())
                files = [f"tests/aws/services/{service}/{file}" for file in FILES[service]]
                command = [sys.executable, "-m", "pytest", *options, *sys.argv[3 if has_services else 2 :], *files]
                failed |= subprocess.run(command, cwd=checkout, env=environment).returncode
            finally:
                stage.kill()
                stage.wait()
    sys.exit(failed)


if __name__ == "__main__":
    main()
