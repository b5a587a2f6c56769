#!/usr/bin/env bash
# The CDK and cfn-lint pass a queue that EventBridge can never send to.
#
# The troubleshooting page of EventBridge says that a rule cannot send to a queue encrypted with the key that AWS
# manages for SQS (alias/aws/sqs): that key's policy cannot be changed to let events.amazonaws.com use it. A key of
# one's own, or SSE-SQS, works. aws-cdk-lib 2.276.0 has QueueEncryption.KMS_MANAGED for it, and puts such a queue
# behind a rule with a queue policy that looks complete. cfn-lint 1.58.0 passes the template. It deploys, the rule
# matches, and every event is lost.
# Here the local stage refuses to stand such a template up (infra/stage/src/template/resources/refused.rs, with the
# test what_aws_refuses_or_loses_is_refused), and generated queues are encrypted by SQS itself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cfn-lint==1.58.0
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . aws-cdk-lib@2.276.0 constructs@10
node - >template.json 2>synthesis.log <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { Template } = require('aws-cdk-lib/assertions');
const { EventBus, Rule } = require('aws-cdk-lib/aws-events');
const { SqsQueue } = require('aws-cdk-lib/aws-events-targets');
const { Queue, QueueEncryption } = require('aws-cdk-lib/aws-sqs');

const stack = new Stack(new App(), 'Shop');
const queue = new Queue(stack, 'Orders', { encryption: QueueEncryption.KMS_MANAGED });
const eventBus = new EventBus(stack, 'Events');
new Rule(stack, 'Placed', { eventBus, eventPattern: { source: ['shop'] }, targets: [new SqsQueue(queue)] });
console.log(JSON.stringify(Template.fromStack(stack).toJSON()));
JS
[ -s synthesis.log ] && told=$(tail -n 1 synthesis.log) || told=nothing
key=$(node -p '
  const { Resources } = JSON.parse(require("fs").readFileSync("template.json"));
  Object.values(Resources).find(({ Type }) => Type === "AWS::SQS::Queue").Properties.KmsMasterKeyId')
linted=$(venv/bin/cfn-lint template.json) || true
echo "aws-cdk-lib 2.276.0 says while it synthesizes: $told"
echo "aws-cdk-lib 2.276.0 encrypts the queue of the rule with: $key"
echo "cfn-lint 1.58.0 says: ${linted:-nothing}"
[ "$told|$key|$linted" = 'nothing|alias/aws/sqs|' ] || { echo 'changed: a tool warns of the key now' >&2; exit 1; }
