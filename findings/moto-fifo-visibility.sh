#!/usr/bin/env bash
# A FIFO queue of moto loses messages that were received twice and never deleted.
#
# SQS keeps a message until it is deleted, its retention is over, or a redrive policy moves it: one whose visibility
# timeout passed is received again, in the order of its group, however often that happens. In moto 5.2.5 the first
# message of a group is received alone and its timeout passes; then all three are received and their timeout passes;
# after that only the third is there. Nothing deleted the other two, and the queue has neither a dead-letter queue nor
# a short retention. Whoever tests the recovery of a consumer (it dies, the queue delivers again) sees lost orders
# that AWS would not lose.
# Here the local stage is compared with a model of a FIFO queue over drawn sequences of sends, receives, deletions and
# timeouts, and must conserve every message: infra/stage/tests/messaging/queue_model.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[sqs]==5.2.5' boto3==1.44.8
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
venv/bin/python - <<'PY'
import sys
import time
from importlib.metadata import version

import boto3
from moto import mock_aws

VISIBILITY_SECONDS = 1


def receive(client, queue, most):
    answer = client.receive_message(QueueUrl=queue, MaxNumberOfMessages=most)
    return [message["Body"] for message in answer.get("Messages", [])]


with mock_aws():
    client = boto3.client("sqs")
    queue = client.create_queue(QueueName="orders.fifo", Attributes={
        "FifoQueue": "true", "ContentBasedDeduplication": "true", "VisibilityTimeout": str(VISIBILITY_SECONDS),
    })["QueueUrl"]
    for body in ("first", "second", "third"):
        client.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId="customer-1")
    seen = []
    for most in (1, 10, 10):
        seen.append(receive(client, queue, most))
        time.sleep(VISIBILITY_SECONDS + 0.5)

for number, bodies in enumerate(seen, 1):
    print(f"moto {version('moto')}: receive {number}: {bodies}")
print("SQS: ['first'], then twice ['first', 'second', 'third'], as nothing was deleted")
if seen[1] != ["first", "second", "third"] or seen[2] != ["third"]:
    sys.exit("changed: moto delivers undeleted messages otherwise now")
PY
