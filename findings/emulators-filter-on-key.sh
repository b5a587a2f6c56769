#!/usr/bin/env bash
# Two emulators of DynamoDB filter a query by its sort key, which the service refuses.
#
# The developer guide says that a filter expression of a Query cannot contain attributes of the primary key: they
# belong into the key condition. DynamoDB answers such a query with a ValidationException. moto 5.2.5 and ministack
# 1.5.33 both filter, and answer the items. So a query that never worked in AWS passes in tests against either, and
# two emulators that agree look like proof.
# Here bindings put conditions on key attributes into the key condition (codegen/src/lower/bindings), and the tables
# of the local stage (infra/stage/src/table) refuse a filter on the key as DynamoDB does.
set -euo pipefail
work=$(mktemp -d)
emulator=
finish() {
  if [ -n "$emulator" ]; then kill "$emulator" 2>/dev/null || true; wait "$emulator" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[dynamodb]==5.2.5' ministack==1.5.33 boto3==1.43.106
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
GATEWAY_PORT=$port BIND_HOST=127.0.0.1 MINISTACK_HOST=localhost S3_DATA_DIR=$work/s3 HOME=$work TMPDIR=$work \
  venv/bin/ministack >emulator.log 2>&1 &
emulator=$!
PORT=$port timeout 120 venv/bin/python - <<'PY'
import os
import sys
import time
import urllib.request
from importlib.metadata import version

import boto3
from moto import mock_aws


def judge(client):
    client.create_table(
        TableName="Orders", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "customer", "KeyType": "HASH"}, {"AttributeName": "placed", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "customer", "AttributeType": "S"}, {"AttributeName": "placed", "AttributeType": "N"},
        ],
    )
    for placed in ("1", "2", "3"):
        client.put_item(TableName="Orders", Item={"customer": {"S": "a"}, "placed": {"N": placed}})
    try:
        answer = client.query(
            TableName="Orders", KeyConditionExpression="customer = :customer", FilterExpression="placed > :one",
            ExpressionAttributeValues={":customer": {"S": "a"}, ":one": {"N": "1"}},
        )
        return f"{answer['Count']} items"
    except client.exceptions.ClientError as error:
        return error.response["Error"]["Code"]


def started(url):
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_ministack/health", timeout=1).close()
            return url
        except OSError:
            time.sleep(0.5)
    sys.exit("the emulator did not start")


with mock_aws():
    moto = judge(boto3.client("dynamodb"))
url = started(f"http://127.0.0.1:{os.environ['PORT']}")
ministack = judge(boto3.client("dynamodb", endpoint_url=url))

print(f"moto {version('moto')}: {moto} (DynamoDB: ValidationException)")
print(f"ministack {version('ministack')}: {ministack} (DynamoDB: ValidationException)")
if (moto, ministack) != ("2 items", "2 items"):
    sys.exit("changed: an emulator refuses a filter on the key now")
PY
