//! The actions that read.

use super::{Binder, fits, page};
use crate::diag::catalog::{bindings as binding_fault, slips, tables as fault};
use crate::lower::Reported;
use crate::model::{
    BoundAction, Field, KeyAttribute, KeySchema, Name, Operand, Page, Parameter, ParameterLocation,
    QueryBy, ScalarKind, SortBy, SortComparison, Term, TypeRef,
};
use crate::parse::{Entry, Node};

impl Binder<'_, '_> {
    pub(super) fn get(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.needs(404, "it is returned when the item does not exist")?;
        self.takes_nothing()?;
        self.answers_item(false)?;
        Some(BoundAction::Get { key: key?, consistent: self.node.is_set("consistent") })
    }

    /// Several items: `keys` names the parameter that lists their keys, or their sort keys within one partition.
    pub(super) fn batch_get(&self) -> Option<BoundAction> {
        self.takes_nothing()?;
        let Some(named) = self.node.get("keys") else {
            self.scope.sink.report(binding_fault::keys_unsaid(self.span()));
            return None;
        };
        let keys = self.parameter_named(named)?;
        let parameter = &self.parameters()[keys];
        if !parameter.required && parameter.default.is_none() {
            self.scope.sink.report(binding_fault::key_optional(
                parameter.origin.span,
                &parameter.name.wire,
                self.node.span,
            ));
            return None;
        }
        let key = &self.table.key;
        let partition = match &key.sort {
            None => {
                self.fits_key(keys, &key.partition, true)?;
                None
            }
            Some(sort) => {
                self.fits_key(keys, sort, true)?;
                let given = |at: usize, one: &Parameter| at != keys && one.required;
                let partition = self.parameter_for(&key.partition, given);
                let Some(partition) = partition else {
                    let (name, place) =
                        (&key.partition.name.wire, "the path or a required parameter");
                    let report = fault::no_key_parameter(self.span(), self.action, name, place);
                    self.scope.sink.report(report);
                    return None;
                };
                self.fits_key(partition, &key.partition, false)?;
                Some(partition)
            }
        };
        let page = page::lower_page(self)?;
        fits::check_count(self, &page, fits::most_of_list(self, &parameter.ty))?;
        let consistent = self.node.is_set("consistent");
        Some(BoundAction::BatchGet { partition, keys, items_field: page.items_field, consistent })
    }

    pub(super) fn query(&self) -> Option<BoundAction> {
        let by = self.query_by(true);
        self.takes_nothing()?;
        let page = page::lower_page(self)?;
        let by = by.ok()??;
        fits::check_page(self, &page, by.index)?;
        self.projected(by.index)?;
        let consistent = self.consistent(by.index)?;
        let filter = self.filter(Some(&by))?;
        self.check_hidden(&page, &filter);
        Some(BoundAction::Query { by, page, filter, consistent })
    }

    pub(super) fn list(&self) -> Option<BoundAction> {
        let by = self.query_by(false);
        self.takes_nothing()?;
        let page = page::lower_page(self)?;
        let by = by.ok()?;
        let index = by.as_ref().and_then(|by| by.index);
        fits::check_page(self, &page, index)?;
        self.projected(index)?;
        let consistent = self.consistent(index)?;
        let filter = self.filter(by.as_ref())?;
        self.check_hidden(&page, &filter);
        Some(BoundAction::List { by, page, filter, consistent })
    }

    pub(super) fn count(&self) -> Option<BoundAction> {
        let by = self.query_by(false);
        self.takes_nothing()?;
        let field = self.answers_count().ok()?;
        let by = by.ok()?;
        let consistent = self.consistent(by.as_ref().and_then(|by| by.index))?;
        let filter = self.filter(by.as_ref())?;
        Some(BoundAction::Count { by, field, filter, consistent })
    }

    /// The success response must be a whole number, or an object with one.
    fn answers_count(&self) -> Result<Option<Name>, Reported> {
        let success = self.success().ok_or(Reported)?;
        let is_number = |ty: &TypeRef| self.types.scalar_of(ty).is_some_and(ScalarKind::is_integer);
        if let [body] = success.contents.as_slice() {
            if is_number(&body.ty) {
                self.counts(&body.ty, success.origin.span)?;
                return Ok(None);
            }
            let fields = self.types.id_of(&body.ty).and_then(|id| self.types.fields(id));
            if let Some([(field, _)]) = fields.as_deref()
                && field.required
                && is_number(&field.ty)
            {
                self.counts(&field.ty, field.origin.span)?;
                return Ok(Some(field.name.clone()));
            }
        }
        self.scope.sink.report(fault::response_of_other_type(
            success.origin.span,
            self.action,
            "an integer, or an object with one required property that is an integer",
            self.node.span,
        ));
        Err(Reported)
    }

