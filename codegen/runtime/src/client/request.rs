//! Requests as plain data.

use bytes::Bytes;

use crate::body::write_form;
use crate::style::{write_pairs, write_text};
use crate::{
    Encode, File, FormData, FormWriter, Shape, Style, percent_encode, to_json, to_text, to_texts,
    to_value,
};

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
    pub body: Option<Bytes>,
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

    /// A parameter of the path that is a list or an object, written in this way.
    #[must_use]
    pub fn path_styled(mut self, name: &str, style: Style, value: &impl Encode) -> Self {
        let text = write_text(name, style, &to_value(value));
        // What tells items apart stays as it is: it may stand in a path (RFC 3986, section 3.3).
        let encoded = percent_encode(&text);
        let encoded = ["%2C,", "%3B;", "%3D=", "%2E."]
            .iter()
            .fold(encoded, |text, pair| text.replace(&pair[..3], &pair[3..]));
        self.path_and_query = self.path_and_query.replacen(&format!("{{{name}}}"), &encoded, 1);
        self
    }

    /// A query parameter that is a list or an object, written in this way; left out when it has no value.
    #[must_use]
    pub fn query_styled<T: Encode>(self, name: &str, style: Style, value: Option<&T>) -> Self {
        let pairs = value.map(|value| write_pairs(name, style, &to_value(value)));
        let pairs = pairs.into_iter().flatten();
        pairs.fold(self, |request, (name, value)| request.pair(&name, &value))
    }

    /// A header that is a list or an object, written in this way; left out when it has no value.
    #[must_use]
    pub fn header_styled<T: Encode>(
        mut self,
        name: &'static str,
        style: Style,
        value: Option<&T>,
    ) -> Self {
        self.headers.extend(value.map(|value| (name, write_text(name, style, &to_value(value)))));
        self
    }

    /// A cookie, or one for each item or property; left out when it has no value.
    #[must_use]
    pub fn cookie<T: Encode>(self, name: &str, style: Style, value: Option<&T>) -> Self {
        self.cookie_as(name, style, value, percent_encode)
    }

    /// The same, with texts as they are but for what would end the cookie or the header (`style: cookie`; OpenAPI 3.2,
    /// Appendix D).
    #[must_use]
    pub fn raw_cookie<T: Encode>(self, name: &str, style: Style, value: Option<&T>) -> Self {
        self.cookie_as(name, style, value, scalars::percent::encode_cookie)
    }

    fn cookie_as<T: Encode>(
        mut self,
        name: &str,
        style: Style,
        value: Option<&T>,
        write: impl Fn(&str) -> String,
    ) -> Self {
        let Some(value) = value else { return self };
        let pairs = write_pairs(name, style, &to_value(value));
        let pair = |(name, value): &(String, String)| format!("{name}={}", write(value));
        let text = pairs.iter().map(pair).collect::<Vec<_>>().join("; ");
        match self.headers.iter_mut().find(|(known, _)| *known == "Cookie") {
            Some((_, cookies)) => *cookies = format!("{cookies}; {text}"),
            None => self.headers.push(("Cookie", text)),
        }
        self
    }

    /// The media types that are wanted, the best first. API Gateway makes bytes of an answer only where the first of
    /// them is declared binary.
    #[must_use]
    pub fn accept(mut self, media_types: &str) -> Self {
        self.headers.push(("Accept", media_types.to_owned()));
        self
    }

    /// A body of JSON; left out when it has no value.
    #[must_use]
    pub fn json<T: Encode>(self, media_type: &str, value: Option<&T>) -> Self {
        self.body(media_type, value.map(|value| Bytes::from(to_json(value))))
    }

    /// A body that is a form of names and values; left out when it has no value.
    #[must_use]
    pub fn form<T: Encode>(
        self,
        shape: Shape,
        styles: &'static [(&'static str, Style)],
        value: Option<&T>,
    ) -> Self {
        let write = |value| Bytes::from(write_form(&to_value(value), &shape, styles));
        self.body("application/x-www-form-urlencoded", value.map(write))
    }

    /// A body that is a form of parts; left out when it has no value.
    #[must_use]
    pub fn multipart(self, form: Option<&impl FormData>) -> Self {
        match form.map(FormWriter::write) {
            Some((media_type, body)) => self.body(&media_type, Some(Bytes::from(body))),
            None => self,
        }
    }

    /// A body of text; left out when it has no value.
    #[must_use]
    pub fn text<T: Encode>(self, media_type: &str, value: Option<&T>) -> Self {
        self.body(media_type, value.map(|value| Bytes::from(to_text(value))))
    }

    /// A body of bytes; left out when it has no value.
    #[must_use]
    pub fn bytes(self, media_type: &str, value: Option<&Bytes>) -> Self {
        self.body(media_type, value.cloned())
    }

    /// A body that is a file, of the file's own media type; left out when there is none.
    #[must_use]
    pub fn file(self, file: Option<&File>) -> Self {
        let Some(file) = file else { return self };
        let media_type = file.content_type.as_deref().unwrap_or("application/octet-stream");
        self.body(media_type, Some(file.content.clone()))
    }

    fn body(mut self, media_type: &str, body: Option<Bytes>) -> Self {
        if let Some(body) = body {
            self.headers.push(("Content-Type", media_type.to_owned()));
            self.body = Some(body);
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
