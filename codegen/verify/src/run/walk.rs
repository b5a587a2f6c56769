//! Sequences over links: what an answer leads to is there, works, and is gone once it was removed.

use std::collections::BTreeMap;
use std::time::Duration;

use codegen::model::{
    Binding, BoundAction, Link, Method, Operation, ParameterLocation, Segment, Service,
};
use serde_json::Value;

use super::{OperationIndex, Runner, Step, Wanted};
use crate::coverage::Mark;
use crate::expression::{Exchange, merge};
use crate::finding::{self, Shown};
use crate::judge::{answered, blames_the_request};
use crate::ledger::{named_value, plain};
use crate::plan::Planner;
use crate::request::{Body, Input, Request};

/// How many links are followed one behind the other.
const MAX_DEPTH: usize = 3;

/// How often a reader that may lag behind is asked again, and how long to wait in between.
const MAX_READS: usize = 20;
const BETWEEN_READS: Duration = Duration::from_millis(100);

impl Runner<'_> {
    /// Begins at an operation with links, and follows them.
    pub(super) async fn walk(&mut self, place: OperationIndex) -> anyhow::Result<()> {
        let (_, operation) = self.of(place);
        if operation.responses.iter().all(|response| response.links.is_empty()) {
            return Ok(());
        }
        let known = self.known_parameters(place).await?;
        if let Some(step) = self.usual(place, &known).await? {
            self.follow(&step, MAX_DEPTH, true).await?;
        }
        // Links that need another answer than the usual one: a page that has a next, a list that is not empty.
        let starts: Vec<_> = self
            .starts
            .iter()
            .filter(|((at, _), _)| *at == place)
            .map(|(_, step)| step.clone())
            .collect();
        for step in starts {
            let (_, source) = self.of(place);
            let coverage = &self.outcome.coverage;
            let links = source.responses.iter().flat_map(|response| &response.links);
            if links.into_iter().any(|link| !coverage.is_covered(&Mark::link(source, link))) {
                self.follow(&step, 1, false).await?;
            }
        }
        Ok(())
    }

    /// Keeps an exchange for every link that has not had one with a value for everything it asks for.
    pub(super) fn remember(&mut self, step: &Step) {
        let (service, operation) = self.of(step.place);
        let Some(response) = operation.answering(step.answer.status) else { return };
        for link in &response.links {
            let key = (step.place, link.name.clone());
            let target = service.operations.iter().position(|one| one.id.wire == link.operation_id);
            let (Some(target), false) = (target, self.starts.contains_key(&key)) else { continue };
            let target = OperationIndex { service: step.place.service, operation: target };
            if self.linked_input(step.exchange(operation), link, target).is_ok() {
                self.starts.insert(key, step.clone());
            }
        }
    }

    /// Follows the links of an answer; `fresh` when nothing was asked since.
    async fn follow(&mut self, from: &Step, depth: usize, fresh: bool) -> anyhow::Result<()> {
        let (service, operation) = self.of(from.place);
        let Some(response) = operation.answering(from.answer.status) else { return Ok(()) };
        let target_of = |link: &Link| {
            service.operations.iter().position(|target| target.id.wire == link.operation_id)
        };
        let removes = |link: &Link| {
            target_of(link).is_some_and(|at| service.operations[at].method == Method::Delete)
        };
        let reads =
            |link: &Link| target_of(link).is_some_and(|at| is_safe(&service.operations[at]));
        // Readers first, so that what they look for has not been changed; removers last, and at the top only.
        let mut links: Vec<_> = response.links.iter().collect();
        links.sort_by_key(|link| (removes(link), !reads(link)));
        let mut untouched = fresh && !is_safe(operation);
        for link in links.into_iter().filter(|link| depth == MAX_DEPTH || !removes(link)) {
            let Some(target) = target_of(link) else { continue };
            let target = OperationIndex { service: from.place.service, operation: target };
            let Some(step) = self.step(from, link, target, untouched).await? else { continue };
            untouched &= reads(link);
            if !(200..300).contains(&step.answer.status) {
                continue;
            }
            if removes(link) {
                self.check_gone(from, &step).await?;
            } else if depth > 1 {
                Box::pin(self.follow(&step, depth - 1, true)).await?;
                untouched = false;
            }
        }
        Ok(())
    }

    /// Follows one link; none when there is nothing to follow it with.
    async fn step(
        &mut self,
        from: &Step,
        link: &Link,
        target: OperationIndex,
        untouched: bool,
    ) -> anyhow::Result<Option<Step>> {
        let (_, source) = self.of(from.place);
        let exchange = from.exchange(source);
        let mark = Mark::link(source, link);
        let input = match self.linked_input(exchange, link, target) {
            Ok(input) => input,
            Err(why) => {
                self.outcome.coverage.explain(mark, &why);
                return Ok(None);
            }
        };
        let (service, operation) = self.of(target);
        let request = Request::of(operation, &input);
        let purpose = format!("the link `{}` of `{}`", link.name, source.id.wire);
        let wanted = Wanted { purpose: &purpose, keeps: true, span: link.origin.span };
        let Some(mut answer) = self.ask(target, &request, Some(&input), wanted).await? else {
            return Ok(None);
        };
        if untouched && is_safe(operation) {
            let missing = |answer: &crate::http::Answer| matches!(answer.status, 404 | 410);
            for _ in 0..MAX_READS {
                if !missing(&answer) {
                    break;
                }
                tokio::time::sleep(BETWEEN_READS).await;
                let Some(next) = self.send(target, &request, &purpose).await? else { break };
                answer = next;
            }
            if missing(&answer) {
                let curl = self.curl(operation, &request);
                let answered = answered(service, operation, &answer);
                let shown = Shown { curl: &curl, purpose: &purpose, answered: Some(&answered) };
                self.report(finding::not_there(source, link.origin.span, &link.name, shown));
            }
        }
        if answer.status < 500 && !blames_the_request(answer.status) {
            self.outcome.coverage.cover(mark);
        }
        Ok(Some(Step { place: target, input, request, answer }))
    }

    /// What a link says to its target, the rest of it as the contract's examples have it.
    fn linked_input(
        &self,
        exchange: Exchange<'_>,
        link: &Link,
        target: OperationIndex,
    ) -> Result<Input, String> {
        let (service, operation) = self.of(target);
        let mut known = BTreeMap::new();
        for (name, expression) in &link.parameters {
            let nothing = || format!("no response had a value for `{expression}`");
            let value = exchange.value(expression).ok_or_else(nothing)?;
            let named = |place: &usize| operation.parameters[*place].name.wire == plain(name);
            if let Some(place) = (0..operation.parameters.len()).find(named) {
                known.insert(place, value);
            }
        }
        let planner = Planner {
            service,
            operation,
            contracts: self.contracts,
            literals: self.literals,
            known: &known,
        };
        let mut input = planner.usual_input()?;
        if let Some(body) = &link.body {
            let nothing = || "no response had a value for its `requestBody`".to_owned();
            let over = exchange.filled(body).ok_or_else(nothing)?;
            match &mut input.body {
                Body::Json(base) => merge(base, over),
                other => *other = Body::Json(over),
            }
        }
        Ok(input)
    }

    /// What was removed is found no more by the operations that read the same path.
    async fn check_gone(&mut self, from: &Step, removal: &Step) -> anyhow::Result<()> {
        let (service, remover) = self.of(removal.place);
        let knows_absence = |reader: &Operation| {
            [404, 410].iter().any(|status| reader.answering(*status).is_some())
        };
        for (place, reader) in service.operations.iter().enumerate() {
            let same_path = reader.path == remover.path && reader.method == Method::Get;
            if !same_path || !knows_absence(reader) {
                continue;
            }
            let reader_place = OperationIndex { service: from.place.service, operation: place };
            let request = Request {
                method: reader.method.as_str().to_owned(),
                body: None,
                ..removal.request.clone()
            };
            let purpose = format!("what `{}` deleted", remover.id.wire);
            let mut found = None;
            for _ in 0..MAX_READS {
                found = self.send(reader_place, &request, &purpose).await?;
                if !found.as_ref().is_some_and(|answer| (200..300).contains(&answer.status)) {
                    found = None;
                    break;
                }
                tokio::time::sleep(BETWEEN_READS).await;
            }
            if let Some(answer) = found {
                let curl = self.curl(reader, &request);
                let answered = answered(service, reader, &answer);
                let shown = Shown { curl: &curl, purpose: &purpose, answered: Some(&answered) };
                self.report(finding::still_there(remover, reader, shown));
            }
        }
        Ok(())
    }
}

