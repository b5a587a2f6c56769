//! Keys are not sensitive.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{KeySchema, TypeKind};

pub(super) static RULE: Rule = Rule {
    code: "sensitive-key",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "a table key is sensitive",
    why: "Keys appear in metrics, traces and database errors, where `x-sensitive` has no effect.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/owner",
        bad: "\
type: string
minLength: 1
maxLength: 8
x-sensitive: true
description: Whose thing.",
        good: "\
type: string
minLength: 1
maxLength: 8
description: Whose thing.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for table in &service.tables {
            let TypeKind::Struct(item) = &service.type_def(table.item).kind else { continue };
            let keys =
                std::iter::once(&table.key).chain(table.indexes.iter().map(|index| &index.key));
            for key in keys.flat_map(KeySchema::parts) {
                let field = item.fields.iter().find(|field| field.name.wire == key.name.wire);
                if let Some(field) = field.filter(|field| field.sensitive) {
                    let message = format!(
                        "`{}` is sensitive, but is a key of the table `{}`",
                        key.name.wire, table.name.wire
                    );
                    found.add(
                        field.origin.span,
                        message,
                        "use an ID as the key, and store this as an ordinary attribute",
                    );
                }
            }
        }
    }
}
