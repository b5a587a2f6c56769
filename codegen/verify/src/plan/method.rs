//! Methods that a path does not have.

use std::collections::BTreeMap;

use codegen::model::{Operation, Service, System};

use super::{Planner, literals};
use crate::request::{Body, Request};
use crate::schema::Contracts;

/// A method that a path does not have.
#[derive(Debug, Clone)]
pub struct MethodCase<'s> {
    /// The service.
    pub service: &'s Service,
    /// The first operation of the path.
    pub operation: &'s Operation,
    /// The request.
    pub request: Request,
    /// The methods that the path has.
    pub allowed: Vec<&'static str>,
}

/// For each path, each usual method that it does not have.
#[must_use]
pub fn methods<'s>(system: &'s System, contracts: &Contracts) -> Vec<MethodCase<'s>> {
    let literals = literals(system);
    let mut paths: BTreeMap<&str, Vec<(&Service, &Operation)>> = BTreeMap::new();
    for service in &system.services {
        for operation in &service.operations {
            paths.entry(&operation.path.text).or_default().push((service, operation));
        }
    }
    let mut cases = Vec::new();
    for operations in paths.values() {
        let Some((service, operation)) = operations.first().copied() else { continue };
        let known = BTreeMap::new();
        let (literals, known) = (&literals, &known);
        let planner = Planner { service, operation, contracts, literals, known };
        let Ok(mut input) = planner.base() else { continue };
        input.body = Body::None;
        let allowed: Vec<_> = operations.iter().map(|(_, one)| one.method.as_str()).collect();
        for method in ["GET", "PUT", "POST", "DELETE", "PATCH"] {
            if !allowed.contains(&method) {
                let mut request = Request::of(operation, &input);
                method.clone_into(&mut request.method);
                cases.push(MethodCase { service, operation, request, allowed: allowed.clone() });
            }
        }
    }
    cases
}
