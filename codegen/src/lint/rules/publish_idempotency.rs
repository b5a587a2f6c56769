//! A repetition publishes nothing twice.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Method, Parameter, ParameterLocation};

pub(super) static RULE: Rule = Rule {
    code: "publish-idempotency",
    level: Some(Level::Warning),
    group: Group::Events,
    what: "a `POST` that publishes an event has no idempotency key",
    why: "Clients retry requests that time out. With an `Idempotency-Key`, business rules can distinguish a retry from a second request.",
    example: Some(Example {
        at: "openapi#/paths/~1things/post/parameters",
        bad: "\
[]",
        good: "\
- name: Idempotency-Key
  in: header
  description: Names this attempt.
  schema: {type: string, minLength: 1, maxLength: 64}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.system().services.iter().flat_map(|service| &service.operations) {
        let publishes = operation.method == Method::Post && !operation.publishes.is_empty();
        let is_key = |parameter: &Parameter| {
            parameter.location == ParameterLocation::Header
                && parameter.name.wire.to_lowercase().contains("idempotency")
        };
        if publishes && !operation.parameters.iter().any(is_key) {
            let message = format!("a retry of `{}` publishes the event again", operation.id.wire);
            let help = "add a key:\n- name: Idempotency-Key\n  in: header\n  description: Identifies the request; a retry sends the same key.\n  schema: {type: string, minLength: 1, maxLength: 128}";
            found.add(operation.origin.span, message, help);
        }
    }
}
