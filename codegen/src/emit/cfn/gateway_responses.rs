//! What the gateway answers itself, without a function: the same problem documents (RFC 9457) that functions give.

use super::value::{Map, Value};

/// One kind of answer (API Gateway, "Gateway response types").
struct Answer {
    kind: &'static str,
    status: u16,
    title: &'static str,
    /// A JSON string, or a variable of the gateway that is one.
    detail: &'static str,
}

const MESSAGE: &str = "$context.error.messageString";
const VIOLATION: &str = "\"$context.error.validationErrorString\"";

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
        detail: "\"There is no such route.\"",
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

/// `x-amazon-apigateway-gateway-responses`
pub(super) fn gateway_responses() -> Map {
    ANSWERS.iter().map(|answer| (answer.kind, gateway_response(answer))).collect()
}

/// Each answer with the status, title and detail that it is made of.
pub(super) fn answers() -> Vec<(Value, u16, &'static str, &'static str)> {
    let parts = |answer: &Answer| {
        (gateway_response(answer).into(), answer.status, answer.title, answer.detail)
    };
    ANSWERS.iter().map(parts).collect()
}

fn gateway_response(answer: &Answer) -> Map {
    let Answer { status, title, detail, .. } = answer;
    let body = format!(
        "{{\"type\":\"about:blank\",\"title\":\"{title}\",\"status\":{status},\"detail\":{detail},\
         \"requestId\":\"$context.requestId\"}}"
    );
    let content_type =
        Map::new().with("gatewayresponse.header.Content-Type", "'application/problem+json'");
    Map::new()
        .with("statusCode", Value::from(status.to_string()))
        .with("responseParameters", content_type)
        .with("responseTemplates", Map::new().with("application/json", body))
}
