//! Money is exact.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::words;
use crate::lint::uses::{fields, scalar_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::ScalarKind;

pub(super) static RULE: Rule = Rule {
    code: "money-as-float",
    level: Some(Level::Warning),
    group: Group::Data,
    what: "a monetary value uses floating point",
    why: "In floating point, 0.1 + 0.2 is not 0.3. Totals are off by cents, and two services disagree. `format: decimal` is exact.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/price",
        bad: "\
type: number
description: What it costs.",
        good: "\
type: number
format: decimal
multipleOf: 0.01
minimum: 0
maximum: 1000
description: What it costs.",
    }),
    check: Some(check),
};

/// Last words of names of amounts.
const AMOUNTS: [&str; 12] = [
    "price", "amount", "total", "cost", "costs", "fee", "balance", "tax", "vat", "discount",
    "salary", "subtotal",
];

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for field in fields(service) {
            let words = words(&field.name.wire);
            let is_amount = words.last().is_some_and(|last| AMOUNTS.contains(&last.as_str()));
            let is_double = scalar_of(service, &field.ty)
                .is_some_and(|scalar| scalar.kind == ScalarKind::Double);
            if is_amount && is_double {
                let message = format!(
                    "`{}` looks like a monetary value, but uses floating point",
                    field.name.wire
                );
                found.add(
                    field.origin.span,
                    message,
                    "use exact decimals:\nformat: decimal\nmultipleOf: 0.01",
                );
            }
        }
    }
}
