//! Keys fit into their table.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::uses::scalar_of;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{ScalarKind, TypeKind};

pub(super) static RULE: Rule = Rule {
    code: "key-unbounded",
    level: Some(Level::Warning),
    group: Group::Limits,
    what: "a table key may be longer than DynamoDB allows",
    why: "DynamoDB limits partition keys to 2048 bytes and sort keys to 1024. If the contract allows longer keys, valid requests fail.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/properties/owner",
        bad: "\
type: string
minLength: 1
description: Whose thing.",
        good: "\
type: string
minLength: 1
maxLength: 8
description: Whose thing.",
    }),
    check: Some(check),
};

/// The longest keys, in bytes; a character takes up to four.
const MOST: [u64; 2] =
    [limits::DYNAMODB_PARTITION_BYTES as u64, limits::DYNAMODB_SORT_BYTES as u64];

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for table in &service.tables {
            let keys =
                std::iter::once(&table.key).chain(table.indexes.iter().map(|index| &index.key));
            let fields = match &service.type_def(table.item).kind {
                TypeKind::Struct(of) => of.fields.as_slice(),
                _ => &[],
            };
            let parts = keys.flat_map(|key| {
                let sorts = key.sort.iter().chain(&key.further_sort).map(|part| (part, MOST[1]));
                key.partition_parts().map(|part| (part, MOST[0])).chain(sorts)
            });
            for (key, most) in parts.filter(|(key, _)| key.scalar == ScalarKind::String) {
                let Some(scalar) = scalar_of(service, &key.ty) else { continue };
                let is_bounded = scalar.text.max_length.is_some_and(|length| length <= most);
                let field = fields.iter().find(|field| field.name.wire == key.name.wire);
                let span = field.map_or(table.origin.span, |field| field.origin.span);
                if !is_bounded && scalar.text.format.is_none() {
                    let message = format!(
                        "the key `{}` of the table `{}` may be longer than {most} bytes",
                        key.name.wire, table.name.wire
                    );
                    found.add(
                        span,
                        message,
                        format!(
                            "limit it with `maxLength: {}`, or with at most {most} for ASCII characters",
                            most / 4
                        ),
                    );
                }
            }
        }
    }
}