    /// That a response takes every number of items.
    fn counts(&self, ty: &TypeRef, at: crate::source::Span) -> Result<(), Reported> {
        let Some((number, why)) = self.types.uncounted(ty, 0) else { return Ok(()) };
        self.scope.sink.report(slips::count_refused(at, number, &why, self.span()));
        Err(Reported)
    }

    /// A filter, which DynamoDB lets ask nothing of the key that is queried.
    fn filter(&self, by: Option<&QueryBy>) -> Option<Vec<Term>> {
        let terms = self.filter_terms()?;
        let Some(by) = by else { return Some(terms) };
        let key = self.key_of(by.index);
        let mut names = terms.iter().flat_map(|term| &term.names).map(|(_, name)| name);
        let is_key = |name: &&String| key.parts().any(|one| one.stored == **name);
        if let (Some(name), Some(node)) = (names.find(is_key), self.node.get("filter")) {
            self.scope.sink.report(binding_fault::filter_of_key(node.span, name));
            return None;
        }
        self.filters_projected(by.index, &terms)?;
        Some(terms)
    }

    /// DynamoDB refuses a filter of what the queried index does not hold.
    fn filters_projected(&self, index: Option<usize>, terms: &[Term]) -> Option<()> {
        let Some(index) = index.map(|at| &self.table.indexes[at]) else { return Some(()) };
        let Some(named) = index.projection.named() else { return Some(()) };
        let keys = self.table.key.parts().chain(index.key.parts());
        let keys: Vec<&str> = keys.map(|part| part.stored.as_str()).collect();
        let is_held = |attribute: &str| {
            keys.contains(&attribute)
                || named.iter().any(|name| self.table.attribute(&name.wire) == attribute)
        };
        let unknown = terms.iter().flat_map(Term::roots).find(|attribute| !is_held(attribute));
        let Some((attribute, node)) = unknown.zip(self.node.get("filter")) else { return Some(()) };
        let (name, place) = (&index.name.wire, index.origin.span);
        let report = binding_fault::filter_not_projected(node.span, attribute, name, place);
        self.scope.sink.report(report);
        None
    }

    /// Reports a filter that hides items from every client, beside tokens that name the item that was read last.
    fn check_hidden(&self, page: &Page, filter: &[Term]) {
        let is_chosen = |(_, value): &(String, Operand)| matches!(value, Operand::Parameter(_));
        let hides = filter.iter().any(|term| !term.values.iter().any(is_chosen));
        if let (true, Some(_), Some(entry)) = (hides, page.next, self.node.entry("filter")) {
            let place = self.table.origin.span;
            self.scope.sink.report(binding_fault::hidden_keys_shown(entry.value.span, place));
        }
    }

    fn key_of(&self, index: Option<usize>) -> &KeySchema {
        index.map_or(&self.table.key, |at| &self.table.indexes[at].key)
    }

    /// That the index holds what the answers need; what they may have and the index lacks is told.
    fn projected(&self, index: Option<usize>) -> Option<()> {
        let Some(index) = index.map(|at| &self.table.indexes[at]) else { return Some(()) };
        let Some(named) = index.projection.named() else { return Some(()) };
        let keys: Vec<&Name> =
            self.table.key.parts().chain(index.key.parts()).map(|part| &part.name).collect();
        let fields = self.types.fields(self.table.item).unwrap_or_default();
        let lacks = |name: &Name| !named.contains(name) && !keys.contains(&name);
        let missing = fields.iter().map(|(field, _)| field).filter(|field| lacks(&field.name));
        let (required, optional): (Vec<&&Field>, Vec<_>) =
            missing.partition(|field| field.required);
        let (at, place) =
            (self.node.get("index").map_or(self.span(), |node| node.span), index.origin.span);
        if let Some(field) = required.first() {
            let report = fault::projection_lacks(at, &index.name.wire, &field.name.wire, place);
            self.scope.sink.report(report);
            return None;
        }
        if !optional.is_empty() {
            let names: Vec<String> =
                optional.iter().map(|field| format!("`{}`", field.name.wire)).collect();
            let report =
                fault::projection_leaves_out(at, &index.name.wire, &names.join(", "), place);
            self.scope.sink.report(report);
        }
        Some(())
    }

