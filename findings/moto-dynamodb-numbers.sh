#!/usr/bin/env bash
# moto keeps a DynamoDB number as the text it came as.
#
# The developer guide says that DynamoDB trims leading and trailing zeroes of numbers, keeps up to 38 digits, and
# raises an exception for more. So 1.50 comes back as 1.5, 1e3 as 1000, and a number of 39 digits is refused. moto
# 5.2.5 answers 1.50 and 1e3, the key that was written as 1 and then as 1.0 reads 1.0, and 39 digits are stored. A
# program that compares numbers as texts, or that trusts the table to refuse what is too precise, passes against moto
# and differs in AWS, where an amount of money loses its trailing zero.
# Here numbers are read by value and written exactly: codegen/runtime/src/json/number.rs and codegen/scalars; the
# tables of the local stage (infra/stage/src/table) normalise and refuse as DynamoDB does.
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

with mock_aws():
    client = boto3.client("dynamodb")
    client.create_table(
        TableName="Prices", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "N"}],
    )

    def put(key, amount):
        client.put_item(TableName="Prices", Item={"id": {"N": key}, "amount": {"N": amount}})

    put("1", "9.99")
    put("1.0", "1.50")
    put("2", "1e3")
    items = client.scan(TableName="Prices")["Items"]
    seen = sorted((item["id"]["N"], item["amount"]["N"]) for item in items)
    try:
        put("3", "1" * 39)
        long = "stored"
    except client.exceptions.ClientError:
        long = "refused"

print(f"moto {version('moto')}: {seen} (DynamoDB: [('1', '1.5'), ('2', '1000')])")
print(f"moto {version('moto')}: a number of 39 digits is {long} (DynamoDB: refused)")
if seen != [("1.0", "1.50"), ("2", "1e3")] or long != "stored":
    sys.exit("changed: moto treats numbers otherwise now")
PY