/// Whether an operation changes nothing (RFC 9110, section 9.2.1).
fn is_safe(operation: &Operation) -> bool {
    matches!(operation.method, Method::Get | Method::Head | Method::Options | Method::Trace)
}

/// Whether an operation may make what another one is about: it has a link there, posts to the path above, or stores the
/// item whose key the other one's path has.
pub(super) fn can_make(service: &Service, source: &Operation, target: &Operation) -> bool {
    let changes = matches!(source.method, Method::Post | Method::Put);
    let linked = source
        .responses
        .iter()
        .filter(|response| response.is_success())
        .flat_map(|response| &response.links)
        .any(|link| link.operation_id == target.id.wire && !link.parameters.is_empty());
    let below = matches!(
        target.path.segments.strip_prefix(source.path.segments.as_slice()),
        Some([Segment::Parameter(_), ..])
    );
    changes && (linked || below || !keys_of_stored(service, source, target).is_empty())
}

/// The path parameters of a target that are the key of the items that a source stores, with the properties.
fn keys_of_stored<'s>(
    service: &'s Service,
    source: &Operation,
    target: &Operation,
) -> Vec<(usize, &'s str)> {
    let stores = |binding: &&Binding| {
        matches!(
            binding.action,
            BoundAction::Create { .. } | BoundAction::Put { .. } | BoundAction::Upsert { .. }
        )
    };
    let Some(stored) = source.binding.as_ref().filter(stores) else { return vec![] };
    let key = &service.table(stored.table).key;
    let bound = target.binding.as_ref().filter(|binding| binding.table == stored.table);
    if let Some(of) = bound.and_then(|binding| binding.action.key()) {
        let sort = of.sort.zip(key.sort.as_ref());
        let parts = std::iter::once((of.partition, &key.partition)).chain(sort);
        return parts.map(|(at, part)| (at, part.name.wire.as_str())).collect();
    }
    // An operation by hand says by its access and its names which items it is about.
    if !target.access.iter().any(|access| access.table == stored.table) {
        return vec![];
    }
    let in_path = |part: &&'s str| {
        target
            .parameters
            .iter()
            .position(|one| one.location == ParameterLocation::Path && one.name.wire == *part)
    };
    let parts: Vec<&str> = key.parts().map(|part| part.name.wire.as_str()).collect();
    let found: Vec<_> = parts.iter().filter_map(|part| Some((in_path(part)?, *part))).collect();
    if found.len() == parts.len() { found } else { vec![] }
}

/// Values for parameters of a target after an exchange: those that a link gives, or those of the same name.
pub(super) fn parameters_after(
    service: &Service,
    exchange: Exchange<'_>,
    target: &Operation,
) -> BTreeMap<usize, Value> {
    let response = exchange.operation.answering(exchange.answer.status);
    let link = response
        .iter()
        .flat_map(|response| &response.links)
        .find(|link| link.operation_id == target.id.wire && !link.parameters.is_empty());
    let keys = keys_of_stored(service, exchange.operation, target);
    let mut known = BTreeMap::new();
    for (place, parameter) in target.parameters.iter().enumerate().filter(|(_, one)| one.required) {
        let stored = keys.iter().find(|(at, _)| *at == place);
        let name = stored.map_or(parameter.name.wire.as_str(), |(_, property)| property);
        let said = link.and_then(|link| {
            link.parameters.iter().find(|(one, _)| plain(one) == parameter.name.wire)
        });
        let value = match said {
            Some((_, expression)) => exchange.value(expression),
            None if parameter.location == ParameterLocation::Path => named_value(exchange, name),
            None => None,
        };
        known.extend(value.map(|value| (place, value)));
    }
    known
}
