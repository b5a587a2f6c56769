#!/usr/bin/env bash
# moto's event bus does not look into arrays of objects.
#
# A pattern of EventBridge names a field within the elements of an array as if the array were not there, and matches
# when one element has all that is asked: so the README of aws/event-ruler, the matcher that EventBridge uses, has it.
# moto 5.2.5 matches a pattern against an array of texts, and none against an array of objects: the rule never fires.
# An order has lines, a basket has items: rules over them are found broken in tests though they work.
# Here the local stage follows the matcher, the same element rule included:
# fields_within_an_array_must_be_found_in_one_element in infra/stage/tests/messaging/pattern.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[events,sqs]==5.2.5' boto3==1.44.8
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
venv/bin/python - <<'PY'
import json
import sys
from importlib.metadata import version

import boto3
from moto import mock_aws

DETAIL = {"tags": ["gift", "express"], "lines": [{"sku": "pen", "count": 1}, {"sku": "ink", "count": 5}]}
PATTERNS = {
    "of texts": {"tags": ["express"]},
    "of objects": {"lines": {"sku": ["ink"], "count": [5]}},
}

with mock_aws():
    events, sqs = boto3.client("events"), boto3.client("sqs")
    queues = {}
    for number, (name, detail) in enumerate(PATTERNS.items()):
        queue = sqs.create_queue(QueueName=f"queue-{number}")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        pattern = json.dumps({"source": ["shop"], "detail": detail})
        events.put_rule(Name=f"rule-{number}", EventPattern=pattern)
        events.put_targets(Rule=f"rule-{number}", Targets=[{"Id": "queue", "Arn": arn}])
        queues[name] = queue
    events.put_events(Entries=[{"Source": "shop", "DetailType": "OrderPlaced", "Detail": json.dumps(DETAIL)}])
    seen = {name: len(sqs.receive_message(QueueUrl=queue).get("Messages", [])) for name, queue in queues.items()}

for name, count in seen.items():
    print(f"moto {version('moto')}: a pattern over an array {name}: {count} delivered (EventBridge: 1)")
if seen != {"of texts": 1, "of objects": 0}:
    sys.exit("changed: moto matches arrays otherwise now")
PY
