//! Security schemes: what of them a caller has to keep to, and what enforces each.

use super::written_name;
use crate::diag::Key;
use crate::diag::catalog::{security as fault, shape as shape_fault};
use crate::lower::token::is_token;
use crate::lower::{Scope, names, url};
use crate::model::{
    ApiKey, ApiKeyPlace, Evidence, OwnAuthorizer, ParameterLocation, SchemeMeans, SecurityScheme,
    Service, TokenRules,
};
use crate::parse::keywords::ours;
use crate::parse::{Entry, Node};

/// How far the clocks of issuer and API may differ unless the contract says otherwise, in seconds.
const LEEWAY_SECONDS: u32 = 60;

/// The schemes of a document; `None` when any of them cannot mean anything, which has been reported.
pub(crate) fn lower_schemes(scope: Scope<'_>, document: &Node) -> Option<Vec<SecurityScheme>> {
    let listed = document.at(&["components", "securitySchemes"]);
    let mut sound = true;
    let mut schemes = vec![];
    // One of our extensions there is reported as such.
    let is_scheme =
        |entry: &&Entry| ours::place_of(&entry.key).is_none() || ours::is_everyday(&entry.key);
    for entry in listed.into_iter().flat_map(Node::entries).filter(is_scheme) {
        match scheme(scope, entry) {
            Some(scheme) => schemes.push(scheme),
            None => sound = false,
        }
    }
    sound.then_some(schemes)
}

/// Hands API keys that an operation requires beside another one to the system's own code, in every operation that asks
/// for them: API Gateway compares one key of a request. It is the one that travels where the gateway looks by itself,
/// or the first that is declared.
pub(crate) fn settle_keys(services: &mut [Service]) {
    let mut second: Vec<String> = vec![];
    for service in &*services {
        for alternative in service.operations.iter().flat_map(|operation| &operation.security) {
            let asked =
                |scheme: &&SecurityScheme| alternative.iter().any(|(name, _)| *name == scheme.name);
            let keys =
                service.schemes.iter().filter(asked).filter_map(|scheme| match &scheme.means {
                    SchemeMeans::ApiKey(key) => Some((scheme, key)),
                    _ => None,
                });
            let mut keys: Vec<_> = keys.collect();
            keys.sort_by_key(|(_, key)| !key.is_native());
            second.extend(keys.into_iter().skip(1).map(|(scheme, _)| scheme.name.clone()));
        }
    }
    for scheme in services.iter_mut().flat_map(|service| &mut service.schemes) {
        if let SchemeMeans::ApiKey(key) = &scheme.means
            && second.contains(&scheme.name)
        {
            scheme.means = SchemeMeans::Own(Evidence::Key(key.clone()));
        }
    }
}

/// Tells of operations that say nothing of who may call although the document has schemes.
pub(super) fn check_silence<'a>(
    scope: Scope<'a>,
    document: &'a Node,
    operations: impl Iterator<Item = &'a Node>,
) {
    let has_schemes = document
        .at(&["components", "securitySchemes"])
        .is_some_and(|schemes| !schemes.entries().is_empty());
    if !has_schemes || document.get("security").is_some() {
        return;
    }
    for operation in operations.filter(|node| node.get("security").is_none()) {
        scope.sink.report(fault::security_unsaid(operation.span));
    }
}

fn scheme(scope: Scope<'_>, entry: &Entry) -> Option<SecurityScheme> {
    let node = scope.docs.target(&entry.value)?;
    if scope.docs.failed(node) {
        return None;
    }
    let text = |key: &str| node.text_at(key).unwrap_or_default();
    let kind = text("type");
    let carrier = match kind {
        "apiKey" => format!("{} {}", text("in"), text("name")),
        "http" => text("scheme").to_lowercase(),
        _ => String::new(),
    };
    node.get("flows").into_iter().flat_map(Node::entries).for_each(|flow| check_flow(scope, flow));
    let own =
        node.text_at("openIdConnectUrl").map(|url| ("openIdConnectUrl".to_owned(), url.to_owned()));
    let flows = node.get("flows").into_iter().flat_map(Node::entries);
    let of_flows = flows.flat_map(|flow| {
        let urls = flow.value.entries().iter().filter(|entry| entry.key.ends_with("Url"));
        let url = |entry: &Entry| entry.value.text().map(str::to_owned);
        urls.filter_map(move |entry| Some((format!("{} {}", flow.key, entry.key), url(entry)?)))
    });
    Some(SecurityScheme {
        name: entry.key.clone(),
        spelled: names::name(&entry.key),
        kind: kind.to_owned(),
        carrier,
        urls: own.into_iter().chain(of_flows).collect(),
        means: means(scope, node, kind)?,
        origin: scope.origin(node.span),
    })
}

