//! A channel has the address that it is bound to.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Value;

pub(super) static RULE: Rule = Rule {
    code: "channel-address",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "the address of a channel differs from the bus or queue in its binding",
    why: "Readers, and tools that ignore bindings, rely on the address.",
    example: Some(Example {
        at: "asyncapi#/channels/bus",
        bad: "\
address: things
messages: {ThingAdded: {$ref: '../schemas/events.yaml#/ThingAdded'}}
bindings: {x-eventbridge: {bus: ThingBus}}",
        good: "\
address: ThingBus
messages: {ThingAdded: {$ref: '../schemas/events.yaml#/ThingAdded'}}
bindings: {x-eventbridge: {bus: ThingBus}}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for channel in view.event_operations().filter_map(|operation| view.channel_of(operation)) {
        if !view.is_sound() {
            return;
        }
        let queue = view
            .binding_of(channel, "sqs")
            .and_then(|sqs| sqs.at(&["queue"]))
            .and_then(|queue| view.target(queue));
        let queue = queue.and_then(|queue| queue.text_at("name"));
        let bus =
            view.binding_of(channel, "x-eventbridge").and_then(|binding| binding.text_at("bus"));
        let Some((name, address)) = queue.or(bus).zip(channel.get("address")) else { continue };
        // An address that is null is not known when the document is written (AsyncAPI, "Channel Object").
        if address.text() != Some(name) && address.value != Value::Null {
            found.add(
                address.span,
                format!("this channel is bound to `{name}`"),
                format!("write `address: {name}`"),
            );
        }
    }
}
