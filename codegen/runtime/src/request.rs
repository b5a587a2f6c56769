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
use crate::route::{best_match, without_base};
use crate::serve::Incoming;
use crate::{Caller, Encode, to_text};

/// One request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    http_method: String,
    #[serde(default)]
    resource: Option<String>,
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
    /// The base path of the domain, which stands before the path no more once there is a route.
    #[serde(skip)]
    base: String,
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

impl Incoming for Request {
    const NAME: &'static str = "a request of API Gateway in payload format 1.0";
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

    /// The path that the request names, without the stage and the base path of a domain: `/product/7e1a…`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stands before the path in the client's eyes: the stage (`/prod`) or the base path of a domain; empty
    /// when there is nothing.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let whole = self.request_context.path.as_deref().unwrap_or_default();
        whole.strip_suffix(self.path.as_str()).unwrap_or(&self.base)
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
        self.take_base();
        let named = self.resource.as_deref().filter(|resource| !resource.contains("+}"));
        if let Some(named) = named
            && let Some(known) = resources.iter().find(|known| **known == named)
        {
            return Some(known);
        }
        let (template, parameters) = best_match(resources, self.path())?;
        self.path_parameters = Pairs(parameters);
        Some(template)
    }

    /// Takes the base path of a domain out of the path.
    fn take_base(&mut self) {
        let greedy = |name: &str| self.raw_path_parameter(name);
        let (base, path) = without_base(&self.path, self.resource.as_deref(), greedy);
        if !base.is_empty() {
            (self.base, self.path) = (base.to_owned(), path.to_owned());
        }
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
        self.raw_cookies()
            .map(|(name, value)| (Cow::Borrowed(name), decode_text(value.trim_matches('"'))))
    }

    /// The cookies, in order, as they were sent.
    pub fn raw_cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.header("Cookie").flat_map(|line| line.split(';'));
        pairs.filter_map(|pair| pair.trim().split_once('='))
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

/// Percent-encodes a path segment: everything but the unreserved characters of RFC 3986, section 2.3.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    scalars::percent::encode(text)
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
    fn the_base_path_of_a_domain_stands_before_locations_and_not_before_routes() {
        let check = |resource: &str, parameters: serde_json::Value, path: &str, own: &str| {
            let mut request = read(&json!({
                "httpMethod": "GET", "resource": resource, "pathParameters": parameters,
                "path": path, "requestContext": {"path": path},
            }));
            let known = ["/", "/product", "/product/{id}"];
            let route = request.route(&known).map(ToOwned::to_owned);
            assert_eq!((request.prefix(), request.path()), ("/shop/v1", own), "{path}");
            (route, request.path_parameter("id").map(std::borrow::Cow::into_owned))
        };
        let product = (Some("/product/{id}".to_owned()), Some("7".to_owned()));
        let id = json!({"id": "7"});
        assert_eq!(check("/product/{id}", id, "/shop/v1/product/7", "/product/7"), product);
        let renamed = json!({"x": "7"});
        assert_eq!(check("/product/{x}", renamed, "/shop/v1/product/7", "/product/7"), product);
        let proxy = json!({"proxy": "product/7"});
        assert_eq!(check("/{proxy+}", proxy, "/shop/v1/product/7", "/product/7"), product);
        assert_eq!(check("/", json!(null), "/shop/v1", "/").0.as_deref(), Some("/"));
        let all = check("/product", json!(null), "/shop/v1/product/", "/product/");
        assert_eq!(all.0.as_deref(), Some("/product"));
    }

    #[test]
    fn parameters_are_encoded_in_a_path() {
        assert_eq!(percent_encode("é/a-b"), "%C3%A9%2Fa-b");
        assert_eq!(fill_path("/a/{b}/c/{d}", &[&"x y".to_owned(), &7]), "/a/x%20y/c/7");
        assert_eq!(fill_path("/a/{b}-{c}.json", &[&"x".to_owned(), &7]), "/a/x-7.json");
    }
}
