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
    what: "the partition key of a table or index has only a few values",
    why: "All items with the same value share a partition, which is limited to 1000 write units per second, whatever the capacity of the table.",
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
    for service in &view.system().services {
        let is_few = |key: &KeySchema| {
            key.partition_parts().all(|part| {
                let used = Use { name: "", ty: &part.ty, span: Span::default() };
                match shape_of(service, used).0 {
                    // The only shape of text that is no scalar is an enum.
                    Shape::Other => true,
                    Shape::Scalar(scalar) => !scalar.number.one_of.is_empty(),
                    _ => false,
                }
            })
        };
        for table in &service.tables {
            let own = (&table.key, table.origin.span);
            let indexes = table.indexes.iter().map(|index| (&index.key, index.origin.span));
            for (key, span) in std::iter::once(own).chain(indexes).filter(|(key, _)| is_few(key)) {
                let message = format!(
                    "`{}` has only a few values, so only a few partitions are used",
                    key.partition.name.wire
                );
                found.add(
                    span,
                    message,
                    "use a partition key with many values, and make this one the sort key:\nsortKey: …",
                );
            }
        }
    }
}
