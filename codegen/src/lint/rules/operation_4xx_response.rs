//! Whoever takes input says what becomes of a wrong one.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "operation-4xx-response",
    level: Some(Level::Warning),
    group: Group::Errors,
    what: "an operation with input has no `4XX` response",
    why: "Generated code refuses requests that violate the contract. Clients need to know the response that they get then.",
    example: Some(Example {
        at: "openapi#/paths/~1things~1{id}/get/responses",
        bad: "\
'200':
  description: The thing.
  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}",
        good: "\
'200':
  description: The thing.
  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
'400': {$ref: '#/components/responses/Refused'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        let takes = operation.node().get("requestBody").is_some()
            || !view.parameters_of(operation).is_empty();
        let responses = operation.node().entry("responses");
        let Some(responses) = responses.filter(|_| takes) else { continue };
        let declared = responses
            .value
            .entries()
            .iter()
            .any(|entry| entry.key.starts_with('4') || entry.key == "default");
        if !declared {
            let help = "add one:\n'400':\n  description: The request violates the contract.";
            found.add(
                responses.key_span,
                format!("{} has no `4XX` response for invalid requests", operation.name()),
                help,
            );
        }
    }
}
