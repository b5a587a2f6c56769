//! What the gateway answers when no function does (API Gateway, "Gateway response types").

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{HeaderMap, Response, StatusCode};
use serde_json::{Map, Value};

use super::wire;
use crate::template::{GatewayResponse, HeaderSource};
use crate::vtl;

/// What is known of a request that the gateway answers itself.
pub(super) struct Known<'a> {
    /// Variables of `$context` by name.
    pub(super) variables: Vec<(&'a str, &'a str)>,
    /// Variables of the stage.
    pub(super) of_stage: &'a BTreeMap<String, String>,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
}

/// Why the gateway answers itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rejection {
    /// No route leads there.
    MissingAuthenticationToken,
    /// Parameters are missing that the method requires: their names.
    MissingParameters(String),
    /// The body does not fit the method's model: what is wrong.
    InvalidBody(String),
    /// The body is larger than the gateway takes.
    RequestTooLarge,
    /// The request's line and headers are larger than the gateway takes.
    HeadersTooLarge,
    /// The body breaks off, or its chunks are malformed.
    BadRequest,
    /// No mapping template takes the media type of the body.
    UnsupportedMediaType,
    /// What becomes of the request is no JSON, which a function is not given: what is wrong.
    EventNotJson(String),
    /// The event is larger than the function takes.
    EventTooLarge,
    /// The function failed, or answered what is no answer.
    IntegrationFailure,
    /// The function took too long.
    IntegrationTimeout,
    /// The function could not be invoked at all.
    ApiConfigurationError,
    /// There are too many requests.
    Throttled,
    /// The caller did not say who it is, or not rightly.
    Unauthorized,
    /// A token does not count, or does not allow enough.
    BadToken(Challenge),
    /// A policy says no: what its authorizer tells.
    Denied(Map<String, Value>),
    /// No policy says yes.
    NotAllowed,
    /// The policy of the API does not let the caller in: who and where.
    KeptOut(String),
    /// The authorizer failed.
    AuthorizerFailure,
    /// The authorizer cannot be asked, or answered what is no answer.
    AuthorizerConfiguration,
    /// The API key is missing or does not count.
    InvalidApiKey,
    /// The requests of the API key are used up.
    QuotaExceeded,
    /// The request is not signed, and the route takes none else.
    Unsigned,
    /// The signature is not right.
    InvalidSignature,
    /// The signature is too old.
    ExpiredToken,
}

/// What is wrong with a token (RFC 6750).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Challenge {
    /// The scopes of which the route asks for one.
    pub(super) scopes: Vec<String>,
    /// Why the token does not count; none where there is no token.
    pub(super) why: Option<&'static str>,
    /// Whether it counts, but has none of the scopes.
    pub(super) lacks_scope: bool,
}

impl Challenge {
    /// What `www-authenticate` says.
    pub(super) fn header(&self) -> String {
        let Some(why) = self.why else { return "Bearer".to_owned() };
        let error = if self.lacks_scope { "insufficient_scope" } else { "invalid_token" };
        let scopes = self.scopes.join(" ");
        format!("Bearer scope=\"{scopes}\" error=\"{error}\" error_description=\"{why}\"")
    }
}

