//! Channels are used.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::entries;
use crate::lint::{Example, Group, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "unused-channel",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "a channel is not used by any operation",
    why: "A channel without operations creates no bus, queue or EventBridge rule.",
    example: Some(Example {
        at: "asyncapi#/channels/spare",
        bad: "\
address: SpareBus
messages: {ThingAdded: {$ref: '../schemas/events.yaml#/ThingAdded'}}
bindings: {x-eventbridge: {bus: SpareBus}}",
        good: "\
{$ref: '#/channels/bus'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    if !view.is_sound() {
        return;
    }
    let used: Vec<Span> = view
        .event_operations()
        .filter_map(|operation| view.channel_of(operation))
        .map(|channel| channel.span)
        .collect();
    for document in &view.asyncapi {
        for channel in entries(document.root, &["channels"]) {
            let Some(node) = view.target(&channel.value) else { continue };
            if !used.contains(&node.span) {
                let help = "add an operation that uses it, or remove it";
                found.add(
                    channel.key_span,
                    format!("no operation uses the channel `{}`", channel.key),
                    help,
                );
            }
        }
    }
}
