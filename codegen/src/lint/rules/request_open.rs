//! Requests hold only what is named.

use crate::lint::found::Found;
use crate::lint::uses::{Shape, Use, shape_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Additional;

pub(super) static RULE: Rule = Rule {
    code: "request-open",
    level: None,
    group: Group::Limits,
    what: "a request accepts properties that are not in the contract",
    why: "A misspelled optional property is then accepted, and stored next to the correct one. A closed object reports the mistake to the client.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/additionalProperties",
        bad: "\
true",
        good: "\
false",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        // Receivers of events should stay open, so only requests are looked at.
        let bodies = service.operations.iter().filter_map(|operation| operation.body.as_ref());
        for (body, content) in bodies.flat_map(|body| body.contents.iter().map(move |c| (body, c)))
        {
            let used = Use { name: "the body", ty: &content.ty, span: body.origin.span };
            let (shape, what) = shape_of(service, used);
            if matches!(shape, Shape::Struct(of) if of.additional == Additional::Open) {
                found.add(
                    what.span,
                    "properties that are not declared here are accepted and stored",
                    "refuse them:\nadditionalProperties: false",
                );
            }
        }
    }
}
