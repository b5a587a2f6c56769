//! One REST API stands in front of all services: a path belongs to one of them, and API Gateway tells two paths
//! apart by their literal segments only.

use std::collections::BTreeMap;

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{Operation, Segment, Service, System};

pub(super) fn check(system: &System, sink: &Sink) {
    let mut owners: BTreeMap<Vec<&str>, (&Service, &Operation)> = BTreeMap::new();
    let mut parameters: BTreeMap<Vec<&str>, (&str, &Operation)> = BTreeMap::new();
    for service in &system.services {
        for operation in &service.operations {
            let shape: Vec<&str> = operation.path.segments.iter().map(shape).collect();
            let (owner, first) = *owners.entry(shape).or_insert((service, operation));
            let here = (operation.origin.span, operation.path.text.as_str());
            let there = (first.origin.span, first.path.text.as_str());
            if owner.name != service.name {
                sink.report(fault::path_of_other_service(here, there, &owner.name.wire));
                continue;
            }
            if first.path != operation.path {
                sink.report(fault::path_twice(here, there));
                continue;
            }
            check_siblings(operation, &mut parameters, sink);
        }
    }
}

/// The text that tells a segment from its siblings.
fn shape(segment: &Segment) -> &str {
    match segment {
        Segment::Literal(text) => text,
        Segment::Parameter(_) => "{}",
    }
}

/// Below one path, a parameter has one name: `/a/{x}` and `/a/{y}/b` cannot stand side by side.
fn check_siblings<'s>(
    operation: &'s Operation,
    parameters: &mut BTreeMap<Vec<&'s str>, (&'s str, &'s Operation)>,
    sink: &Sink,
) {
    let mut above: Vec<&str> = vec![];
    for segment in &operation.path.segments {
        if let Segment::Parameter(name) = segment {
            let (first, other) = *parameters.entry(above.clone()).or_insert((name, operation));
            if first != name {
                let here = (operation.origin.span, operation.path.text.as_str());
                let there = (other.origin.span, other.path.text.as_str());
                sink.report(fault::parameter_renamed(here, there, name, first));
                return;
            }
        }
        above.push(shape(segment));
    }
}
