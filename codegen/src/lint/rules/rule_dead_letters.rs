//! What a rule cannot deliver is kept.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "rule-dead-letters",
    level: Some(Level::Warning),
    group: Group::Events,
    what: "an EventBridge rule has no dead-letter queue",
    why: "The dead-letter queue of an SQS queue keeps messages that were received and failed. Only the dead-letter queue of the rule keeps events that never reached the queue or the function.",
    example: Some(Example {
        at: "mail#/channels/queue",
        bad: "\
address: ThingQueue
messages: {ThingAdded: {$ref: '../schemas/events.yaml#/ThingAdded'}}
bindings:
  sqs:
    bindingVersion: 0.2.0
    queue:
      name: ThingQueue
      fifoQueue: false
      visibilityTimeout: 120
      messageRetentionPeriod: 345600
      redrivePolicy: {deadLetterQueue: {name: ThingDeadLetterQueue}, maxReceiveCount: 5}
    deadLetterQueue: {name: ThingDeadLetterQueue, fifoQueue: false, messageRetentionPeriod: 1209600}
  x-eventbridge: {bus: ThingBus}",
        good: "\
address: ThingQueue
messages: {ThingAdded: {$ref: '../schemas/events.yaml#/ThingAdded'}}
bindings:
  sqs:
    bindingVersion: 0.2.0
    queue:
      name: ThingQueue
      fifoQueue: false
      visibilityTimeout: 120
      messageRetentionPeriod: 345600
      redrivePolicy: {deadLetterQueue: {name: ThingDeadLetterQueue}, maxReceiveCount: 5}
    deadLetterQueue: {name: ThingDeadLetterQueue, fifoQueue: false, messageRetentionPeriod: 1209600}
  x-eventbridge: {bus: ThingBus, deadLetterQueue: ThingRuleDeadLetterQueue}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for receive in view.system().services.iter().flat_map(|service| &service.receives) {
        let Some(rule) = receive.delivery.rule() else { continue };
        if rule.dead_letter.is_none() {
            let message =
                format!("events that the rule of `{}` cannot deliver are lost", receive.id.wire);
            let help = format!(
                "add a dead-letter queue:\nx-eventbridge:\n  bus: {}\n  deadLetterQueue: …",
                rule.bus
            );
            found.add(receive.origin.span, message, help);
        }
    }
}
