//! What the gateway answers itself, without a function: problem documents (RFC 9457), or the form in which the contracts
//! tell of refused callers.

use super::value::{Map, Value};
use crate::model::{Authorization, ErrorForm, ErrorMade, ProblemField, System};

/// One kind of answer (API Gateway, "Gateway response types").
#[derive(PartialEq, Eq)]
struct Answer {
    kind: &'static str,
    status: u16,
    title: &'static str,
    /// A JSON string, or a variable of the gateway that is one.
    detail: &'static str,
}

const MESSAGE: &str = "$context.error.messageString";
const VIOLATION: &str = "\"$context.error.validationErrorString\"";

/// The kinds that an API with authorizers gives besides.
const OF_AUTHORIZERS: [Answer; 3] = [
    Answer { kind: "UNAUTHORIZED", status: 401, title: "Unauthorized", detail: MESSAGE },
    Answer {
        kind: "AUTHORIZER_FAILURE",
        status: 500,
        title: "Internal Server Error",
        detail: "\"The caller could not be authorized because of an internal error.\"",
    },
    Answer {
        kind: "AUTHORIZER_CONFIGURATION_ERROR",
        status: 500,
        title: "Internal Server Error",
        detail: "\"The caller could not be authorized because of an internal error.\"",
    },
];

/// The kinds that an API with keys gives besides.
const OF_KEYS: [Answer; 2] = [
    Answer { kind: "INVALID_API_KEY", status: 403, title: "Forbidden", detail: MESSAGE },
    Answer { kind: "QUOTA_EXCEEDED", status: 429, title: "Too Many Requests", detail: MESSAGE },
];

/// The kinds that an API with signatures gives besides.
const OF_SIGNATURES: [Answer; 2] = [
    Answer { kind: "INVALID_SIGNATURE", status: 403, title: "Forbidden", detail: MESSAGE },
    Answer { kind: "EXPIRED_TOKEN", status: 403, title: "Forbidden", detail: MESSAGE },
];

/// Every kind that an API without keys, quotas and authorizers gives; the two defaults stand for the rest. Each has
/// a status of its own, so that the `status` member of the document is always the one of the answer.
const ANSWERS: [Answer; 11] = [
    Answer { kind: "DEFAULT_4XX", status: 400, title: "Bad Request", detail: MESSAGE },
    Answer { kind: "DEFAULT_5XX", status: 502, title: "Bad Gateway", detail: MESSAGE },
    Answer { kind: "BAD_REQUEST_BODY", status: 400, title: "Bad Request", detail: VIOLATION },
    Answer { kind: "BAD_REQUEST_PARAMETERS", status: 400, title: "Bad Request", detail: VIOLATION },
    Answer { kind: "ACCESS_DENIED", status: 403, title: "Forbidden", detail: MESSAGE },
    Answer {
        kind: "MISSING_AUTHENTICATION_TOKEN",
        status: 403,
        title: "Forbidden",
        detail: "\"The route does not exist.\"",
    },
    Answer { kind: "REQUEST_TOO_LARGE", status: 413, title: "Content Too Large", detail: MESSAGE },
    Answer {
        kind: "UNSUPPORTED_MEDIA_TYPE",
        status: 415,
        title: "Unsupported Media Type",
        detail: MESSAGE,
    },
    Answer { kind: "THROTTLED", status: 429, title: "Too Many Requests", detail: MESSAGE },
    Answer { kind: "INTEGRATION_FAILURE", status: 502, title: "Bad Gateway", detail: MESSAGE },
    Answer { kind: "INTEGRATION_TIMEOUT", status: 504, title: "Gateway Timeout", detail: MESSAGE },
];

/// What a caller without a signature is told, who looks to API Gateway as one who asks for no route.
const UNSIGNED: Answer = Answer {
    kind: "MISSING_AUTHENTICATION_TOKEN",
    status: 403,
    title: "Forbidden",
    detail: "\"The route does not exist, or the request is not signed.\"",
};

/// Every kind that the API of a system gives.
fn kinds(system: &System) -> Vec<&'static Answer> {
    let gates: Vec<_> = system.secured().map(|(service, one)| system.gate(service, one)).collect();
    let any = |is: fn(Authorization<'_>) -> bool| gates.iter().any(|gate| is(gate.authorization));
    let asks =
        any(|it| matches!(it, Authorization::Token | Authorization::AnyOf | Authorization::Own(_)));
    let signs = any(|it| it == Authorization::Signature);
    let told = |answer: &'static Answer| match answer.kind == UNSIGNED.kind && signs {
        true => &UNSIGNED,
        false => answer,
    };
    let mut kinds: Vec<_> = ANSWERS.iter().map(told).collect();
    kinds.extend(OF_AUTHORIZERS.iter().filter(|_| asks));
    kinds.extend(OF_KEYS.iter().filter(|_| system.has_keys()));
    kinds.extend(OF_SIGNATURES.iter().filter(|_| signs));
    kinds
}

