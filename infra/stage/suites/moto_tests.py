"""Runs moto's own tests of SQS, EventBridge and DynamoDB against the stage instead of against moto.

Nothing is fetched: it needs Python with moto, boto3 and pytest, a checkout of moto that has the tests, and a built stage.

    cargo build -p stage
    python infra/stage/suites/moto_tests.py PATH/TO/moto [sqs,events,dynamodb]

Each test, or class of tests, gets a stage of its own, and further arguments go to pytest. Without a list of services, SQS and
EventBridge are tested. What is about moto itself, or about what the stage has not, is left out by name below. Some tests ask for what AWS refuses, for example six targets of one rule, and fail here.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import pytest

# Everything local is in this region and account.
ACCOUNT = "000000000000"
REGION, REGIONS = "us-east-1", re.compile(r"\b(us|eu|ap)-(central|west|northeast|southeast|east)-[123]\b")
ROOT = pathlib.Path(__file__).parents[3]
STAGE = os.environ.get("STAGE", ROOT / "target/debug/stage")
FILES = {
    "sqs": ["test_sqs.py", "test_sqs_message_attributes.py"],
    "events": ["test_events.py", "test_event_pattern.py", "test_events_integration.py"],
    "dynamodb": [
        "test_dynamodb.py", "test_dynamodb_batch_get_item.py", "test_dynamodb_batch_write.py",
        "test_dynamodb_condition_expressions.py", "test_dynamodb_consumedcapacity.py", "test_dynamodb_create_table.py",
        "test_dynamodb_multi_attribute_gsi.py", "test_dynamodb_query.py", "test_dynamodb_scan.py", "test_dynamodb_select.py",
        "test_dynamodb_statements.py",
        "test_dynamodb_table_with_range_key.py", "test_dynamodb_table_without_range_key.py", "test_dynamodb_transact.py",
        "test_dynamodb_update_expressions.py", "test_dynamodb_update_table.py", "exceptions",
    ],
}
# Words in names of tests that are about something else: other services and regions, several accounts, moto's own settings
# and internals, and what the stage refuses by name.
OTHERS = [
    "kms", "api_destination", "connection", "partner", "cloudformation", "stepfunction", "s3", "lambda", "region",
    "different_account", "moto", "cross_account", "dedupe_fixed", "http", "kinesis", "firehose", "log_group", "cw_log",
]
TEMPLATE = "Resources: {Nothing: {Type: 'AWS::Logs::LogGroup'}}\n"


class Suite:
    """A pytest plugin that starts a stage for each test, and keeps moto out of the way."""

    def pytest_configure(self):
        import moto
        import moto.core.models

        def mock_aws(func=None, config=None):
            class Nothing:
                def __enter__(self):
                    return self

                def __exit__(self, *_):
                    return False

                def __call__(self, function):
                    return function

                start = stop = lambda self, **_: None

            return func if callable(func) else Nothing()

        moto.mock_aws = mock_aws
        moto.core.DEFAULT_ACCOUNT_ID = moto.core.models.DEFAULT_ACCOUNT_ID = ACCOUNT

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if not any(word in item.name.lower() for word in OTHERS)]

    stage = None

    # Before the fixtures of a test, which create tables.
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        if self.stage:
            return
        arguments = [STAGE, "--template", self.template, "--port", "0", "--no-build", "--json", "--no-journal"]
        self.stage = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        os.environ["AWS_ENDPOINT_URL"] = json.loads(self.stage.stdout.readline())["awsEndpoint"]
        import boto3

        boto3.DEFAULT_SESSION = None

    # After the fixtures; the tests of a class share what the class makes.
    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item, nextitem):
        if nextitem and item.cls and nextitem.cls is item.cls:
            return
        self.stage.kill()
        self.stage.wait()
        self.stage = None


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    checkout = pathlib.Path(sys.argv[1]).absolute()
    os.environ.update(
        AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION=REGION,
        AWS_MAX_ATTEMPTS="1",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        services = sys.argv[2].split(",") if sys.argv[2:] and sys.argv[2][0] != "-" else ["sqs", "events"]
        tests = [f"tests/test_{service}" for service in services]
        for path in ["tests/__init__.py", "tests/conftest.py", "tests/markers.py", *tests]:
            copy = shutil.copytree if (checkout / path).is_dir() else shutil.copy
            (folder / path).parent.mkdir(exist_ok=True)
            copy(checkout / path, folder / path)
        for path in folder.rglob("*.py"):
            path.write_text(REGIONS.sub(REGION, path.read_text()).replace("123456789012", ACCOUNT))
        sys.path.insert(0, name)
        suite = Suite()
        suite.template = folder / "template.yaml"
        suite.template.write_text(TEMPLATE)
        options = ["-q", "--tb=line", "--color=no", "-p", "no:cacheprovider", "--rootdir", name]
        files = [str(folder / f"tests/test_{service}/{file}") for service in services for file in FILES[service]]
        further = sys.argv[3:] if sys.argv[2:] and sys.argv[2][0] != "-" else sys.argv[2:]
        sys.exit(pytest.main(options + further + files, plugins=[suite]))


if __name__ == "__main__":
    main()
