#!/usr/bin/env bash
# ministack answers a query of an index by an attribute that the index does not hold.
#
# A global secondary index with the projection KEYS_ONLY holds the keys of table and index and nothing else, says the
# developer guide; a query of it sees no other attribute, so a filter on another one matches nothing. ministack 1.5.33
# leaves the attribute out of the answer, but filters by it: the query finds the item. It also lets one update write
# to overlapping paths, which DynamoDB refuses. A query that finds nothing in AWS, for want of a projection, finds
# everything in a test.
# Here generated indexes project everything (codegen/src/emit/cfn/tables.rs), and in the local stage a query of an
# index sees what is projected alone (infra/stage/src/table).
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
venv/bin/pip install --quiet --disable-pip-version-check ministack==1.5.33 boto3==1.43.106
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

url = f"http://127.0.0.1:{os.environ['PORT']}"
for _ in range(120):
    try:
        urllib.request.urlopen(f"{url}/_ministack/health", timeout=1).close()
        break
    except OSError:
        time.sleep(0.5)

client = boto3.client("dynamodb", endpoint_url=url)
client.create_table(
    TableName="Orders", BillingMode="PAY_PER_REQUEST",
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("id", "customer")],
    GlobalSecondaryIndexes=[{
        "IndexName": "byCustomer", "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }],
)
client.put_item(TableName="Orders", Item={"id": {"S": "1"}, "customer": {"S": "a"}, "state": {"S": "open"}})
query = {
    "TableName": "Orders", "IndexName": "byCustomer", "KeyConditionExpression": "customer = :customer",
    "FilterExpression": "#state = :open", "ExpressionAttributeNames": {"#state": "state"},
    "ExpressionAttributeValues": {":customer": {"S": "a"}, ":open": {"S": "open"}},
}
items = client.query(**query)["Items"]
try:
    client.update_item(
        TableName="Orders", Key={"id": {"S": "1"}}, UpdateExpression="SET n = :one, n = :two",
        ExpressionAttributeValues={":one": {"N": "1"}, ":two": {"N": "2"}},
    )
    overlapping = "carried out"
except client.exceptions.ClientError as error:
    overlapping = error.response["Error"]["Code"]

ministack = f"ministack {version('ministack')}"
print(f"{ministack}: filtered by an attribute outside the index: {items} (DynamoDB: [])")
print(f"{ministack}: an update that sets one path twice: {overlapping} (DynamoDB: ValidationException)")
if items != [{"id": {"S": "1"}, "customer": {"S": "a"}}] or overlapping != "carried out":
    sys.exit("changed: ministack treats indexes or updates otherwise now")
PY
