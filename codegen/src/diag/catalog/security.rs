//! Security schemes and requirements, ownership and CORS.

use crate::diag::Diagnostic;
use crate::source::Span;

/// An authorization type of API Gateway that nothing stands behind.
#[must_use]
pub fn auth_type_alone(at: Span, found: &str) -> Diagnostic {
    let message = format!("`{found}` does not name an authorizer");
    Diagnostic::error("unknown-auth-type", message, at)
        .help("write `awsSigv4`, or describe the authorizer with `x-amazon-apigateway-authorizer`")
}

/// A response to refused callers whose form the gateway cannot write.
#[must_use]
pub fn gateway_error(at: Span) -> Diagnostic {
    let message = "API Gateway refuses callers with a problem document, not with this response";
    Diagnostic::warning("gateway-error", message, at)
        .here("no credentials, invalid ones or a missing scope get `application/problem+json`")
        .help(
            "map the schema of all `401` and `403` responses with `x-error`, so that the gateway can write it, or \
             declare `application/problem+json`",
        )
}

/// An authorizer of a kind that a REST API does not have.
#[must_use]
pub fn authorizer_kind(at: Span, found: &str) -> Diagnostic {
    let message = match found {
        "" => "the authorizer has no `type`".to_owned(),
        "jwt" => "a REST API does not support authorizers of type `jwt`".to_owned(),
        _ => format!("a REST API does not support authorizers of type `{found}`"),
    };
    Diagnostic::error("unknown-authorizer", message, at).help(
        "write `request`, `token` or `cognito_user_pools`; for JWTs, remove the authorizer and \
         describe the issuer with `x-jwt`",
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
    let message = format!("`{found}` is not an HTTP authentication scheme");
    Diagnostic::error("bad-http-scheme", message, at).help("write `bearer` or `basic`")
}

/// HTTP authentication whose name resembles one that is registered.
#[must_use]
pub fn misspelt_http_scheme(at: Span, found: &str, near: &str) -> Diagnostic {
    let message = format!("`{found}` is not a registered HTTP authentication scheme");
    Diagnostic::error("bad-http-scheme", message, at).help(format!("did you mean `{near}`?"))
}

/// An empty list of audiences.
#[must_use]
pub fn no_audience(at: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "`audience` names no audience", at)
        .help("name the API, or remove the key: then the stage's parameters name it")
}

/// An audience that is written as a number.
#[must_use]
pub fn audience_unquoted(at: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "`audience` is a number, but tokens name a text", at)
        .help("quote it: `audience: '123'`")
}

/// A claim with scopes that has no name.
#[must_use]
pub fn no_scopes_claim(at: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "`scopes` names no claim", at)
        .help("name the claim that lists the scopes of a token, or remove the key for `scope`")
}

/// An issuer and a user pool, each of which says who issues tokens.
#[must_use]
pub fn two_issuers(at: Span, issuer: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "tokens have one issuer: `issuer` or a user pool", at)
        .also(issuer, "the other one")
        .help("remove one of them")
}

/// A URL that does not tell who issues tokens.
#[must_use]
pub fn no_issuer(at: Span, discovery: &str) -> Diagnostic {
    Diagnostic::warning("issuer-unknown", "this URL does not say who issues tokens", at)
        .here("the issuer is what the stage's parameters say")
        .help(format!("write `https://<issuer>{discovery}`, or set `x-jwt: {{issuer: https://…}}`"))
}

/// An OAuth flow that does not say where to begin.
#[must_use]
pub fn flow_without_url(at: Span, flow: &str, key: &str) -> Diagnostic {
    let message =
        format!("the flow `{flow}` has no `{key}`, so clients cannot know where to get tokens");
    Diagnostic::warning("flow-without-url", message, at)
        .help(format!("write `{key}: https://…`; tokens are verified without it"))
}

/// HTTP authentication that code of the system's own verifies.
#[must_use]
pub fn verified_here(at: Span, scheme: &str, shown: &str) -> Diagnostic {
    let message = format!("you have to implement the check of `{scheme}` ({shown})");
    Diagnostic::note("verified-by-own-code", message, at)
        .help("implement `authorizer::Callers`, and call `authorizer::run` in a binary named `authorizer`")
}