impl Rejection {
    /// Why a token was refused, in words.
    pub(super) fn reason(&self) -> Option<&'static str> {
        match self {
            Self::BadToken(challenge) => Some(challenge.why.unwrap_or("there is no token")),
            _ => None,
        }
    }

    /// The response type, the status and the message that AWS gives.
    fn describe(&self) -> (&'static str, u16, &'static str) {
        match self {
            Self::MissingAuthenticationToken | Self::Unsigned => {
                ("MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token")
            }
            Self::MissingParameters(_) => ("BAD_REQUEST_PARAMETERS", 400, ""),
            Self::InvalidBody(_) => ("BAD_REQUEST_BODY", 400, "Invalid request body"),
            Self::RequestTooLarge => {
                ("REQUEST_TOO_LARGE", 413, "HTTP content length exceeded 10485760 bytes.")
            }
            Self::HeadersTooLarge => {
                ("DEFAULT_4XX", 431, "HTTP header is larger than 10240 bytes.")
            }
            Self::BadRequest => ("DEFAULT_4XX", 400, "Bad Request"),
            Self::UnsupportedMediaType => ("UNSUPPORTED_MEDIA_TYPE", 415, "Unsupported Media Type"),
            Self::EventNotJson(_) => ("DEFAULT_4XX", 400, ""),
            Self::KeptOut(_) => ("ACCESS_DENIED", 403, ""),
            Self::EventTooLarge => ("REQUEST_TOO_LARGE", 413, "Request Too Long"),
            Self::IntegrationFailure => ("INTEGRATION_FAILURE", 502, "Internal server error"),
            Self::IntegrationTimeout => ("INTEGRATION_TIMEOUT", 504, "Endpoint request timed out"),
            Self::ApiConfigurationError => {
                ("API_CONFIGURATION_ERROR", 500, "Internal server error")
            }
            Self::Throttled => ("THROTTLED", 429, "Too Many Requests"),
            Self::Unauthorized | Self::BadToken(Challenge { lacks_scope: false, .. }) => {
                ("UNAUTHORIZED", 401, "Unauthorized")
            }
            Self::Denied(_) => (
                "ACCESS_DENIED",
                403,
                "User is not authorized to access this resource with an explicit deny",
            ),
            Self::NotAllowed | Self::BadToken(_) => {
                ("ACCESS_DENIED", 403, "User is not authorized to access this resource")
            }
            Self::AuthorizerFailure => ("AUTHORIZER_FAILURE", 500, "Internal server error"),
            Self::AuthorizerConfiguration => {
                ("AUTHORIZER_CONFIGURATION_ERROR", 500, "Internal server error")
            }
            Self::InvalidApiKey => ("INVALID_API_KEY", 403, "Forbidden"),
            Self::QuotaExceeded => ("QUOTA_EXCEEDED", 429, "Limit Exceeded"),
            Self::InvalidSignature => (
                "INVALID_SIGNATURE",
                403,
                "The request signature we calculated does not match the signature you provided.",
            ),
            Self::ExpiredToken => ("EXPIRED_TOKEN", 403, "Signature expired"),
        }
    }

    /// The answer, shaped as the API's own gateway responses want it.
    pub(super) fn answer(
        self,
        responses: &[GatewayResponse],
        known: &Known<'_>,
    ) -> Response<Full<Bytes>> {
        let (kind, status, message) = self.describe();
        let told = match &self {
            Self::MissingParameters(names) => {
                format!("Missing required request parameters: [{names}]")
            }
            Self::EventNotJson(why) | Self::KeptOut(why) => why.clone(),
            _ => message.to_owned(),
        };
        let message = told.as_str();
        let violation = match &self {
            Self::InvalidBody(violation) => violation.as_str(),
            _ => message,
        };
        let default = if status < 500 { "DEFAULT_4XX" } else { "DEFAULT_5XX" };
        let own = responses.iter().find(|response| response.kind == kind);
        let shape = own.or_else(|| responses.iter().find(|response| response.kind == default));
        // A default's status stands for kinds that have none of their own, so it is not taken over.
        let status = own.and_then(|response| response.status).unwrap_or(status);
        let template = shape.and_then(|shape| shape.template.as_ref());
        let (media_type, template) = match template {
            Some((media_type, template)) => (media_type.as_str(), template.as_str()),
            // What policies of APIs refuse has another first letter.
            None if matches!(self, Self::KeptOut(_)) => {
                ("application/json", "{\"Message\":$context.error.messageString}")
            }
            None => ("application/json", "{\"message\":$context.error.messageString}"),
        };
        let quoted = serde_json::Value::from(message).to_string();
        let of_error = [
            ("error.messageString", quoted.as_str()),
            ("error.message", message),
            ("error.responseType", kind),
            ("error.validationErrorString", violation),
        ];
        let told: Vec<(String, String)> = match &self {
            Self::Denied(told) => {
                let named = |(name, value): (&String, &Value)| {
                    (format!("authorizer.{name}"), vtl::written(value))
                };
                told.iter().map(named).collect()
            }
            _ => Vec::new(),
        };
        let told = told.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let variables: Vec<(&str, &str)> =
            known.variables.iter().copied().chain(of_error).chain(told).collect();
        let body = fill(template, &variables, known.of_stage);
        let mut response = Response::new(Full::new(body.into()));
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        set(&mut response, CONTENT_TYPE.as_str(), media_type);
        set(&mut response, "x-amzn-errortype", error_type(&self));
        for (name, source) in shape.map(|shape| shape.headers.as_slice()).unwrap_or_default() {
            let value = match source {
                HeaderSource::Fixed(value) => Some(Cow::Borrowed(value.as_str())),
                HeaderSource::Header(name) => {
                    let value = known.headers.get(name).and_then(|value| value.to_str().ok());
                    value.map(Cow::Borrowed)
                }
                HeaderSource::Query(name) => wire::query_value(known.query, name).map(Cow::Owned),
                HeaderSource::Context(name) => {
                    let mut variables = variables.iter();
                    variables
                        .find(|(known, _)| known == name)
                        .map(|(_, value)| Cow::Borrowed(*value))
                }
                HeaderSource::Variable(name) => {
                    known.of_stage.get(name).map(|value| Cow::Borrowed(value.as_str()))
                }
            };
            if let Some(value) = value {
                set(&mut response, name, &value);
            }
        }
        response
    }
}

