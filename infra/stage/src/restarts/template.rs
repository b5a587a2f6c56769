//! The template of the stages: one of each kind that calls can change.

use crate::template::{Plan, Surroundings, Template};
use std::collections::BTreeMap;
use std::path::Path;

const TEXT: &str = r"
Resources:
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: t, VisibilityTimeout: 5 } }
  Fifo: { Type: 'AWS::SQS::Queue', Properties: { QueueName: t.fifo, FifoQueue: true } }
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: tbus } }
  Archive:
    Type: AWS::Events::Archive
    Properties: { ArchiveName: tarchive, SourceArn: !GetAtt Bus.Arn, EventPattern: { source: [s] } }
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Name: trule
      EventBusName: !Ref Bus
      EventPattern: { source: [s] }
      Targets: [{ Id: '1', Arn: !GetAtt Queue.Arn, InputPath: $.detail }]
  Often:
    Type: AWS::Events::Rule
    Properties:
      Name: toften
      ScheduleExpression: rate(5 minutes)
      Targets: [{ Id: '1', Arn: !GetAtt Queue.Arn, Input: '[5]' }]
  Timer:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: ttimer
      ScheduleExpression: rate(7 minutes)
      FlexibleTimeWindow: { Mode: 'OFF' }
      Target: { Arn: !GetAtt Queue.Arn, RoleArn: 'arn:aws:iam::000000000000:role/any', Input: 'seven' }
";

/// What stands in every stage.
pub(super) fn plan() -> Plan {
    let around = Surroundings {
        exports: BTreeMap::new(),
        region: crate::account::REGION.to_owned(),
        account: crate::account::ACCOUNT.to_owned(),
        stack: "local".to_owned(),
        endpoint: "http://127.0.0.1:1".to_owned(),
        allow_inert: false,
        stored: Default::default(),
        languages: Default::default(),
    };
    let template = Template::parse(Path::new("t.yaml"), TEXT).expect("it is YAML");
    template.plan(&BTreeMap::new(), &around).expect("it can be stood up")
}
