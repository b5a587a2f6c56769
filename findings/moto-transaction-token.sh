#!/usr/bin/env bash
# A DynamoDB transaction that is repeated under its token counts twice in moto.
#
# The API reference of TransactWriteItems makes a call with the same ClientRequestToken idempotent for ten minutes,
# and refuses one whose token is known but whose items differ (IdempotentParameterMismatchException). SDKs add a token
# to every call, and send the call again with it when an answer is lost. moto 5.2.5 takes the token and looks at it no
# further: the second call adds to the counter again, and a different transaction under the same token is carried out.
# Tests of "exactly once" that run against moto therefore fail right programs, and pass ones that reuse a token.
# Here the local stage keeps tokens itself: infra/stage/src/table/token.rs, with the test
# a_transaction_counts_once_under_its_token in infra/stage/tests/it/tables.rs.
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

TOKEN = "token-1"
KEY = {"id": {"S": "stock"}}


def add_one(client):
    client.transact_write_items(
        ClientRequestToken=TOKEN,
        TransactItems=[{"Update": {
            "TableName": "Counters", "Key": KEY,
            "UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}},
        }}],
    )


with mock_aws():
    client = boto3.client("dynamodb")
    client.create_table(
        TableName="Counters", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    add_one(client)
    add_one(client)
    count = client.get_item(TableName="Counters", Key=KEY)["Item"]["n"]["N"]
    try:
        client.transact_write_items(
            ClientRequestToken=TOKEN,
            TransactItems=[{"Put": {"TableName": "Counters", "Item": {"id": {"S": "other"}}}}],
        )
        other = "carried out"
    except client.exceptions.IdempotentParameterMismatchException:
        other = "refused"

print(f"moto {version('moto')}: sent twice under one token, the counter is {count} (DynamoDB: 1)")
print(f"moto {version('moto')}: another transaction under that token is {other} (DynamoDB: refused)")
if (count, other) != ("2", "carried out"):
    sys.exit("changed: moto knows the tokens of transactions now")
PY
