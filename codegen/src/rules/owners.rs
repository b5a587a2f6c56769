//! What `x-owner` declares is checked by generated code, or refused where nothing would check it.

use crate::diag::{Sink, catalog::tables as fault};
use crate::model::{Operation, Owner, OwnerSource, Service, System, TypeKind};

pub(super) fn check(system: &System, sink: &Sink) {
    for service in &system.services {
        let has_owner = |kind: &TypeKind| match kind {
            TypeKind::Struct(object) => object.fields.iter().any(|field| field.owner.is_some()),
            _ => false,
        };
        let is_below = service.types.iter().any(|ty| has_owner(&ty.kind));
        for operation in &service.operations {
            check_owner(service, operation, sink);
            if is_below {
                check_below(service, operation, sink);
            }
        }
        if is_below {
            check_unused(service, sink);
        }
    }
}

/// An operation on items with an owner knows who calls, and whose items it works on.
fn check_owner(service: &Service, operation: &Operation, sink: &Sink) {
    let Some((owner, source)) = service.owner_source(operation) else { return };
    check_one_owner(service, operation, owner, sink);
    let has_token = |alternative: &Vec<(String, Vec<String>)>| {
        let mut schemes = alternative.iter().filter_map(|(name, _)| service.scheme(name));
        schemes.any(|one| one.means.names_caller())
    };
    let is_known = !operation.security.is_empty() && operation.security.iter().all(has_token);
    let (at, id) = (operation.origin.span, operation.id.wire.as_str());
    if !is_known {
        sink.report(fault::owner_unknown(at, id, owner.origin.span));
    } else if source == OwnerSource::Nowhere && declares(service, operation, owner) {
        let (at, name) = (owner.origin.span, &owner.attribute.wire);
        sink.report(match operation.parameters.iter().any(|one| one.owner.is_some()) {
            true => fault::owner_no_text(at, id, name),
            false => fault::owner_absent(at, id, name),
        });
    } else if source == OwnerSource::Nowhere && owner.unless.is_none() {
        sink.report(fault::owner_of_all(at, id, owner.origin.span));
    }
}

/// Whether the request itself declares the owner, and no table does.
fn declares(service: &Service, operation: &Operation, owner: &Owner) -> bool {
    operation.binding.is_none() && named(service, operation).any(|one| one.origin == owner.origin)
}

/// The owners that a request names where generated code looks for them.
fn named<'a>(service: &'a Service, operation: &'a Operation) -> impl Iterator<Item = &'a Owner> {
    let of_parameters = operation.parameters.iter().filter_map(|one| one.owner.as_ref());
    of_parameters.chain(operation.body.iter().flat_map(|body| service.body_owners(body)))
}

/// A second owner of a request would be checked nowhere.
fn check_one_owner(service: &Service, operation: &Operation, owner: &Owner, sink: &Sink) {
    let is_in_body = |owner: &Owner| {
        let mut owners = operation.body.iter().flat_map(|body| service.body_owners(body));
        owners.any(|one| one.origin == owner.origin)
    };
    for other in named(service, operation).filter(|one| one.origin != owner.origin) {
        // The key in the path and the same property in the body of one item, or the same property of two media types.
        let stands_twice = operation.binding.is_some() || (is_in_body(owner) && is_in_body(other));
        let is_same = stands_twice
            && (&other.claim, &other.unless, &other.attribute.wire)
                == (&owner.claim, &owner.unless, &owner.attribute.wire);
        if !is_same {
            let (at, id) = (other.origin.span, operation.id.wire.as_str());
            sink.report(fault::owner_beside(at, id, owner.origin.span));
        }
    }
}

/// An owner inside of a body is checked nowhere: there may be many, or none.
fn check_below(service: &Service, operation: &Operation, sink: &Sink) {
    let Some(body) = &operation.body else { return };
    for owner in service.owners_below(body) {
        let (at, id) = (body.origin.span, operation.id.wire.as_str());
        sink.report(fault::owner_below(at, id, &owner.attribute.wire, owner.origin.span));
    }
}

/// An owner that neither a table nor a request has.
fn check_unused(service: &Service, sink: &Sink) {
    let of_tables = service.tables.iter().filter_map(|table| table.owner.as_ref());
    let bodies = service.operations.iter().filter_map(|operation| operation.body.as_ref());
    let below = bodies.clone().flat_map(|body| service.owners_below(body));
    let of_bodies = bodies.flat_map(|body| service.body_owners(body));
    let parameters = service.operations.iter().flat_map(|operation| &operation.parameters);
    let of_parameters = parameters.filter_map(|parameter| parameter.owner.as_ref());
    let known = of_tables.chain(of_bodies).chain(below).chain(of_parameters);
    let known: Vec<_> = known.map(|owner| &owner.origin).collect();
    for ty in &service.types {
        let TypeKind::Struct(object) = &ty.kind else { continue };
        let owners = object.fields.iter().filter_map(|field| field.owner.as_ref());
        for owner in owners.filter(|owner| !known.contains(&&owner.origin)) {
            sink.report(fault::owner_without_table(owner.origin.span));
        }
    }
}