fn error_type(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::MissingParameters(_) | Rejection::InvalidBody(_) => "BadRequestException",
        Rejection::MissingAuthenticationToken | Rejection::Unsigned => {
            "MissingAuthenticationTokenException"
        }
        Rejection::RequestTooLarge | Rejection::EventTooLarge => "RequestTooLargeException",
        Rejection::HeadersTooLarge => "RequestHeaderSectionTooLargeException",
        Rejection::BadRequest | Rejection::UnsupportedMediaType | Rejection::EventNotJson(_) => {
            "BadRequestException"
        }
        Rejection::Unauthorized | Rejection::BadToken(Challenge { lacks_scope: false, .. }) => {
            "UnauthorizedException"
        }
        Rejection::Denied(_)
        | Rejection::NotAllowed
        | Rejection::KeptOut(_)
        | Rejection::BadToken(_) => "AccessDeniedException",
        Rejection::AuthorizerFailure => "AuthorizerFailureException",
        Rejection::AuthorizerConfiguration => "AuthorizerConfigurationException",
        Rejection::InvalidApiKey => "ForbiddenException",
        Rejection::QuotaExceeded => "LimitExceededException",
        Rejection::Throttled => "TooManyRequestsException",
        Rejection::InvalidSignature => "InvalidSignatureException",
        Rejection::ExpiredToken => "ExpiredTokenException",
        _ => "InternalServerErrorException",
    }
}

fn set(response: &mut Response<Full<Bytes>>, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
        response.headers_mut().insert(name, value);
    }
}

/// Replaces `$context.name` and `$stageVariables.name`; the longest name that fits counts, and unknown names become empty
/// as in AWS. A value is escaped as it has to be inside a JSON text, as API Gateway does; `messageString` is a whole JSON
/// text.
fn fill(template: &str, variables: &[(&str, &str)], of_stage: &BTreeMap<String, String>) -> String {
    const KINDS: [&str; 2] = ["$context.", "$stageVariables."];
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    let next = |rest: &str| {
        let found = KINDS.iter().filter_map(|kind| Some((rest.find(kind)?, *kind)));
        found.min()
    };
    while let Some((start, kind)) = next(rest) {
        out.push_str(&rest[..start]);
        let after = &rest[start + kind.len()..];
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_')
            .unwrap_or(after.len());
        let name = after[..end].trim_end_matches('.');
        let value = match kind == KINDS[0] {
            true => variables.iter().find(|(known, _)| *known == name).map(|(_, value)| *value),
            false => of_stage.get(name).map(String::as_str),
        };
        match value {
            Some(value) if name != "error.messageString" && needs_escape(value) => {
                let quoted = Value::from(value).to_string();
                out.push_str(&quoted[1..quoted.len() - 1]);
            }
            value => out.push_str(value.unwrap_or_default()),
        }
        rest = &after[name.len()..];
    }
    out.push_str(rest);
    out
}

