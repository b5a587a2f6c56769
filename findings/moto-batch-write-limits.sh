#!/usr/bin/env bash
# moto carries out DynamoDB batches that the service refuses whole.
#
# The API reference of BatchWriteItem lists when a request is rejected as a whole: among others when it has more than
# 25 parts, and when two of them, say a put and a deletion, are for one item. moto 5.2.5 writes all 26 items, and
# carries out both a put and a deletion of one item, in their order. It does refuse the same key twice in
# BatchGetItem, so one does not suspect it. A writer that forgets to divide its batches, or to remove repetitions, is
# found in production only.
# Here the tables of the local stage (infra/stage/src/table) refuse both in DynamoDB's words.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[dynamodb]==5.2.5' boto3==1.44.8
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import boto3
from moto import mock_aws


def outcome(call):
    try:
        call()
        return "carried out"
    except boto3.client("dynamodb").exceptions.ClientError as error:
        return error.response["Error"]["Code"]


with mock_aws():
    client = boto3.client("dynamodb")
    client.create_table(
        TableName="Orders", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    keys = [{"id": {"S": f"order-{number}"}} for number in range(26)]
    puts = [{"PutRequest": {"Item": key}} for key in keys]
    many = outcome(lambda: client.batch_write_item(RequestItems={"Orders": puts}))
    both = [puts[0], {"DeleteRequest": {"Key": keys[0]}}]
    twice = outcome(lambda: client.batch_write_item(RequestItems={"Orders": both}))
    read = outcome(lambda: client.batch_get_item(RequestItems={"Orders": {"Keys": [keys[1], keys[1]]}}))

moto = f"moto {version('moto')}"
print(f"{moto}: 26 puts: {many} (DynamoDB: ValidationException)")
print(f"{moto}: a put and a deletion of one item: {twice} (DynamoDB: ValidationException)")
print(f"{moto}: one key read twice: {read} (DynamoDB: ValidationException)")
if (many, twice, read) != ("carried out", "carried out", "ValidationException"):
    sys.exit("changed: moto judges batches otherwise now")
PY