    /// A global index is never read consistently.
    fn consistent(&self, index: Option<usize>) -> Option<bool> {
        let consistent = self.node.is_set("consistent");
        let is_global = index.is_some_and(|at| !self.table.indexes[at].local);
        if let (Some(entry), true, true) = (self.node.entry("consistent"), consistent, is_global) {
            self.scope.sink.report(fault::consistent_index(entry.key_span));
            return None;
        }
        Some(consistent)
    }

    /// The key of a query: of the index that is named, or of the table. A list may do without.
    fn query_by(&self, must: bool) -> Result<Option<QueryBy>, Reported> {
        let index = match self.node.get("index") {
            None => None,
            Some(named) => Some(self.index(named).ok_or(Reported)?),
        };
        let key = self.key_of(index);
        let all: Vec<&KeyAttribute> = key.parts().collect();
        self.check_named_keys(&all).ok_or(Reported)?;
        let given = |parameter: &Parameter| parameter.location != ParameterLocation::Header;
        let always = |_, parameter: &Parameter| given(parameter) && (parameter.required || !must);
        let named = self.node.at(&["key", &key.partition.name.wire]);
        let partition = match named {
            Some(named) => Some(self.parameter_named(named).ok_or(Reported)?),
            None => self.parameter_for(&key.partition, always),
        };
        let Some(partition) = partition else {
            if !must && index.is_none() {
                return match ["sort", "order"].iter().find_map(|key| self.node.entry(key)) {
                    Some(entry) => {
                        self.scope
                            .sink
                            .report(binding_fault::order_of_all(entry.key_span, &entry.key));
                        Err(Reported)
                    }
                    None => Ok(None),
                };
            }
            let place =
                if must { "the path or a required query parameter" } else { "a query parameter" };
            let name = &key.partition.name.wire;
            self.scope.sink.report(fault::no_key_parameter(self.span(), self.action, name, place));
            return Err(Reported);
        };
        let several = self.item_of_list(&self.parameters()[partition].ty).is_some();
        self.fits_key(partition, &key.partition, several).ok_or(Reported)?;
        let further = self.further(key, partition, must).ok_or(Reported)?;
        let next = all.get(1 + further.len()).copied();
        let sort = match self.node.entry("sort") {
            Some(entry) => Some(self.sort_by(entry, next).ok_or(Reported)?),
            None => self.sort_of_same_name(next, partition)?,
        };
        let descending = self.node.text_at("order") == Some("descending");
        Ok(Some(QueryBy { index, partition, several, further, sort, descending }))
    }

    /// The parameters that further attributes of a key of several are equal to: all of the partition key, and of the sort
    /// key the first ones, as far as there are parameters that every request has.
    fn further(&self, key: &KeySchema, partition: usize, must: bool) -> Option<Vec<usize>> {
        let mut taken = vec![partition];
        if !key.has_several() {
            return Some(vec![]);
        }
        let n_partition = 1 + key.further_partition.len();
        for (at, part) in key.parts().enumerate().skip(1) {
            let is_partition = at < n_partition;
            let has = |index, parameter: &Parameter| {
                parameter.location != ParameterLocation::Header
                    && !taken.contains(&index)
                    && (parameter.required || parameter.default.is_some())
            };
            let found = match self.node.at(&["key", &part.name.wire]) {
                Some(named) => Some(self.parameter_named(named)?)
                    .filter(|at| is_partition || has(*at, &self.parameters()[*at])),
                None => self.parameter_for(part, has),
            };
            match found {
                Some(found) => {
                    self.fits_key(found, part, false)?;
                    taken.push(found);
                }
                None if is_partition => {
                    let place = "the path or a required query parameter";
                    let name = &part.name.wire;
                    let report = fault::no_key_parameter(self.span(), self.action, name, place);
                    self.scope.sink.report(report);
                    return None;
                }
                None => break,
            }
        }
        if let (false, Some(at)) = (must || self.parameters()[partition].required, taken.get(1)) {
            let (span, name) =
                (self.parameters()[partition].origin.span, &self.parameters()[*at].name.wire);
            self.scope.sink.report(binding_fault::key_partly_optional(span, name));
            return None;
        }
        Some(taken.split_off(1))
    }