/// A flow tells where clients get tokens (OpenAPI, "OAuth Flow Object").
fn check_flow(scope: Scope<'_>, flow: &Entry) {
    let needed: &[&str] = match flow.key.as_str() {
        "implicit" => &["authorizationUrl"],
        "password" | "clientCredentials" => &["tokenUrl"],
        "authorizationCode" => &["authorizationUrl", "tokenUrl"],
        "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
        _ => &[],
    };
    for key in needed.iter().filter(|key| flow.value.text_at(key).is_none_or(str::is_empty)) {
        scope.sink.report(fault::flow_without_url(flow.key_span, &flow.key, key));
    }
}

/// What enforces a scheme. What AWS has of its own comes first: `x-amazon-apigateway-authtype: awsSigv4`, and an
/// authorizer that the contract describes, whatever the scheme calls itself.
fn means(scope: Scope<'_>, node: &Node, kind: &str) -> Option<SchemeMeans> {
    let auth_type = node.text_at("x-amazon-apigateway-authtype").unwrap_or_default();
    if auth_type.eq_ignore_ascii_case("awsSigv4") {
        return Some(SchemeMeans::Signature);
    }
    if let Some(authorizer) = node.get("x-amazon-apigateway-authorizer") {
        return own_authorizer(scope, authorizer, auth_type).map(SchemeMeans::Authorizer);
    }
    if let Some(entry) = node.entry("x-amazon-apigateway-authtype") {
        scope.sink.report(fault::auth_type_alone(entry.value.span, auth_type));
        return None;
    }
    let is_bearer = node.text_at("scheme").is_some_and(|it| it.eq_ignore_ascii_case("bearer"));
    match kind {
        "oauth2" | "openIdConnect" => token_rules(scope, node).map(SchemeMeans::Token),
        "http" if is_bearer => token_rules(scope, node).map(SchemeMeans::Token),
        "apiKey" => api_key(scope, node).map(SchemeMeans::ApiKey),
        "mutualTLS" => Some(SchemeMeans::Own(Evidence::Certificate)),
        _ => http_scheme(scope, node).map(Evidence::Http).map(SchemeMeans::Own),
    }
}

/// HTTP authentication by its name, which is a token of HTTP (RFC 9110, section 11.1).
fn http_scheme(scope: Scope<'_>, node: &Node) -> Option<String> {
    let Some(name) = node.text_at("scheme") else {
        scope.sink.report(shape_fault::missing_key(node.span, "security scheme", "scheme"));
        return None;
    };
    if !is_token(name) {
        let at = node.get("scheme").unwrap_or(node).span;
        scope.sink.report(fault::bad_http_scheme(at, name));
        return None;
    }
    let name = name.to_ascii_lowercase();
    // The first letter is hardly ever the wrong one.
    let is_slip = |(changes, near): &(usize, &str)| {
        *changes == 1 && near.chars().next() == name.chars().next()
    };
    if let Some((_, near)) = shape_fault::resembling(&name, COMMON).filter(is_slip) {
        let at = node.get("scheme").unwrap_or(node).span;
        scope.sink.report(fault::misspelt_http_scheme(at, &name, near));
        return None;
    }
    Some(name)
}

/// The authentication schemes that are meant by what differs from them in a letter. Any other name is taken as it is:
/// the system's own code checks the credentials, and knows what they are.
const COMMON: [&str; 3] = ["basic", "bearer", "digest"];

fn own_authorizer(scope: Scope<'_>, node: &Node, auth_type: &str) -> Option<OwnAuthorizer> {
    let kind = node.get("type");
    let text = kind.and_then(Node::text).unwrap_or_default().to_ascii_lowercase();
    let is_cognito = text == "cognito_user_pools";
    let required: &[&str] = match text.as_str() {
        "cognito_user_pools" => &["providerARNs"],
        "request" | "token" => &["authorizerUri"],
        _ => {
            let at = kind.map_or(node.span, |kind| kind.span);
            scope.sink.report(fault::authorizer_kind(at, &text));
            return None;
        }
    };
    for key in required {
        if node.get(key).is_none() {
            scope.sink.report(fault::authorizer_incomplete(node.span, &text, key));
            return None;
        }
    }
    let auth_type = match (auth_type, is_cognito) {
        ("", true) => "cognito_user_pools",
        ("", false) => "custom",
        (said, _) => said,
    };
    Some(OwnAuthorizer { auth_type: auth_type.to_owned(), definition: node.to_json(), is_cognito })
}

fn api_key(scope: Scope<'_>, node: &Node) -> Option<ApiKey> {
    let place = match node.text_at("in") {
        Some("header") => ApiKeyPlace::Header,
        Some("query") => ApiKeyPlace::Query,
        Some("cookie") => ApiKeyPlace::Cookie,
        found => {
            scope.sink.report(match node.get("in").zip(found) {
                Some((place, found)) => {
                    shape_fault::not_a_choice(place.span, found, &["header", "query", "cookie"])
                }
                None => fault::key_without(node.span, "in"),
            });
            return None;
        }
    };
    let Some(name) = node.text_at("name").filter(|name| !name.is_empty()) else {
        scope.sink.report(fault::key_without(node.span, "name"));
        return None;
    };
    let location = match place {
        ApiKeyPlace::Header => ParameterLocation::Header,
        ApiKeyPlace::Query => ParameterLocation::Query,
        ApiKeyPlace::Cookie => ParameterLocation::Cookie,
    };
    let span = node.get("name")?.span;
    written_name::check(scope, Key { name, span }, location).ok()?;
    Some(ApiKey { place, name: name.to_owned() })
}

