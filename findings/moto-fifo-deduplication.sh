#!/usr/bin/env bash
# moto's FIFO queues deduplicate too much and too little.
#
# SQS documents two things: with DeduplicationScope "messageGroup" one deduplication id counts for each message group
# by itself, and an id counts for five minutes, also when the message that had it was received and deleted meanwhile.
# moto 5.2.5 stores the scope and drops the second group's message all the same; and it takes a repeated message again
# as soon as the first one was deleted. The first loses a message in a test that AWS would deliver, the second
# delivers a duplicate that AWS would not, so a consumer's own protection against duplicates is judged wrongly in both
# directions.
# Here: deduplication_can_count_per_group and a_repetition_is_recognised_for_five_minutes_even_when_the_first_is_gone
# in infra/stage/tests/messaging/queue_model.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[sqs]==5.2.5' boto3==1.44.8
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import boto3
from moto import mock_aws

with mock_aws():
    client = boto3.client("sqs")

    def create(name, **attributes):
        fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
        return client.create_queue(QueueName=name, Attributes=fifo | attributes)["QueueUrl"]

    def send(queue, group):
        client.send_message(QueueUrl=queue, MessageBody="same", MessageGroupId=group)

    def receive(queue):
        return client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])

    by_group = create("by-group.fifo", DeduplicationScope="messageGroup", FifoThroughputLimit="perMessageGroupId")
    send(by_group, "customer-1")
    send(by_group, "customer-2")
    n_groups = len(receive(by_group))

    repeated = create("repeated.fifo")
    send(repeated, "customer-1")
    (first,) = receive(repeated)
    client.delete_message(QueueUrl=repeated, ReceiptHandle=first["ReceiptHandle"])
    send(repeated, "customer-1")
    n_again = len(receive(repeated))

moto = f"moto {version('moto')}"
print(f"{moto}: one body for two groups, scope messageGroup: {n_groups} delivered (SQS: 2)")
print(f"{moto}: repeated at once after the first was deleted: {n_again} delivered (SQS: 0)")
if (n_groups, n_again) != (1, 1):
    sys.exit("changed: moto deduplicates otherwise now")
PY
