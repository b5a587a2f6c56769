#!/usr/bin/env bash
# Neither the CDK nor cfn-lint asks for the message group of a FIFO queue behind an EventBridge rule.
#
# EventBridge sends to a FIFO queue only with SqsParameters.MessageGroupId; the user guide and the CDK's own
# documentation of `messageGroupId` say that it must be given, and PutTargets refuses a target without it. aws-cdk-lib
# 2.276.0 synthesizes the rule without the parameter, though SqsQueue holds the queue and knows `fifo`, and though the
# same release validates templates while it synthesizes. cfn-lint 1.58.0 passes the template. The fault is found when
# the stack is deployed, and rolled back.
# Here an ordered queue without a group is an error of the contract
# (codegen/tests/cases/diagnostics/fifo-without-group), and the local stage refuses such a template in the words of
# PutTargets (infra/stage/src/bus/rule.rs).
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
const { Queue } = require('aws-cdk-lib/aws-sqs');

const stack = new Stack(new App(), 'Shop');
const queue = new Queue(stack, 'Orders', { fifo: true, contentBasedDeduplication: true });
const eventBus = new EventBus(stack, 'Events');
new Rule(stack, 'Placed', { eventBus, eventPattern: { source: ['shop'] }, targets: [new SqsQueue(queue)] });
console.log(JSON.stringify(Template.fromStack(stack).toJSON()));
JS
[ -s synthesis.log ] && told=$(tail -n 1 synthesis.log) || told=nothing
targets=$(node -p '
  const { Resources } = JSON.parse(require("fs").readFileSync("template.json"));
  Object.values(Resources).find(({ Type }) => Type === "AWS::Events::Rule").Properties.Targets
    .map((target) => Object.keys(target).join(" ")).join("; ")')
linted=$(venv/bin/cfn-lint template.json) || true
echo "aws-cdk-lib 2.276.0 says while it synthesizes: $told"
echo "aws-cdk-lib 2.276.0 gives the target: $targets (EventBridge: SqsParameters too)"
echo "cfn-lint 1.58.0 says: ${linted:-nothing}"
[ "$told|$targets|$linted" = 'nothing|Arn Id|' ] || { echo 'changed: a tool asks for the message group now' >&2; exit 1; }