    fn index(&self, named: &Node) -> Option<usize> {
        let name = named.text()?;
        let at = self.table.indexes.iter().position(|index| index.name.wire == name);
        if at.is_none() {
            let known = self.table.indexes.iter().map(|index| index.name.wire.as_str());
            let known: Vec<&str> = known.collect();
            let report = fault::unknown_index(named.span, name, &known, self.table.origin.span);
            self.scope.sink.report(report);
        }
        at
    }

    /// Equality with the parameter that is called like the sort key.
    fn sort_of_same_name(
        &self,
        sort: Option<&KeyAttribute>,
        partition: usize,
    ) -> Result<Option<SortBy>, Reported> {
        let Some(sort) = sort else { return Ok(None) };
        let at = match self.node.at(&["key", &sort.name.wire]) {
            Some(named) => Some(self.parameter_named(named).ok_or(Reported)?),
            None => self.parameter_for(sort, |at, parameter| {
                parameter.location != ParameterLocation::Header && at != partition
            }),
        };
        let Some(at) = at else { return Ok(None) };
        self.fits_key(at, sort, false).ok_or(Reported)?;
        Ok(Some(SortBy::Compare(SortComparison::Equal, at)))
    }

    /// `sort: {'>=': from, '<=': to}`
    fn sort_by(&self, entry: &Entry, sort: Option<&KeyAttribute>) -> Option<SortBy> {
        let Some(sort) = sort else {
            self.scope
                .sink
                .report(binding_fault::no_sort_key(entry.key_span, self.table.origin.span));
            return None;
        };
        let parameter = |node: &Node| {
            let at = self.parameter_named(node)?;
            self.fits_key(at, sort, false)?;
            Some(at)
        };
        let entries = entry.value.entries();
        let all: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        let get = |key: &str| entry.value.get(key);
        let by = match all.as_slice() {
            ["between"] => {
                let ends = get("between")?.items();
                let [least, greatest] = ends else {
                    self.scope.sink.report(binding_fault::two_ends(entry.value.span));
                    return None;
                };
                SortBy::Between(parameter(least)?, parameter(greatest)?)
            }
            [">=", "<="] | ["<=", ">="] => {
                SortBy::Between(parameter(get(">=")?)?, parameter(get("<=")?)?)
            }
            ["beginsWith"] => SortBy::BeginsWith(self.prefix(get("beginsWith")?, sort)?),
            [sign] => {
                let comparison = match *sign {
                    "=" => SortComparison::Equal,
                    "<" => SortComparison::Less,
                    "<=" => SortComparison::AtMost,
                    ">" => SortComparison::Greater,
                    _ => SortComparison::AtLeast,
                };
                SortBy::Compare(comparison, parameter(get(sign)?)?)
            }
            _ => {
                self.scope.sink.report(binding_fault::two_comparisons(entry.value.span));
                return None;
            }
        };
        let is_equal = matches!(by, SortBy::Compare(SortComparison::Equal, _));
        let is_composed = sort.around.is_some() && sort.scalar.is_number();
        let is_unordered = sort.scalar == ScalarKind::DecimalString || is_composed;
        if is_unordered && !is_equal {
            self.scope.sink.report(binding_fault::unordered_sort(
                entry.value.span,
                &sort.name.wire,
                is_composed,
            ));
            return None;
        }
        Some(by)
    }

    /// The parameter that a sort key begins with: a text, whatever text the key is.
    fn prefix(&self, named: &Node, sort: &KeyAttribute) -> Option<usize> {
        let is_text = matches!(
            sort.scalar,
            ScalarKind::String | ScalarKind::Uuid | ScalarKind::Date | ScalarKind::DateTime
        );
        if !is_text {
            self.scope
                .sink
                .report(binding_fault::prefix_of_other_type(named.span, &sort.name.wire));
            return None;
        }
        let at = self.parameter_named(named)?;
        let parameter = &self.parameters()[at];
        if self.types.scalar_of(&parameter.ty) == Some(ScalarKind::String) {
            return Some(at);
        }
        self.scope.sink.report(binding_fault::prefix_no_text(
            parameter.origin.span,
            &parameter.name.wire,
            self.node.span,
        ));
        None
    }
}
