//! Requests that name an owner are checked for it, in operations that are implemented by hand, too.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Operation, Owner, OwnerSource, Parameter, Service, TypeRef};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "owner-unchecked",
    level: Some(Level::Warning),
    group: Group::Security,
    what: "an operation does not check the owner that the request names: of items that it uses, or of a parameter that is the owner in other operations",
    why: "`x-owner` on a table protects the operations that are bound to it. In an operation that you implement, any caller may name somebody else, unless its code checks that.",
    example: Some(Example {
        at: "openapi#/paths/~1things~1{id}/get/parameters/0",
        bad: "\
name: id
in: path
required: true
description: Which thing.
schema: {type: string, minLength: 1, maxLength: 8}",
        good: "\
name: id
in: path
required: true
description: Which thing.
x-owner: $claims.sub
schema: {type: string, minLength: 1, maxLength: 8}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        let mut told = vec![];
        let by_hand = service.operations.iter().filter(|one| one.binding.is_none());
        for operation in by_hand.filter(|one| service.owner_source(one).is_none()) {
            if !knows_caller(service, operation) {
                continue;
            }
            let tables = operation.access.iter().map(|access| service.table(access.table));
            let named = tables.filter_map(|table| {
                let owner = table.owner.as_ref()?;
                Some((table, owner, place(service, operation, &owner.attribute.wire)?))
            });
            for (table, owner, span) in named.take(1) {
                let message = format!(
                    "`{}` uses the table `{}`, and any caller may name another `{}`",
                    operation.id.wire, table.name.wire, owner.attribute.wire
                );
                found.add(span, message, help(owner));
                told.push(span);
            }
        }
        check_siblings(service, &told, found);
    }
}

/// A parameter that has an owner in other operations of the service, and none here.
fn check_siblings(service: &Service, told: &[Span], found: &mut Found<'_>) {
    let of = |operation| match service.owner_source(operation) {
        Some((owner, OwnerSource::Parameter(at))) => Some((&operation.parameters[at], owner)),
        _ => None,
    };
    let owned: Vec<(&Parameter, &Owner)> = service.operations.iter().filter_map(of).collect();
    let open = service.operations.iter().filter(|one| service.owner_source(one).is_none());
    for operation in open.filter(|one| knows_caller(service, one)) {
        let untold = |one: &&Parameter| !told.contains(&one.origin.span);
        for parameter in operation.parameters.iter().filter(untold) {
            let is_same = |(other, _): &&(&Parameter, &Owner)| {
                other.name.wire == parameter.name.wire
                    && other.location == parameter.location
                    && is_same_type(service, &other.ty, &parameter.ty)
            };
            let Some((_, owner)) = owned.iter().find(is_same) else { continue };
            // Those who may use the items of others need no check.
            if owner.unless.as_ref().is_some_and(|scope| asks_scope(operation, scope)) {
                continue;
            }
            let message = format!(
                "`{}` does not check `{}`, which is the owner in other operations",
                operation.id.wire, parameter.name.wire
            );
            found.add(parameter.origin.span, message, help(owner));
        }
    }
}

fn is_same_type(service: &Service, one: &TypeRef, other: &TypeRef) -> bool {
    match (one, other) {
        (TypeRef::Named(one), TypeRef::Named(other)) => {
            one == other || service.types[one.0].kind == service.types[other.0].kind
        }
        _ => one == other,
    }
}

/// Whether every way to call the operation requires a scope.
fn asks_scope(operation: &Operation, scope: &str) -> bool {
    let asks = |alternative: &Vec<(String, Vec<String>)>| {
        alternative.iter().any(|(_, scopes)| scopes.iter().any(|one| one == scope))
    };
    !operation.security.is_empty() && operation.security.iter().all(asks)
}

fn help(owner: &Owner) -> String {
    let declared = match &owner.unless {
        None => format!("x-owner: $claims.{}", owner.claim),
        Some(scope) => format!("x-owner: {{claim: {}, unless: {scope}}}", owner.claim),
    };
    format!("declare the owner here, so that it is checked before your code runs:\n{declared}")
}

/// Whether some way to call the operation says who calls.
fn knows_caller(service: &Service, operation: &Operation) -> bool {
    operation.asked_schemes(service).any(|scheme| scheme.means.names_caller())
}

/// Where the request names the owner: a parameter or a property of the body.
fn place(service: &Service, operation: &Operation, name: &str) -> Option<Span> {
    let mut parameters = operation.parameters.iter();
    if let Some(parameter) = parameters.find(|one| one.name.wire == name) {
        return Some(parameter.origin.span);
    }
    let mut contents = operation.body.iter().flat_map(|body| &body.contents);
    contents.find_map(|content| Some(service.sent_field(content, name)?.origin.span))
}
