//! The request as API Gateway hands it to a function (Lambda proxy integration, payload version 1.0).
//!
//! Owns the parts of the event that a contract can speak of and the match of a path against the service's own.
//! Everything else in the event (identity, stage variables) is skipped while reading and never held.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scalars::percent::decode_text;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::caller::Identity;
use crate::{Caller, Encode, to_text};

/// One request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    #[serde(default)]
    http_method: String,
    #[serde(default)]
    resource: Option<String>,
    #[serde(default)]
    path: String,
    #[serde(default)]
    path_parameters: Pairs<String>,
    #[serde(default)]
    query_string_parameters: Pairs<Option<String>>,
    #[serde(default)]
    multi_value_query_string_parameters: Pairs<Vec<String>>,
    #[serde(default)]
    headers: Pairs<Option<String>>,
    #[serde(default)]
    multi_value_headers: Pairs<Vec<String>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
    #[serde(default)]
    request_context: RequestContext,
}

/// What the gateway says of the request itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext {
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    authorizer: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    identity: Identity,
}

impl Request {
    /// A request that no gateway made; for tests.
    #[must_use]
    pub fn new(method: impl Into<String>, path: impl Into<String>) -> Self {
        Self { http_method: method.into(), path: path.into(), ..Self::default() }
    }

    /// The same request with a query parameter more.
    #[must_use]
    pub fn with_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        let all = &mut self.multi_value_query_string_parameters.0;
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => all.push((name, vec![value])),
        }
        self
    }

    /// The same request with a header more.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.multi_value_headers.0.push((name.into(), vec![value.into()]));
        self
    }

    /// The same request with a body of bytes, as the gateway hands over what is declared binary.
    #[must_use]
    pub fn with_bytes(mut self, body: &[u8]) -> Self {
        self.body = Some(STANDARD.encode(body));
        self.is_base64_encoded = true;
        self
    }

    /// The same request with a body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// The method, in upper case: `GET`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.http_method
    }

    /// The path that the request names, without the stage: `/product/7e1a…`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stands before the path in the client's eyes: the stage (`/prod`) or the base path of a domain; empty
    /// when there is nothing.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let whole = self.request_context.path.as_deref().unwrap_or_default();
        whole.strip_suffix(self.path.as_str()).unwrap_or_default()
    }

    /// What the gateway found out about the caller.
    pub(crate) fn caller(&self) -> Caller {
        let context = &self.request_context;
        Caller::of_event(context.authorizer.as_ref(), &context.identity)
    }

    /// The path template that the request matches, if it is one of these, and sets the path's parameters.
    ///
    /// The gateway names it where it knows the service's paths; behind a catch-all (`/{proxy+}`) the path itself is
    /// matched, literal segments before parameters.
    pub(crate) fn route<'a>(&mut self, resources: &[&'a str]) -> Option<&'a str> {
        let named = self.resource.as_deref().filter(|resource| !resource.contains("+}"));
        if let Some(named) = named
            && let Some(known) = resources.iter().find(|known| **known == named)
        {
            return Some(known);
        }
        let without_slash = || self.path.strip_suffix('/').filter(|path| !path.is_empty());
        let (template, parameters) = best_match(resources, &self.path)
            .or_else(|| best_match(resources, without_slash()?))?;
        self.path_parameters = Pairs(parameters);
        Some(template)
    }

    /// A parameter of the path, with percent-encoding undone.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        self.raw_path_parameter(name).map(decode_text)
    }

    /// A parameter of the path as it was sent.
    pub(crate) fn raw_path_parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.path_parameters.0.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// All query parameters with their values, in order.
    pub(crate) fn query_pairs(&self) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
        let many = &self.multi_value_query_string_parameters.0;
        let names = self.query_string_parameters.0.iter().map(|(name, _)| name);
        let names: Vec<&String> = match many.is_empty() {
            true => names.collect(),
            false => many.iter().map(|(name, _)| name).collect(),
        };
        let values =
            |name: &String| self.query(name).map(Cow::Borrowed).collect::<Vec<Cow<'_, str>>>();
        let pairs = names.into_iter().map(|name| (name, values(name)));
        pairs
            .flat_map(|(name, values)| {
                values.into_iter().map(|value| (Cow::Borrowed(name.as_str()), value))
            })
            .collect()
    }

    /// The cookies, in order, with percent-encoding undone (RFC 6265, section 4.2).
    pub fn cookies(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        let pairs = self.header("Cookie").flat_map(|line| line.split(';'));
        pairs.filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            Some((Cow::Borrowed(name), decode_text(value.trim_matches('"'))))
        })
    }

    /// The values of a header as one, with commas between them (RFC 9110, section 5.3).
    pub(crate) fn joined_header(&self, name: &str) -> Option<Cow<'_, str>> {
        let values: Vec<&str> = self.header(name).map(str::trim).collect();
        match values.as_slice() {
            [] => None,
            [only] => Some(Cow::Borrowed(only)),
            many => Some(Cow::Owned(many.join(","))),
        }
    }

    /// The values of a query parameter, in order.
    pub fn query(&self, name: &str) -> impl Iterator<Item = &str> {
        find(
            &self.multi_value_query_string_parameters,
            &self.query_string_parameters,
            move |known| known == name,
        )
    }

    /// The values of a header, in order; its name in any case.
    pub fn header(&self, name: &str) -> impl Iterator<Item = &str> {
        find(&self.multi_value_headers, &self.headers, move |known| {
            known.eq_ignore_ascii_case(name)
        })
    }

    /// The body, decoded where the gateway had to encode it; none when it is empty.
    ///
    /// # Errors
    /// When what is said to be base64 is not.
    pub fn body(&self) -> Result<Option<Cow<'_, [u8]>>, base64::DecodeError> {
        match self.body.as_deref() {
            None | Some("") => Ok(None),
            Some(text) if self.is_base64_encoded => Ok(Some(Cow::Owned(STANDARD.decode(text)?))),
            Some(text) => Ok(Some(Cow::Borrowed(text.as_bytes()))),
        }
    }
}

