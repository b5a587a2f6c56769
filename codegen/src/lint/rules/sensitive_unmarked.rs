//! What is sensitive is marked.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::sensitive::{is_personal, is_secret};
use crate::lint::uses::{fields, scalar_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::ScalarKind;

pub(super) static RULE: Rule = Rule {
    code: "sensitive-unmarked",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "a secret or personal value is not marked `x-sensitive`",
    why: "Only marked values are kept out of logs, `Debug` output and validation errors.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/email",
        bad: "\
type: string
format: email
description: Whom to write to.",
        good: "\
type: string
format: email
x-sensitive: true
description: Whom to write to.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        let parameters = service.operations.iter().flat_map(|operation| &operation.parameters);
        let parameters = parameters.map(|parameter| {
            (&parameter.name, &parameter.ty, parameter.sensitive, &parameter.origin)
        });
        let fields =
            fields(service).map(|field| (&field.name, &field.ty, field.sensitive, &field.origin));
        for (name, ty, sensitive, origin) in fields.chain(parameters) {
            let holds =
                scalar_of(service, ty).is_some_and(|scalar| scalar.kind != ScalarKind::Boolean);
            if holds && !sensitive && (is_secret(&name.wire) || is_personal(&name.wire)) {
                let message =
                    format!("`{}` looks like a value that should not be logged", name.wire);
                found.add(origin.span, message, "mark it:\nx-sensitive: true");
            }
        }
    }
}
