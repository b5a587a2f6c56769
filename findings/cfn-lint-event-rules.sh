#!/usr/bin/env bash
# cfn-lint looks neither at the pattern of an event rule nor at the bus of its schedule.
#
# PutRule refuses a pattern whose leaf is a text and no list of what may be there, and an operator that it does not
# know; the user guide says that schedules are for rules of the default bus only. cfn-lint 1.58.0 checks a lot of a
# rule: it says of rate(5 minute) that the unit is wrong. It passes the three faults above, and each of them rolls a
# deployment back. A template that passes the linter is taken for one that can be deployed.
# Here patterns are read as EventBridge reads them and a schedule on another bus is refused:
# infra/stage/src/bus/rule.rs, and unsound_patterns_are_refused_with_the_fault_and_its_place in
# infra/stage/tests/messaging/pattern.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cfn-lint==1.58.0
# The properties of a rule that say when it fires.
judge() {
  cat >template.yaml <<YAML
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Queue: {Type: AWS::SQS::Queue}
  Rule: {Type: AWS::Events::Rule, Properties: {$1, Targets: [{Id: queue, Arn: !GetAtt Queue.Arn}]}}
YAML
  venv/bin/cfn-lint template.yaml >log || true
  grep '^[EW]' log || echo passes
}
unit=$(judge 'ScheduleExpression: rate(5 minute)')
bus=$(judge 'EventBusName: !Ref Bus, ScheduleExpression: rate(5 minutes)')
leaf=$(judge 'EventBusName: !Ref Bus, EventPattern: {source: shop}')
operator=$(judge 'EventBusName: !Ref Bus, EventPattern: {source: [{prefx: shop}]}')
echo "cfn-lint 1.58.0, rate(5 minute): $unit"
echo "cfn-lint 1.58.0, a schedule on a bus of one's own: $bus"
echo "cfn-lint 1.58.0, a text where a list is due: $leaf"
echo "cfn-lint 1.58.0, an unknown operator: $operator"
[[ "$unit" == E3027* ]] && [ "$bus $leaf $operator" = 'passes passes passes' ] || {
  echo 'changed: cfn-lint looks at more of a rule now' >&2
  exit 1
}
