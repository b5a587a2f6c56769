//! What operations ask of their callers is enforced, or refused: an operation that asks for credentials is never open.
//!
//! API Gateway takes one authorization for a method. Tokens and API keys go together in every way, because the
//! generated authorizer knows both; everything else stands alone.

use crate::diag::{Sink, catalog::security as fault};
use crate::model::{Cors, Evidence, Operation, SchemeMeans, SecurityScheme, Service, System};

pub(super) fn check(system: &System, sink: &Sink) {
    for (service, operation) in system.secured() {
        check_scopes(service, operation, sink);
        check_combination(system, service, operation, sink);
        check_neighbours(service, operation, sink);
    }
    check_same_everywhere(system, sink);
    for (scheme, evidence) in system.own_schemes() {
        sink.report(fault::verified_here(scheme.origin.span, &scheme.name, &shown(evidence)));
        if *evidence == Evidence::Certificate {
            sink.report(fault::certificate_needs_domain(scheme.origin.span, &scheme.name));
        }
    }
    let mut settings = system.services.iter().filter_map(|service| service.cors.as_ref());
    if let Some(first) = settings.next() {
        let same = |other: &&Cors| {
            (&other.origins, other.credentials, other.max_age_seconds)
                == (&first.origins, first.credentials, first.max_age_seconds)
        };
        for other in settings.filter(|other| !same(other)) {
            sink.report(fault::cors_twice(other.origin.span, first.origin.span));
        }
    }
}

/// What a caller shows, in words.
fn shown(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Http(http) => format!("HTTP authentication `{http}`"),
        Evidence::Key(key) => {
            format!("the API key `{}`: API Gateway compares one key of a request", key.name)
        }
        Evidence::Certificate => "the certificate of the client".to_owned(),
    }
}

/// Only tokens and what code of the system's own verifies carry scopes. OpenAPI 3.1 allows roles of other schemes to be
/// named, which nothing could check.
fn check_scopes(service: &Service, operation: &Operation, sink: &Sink) {
    for (name, scopes) in operation.security.iter().flatten() {
        let carries = service.scheme(name).is_some_and(|scheme| match &scheme.means {
            SchemeMeans::Token(_) | SchemeMeans::Own(_) => true,
            SchemeMeans::Authorizer(own) => own.is_cognito,
            SchemeMeans::ApiKey(_) | SchemeMeans::Signature => false,
        });
        if !scopes.is_empty() && !carries {
            sink.report(fault::scopes_unenforced(operation.origin.span, &operation.id.wire, name));
        }
    }
}

fn check_combination(system: &System, service: &Service, operation: &Operation, sink: &Sink) {
    let refuse = |why: &str, remedy: &str| {
        let id = &operation.id.wire;
        sink.report(fault::requirements_unenforced(operation.origin.span, id, why, remedy));
    };
    let schemes: Vec<&SecurityScheme> = operation.asked_schemes(service).collect();
    let stands_alone = |scheme: &&&SecurityScheme| {
        matches!(scheme.means, SchemeMeans::Signature | SchemeMeans::Authorizer(_))
    };
    if let Some(alone) = schemes.iter().find(stands_alone) {
        let is_other = |scheme: &&SecurityScheme| {
            scheme.name != alone.name && !matches!(scheme.means, SchemeMeans::ApiKey(_))
        };
        let name = &alone.name;
        if operation.security.len() > 1 || schemes.iter().any(is_other) {
            return refuse(
                &format!(
                    "API Gateway supports one authorization type for a method, but `{name}` is one of several"
                ),
                "use it alone, or add a separate operation for each kind of caller",
            );
        }
        if schemes.len() > 1 && system.authorizer_names_keys() {
            return refuse(
                &format!(
                    "the API key used with `{name}` is not sent as `X-Api-Key` in every operation"
                ),
                "send every API key of the system with `in: header`, `name: X-Api-Key`, and require it in all \
         alternatives or in none",
            );
        }
    }
    for alternative in &operation.security {
        let tokens = alternative.iter().filter_map(|(name, _)| service.scheme(name));
        if tokens.filter(|scheme| scheme.means.is_token()).count() > 1 {
            return refuse(
                "a request has only one `Authorization` header",
                "require one of the schemes, with all scopes that are needed",
            );
        }
    }
}

/// Paths that API Gateway cannot tell apart are one method to it, which has one authorization.
fn check_neighbours(service: &Service, operation: &Operation, sink: &Sink) {
    let shape = operation.path.gateway_shape();
    let neighbour = service.operations.iter().find(|one| {
        one.method == operation.method
            && one.path.gateway_shape() == shape
            && one.security != operation.security
    });
    if let Some(neighbour) = neighbour {
        let why = format!(
            "API Gateway cannot distinguish `{}` from `{}`, which has other requirements",
            operation.path.text, neighbour.path.text
        );
        let id = &operation.id.wire;
        let remedy = "use the same requirements for both, or make the paths differ in a segment without parameters";
        sink.report(fault::requirements_unenforced(operation.origin.span, id, &why, remedy));
    }
}

/// The system has one authorizer, which tells schemes apart by their names.
fn check_same_everywhere(system: &System, sink: &Sink) {
    let mut first: Vec<(&Service, &SecurityScheme)> = vec![];
    for (service, operation) in system.secured() {
        for scheme in operation.asked_schemes(service) {
            match first.iter().find(|(_, known)| known.spelled.pascal == scheme.spelled.pascal) {
                None => first.push((service, scheme)),
                Some((_, known)) if known.origin == scheme.origin => {}
                Some((owner, known)) => {
                    if known.means != scheme.means || known.name != scheme.name {
                        let at = (scheme.origin.span, known.origin.span);
                        let about = (owner.name.wire.as_str(), difference(known, scheme));
                        sink.report(fault::scheme_twice(at.0, &scheme.name, at.1, about));
                    }
                }
            }
        }
    }
}

/// In what two definitions of a scheme differ.
fn difference(one: &SecurityScheme, other: &SecurityScheme) -> &'static str {
    if one.name != other.name {
        return "spelling of its name";
    }
    if one.kind != other.kind {
        return "`type`";
    }
    if one.carrier != other.carrier {
        return "way of its credentials";
    }
    let (SchemeMeans::Token(one), SchemeMeans::Token(other)) = (&one.means, &other.means) else {
        return "way to check it";
    };
    if one.issuer != other.issuer {
        "`issuer`"
    } else if one.audience != other.audience {
        "`audience`"
    } else if one.jwks != other.jwks {
        "`jwks`"
    } else if one.scopes_claim != other.scopes_claim {
        "claim for `scopes`"
    } else {
        "`leewaySeconds`"
    }
}