/// The values of all names that match; from the map with all values where the gateway sent one.
fn find<'a>(
    many: &'a Pairs<Vec<String>>,
    one: &'a Pairs<Option<String>>,
    matches: impl Fn(&str) -> bool + Copy,
) -> impl Iterator<Item = &'a str> {
    let from_many = many.0.iter().filter(move |(name, _)| matches(name));
    let skip_one = !many.0.is_empty();
    let from_one = one.0.iter().filter(move |(name, _)| !skip_one && matches(name));
    from_many
        .flat_map(|(_, values)| values.iter().map(String::as_str))
        .chain(from_one.filter_map(|(_, value)| value.as_deref()))
}

/// The parameters of a path.
type Parameters = Vec<(String, String)>;

/// The template that a path matches: at each segment, text counts before text with parameters in it, and that before
/// a parameter.
pub(crate) fn best_match<'a>(resources: &[&'a str], path: &str) -> Option<(&'a str, Parameters)> {
    resources.iter().filter_map(|template| Some((*template, match_path(template, path)?))).max_by(
        |(one, _), (other, _)| {
            let exactness = |template: &'a str| template.split('/').map(exactness);
            exactness(one).cmp(exactness(other))
        },
    )
}

/// How much of a segment is text: all, some, none.
fn exactness(segment: &str) -> u8 {
    let is_parameter = segment.starts_with('{') && segment.find('}') == Some(segment.len() - 1);
    match segment.contains('{') {
        false => 2,
        true if !is_parameter => 1,
        true => 0,
    }
}

/// The parameters of a path that fits a template segment by segment.
fn match_path(template: &str, path: &str) -> Option<Parameters> {
    let mut parameters = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let found = segments.next()?;
        if !match_segment(expected, found, &mut parameters) {
            return None;
        }
    }
    segments.next().is_none().then_some(parameters)
}

/// Whether a segment fits its template, in which parameters may stand with text between them: each is as short as the
/// rest allows, and none is empty.
fn match_segment(template: &str, found: &str, parameters: &mut Parameters) -> bool {
    let parts = template.split_once('{').and_then(|(text, rest)| {
        let (name, rest) = rest.split_once('}')?;
        Some((text, name, rest))
    });
    let Some((text, name, rest)) = parts else {
        return template == found || decode_text(template) == decode_text(found);
    };
    let Some(found) = found.strip_prefix(text) else { return false };
    let n_before = parameters.len();
    let ends = found.char_indices().map(|(at, char)| at + char.len_utf8());
    // Only the end of the segment ends a parameter without text behind it.
    let ends = ends.filter(|end| !rest.is_empty() || *end == found.len());
    for end in ends {
        parameters.push((name.to_owned(), found[..end].to_owned()));
        if match_segment(rest, &found[end..], parameters) {
            return true;
        }
        parameters.truncate(n_before);
    }
    false
}

/// Percent-encodes a path segment: everything but the unreserved characters of RFC 3986, section 2.3.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out
}

/// A path template with values in place of its parameters, in order: `/product/7e1a…` of `/product/{id}`.
#[must_use]
pub fn fill_path(template: &str, values: &[&dyn Encode]) -> String {
    let mut values = values.iter();
    let mut parts = template.split('{');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let value = values.next().map(|value| percent_encode(&to_text(*value)));
        path.push_str(&value.unwrap_or_default());
        path.push_str(part.split_once('}').map_or("", |(_, text)| text));
    }
    path
}

