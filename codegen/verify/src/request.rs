//! Requests: what a client says to an operation, and how that looks on the wire and on a command line.

use codegen::model::{Content, Operation, ParameterLocation, Piece, Segment};
use codegen::text::shell_word;
use scalars::percent::encode;
use serde_json::Value;
use stage::credential::Carrier;

use crate::style;

/// What a client says to an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// A value for each parameter of the operation, in its order; none where it is left out.
    pub parameters: Vec<Option<Value>>,
    /// The body.
    pub body: Body,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// None.
    None,
    /// A value of the contract's type, written in the media type that is [`chosen`].
    Json(Value),
    /// Any bytes, of a media type or of none.
    Raw(Option<String>, Vec<u8>),
}

/// A request as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`
    pub method: String,
    /// The path below the base URL, with the query.
    pub path: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Vec<u8>>,
}

/// The variable of the shell that has a credential.
fn variable(name: &str) -> String {
    let letter = |sign: char| if sign.is_ascii_alphanumeric() { sign } else { '_' };
    name.to_ascii_uppercase().chars().map(letter).collect()
}

impl Request {
    /// The request that says this to an operation.
    #[must_use]
    pub fn of(operation: &Operation, input: &Input) -> Self {
        let mut path = String::new();
        for segment in &operation.path.segments {
            path.push('/');
            let value = |name: &str| {
                let place = place_of(operation, name, ParameterLocation::Path);
                let value = place.and_then(|at| input.parameters.get(at)?.as_ref());
                let value = value.zip(place.map(|at| &operation.parameters[at]));
                value.map_or_else(String::new, |(value, one)| style::in_path(one, value))
            };
            match segment {
                Segment::Literal(text) => path.push_str(text),
                Segment::Parameter(name) => path.push_str(&value(name)),
                Segment::Mixed(pieces) => path.extend(pieces.iter().map(|piece| match piece {
                    Piece::Text(text) => text.clone(),
                    Piece::Parameter(name) => value(name),
                })),
            }
        }
        if path.is_empty() {
            path.push('/');
        }
        let (mut query, mut cookies) = (Vec::new(), Vec::new());
        let mut headers = vec![("accept".to_owned(), accept(operation))];
        for (parameter, value) in operation.parameters.iter().zip(&input.parameters) {
            let Some(value) = value else { continue };
            let name = &parameter.name.wire;
            let pairs = || style::pairs(name, &parameter.style, value);
            let pair =
                |(name, text): (String, String)| format!("{}={}", encode(&name), encode(&text));
            match parameter.location {
                ParameterLocation::Path => {}
                ParameterLocation::Query => query.extend(pairs().into_iter().map(pair)),
                ParameterLocation::Cookie => {
                    cookies.extend(pairs().into_iter().map(|(name, text)| match parameter.raw {
                        true => format!("{name}={text}"),
                        false => format!("{name}={}", encode(&text)),
                    }))
                }
                ParameterLocation::Header => {
                    headers.push((name.clone(), style::text(name, &parameter.style, value)));
                }
            }
        }
        if !cookies.is_empty() {
            headers.push(("cookie".to_owned(), cookies.join("; ")));
        }
        if !query.is_empty() {
            path.push('?');
            path.push_str(&query.join("&"));
        }
        let body = match &input.body {
            Body::None => None,
            Body::Json(value) => {
                let (media_type, bytes) = match operation.body.as_ref().and_then(chosen) {
                    Some(content) => style::body(content, value),
                    None => ("application/json".to_owned(), value.to_string().into_bytes()),
                };
                headers.push(("content-type".to_owned(), media_type));
                Some(bytes)
            }
            Body::Raw(media_type, bytes) => {
                headers.extend(media_type.clone().map(|media| ("content-type".to_owned(), media)));
                Some(bytes.clone())
            }
        };
        Self { method: operation.method.as_str().to_owned(), path, headers, body }
    }

    /// The command that sends the request again.
    #[must_use]
    pub fn curl(&self, base: &str) -> String {
        self.curl_with(base, &[])
    }