/// `x-amazon-apigateway-gateway-responses`
pub(super) fn gateway_responses(system: &System) -> Map {
    kinds(system)
        .into_iter()
        .map(|answer| (answer.kind, gateway_response(system, answer)))
        .collect()
}

/// An answer of the gateway, and what it is made of.
pub(super) struct Made {
    pub(super) answer: Value,
    pub(super) status: u16,
    pub(super) title: &'static str,
    pub(super) detail: &'static str,
    /// The header `WWW-Authenticate`, quoted.
    pub(super) challenge: Option<String>,
    /// Whether it is a problem document.
    pub(super) is_problem: bool,
}

/// Each answer with what it is made of.
pub(super) fn answers(system: &System) -> Vec<Made> {
    let made = |answer: &'static Answer| Made {
        answer: gateway_response(system, answer).into(),
        status: answer.status,
        title: answer.title,
        detail: answer.detail,
        challenge: challenge(system, answer),
        is_problem: form(system, answer).is_none(),
    };
    kinds(system).into_iter().map(made).collect()
}

fn gateway_response(system: &System, answer: &Answer) -> Map {
    let Answer { status, title, detail, .. } = answer;
    let form = form(system, answer);
    let body = match form.map(|form| &form.made) {
        Some(ErrorMade::Object(fields)) => object(answer, fields),
        Some(ErrorMade::Text) => format!("{title}\nrequestId: $context.requestId"),
        Some(ErrorMade::Method) | None => format!(
            "{{\"type\":\"about:blank\",\"title\":\"{title}\",\"status\":{status},\"detail\":{detail},\
             \"requestId\":\"$context.requestId\"}}"
        ),
    };
    let media_type = form.map_or("application/problem+json", |form| &form.media_type);
    let headers = Map::new().with("gatewayresponse.header.Content-Type", format!("'{media_type}'"));
    let headers = match challenge(system, answer) {
        Some(value) => headers.with("gatewayresponse.header.WWW-Authenticate", value),
        None => headers,
    };
    let headers = cors_headers(system).into_iter().fold(headers, |headers, (name, value)| {
        headers.with(format!("gatewayresponse.header.{name}"), value)
    });
    Map::new()
        .with("statusCode", Value::from(status.to_string()))
        .with("responseParameters", headers)
        .with("responseTemplates", Map::new().with("application/json", body))
}

/// The form of an answer to a caller that is refused.
fn form<'s>(system: &'s System, answer: &Answer) -> Option<&'s ErrorForm> {
    const REFUSED: [&str; 5] =
        ["UNAUTHORIZED", "ACCESS_DENIED", "INVALID_API_KEY", "INVALID_SIGNATURE", "EXPIRED_TOKEN"];
    let is_refused = *answer == UNSIGNED || REFUSED.contains(&answer.kind);
    is_refused.then(|| system.gateway_form(answer.status))?
}

/// An error of the contract's own, of properties that no request decides.
fn object(answer: &Answer, fields: &[(String, ProblemField)]) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let members = fields.iter().filter_map(|(name, field)| {
        let value = match field {
            ProblemField::Title => text(answer.title),
            ProblemField::Detail => answer.detail.to_owned(),
            ProblemField::Status => answer.status.to_string(),
            ProblemField::StatusText => text(&answer.status.to_string()),
            ProblemField::Code => text(&answer.title.to_lowercase().replace(' ', "_")),
            ProblemField::Type => text("about:blank"),
            ProblemField::Instance => text("$context.path"),
            ProblemField::RequestId => text("$context.requestId"),
            ProblemField::Literal(json) => json.clone(),
            ProblemField::Violations(..) | ProblemField::ViolationTexts => return None,
        };
        Some(format!("{}:{value}", text(name)))
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// How a caller may prove who it is, which an answer 401 has to say (RFC 9110, section 15.5.2).
fn challenge(system: &System, answer: &Answer) -> Option<String> {
    let challenges = system.challenges();
    let is_asked = answer.status == 401 && !challenges.is_empty();
    is_asked.then(|| format!("'{}'", challenges.join(", ")))
}

/// What lets a page of another origin read an answer of the gateway's own. Values are quoted, or the header of the
/// request: of several origins the one that asks, as these answers tell nothing that is anybody's.
pub(super) fn cors_headers(system: &System) -> Vec<(&'static str, String)> {
    let Some(cors) = system.cors() else { return Vec::new() };
    let origin = match cors.origins.as_slice() {
        [only] => format!("'{only}'"),
        _ => "method.request.header.Origin".to_owned(),
    };
    let mut headers = vec![("Access-Control-Allow-Origin", origin)];
    if cors.credentials {
        headers.push(("Access-Control-Allow-Credentials", "'true'".to_owned()));
    }
    if cors.origins != ["*"] {
        headers.push(("Vary", "'Origin'".to_owned()));
    }
    headers
}
