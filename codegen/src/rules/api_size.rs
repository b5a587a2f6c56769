//! One REST API holds the paths of all services, and API Gateway makes a resource of every part of a path.

use std::collections::BTreeSet;

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::System;

pub(super) fn check(system: &System, sink: &Sink) {
    let most = limits::API_RESOURCES as usize;
    // The root is a resource, too.
    let mut resources: BTreeSet<Vec<Option<&str>>> = BTreeSet::from([vec![]]);
    let mut beyond = None;
    for operation in system.services.iter().flat_map(|service| &service.operations) {
        let shape = operation.path.gateway_shape();
        resources.extend((1..=shape.len()).map(|length| shape[..length].to_vec()));
        if resources.len() > most {
            beyond.get_or_insert(operation.origin.span);
        }
    }
    if let Some(at) = beyond {
        sink.report(fault::many_resources(at, resources.len(), most));
    }
}
