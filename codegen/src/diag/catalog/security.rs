//! Security schemes and requirements, ownership and CORS.

use crate::diag::Diagnostic;
use crate::source::Span;

/// An authorization type of API Gateway that nothing stands behind.
#[must_use]
pub fn auth_type_alone(at: Span, found: &str) -> Diagnostic {
    let message = format!("`{found}` does not say what authorizes");
    Diagnostic::error("unknown-auth-type", message, at)
        .help("write `awsSigv4`, or describe the authorizer by `x-amazon-apigateway-authorizer`")
}

/// An authorizer of a kind that a REST API does not have.
#[must_use]
pub fn authorizer_kind(at: Span, found: &str) -> Diagnostic {
    let message = match found {
        "" => "the authorizer does not say its `type`".to_owned(),
        "jwt" => "a REST API has no authorizer of type `jwt`".to_owned(),
        _ => format!("a REST API has no authorizer of type `{found}`"),
    };
    Diagnostic::error("unknown-authorizer", message, at).help(
        "write `request`, `token` or `cognito_user_pools`; for tokens of an issuer leave the authorizer away and \
         describe them by `x-jwt`",
    )
}

/// An authorizer that lacks what makes it one.
#[must_use]
pub fn authorizer_incomplete(at: Span, kind: &str, key: &str) -> Diagnostic {
    let message = format!("an authorizer of type `{kind}` needs `{key}`");
    Diagnostic::error("unknown-authorizer", message, at)
}

/// HTTP authentication that does not say which.
#[must_use]
pub fn bad_http_scheme(at: Span, found: &str) -> Diagnostic {
    let message = format!("`{found}` is no name of HTTP authentication");
    Diagnostic::error("bad-http-scheme", message, at).help("write `bearer` or `basic`")
}

/// HTTP authentication that code of the system's own verifies.
#[must_use]
pub fn verified_here(at: Span, scheme: &str, http: &str) -> Diagnostic {
    let message = format!("code of your own verifies `{scheme}`, HTTP authentication `{http}`");
    Diagnostic::note("verified-by-own-code", message, at)
        .help("implement `authorizer::Callers`, and call `authorizer::run` in a program called `authorizer`")
}

/// An API key that does not say where it travels.
#[must_use]
pub fn key_without(at: Span, key: &str) -> Diagnostic {
    Diagnostic::error("bad-scheme", format!("an API key needs `{key}`"), at)
        .help("write:\ntype: apiKey\nin: header\nname: X-Api-Key")
}

/// An issuer or keys without TLS.
#[must_use]
pub fn insecure_url(at: Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-scheme",
        format!("`{key}` must be a URL that begins with `https://`"),
        at,
    )
    .here("whoever can change this on the way can sign tokens")
}

/// A user pool that is none.
#[must_use]
pub fn bad_user_pool(at: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "this is no id of a user pool", at)
        .help("write it as Amazon Cognito shows it: `eu-central-1_AbCdEf123`")
}

/// Clocks that may differ by more than is safe.
#[must_use]
pub fn bad_leeway(at: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "`leewaySeconds` must be 0 to 300", at)
}

/// A scheme that nothing generated can enforce.
#[must_use]
pub fn scheme_unenforced(
    at: Span,
    name: &str,
    remedy: &str,
    operation: (Span, &str),
) -> Diagnostic {
    Diagnostic::error(
        "security-not-enforced",
        format!("the scheme `{name}` cannot be enforced"),
        at,
    )
    .also(operation.0, format!("`{}` asks for it", operation.1))
    .help(remedy)
}

/// Requirements that API Gateway cannot combine.
#[must_use]
pub fn requirements_unenforced(at: Span, operation: &str, why: &str, remedy: &str) -> Diagnostic {
    let message = format!("the security requirements of `{operation}` cannot be enforced: {why}");
    Diagnostic::error("security-not-enforced", message, at).help(remedy)
}

/// Scopes of a scheme that knows none.
#[must_use]
pub fn scopes_unenforced(at: Span, operation: &str, scheme: &str) -> Diagnostic {
    let message = format!("`{operation}` asks `{scheme}` for scopes, which it does not carry");
    Diagnostic::error("security-not-enforced", message, at)
        .help(format!("write `{scheme}: []`; only tokens carry scopes"))
}

/// Two schemes of one name that are not the same.
#[must_use]
pub fn scheme_twice(at: Span, name: &str, first: Span, service: &str) -> Diagnostic {
    let message = format!("the scheme `{name}` is another one in the service `{service}`");
    Diagnostic::error("scheme-twice", message, at)
        .also(first, "described here")
        .help("the system has one authorizer: describe both alike, or give one another name")
}

/// Operations that do not say who may call, in a document that has schemes.
#[must_use]
pub fn security_unsaid(at: Span, n_operations: usize) -> Diagnostic {
    let operations = match n_operations {
        1 => "1 operation does".to_owned(),
        n => format!("{n} operations do"),
    };
    let message = format!("{operations} not say who may call, so everybody may");
    Diagnostic::warning("security-unsaid", message, at)
        .here("the first of them")
        .help("write `security: []` when everybody may, or name a scheme, here or at the root")
}

/// An origin that is none.
#[must_use]
pub fn bad_origin(at: Span, found: &str) -> Diagnostic {
    let message = match found {
        "" => "there is no origin".to_owned(),
        "*" => "`*` stands for every origin, beside which no other counts".to_owned(),
        _ => format!("`{found}` is no origin"),
    };
    Diagnostic::error("bad-cors", message, at)
        .help("write scheme, host and perhaps a port, in lower case and without a path: `https://shop.example.com`")
}

/// Every origin together with credentials.
#[must_use]
pub fn every_origin_with_credentials(at: Span) -> Diagnostic {
    Diagnostic::error(
        "bad-cors",
        "every origin together with credentials is what browsers refuse",
        at,
    )
    .help("list the origins, or leave `credentials` away; tokens in `Authorization` need none")
}

/// An age that browsers do not take.
#[must_use]
pub fn bad_max_age(at: Span) -> Diagnostic {
    Diagnostic::error("bad-cors", "`maxAgeSeconds` must be 0 to 86400", at)
}

/// Two services that say different things of one API.
#[must_use]
pub fn cors_twice(at: Span, first: Span) -> Diagnostic {
    Diagnostic::error("bad-cors", "the API of the system has one `x-cors`, and this is another", at)
        .also(first, "the first one")
        .help("write the same in both documents")
}
