//! Which bodies are bytes: those whose media type the API declares binary (API Gateway, "Binary media types").
//!
//! A request of such a type reaches the function as base64. An answer in base64 becomes bytes only when the first media
//! type in the request's `Accept` is declared binary; otherwise the client gets the base64 itself.

use hyper::HeaderMap;
use hyper::header::{ACCEPT, CONTENT_TYPE};

/// The media types that an API declares binary.
#[derive(Debug, Clone, Default)]
pub(super) struct BinaryTypes(Vec<String>);

impl BinaryTypes {
    /// These types; `*` stands for anything.
    pub(super) fn new(types: &[String]) -> Self {
        Self(types.iter().map(|one| essence(one)).collect())
    }

    /// Whether the body of a request is bytes.
    pub(super) fn of_request(&self, headers: &HeaderMap) -> bool {
        let found = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        self.contains(found.unwrap_or("application/json"))
    }

    /// Whether base64 in an answer to such a request becomes bytes.
    pub(super) fn of_answer(&self, headers: &HeaderMap) -> bool {
        let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        let first = accept.and_then(|accept| accept.split(',').next());
        self.contains(first.unwrap_or("application/json"))
    }

    fn contains(&self, media_type: &str) -> bool {
        let media_type = essence(media_type);
        let (family, subtype) = media_type.split_once('/').unwrap_or((&media_type, ""));
        self.0.iter().any(|known| {
            let (known_family, known_subtype) = known.split_once('/').unwrap_or((known, ""));
            (known_family == "*" || known_family == family)
                && (known_subtype == "*" || known_subtype == subtype)
        })
    }
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    #[track_caller]
    fn check(types: &[&str], header: (&'static str, &'static str), expected: (bool, bool)) {
        let types: Vec<String> = types.iter().map(ToString::to_string).collect();
        let types = BinaryTypes::new(&types);
        let mut headers = HeaderMap::new();
        headers.insert(header.0, HeaderValue::from_static(header.1));
        assert_eq!((types.of_request(&headers), types.of_answer(&headers)), expected, "{header:?}");
    }

    #[test]
    fn only_declared_types_are_binary() {
        let types = ["image/*", "multipart/form-data"];
        check(&types, ("content-type", "multipart/form-data; boundary=x"), (true, false));
        check(&types, ("content-type", "Image/PNG"), (true, false));
        check(&types, ("content-type", "application/pdf"), (false, false));
        check(&types, ("accept", "image/png;q=0.1, text/html"), (false, true));
        check(&types, ("accept", "text/html, image/png"), (false, false));
        check(&types, ("accept", "*/*"), (false, false));
        check(&["*/*"], ("accept", "*/*"), (true, true));
        check(&[], ("accept", "image/png"), (false, false));
    }
}