    /// The same with what may be a credential, whose value is not shown: variables of the shell have it.
    #[must_use]
    pub fn curl_with(&self, base: &str, given: &[(Carrier, &str)]) -> String {
        let mut out =
            format!("curl -i -X {} {}", self.method, shell_word(&format!("{base}{}", self.path)));
        let mut separator = if self.path.contains('?') { '&' } else { '?' };
        for (_, name) in given.iter().filter(|(carrier, _)| *carrier == Carrier::Query) {
            out.push_str(&format!("\"{separator}{}=${}\"", encode(name), variable(name)));
            separator = '&';
        }
        for (carrier, name) in given {
            match carrier {
                Carrier::Header => out.push_str(&format!(" -H \"{name}: ${}\"", variable(name))),
                Carrier::Cookie => out.push_str(&format!(" -b \"{name}=${}\"", variable(name))),
                Carrier::Query => {}
            }
        }
        let headers = || given.iter().filter(|(carrier, _)| *carrier == Carrier::Header);
        let is_given = |name: &str| headers().any(|(_, one)| one.eq_ignore_ascii_case(name));
        let own = self.headers.iter().filter(|(name, _)| name != "accept" && !is_given(name));
        for (name, value) in own {
            out.push_str(&format!(" -H {}", shell_word(&format!("{name}: {value}"))));
        }
        match self.body.as_deref().map(std::str::from_utf8) {
            None => {}
            Some(Ok(text)) if text.len() <= MAX_SHOWN_BYTES => {
                out.push_str(&format!(" --data-binary {}", shell_word(text)));
            }
            Some(Ok(text)) => {
                let n_bytes = text.len();
                out.push_str(&format!(
                    " --data-binary @- # a body of {n_bytes} bytes on standard input"
                ));
            }
            Some(Err(_)) => {
                let bytes: String =
                    self.body.iter().flatten().map(|b| format!("\\x{b:02x}")).collect();
                out = format!("printf '{bytes}' | {out} --data-binary @-");
            }
        }
        out
    }
}

/// The longest body that stands in a command line.
const MAX_SHOWN_BYTES: usize = 8192;

/// The value of a parameter.
#[must_use]
pub fn given(
    operation: &Operation,
    input: &Input,
    name: &str,
    location: ParameterLocation,
) -> Option<Value> {
    input.parameters.get(place_of(operation, name, location)?)?.clone()
}

fn place_of(operation: &Operation, name: &str, location: ParameterLocation) -> Option<usize> {
    let mut parameters = operation.parameters.iter();
    parameters.position(|one| one.name.wire == name && one.location == location)
}

/// The kind of body that is sent: JSON where the contract takes it, else the first.
#[must_use]
pub fn chosen(body: &codegen::model::Body) -> Option<&Content> {
    body.json().or(body.contents.first())
}

/// What a client takes. API Gateway makes bytes of an answer only where the first of these types is declared binary.
fn accept(operation: &Operation) -> String {
    let success = operation.responses.iter().find(|response| response.is_success());
    let first = success.and_then(|response| response.contents.first());
    match first.filter(|content| content.is_binary()) {
        Some(content) => format!("{}, */*;q=0.5", content.sent),
        None => "*/*".to_owned(),
    }
}

/// A value as the text of a parameter; the items of a list with commas between them.
#[must_use]
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_survives_the_shell() {
        let request = Request {
            method: "POST".to_owned(),
            path: "/a?b=c%20d".to_owned(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: Some(br#"{"it's":"$HOME"}"#.to_vec()),
        };
        assert_eq!(
            request.curl("http://127.0.0.1:1"),
            "curl -i -X POST 'http://127.0.0.1:1/a?b=c%20d' -H 'content-type: application/json' \
             --data-binary '{\"it'\\''s\":\"$HOME\"}'"
        );
        let binary = Request { body: Some(vec![0xff, 0x7b]), ..request };
        assert!(binary.curl("http://h").starts_with(r"printf '\xff\x7b' | curl"));
        let home = Request { body: Some(b"~".to_vec()), ..binary };
        assert!(home.curl("http://h").ends_with("--data-binary '~'"));
    }
}
