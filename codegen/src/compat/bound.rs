//! Generated bodies of operations (`x-dynamodb`): which items they read, in which order, and what they write.
//!
//! Owns the comparison of what no schema says. A statement that refers to a parameter or property of the body that only
//! one of the contracts has is told of with that parameter or property.

use std::collections::BTreeSet;

use super::finding::{Direction, Findings, Site};
use super::rest::{Kept, Served};
use crate::model::{
    Binding, BoundAction, Change, Operand, Operation, ParameterLocation, QueryBy, SortBy,
    SortComparison, Table, Term,
};

/// What a generated body asks for or does, in words; and the inputs that it refers to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Statement {
    words: String,
    inputs: BTreeSet<String>,
}

/// Compares the generated bodies of an operation; what code does that is written by hand, no contract says.
pub(super) fn compare(report: &mut Findings, kept: &Kept<'_>) {
    let (old, new) = match (Bound::of(kept.old), Bound::of(kept.new)) {
        (Some(old), Some(new)) => (old, new),
        (Some(old), None) => {
            return report.add("api-body-hand-written", &kept.site, old.action(), "");
        }
        (None, Some(new)) => return report.add("api-body-generated", &kept.site, "", new.action()),
        (None, None) => return,
    };
    let spans = (Some(old.binding.origin.span), Some(new.binding.origin.span));
    let site = kept.site.part("", Direction::Wiring, spans.0, spans.1);
    let (was, is) = (old.action(), new.action());
    if was != is {
        return report.add("api-action-changed", &site, was, is);
    }
    // A table that is gone from the contracts was renamed or removed, which is told of it.
    let is_kept = |table: &Table| kept.new.service.tables.iter().any(|one| one.name == table.name);
    if old.table.name != new.table.name && is_kept(old.table) {
        report.add("api-table-changed", &site, &old.table.name.wire, &new.table.name.wire);
    }
    let read = site.part("", Direction::Response, site.old, site.new);
    let rules = ["api-items-excluded", "api-items-included", "api-items-selected-otherwise"];
    compare_statements(report, &read, (&old, old.selection()), (&new, new.selection()), rules);
    let (was, is) = (old.order(), new.order());
    if was != is && !was.is_empty() && !is.is_empty() {
        report.add("api-items-order-changed", &read, was, is);
    }
    match (old.is_consistent(), new.is_consistent()) {
        (true, false) => report.add("api-read-consistency-decreased", &read, "", ""),
        (false, true) => report.add("api-read-consistency-increased", &read, "", ""),
        _ => {}
    }
    let rules =
        ["api-write-condition-added", "api-write-condition-removed", "api-write-condition-changed"];
    compare_statements(report, &site, (&old, old.condition()), (&new, new.condition()), rules);
    if let (Some(was), Some(is)) = (old.refusal(), new.refusal())
        && was != is
    {
        report.add("api-refusal-status-changed", &read, was, is);
    }
    let rules = ["api-write-effect-changed"; 3];
    compare_statements(report, &site, (&old, old.effects()), (&new, new.effects()), rules);
}