fn needs_escape(value: &str) -> bool {
    value.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use http_body_util::BodyExt as _;

    use super::*;

    #[test]
    fn a_line_of_json_stays_one_whatever_the_values_are() {
        let violation = "[object has missing required properties ([\"a\\b\"])]\n";
        let variables = [("error.validationErrorString", violation), ("path", "/a\"b")];
        let template =
            r#"{"detail":"$context.error.validationErrorString","path":"$context.path"}"#;
        let line: serde_json::Value =
            serde_json::from_str(&fill(template, &variables, &BTreeMap::new())).unwrap();
        assert_eq!(line["detail"], violation);
        assert_eq!(line["path"], "/a\"b");
    }

    #[test]
    fn variables_are_replaced_by_their_whole_name() {
        let variables = [
            ("error.message", "plain"),
            ("error.messageString", "\"quoted\""),
            ("requestId", "id"),
        ];
        let template = "{$context.error.messageString, $context.error.message. $context.requestId $context.nothing}";
        assert_eq!(fill(template, &variables, &BTreeMap::new()), "{\"quoted\", plain. id }");
    }

    #[tokio::test]
    async fn the_apis_own_response_gives_shape_and_status() {
        let own = GatewayResponse {
            kind: "MISSING_AUTHENTICATION_TOKEN".to_owned(),
            status: Some(404),
            headers: [
                ("Content-Type", "'application/problem+json'"),
                ("X-Id", "context.requestId"),
                ("X-Q", "method.request.querystring.q"),
                ("X-Sent", "method.request.header.X-Own"),
                ("X-Of", "stageVariables.of"),
                ("X-None", "context.nothing"),
            ]
            .map(|(name, source)| (name.to_owned(), HeaderSource::parse(source).unwrap()))
            .into(),
            template: Some((
                "application/json".to_owned(),
                r#"{"at":$context.requestTimeEpoch,"of":"$stageVariables.of","why":"$context.authorizer.why"}"#.to_owned(),
            )),
        };
        let headers =
            HeaderMap::from_iter([(HeaderName::from_static("x-own"), "h".parse().unwrap())]);
        let of_stage = BTreeMap::from([("of".to_owned(), "s".to_owned())]);
        let known = Known {
            variables: vec![("requestId", "r"), ("requestTimeEpoch", "5")],
            of_stage: &of_stage,
            query: "q=a&q=b",
            headers: &headers,
        };
        let denied = Map::from_iter([("why".to_owned(), Value::from("late"))]);
        let own = [own.clone(), GatewayResponse { kind: "ACCESS_DENIED".to_owned(), ..own }];
        let answer = Rejection::Denied(denied).answer(&own, &known);
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body, r#"{"at":5,"of":"s","why":"late"}"#);
        let answer = Rejection::MissingAuthenticationToken.answer(&own, &known);
        for (name, value) in [("x-id", "r"), ("x-q", "b"), ("x-sent", "h"), ("x-of", "s")] {
            assert_eq!(answer.headers()[name], value);
        }
        assert!(!answer.headers().contains_key("x-none"));
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.headers()[CONTENT_TYPE], "application/problem+json");
        let answer = Rejection::MissingAuthenticationToken.answer(&[], &known);
        assert_eq!(answer.status(), 403);
    }
}
