//! Queues keep messages long enough.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Delivery;

pub(super) static RULE: Rule = Rule {
    code: "queue-retention",
    level: Some(Level::Warning),
    group: Group::Events,
    what: "a queue keeps messages for a short time only",
    why: "A failure on Friday evening is often repaired on Monday. SQS keeps messages for up to 14 days at no extra cost.",
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
      messageRetentionPeriod: 3600
      redrivePolicy: {deadLetterQueue: {name: ThingDeadLetterQueue}, maxReceiveCount: 5}
    deadLetterQueue: {name: ThingDeadLetterQueue, fifoQueue: false, messageRetentionPeriod: 86400}
  x-eventbridge: {bus: ThingBus, deadLetterQueue: ThingRuleDeadLetterQueue}",
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

/// The least time that a queue should keep messages, in seconds: a day.
const LEAST: u32 = 86_400;

/// The least time that dead letters should be kept, in seconds: a week.
const LEAST_DEAD: u32 = 604_800;

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for receive in view.system().services.iter().flat_map(|service| &service.receives) {
        let Delivery::Queue(delivery) = &receive.delivery else { continue };
        let own = Some((&delivery.queue, LEAST));
        let dead = delivery.dead_letter.as_ref().map(|queue| (queue, LEAST_DEAD));
        for (queue, least) in
            own.into_iter().chain(dead).filter(|(queue, least)| queue.retention_seconds < *least)
        {
            let message = format!(
                "`{}` keeps messages for only {} seconds",
                queue.name.wire, queue.retention_seconds
            );
            found.add(
                queue.origin.span,
                message,
                format!("set `messageRetentionPeriod: {least}` or more; 1209600 is 14 days"),
            );
        }
    }
}