/// Reports statements that came and went, by the rules for those that only came, that only went, and for both.
fn compare_statements(
    report: &mut Findings,
    site: &Site,
    (old, before): (&Bound<'_>, Vec<Statement>),
    (new, after): (&Bound<'_>, Vec<Statement>),
    rules: [&'static str; 3],
) {
    let [added, removed, changed] = rules;
    let only = |of: &[Statement], others: &[Statement], other: &Bound<'_>| {
        let known = other.inputs();
        let is_told = |one: &&Statement| {
            !others.contains(one) && one.inputs.iter().all(|input| known.contains(input))
        };
        let words: Vec<_> =
            of.iter().filter(is_told).map(|one| format!("`{}`", one.words)).collect();
        words.join(" and ")
    };
    let (went, came) = (only(&before, &after, new), only(&after, &before, old));
    match (went.is_empty(), came.is_empty()) {
        (true, true) => {}
        (true, false) => report.add(added, site, "nothing", came),
        (false, true) => report.add(removed, site, went, "nothing"),
        (false, false) => report.add(changed, site, went, came),
    }
}

/// A generated body with what its numbers refer to.
struct Bound<'a> {
    operation: &'a Operation,
    binding: &'a Binding,
    table: &'a Table,
    /// The properties of the body.
    properties: BTreeSet<String>,
}

impl<'a> Bound<'a> {
    fn of(served: Served<'a>) -> Option<Self> {
        let Served { service, operation } = served;
        let binding = operation.binding.as_ref()?;
        let table = service.tables.get(binding.table.0)?;
        let body = operation.body.as_ref().and_then(|body| body.json());
        let properties =
            body.map(|body| match crate::inclusion::resolve(service, &body.ty).shape {
                crate::inclusion::Shape::Object(object) => {
                    object.fields.iter().map(|field| field.name.wire.clone()).collect()
                }
                _ => BTreeSet::new(),
            });
        Some(Self { operation, binding, table, properties: properties.unwrap_or_default() })
    }

    /// The inputs that the operation has.
    fn inputs(&self) -> BTreeSet<String> {
        let parameters = (0..self.operation.parameters.len()).map(|at| self.parameter(at));
        parameters.chain(self.properties.iter().map(|name| of_body(name))).collect()
    }

    /// A parameter by its name; one in the path by its position, which is all that requests tell of it.
    fn parameter(&self, at: usize) -> String {
        let Some(parameter) = self.operation.parameters.get(at) else { return String::new() };
        let name = &parameter.name.wire;
        match parameter.location {
            ParameterLocation::Path => {
                let place = self.operation.path.parameters().position(|one| one == name);
                format!("path parameter {}", place.map_or(0, |place| place + 1))
            }
            ParameterLocation::Header => format!(":{}", name.to_ascii_lowercase()),
            _ => format!(":{name}"),
        }
    }

    /// What the action is called; one that reads many is the same whether a partition is asked for or not.
    fn action(&self) -> &'static str {
        match &self.binding.action {
            BoundAction::Get { .. } => "get",
            BoundAction::BatchGet { .. } => "batchGet",
            BoundAction::Create { .. } => "create",
            BoundAction::Put { .. } => "put",
            BoundAction::Upsert { .. } => "upsert",
            BoundAction::Replace { .. } => "replace",
            BoundAction::Patch { .. } => "patch",
            BoundAction::Update { .. } => "update",
            BoundAction::Delete { .. } => "delete",
            BoundAction::Query { .. } | BoundAction::List { .. } => "query",
            BoundAction::Count { .. } => "count",
        }
    }

    fn is_consistent(&self) -> bool {
        match self.binding.action {
            BoundAction::Get { consistent, .. }
            | BoundAction::BatchGet { consistent, .. }
            | BoundAction::Query { consistent, .. }
            | BoundAction::List { consistent, .. }
            | BoundAction::Count { consistent, .. } => consistent,
            _ => false,
        }
    }

    /// Which items are read or written.
    fn selection(&self) -> Vec<Statement> {
        let action = &self.binding.action;
        let mut found: Vec<_> = action.filter().iter().map(|term| self.term(term)).collect();
        let equals = |name: &str, at: usize| self.compared(name, "=", at);
        if let Some(key) = action.key() {
            found.push(equals(&self.table.key.partition.name.wire, key.partition));
            let sort = self.table.key.sort.as_ref().zip(key.sort);
            found.extend(sort.map(|(sort, at)| equals(&sort.name.wire, at)));
        }
        if let Some(by) = action.by() {
            let mut parts = self.key(by).parts().map(|part| part.name.wire.as_str());
            found.extend(parts.next().map(|name| equals(name, by.partition)));
            for at in &by.further {
                found.extend(parts.next().map(|name| equals(name, *at)));
            }
            if let (Some(sort), Some(name)) = (&by.sort, parts.next()) {
                found.extend(self.sorted(name, sort));
            }
        }
        found
    }

    fn sorted(&self, name: &str, by: &SortBy) -> Vec<Statement> {
        match by {
            SortBy::Compare(sign, at) => {
                let sign = match sign {
                    SortComparison::Equal => "=",
                    SortComparison::Less => "<",
                    SortComparison::AtMost => "<=",
                    SortComparison::Greater => ">",
                    SortComparison::AtLeast => ">=",
                };
                vec![self.compared(name, sign, *at)]
            }
            SortBy::Between(least, most) => {
                vec![self.compared(name, ">=", *least), self.compared(name, "<=", *most)]
            }
            SortBy::BeginsWith(at) => vec![self.compared(name, "begins with", *at)],
        }
    }

    fn compared(&self, name: &str, sign: &str, at: usize) -> Statement {
        let input = self.parameter(at);
        Statement { words: format!("{name} {sign} {input}"), inputs: BTreeSet::from([input]) }
    }

    /// The key by which many are read.
    fn key(&self, by: &QueryBy) -> &'a crate::model::KeySchema {
        let index = by.index.and_then(|at| self.table.indexes.get(at));
        index.map_or(&self.table.key, |index| &index.key)
    }

    /// The order of the items in words, where there is one.
    fn order(&self) -> String {
        let Some(by) = self.binding.action.by() else { return String::new() };
        let behind = self.key(by).parts().nth(1 + by.further.len());
        let name = behind.map_or("nothing", |part| part.name.wire.as_str());
        format!("`{name}`, {}", if by.descending { "descending" } else { "ascending" })
    }

    fn condition(&self) -> Vec<Statement> {
        let guard = self.binding.guard.as_ref().and_then(|guard| guard.term.as_ref());
        guard.map(|term| self.term(term)).into_iter().collect()
    }

    /// The status of a refused write.
    fn refusal(&self) -> Option<u16> {
        match &self.binding.action {
            BoundAction::Create { on_exists, .. } => *on_exists,
            _ => self.binding.guard.as_ref().map(|guard| guard.status),
        }
    }

    /// What an update does.
    fn effects(&self) -> Vec<Statement> {
        let BoundAction::Update { changes, .. } = &self.binding.action else { return vec![] };
        let statement = |change: &Change| {
            let name = &change.name().wire;
            let value = change.operand().map(|operand| self.operand(operand));
            let (value, input) = value.unwrap_or_default();
            let words = match change {
                Change::Set(..) => format!("set {name} = {value}"),
                Change::Add(..) => format!("add {value} to {name}"),
                Change::Remove(_) => format!("remove {name}"),
            };
            Statement { words, inputs: input.into_iter().collect() }
        };
        changes.iter().map(statement).collect()
    }

    /// A value in words, and the input that it comes from.
    fn operand(&self, operand: &Operand) -> (String, Option<String>) {
        match operand {
            Operand::Literal(value, _) => (value.to_string(), None),
            Operand::Now => ("$now".to_owned(), None),
            Operand::Parameter(at) => (self.parameter(*at), Some(self.parameter(*at))),
            Operand::Body(name) => (of_body(&name.wire), Some(of_body(&name.wire))),
        }
    }

    /// An expression with the properties and values that its placeholders stand for.
    fn term(&self, term: &Term) -> Statement {
        let (mut words, mut inputs) = (String::new(), BTreeSet::new());
        let mut rest = term.expression.as_str();
        while let Some(at) = rest.find(['#', ':']) {
            words.push_str(&rest[..at]);
            let name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
            let end =
                rest[at + 1..].find(|sign| !name(sign)).map_or(rest.len(), |end| at + 1 + end);
            let placeholder = &rest[at..end];
            rest = &rest[end..];
            let value = term.values.iter().find(|(own, _)| own == placeholder);
            let attribute = term.names.iter().find(|(own, _)| own == placeholder);
            match (value, attribute) {
                (Some((_, operand)), _) => {
                    let (value, input) = self.operand(operand);
                    words.push_str(&value);
                    inputs.extend(input);
                }
                (None, Some((_, attribute))) => words.push_str(self.property(attribute)),
                (None, None) => words.push_str(placeholder),
            }
        }
        words.push_str(rest);
        Statement { words, inputs }
    }

    /// The property that an attribute holds.
    fn property(&self, attribute: &'a str) -> &'a str {
        let renamed = self.table.layout.renamed.iter().find(|(_, stored)| stored == attribute);
        renamed.map_or(attribute, |(name, _)| name.wire.as_str())
    }
}

/// A property of the body.
fn of_body(name: &str) -> String {
    format!(":{name} of the body")
}