/// A JSON object as a list, or `null`; requests have too few headers and parameters for a map to be worth it.
#[derive(Debug, Clone)]
struct Pairs<V>(Vec<(String, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for PairsVisitor<V> {
            type Value = Pairs<V>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object or null")
            }
            fn visit_unit<E>(self) -> Result<Pairs<V>, E> {
                Ok(Pairs::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<V>, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or(16).min(64));
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_any(PairsVisitor(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    fn read(event: &serde_json::Value) -> Request {
        serde_json::from_str(&event.to_string()).unwrap()
    }

    #[test]
    fn reads_what_the_gateway_sends() {
        let request = read(&json!({
            "resource": "/product/{id}", "path": "/product/a%20b", "httpMethod": "GET",
            "headers": {"Accept": "x"}, "multiValueHeaders": {"Accept": ["x", "y"]},
            "queryStringParameters": null, "multiValueQueryStringParameters": {"tag": ["1", "2"]},
            "pathParameters": {"id": "a%20b"}, "stageVariables": null,
            "requestContext": {"path": "/dev/product/a%20b", "identity": {"sourceIp": "127.0.0.1"}},
            "body": null, "isBase64Encoded": false,
        }));
        assert_eq!(request.path_parameter("id").unwrap(), "a b");
        assert_eq!(request.header("accept").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(request.query("tag").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(request.prefix(), "/dev");
        assert!(request.body().unwrap().is_none());
    }

    #[test]
    fn takes_single_values_where_there_are_no_lists() {
        let request = read(&json!({
            "path": "/", "httpMethod": "POST", "headers": {"A": "1"},
            "queryStringParameters": {"q": "2"}, "body": "aGk=", "isBase64Encoded": true,
        }));
        assert_eq!(request.header("a").collect::<Vec<_>>(), ["1"]);
        assert_eq!(request.query("q").collect::<Vec<_>>(), ["2"]);
        assert_eq!(request.body().unwrap().unwrap().as_ref(), b"hi");
    }

    #[test]
    fn matches_the_path_behind_a_catch_all() {
        let resources = ["/basket", "/basket/{userName}", "/basket/checkout"];
        let mut request = Request::new("GET", "/basket/sw%40n/");
        request.resource = Some("/{proxy+}".to_owned());
        assert_eq!(request.route(&resources), Some("/basket/{userName}"));
        assert_eq!(request.path_parameter("userName").unwrap(), "sw@n");
        assert_eq!(
            Request::new("POST", "/basket/checkout").route(&resources),
            Some("/basket/checkout")
        );
        assert_eq!(Request::new("GET", "/basket/a/b").route(&resources), None);
        assert_eq!(Request::new("GET", "/basket//").route(&resources), None);
        assert_eq!(Request::new("GET", "").route(&resources), None);
    }

    #[test]
    fn a_slash_at_the_end_counts_where_the_contract_has_it() {
        let resources = ["/items", "/items/", "/other"];
        let route = |path: &str| Request::new("GET", path).route(&resources);
        assert_eq!(route("/items"), Some("/items"));
        assert_eq!(route("/items/"), Some("/items/"));
        assert_eq!(route("/other/"), Some("/other"));
        assert_eq!(Request::new("GET", "/items").route(&["/items/"]), None);
    }

    #[test]
    fn parameters_may_stand_within_a_segment() {
        let resources = ["/{id}", "/{name}.json", "/x-{a}-{b}", "/{id}/b", "/me"];
        let check = |path: &str, expected: &str, parameters: &[(&str, &str)]| {
            let mut request = Request::new("GET", path);
            request.resource = Some("/{id}".to_owned()).filter(|_| expected != "/{id}");
            request.resource = request.resource.map(|_| "/{renamed}".to_owned());
            assert_eq!(request.route(&resources), Some(expected), "{path}");
            for (name, value) in parameters {
                assert_eq!(request.path_parameter(name).as_deref(), Some(*value), "{path}");
            }
        };
        check("/a.json", "/{name}.json", &[("name", "a")]);
        check("/a.b.json", "/{name}.json", &[("name", "a.b")]);
        check("/.json", "/{id}", &[("id", ".json")]);
        check("/x-1-2-3", "/x-{a}-{b}", &[("a", "1"), ("b", "2-3")]);
        check("/x--", "/{id}", &[("id", "x--")]);
        check("/me", "/me", &[]);
        check("/m%65", "/me", &[]);
        check("/q/b", "/{id}/b", &[("id", "q")]);
    }

    #[test]
    fn parameters_are_encoded_in_a_path() {
        assert_eq!(percent_encode("é/a-b"), "%C3%A9%2Fa-b");
        assert_eq!(fill_path("/a/{b}/c/{d}", &[&"x y".to_owned(), &7]), "/a/x%20y/c/7");
        assert_eq!(fill_path("/a/{b}-{c}.json", &[&"x".to_owned(), &7]), "/a/x-7.json");
    }
}
