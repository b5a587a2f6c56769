//! One REST API stands in front of all services: a path belongs to one of them, and API Gateway tells two paths
//! apart by the segments that it takes as text. What it cannot tell apart, the service's function does.

use std::collections::BTreeMap;

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{Method, Operation, Service, System};

pub(super) fn check(system: &System, sink: &Sink) {
    let mut owners: BTreeMap<Vec<Option<&str>>, (&Service, &Operation)> = BTreeMap::new();
    for service in &system.services {
        let mut paths: BTreeMap<Vec<String>, &Operation> = BTreeMap::new();
        let mut methods: BTreeMap<(&str, Method), &Operation> = BTreeMap::new();
        for operation in &service.operations {
            let here = (operation.origin.span, operation.path.text.as_str());
            let there = |first: &Operation| first.origin.span;
            let shape = operation.path.gateway_shape();
            let (owner, first) = *owners.entry(shape).or_insert((service, operation));
            if owner.name != service.name {
                let there = (there(first), first.path.text.as_str());
                sink.report(fault::path_of_other_service(here, there, &owner.name.wire));
                continue;
            }
            let other_name = *paths.entry(operation.path.shape()).or_insert(operation);
            let same_method = methods.insert((here.1, operation.method), operation);
            let twice = same_method.or((other_name.path != operation.path).then_some(other_name));
            if let Some(first) = twice {
                sink.report(fault::path_twice(here, (there(first), first.path.text.as_str())));
            }
        }
    }
}