/// `x-jwt`, and what the scheme itself says of its issuer.
fn token_rules(scope: Scope<'_>, node: &Node) -> Option<TokenRules> {
    let ours = node.get("x-jwt");
    let text = |key: &str| ours.and_then(|ours| ours.text_at(key)).map(str::to_owned);
    let audience = match ours.and_then(|ours| ours.get("audience")) {
        None => vec![],
        Some(one) if one.text().is_some() => one.text().map(str::to_owned).into_iter().collect(),
        Some(list) => list.items().iter().filter_map(Node::text).map(str::to_owned).collect(),
    };
    let audience: Vec<String> =
        if audience.iter().any(String::is_empty) { vec![] } else { audience };
    let mut sound = !ours.is_some_and(|ours| scope.docs.failed(ours));
    if let Some(list) = ours.and_then(|ours| ours.get("audience")).filter(|_| audience.is_empty()) {
        let is_number = |node: &Node| node.number().is_some();
        let is_number = is_number(list) || list.items().iter().any(is_number);
        scope.sink.report(match is_number {
            true => fault::audience_unquoted(list.span),
            false => fault::no_audience(list.span),
        });
        sound = false;
    }
    for key in ["issuer", "jwks"] {
        let url = ours.and_then(|ours| ours.get(key));
        if let Some(url) = url
            && !url.text().is_some_and(|text| text.starts_with("https://") && !text.contains(' '))
        {
            scope.sink.report(fault::insecure_url(url.span, key));
            sound = false;
        }
    }
    if let Some(scopes) = ours.and_then(|ours| ours.get("scopes")).filter(|node| is_empty(node)) {
        scope.sink.report(fault::no_scopes_claim(scopes.span));
        sound = false;
    }
    let pool = ours.and_then(|ours| ours.get("cognitoUserPool"));
    if let (Some(pool), Some(issuer)) = (pool, ours.and_then(|ours| ours.get("issuer"))) {
        scope.sink.report(fault::two_issuers(pool.span, issuer.span));
        sound = false;
    }
    let of_pool = pool.and_then(|pool| {
        let issuer = pool.text().and_then(cognito_issuer);
        if issuer.is_none() {
            scope.sink.report(fault::bad_user_pool(pool.span));
            sound = false;
        }
        issuer
    });
    let leeway = ours.and_then(|ours| ours.get("leewaySeconds"));
    let leeway_seconds = match leeway {
        None => LEEWAY_SECONDS,
        Some(node) => match node.number().and_then(|text| text.parse().ok()) {
            Some(seconds) if seconds <= 300 => seconds,
            _ => {
                scope.sink.report(fault::bad_leeway(node.span));
                sound = false;
                LEEWAY_SECONDS
            }
        },
    };
    let is_given = ours.is_some_and(|ours| {
        ["issuer", "cognitoUserPool"].iter().any(|key| ours.get(key).is_some())
    });
    let discovery = node.get("openIdConnectUrl");
    let discovered = discovery
        .and_then(Node::text)
        .and_then(|url| url.strip_suffix(DISCOVERY))
        .filter(|issuer| is_url(issuer))
        .map(str::to_owned);
    if let Some(url) = discovery.filter(|_| discovered.is_none() && !is_given) {
        scope.sink.report(fault::no_issuer(url.span, DISCOVERY));
    }
    sound.then(|| TokenRules {
        issuer: text("issuer").or(of_pool).or(discovered),
        audience,
        jwks: text("jwks"),
        scopes_claim: text("scopes"),
        leeway_seconds,
    })
}

fn is_empty(node: &Node) -> bool {
    node.text() == Some("")
}

/// Where OpenID Connect has the description of an issuer (Discovery 1.0, section 4).
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// Whether a text is a URL that nobody on the way can change: over TLS, or of this machine.
fn is_url(text: &str) -> bool {
    let is_secure = text.strip_prefix("https://").is_some_and(|host| !host.is_empty());
    !text.contains(' ') && (is_secure || url::is_local(text))
}

/// The issuer of a user pool by its id: `eu-central-1_AbCdEf123`.
fn cognito_issuer(pool: &str) -> Option<String> {
    let (region, rest) = pool.split_once('_')?;
    let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_region = region.split('-').count() >= 3 && region.split('-').all(is_plain);
    (is_region && is_plain(rest))
        .then(|| format!("https://cognito-idp.{region}.amazonaws.com/{pool}"))
}

/// The name of a scheme in a requirement, where it is told by its URI (OpenAPI 3.2, Security Requirement Object).
pub(crate) fn scheme_name(key: &str) -> &str {
    key.strip_prefix("#/components/securitySchemes/").unwrap_or(key)
}
