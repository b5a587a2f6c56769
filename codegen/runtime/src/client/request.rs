//! Requests as plain data.

use crate::{Encode, percent_encode, to_json, to_text, to_texts};

/// A request as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method: `GET`.
    pub method: &'static str,
    /// The path below the service's base URL and the query, both percent-encoded: `/product/7e1a?limit=25`.
    pub path_and_query: String,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Option<String>,
}

impl HttpRequest {
    /// A request to a path template: `/product/{id}`.
    #[must_use]
    pub fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self { method, path_and_query: path.into(), headers: Vec::new(), body: None }
    }

    /// A parameter of the path, as one segment whatever it holds (RFC 3986, section 3.3).
    #[must_use]
    pub fn path(mut self, name: &str, value: &impl Encode) -> Self {
        let value = percent_encode(&to_text(value));
        // An encoded value has no brace, so it is never taken for a parameter itself.
        self.path_and_query = self.path_and_query.replacen(&format!("{{{name}}}"), &value, 1);
        self
    }

    /// A query parameter; left out when it has no value. A list has commas between its values.
    #[must_use]
    pub fn query<T: Encode>(self, name: &str, value: Option<&T>) -> Self {
        match value {
            Some(value) => self.pair(name, &to_text(value)),
            None => self,
        }
    }

    /// A query parameter that is given once for each value of a list.
    #[must_use]
    pub fn query_each<T: Encode>(self, name: &str, value: Option<&T>) -> Self {
        let values = value.map(to_texts).unwrap_or_default();
        values.iter().fold(self, |request, value| request.pair(name, value))
    }

    /// A header; left out when it has no value.
    #[must_use]
    pub fn header<T: Encode>(mut self, name: &'static str, value: Option<&T>) -> Self {
        self.headers.extend(value.map(|value| (name, to_text(value))));
        self
    }

    /// A body of JSON; left out when it has no value.
    #[must_use]
    pub fn body<T: Encode>(mut self, media_type: &'static str, value: Option<&T>) -> Self {
        if let Some(value) = value {
            self.headers.push(("Content-Type", media_type.to_owned()));
            self.body = Some(to_json(value));
        }
        self
    }

    fn pair(mut self, name: &str, value: &str) -> Self {
        let separator = if self.path_and_query.contains('?') { '&' } else { '?' };
        self.path_and_query.push(separator);
        self.path_and_query.push_str(&percent_encode(name));
        self.path_and_query.push('=');
        self.path_and_query.push_str(&percent_encode(value));
        self
    }
}
