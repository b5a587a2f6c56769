//! The version that a resource has now, which `If-Match` must name before a change is made.
//!
//! A request that keeps the contract names the version of what is there: the entity tag that the operation above it with
//! GET answers with. Where there is none, the request goes as it was planned.

use std::collections::BTreeMap;

use codegen::model::{Method, Operation, Parameter, ParameterLocation};
use serde_json::Value;

use super::{OperationIndex, Runner, Wanted};
use crate::plan::Planner;
use crate::request::{Input, Request};

impl Runner<'_> {
    /// What is sent instead of an input that names some version: the same with the current one.
    pub(super) async fn with_current_version(
        &mut self,
        place: OperationIndex,
        input: &Input,
        wanted: Wanted<'_>,
    ) -> anyhow::Result<Option<Input>> {
        let (_, operation) = self.of(place);
        let Some(at) = operation.parameters.iter().position(is_if_match) else { return Ok(None) };
        // A case that is about the header itself says what it wants to say.
        let is_sent = input.parameters.get(at).is_some_and(Option::is_some);
        if !is_sent || !wanted.keeps || wanted.span == operation.parameters[at].origin.span {
            return Ok(None);
        }
        let Some(reading) = self.reading(place, input) else { return Ok(None) };
        let (_, reader) = self.of(reading.0);
        let answer = self.exchange(reader, &reading.1, "the current version").await?;
        let tag = answer.filter(|answer| answer.status == 200);
        let Some(tag) = tag.and_then(|answer| answer.header("etag").map(str::to_owned)) else {
            return Ok(None);
        };
        let mut current = input.clone();
        current.parameters[at] = Some(Value::from(tag));
        Ok(Some(current))
    }

    /// The request that reads what an input changes: GET of the same path, or of the nearest one above it.
    fn reading(&self, place: OperationIndex, input: &Input) -> Option<(OperationIndex, Request)> {
        let (service, operation) = self.of(place);
        let segments = &operation.path.segments;
        let above = |reader: &Operation| {
            reader.method == Method::Get
                && segments.starts_with(&reader.path.segments)
                && reader.path.parameters().next().is_some()
        };
        let readers = service.operations.iter().enumerate().filter(|(_, one)| above(one));
        let (at, reader) = readers.max_by_key(|(_, one)| one.path.segments.len())?;
        let known: BTreeMap<usize, Value> = reader
            .parameters
            .iter()
            .enumerate()
            .filter(|(_, one)| one.location == ParameterLocation::Path)
            .filter_map(|(to, one)| {
                let is_it = |own: &Parameter| {
                    own.location == ParameterLocation::Path && own.name.wire == one.name.wire
                };
                let from = operation.parameters.iter().position(is_it)?;
                Some((to, input.parameters.get(from)?.clone()?))
            })
            .collect();
        let planner = Planner {
            service,
            operation: reader,
            contracts: self.contracts,
            literals: self.literals,
            known: &known,
        };
        let request = Request::of(reader, &planner.base().ok()?);
        Some((OperationIndex { service: place.service, operation: at }, request))
    }
}

fn is_if_match(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Header
        && parameter.name.wire.eq_ignore_ascii_case("if-match")
}