/// Certificates, which only a domain of the API's own asks clients for.
#[must_use]
pub fn certificate_needs_domain(at: Span, scheme: &str) -> Diagnostic {
    let message = format!(
        "no client reaches operations that require `{scheme}` at the address of API Gateway"
    );
    Diagnostic::warning("certificate-needs-domain", message, at)
        .here("requests without a client certificate get 401")
        .help("give the API a custom domain with a truststore (mutual TLS); a stage on this machine has no certificates")
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
        format!("`{key}` must be a URL that starts with `https://`"),
        at,
    )
    .here("over HTTP, an attacker could replace the signing keys")
}

/// Not the id of a user pool.
#[must_use]
pub fn bad_user_pool(at: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "this is not a user pool ID", at)
        .help("write it as Amazon Cognito shows it: `eu-central-1_AbCdEf123`")
}

/// Clocks that may differ by more than is safe.
#[must_use]
pub fn bad_leeway(at: Span) -> Diagnostic {
    Diagnostic::error("bad-scheme", "`leewaySeconds` must be from 0 to 300", at)
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
    let message = format!("`{operation}` requires scopes of `{scheme}`, which has no scopes");
    Diagnostic::error("security-not-enforced", message, at)
        .help(format!("write `{scheme}: []`; only tokens have scopes"))
}

/// Two schemes of one name that are not the same.
#[must_use]
pub fn scheme_twice(
    at: Span,
    name: &str,
    first: Span,
    (service, differs): (&str, &str),
) -> Diagnostic {
    let message =
        format!("the service `{service}` defines the scheme `{name}` with another {differs}");
    Diagnostic::error("scheme-twice", message, at).also(first, "defined here").help(
        "all services share one authorizer: use the same definition, or rename one of the schemes",
    )
}

/// An operation that does not say who may call, in a document that has schemes.
#[must_use]
pub fn security_unsaid(at: Span) -> Diagnostic {
    let message = "the operation does not declare `security`, so anyone can call it";
    Diagnostic::warning("security-unsaid", message, at)
        .help("write `security: []` if it is public, or name a scheme, here or at the root")
}

/// Settings without an origin.
#[must_use]
pub fn no_origins(at: Span) -> Diagnostic {
    Diagnostic::error("bad-cors", "no origin is allowed", at).help(
        "write `x-cors: https://shop.example.com`, or a mapping with a list of `origins`; `*` is every origin",
    )
}

/// Origins without the key that they belong below.
#[must_use]
pub fn origins_listed(at: Span, origin: &str) -> Diagnostic {
    Diagnostic::error("bad-cors", "expected one origin or a mapping, found a list", at)
        .help(format!("write `x-cors: {origin}`, or several as `x-cors: {{origins: […]}}`"))
}

/// Not an origin.
#[must_use]
pub fn bad_origin(at: Span, why: String) -> Diagnostic {
    Diagnostic::error("bad-cors", why, at)
        .help("write scheme, host and optional port, in lowercase and without a path: `https://shop.example.com`")
}

/// Every origin together with credentials.
#[must_use]
pub fn every_origin_with_credentials(at: Span) -> Diagnostic {
    Diagnostic::error("bad-cors", "browsers refuse `*` together with credentials", at)
        .help("list the origins, or remove `credentials`; tokens in `Authorization` do not need it")
}

/// An age that browsers do not take.
#[must_use]
pub fn bad_max_age(at: Span) -> Diagnostic {
    Diagnostic::error("bad-cors", "`maxAgeSeconds` must be from 0 to 86400", at)
        .help("write at most 86400 (a day): no browser keeps it longer")
}

/// Two services that say different things of one API.
#[must_use]
pub fn cors_twice(at: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        "bad-cors",
        "the system has one API, but its services have different `x-cors` settings",
        at,
    )
    .also(first, "the first one")
    .help("use the same settings in both documents")
}
