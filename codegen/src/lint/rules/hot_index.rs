//! Partition keys have many values.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::uses::{Shape, Use, shape_of};
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::KeySchema;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "hot-index",
    level: Some(Level::Warning),
    group: Group::Data,
    what: "a table or an index is partitioned by one of a few values",
    why: "All items of one value share a partition, which takes 1000 writes a second and no more, however much the table may.",
    example: Some(Example {
        at: "openapi#/components/schemas/Thing/x-dynamodb-table",
        bad: "\
name: thing
partitionKey: id
indexes: [{name: byColor, partitionKey: color}]",
        good: "\
name: thing
partitionKey: id
indexes: [{name: byOwner, partitionKey: owner}]",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system.services {
        let is_few = |key: &KeySchema| {
            let used = Use { name: "", ty: &key.partition.ty, span: Span::default() };
            match shape_of(service, used).0 {
                // The only shape of text that is no scalar is an enum.
                Shape::Other => true,
                Shape::Scalar(scalar) => !scalar.number.one_of.is_empty(),
                _ => false,
            }
        };
        for table in &service.tables {
            let own = (&table.key, table.origin.span);
            let indexes = table.indexes.iter().map(|index| (&index.key, index.origin.span));
            for (key, span) in std::iter::once(own).chain(indexes).filter(|(key, _)| is_few(key)) {
                let message = format!(
                    "`{}` has a few values, and each is one partition",
                    key.partition.name.wire
                );
                found.add(
                    span,
                    message,
                    "partition by something of many values, and sort by this one:\nsortKey: …",
                );
            }
        }
    }
}
