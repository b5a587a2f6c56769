//! From the parts of a request to typed values, with every violation of the contract in one answer.
//!
//! Owns where parameters travel, how lists are spelled in them, and which media type a body may have. What a value
//! may be is its type's affair.

use std::borrow::Cow;

use crate::{At, Decode, Problem, Reader, Request, Violations, decode_body_as, decode_default};

/// A request that is being read. Read all parts, then [`finish`](Parts::finish): a part that is wrong does not keep
/// the others from being looked at.
#[derive(Debug)]
pub struct Parts<'a> {
    request: &'a Request,
    out: Violations,
    wrong_media_type: Option<String>,
}

impl<'a> Parts<'a> {
    /// Begins to read a request.
    #[must_use]
    pub fn of(request: &'a Request) -> Self {
        Self { request, out: Violations::default(), wrong_media_type: None }
    }

    /// A parameter in the path.
    pub fn path(&mut self, name: &str) -> Parameter<'_, 'a> {
        let values = self.request.path_parameter(name).into_iter().collect();
        Parameter { pointer: pointer("path", name), values, is_list: false, out: &mut self.out }
    }

    /// A parameter in the query.
    pub fn query(&mut self, name: &str) -> Parameter<'_, 'a> {
        let values = self.request.query(name).map(Cow::Borrowed).collect();
        Parameter { pointer: pointer("query", name), values, is_list: false, out: &mut self.out }
    }

    /// A parameter in a header.
    pub fn header(&mut self, name: &str) -> Parameter<'_, 'a> {
        let values = self.request.header(name).map(|text| Cow::Borrowed(text.trim())).collect();
        Parameter { pointer: pointer("header", name), values, is_list: false, out: &mut self.out }
    }

    /// A body that must be there, as JSON of this media type.
    pub fn body<T: Decode>(&mut self, media_type: &str) -> Option<T> {
        self.body_as(media_type, T::decode)
    }

    /// As [`Parts::body`], read by a function that knows rules which its type does not.
    pub fn body_as<T>(&mut self, media_type: &str, read: impl Reader<T>) -> Option<T> {
        let body = self.optional_body_as(media_type, read)?;
        if body.is_none() {
            self.out.missing("/body");
        }
        body
    }

    /// A body that may be absent.
    pub fn optional_body<T: Decode>(&mut self, media_type: &str) -> Option<Option<T>> {
        self.optional_body_as(media_type, T::decode)
    }

    /// As [`Parts::optional_body`], read by a function that knows rules which its type does not.
    pub fn optional_body_as<T>(
        &mut self,
        media_type: &str,
        read: impl Reader<T>,
    ) -> Option<Option<T>> {
        let bytes = match self.request.body() {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Some(None),
            Err(_) => {
                self.out.add("/body", "found text that is no base64, although it says so");
                return None;
            }
        };
        // A client that does not say what it sends is taken to send what the contract asks for.
        if let Some(found) = self.request.header("Content-Type").next()
            && !is_media_type(found, media_type)
        {
            self.wrong_media_type = Some(format!("this operation takes `{media_type}` only"));
            return None;
        }
        decode_body_as(&bytes, &mut self.out, read).map(Some)
    }

    /// The input that `build` makes of the parts, when all of them are right.
    ///
    /// # Errors
    /// `415` for a body of the wrong media type, else `400` with every violation. An operation that does not declare
    /// the one answers with the other; `declared` says which of them it does.
    pub fn finish<T>(
        self,
        declared: &[u16],
        build: impl FnOnce() -> Option<T>,
    ) -> Result<T, Problem> {
        let problem = match self.wrong_media_type {
            Some(detail) => Problem::new(415, detail),
            None => match self.out.or(build()) {
                Ok(input) => return Ok(input),
                Err(violations) => Problem::bad_request(violations),
            },
        };
        let other = if problem.status == 415 { 400 } else { 415 };
        let swap = !declared.contains(&problem.status) && declared.contains(&other);
        Err(if swap { problem.with_status(other) } else { problem })
    }
}

/// One parameter with the texts that stand for it.
#[derive(Debug)]
pub struct Parameter<'p, 'a> {
    pointer: String,
    values: Vec<Cow<'a, str>>,
    is_list: bool,
    out: &'p mut Violations,
}

impl Parameter<'_, '_> {
    /// The same parameter as a list of which each item is given by itself: `tag=a&tag=b`.
    #[must_use]
    pub fn repeated(self) -> Self {
        Self { is_list: true, ..self }
    }

    /// The same parameter as a list with commas between the items: `tag=a,b`.
    #[must_use]
    pub fn separated(self) -> Self {
        let split = |text: &Cow<'_, str>| -> Vec<_> {
            text.split(',').map(|item| Cow::Owned(item.trim().to_owned())).collect()
        };
        Self { values: self.values.iter().flat_map(split).collect(), is_list: true, ..self }
    }

    /// The value of a parameter that must be there.
    pub fn required<T: Decode>(self) -> Option<T> {
        self.required_as(T::decode)
    }

    /// As [`Parameter::required`], read by a function that knows rules which its type does not.
    pub fn required_as<T>(self, read: impl Reader<T>) -> Option<T> {
        if self.values.is_empty() {
            self.out.missing(self.pointer);
            return None;
        }
        self.read(read)
    }

    /// The value of a parameter that may be absent.
    pub fn optional<T: Decode>(self) -> Option<Option<T>> {
        self.optional_as(T::decode)
    }

    /// As [`Parameter::optional`], read by a function that knows rules which its type does not.
    pub fn optional_as<T>(self, read: impl Reader<T>) -> Option<Option<T>> {
        if self.values.is_empty() { Some(None) } else { self.read(read).map(Some) }
    }

    /// The value of a parameter that holds a default, written as JSON, when it is absent.
    pub fn or<T: Decode>(self, default: &str) -> Option<T> {
        self.or_as(default, T::decode)
    }

    /// As [`Parameter::or`], read by a function that knows rules which its type does not.
    pub fn or_as<T>(self, default: &str, read: impl Reader<T>) -> Option<T> {
        if self.values.is_empty() {
            decode_default(&self.pointer, default, self.out, read)
        } else {
            self.read(read)
        }
    }

    fn read<T>(self, read: impl Reader<T>) -> Option<T> {
        let texts: Vec<&str> = self.values.iter().map(AsRef::as_ref).collect();
        match texts.as_slice() {
            _ if self.is_list => read(&At::texts(&self.pointer, &texts), self.out),
            [text] => read(&At::text(&self.pointer, text), self.out),
            _ => {
                self.out.add(self.pointer, format!("found {} values, expected one", texts.len()));
                None
            }
        }
    }
}

/// `/query/limit`; a name's own slashes and tildes are escaped (RFC 6901).
fn pointer(location: &str, name: &str) -> String {
    if name.contains(['~', '/']) {
        format!("/{location}/{}", name.replace('~', "~0").replace('/', "~1"))
    } else {
        format!("/{location}/{name}")
    }
}

/// Whether a `Content-Type` is this media type (RFC 9110, section 8.3.1), in UTF-8 where it names a character set.
fn is_media_type(content_type: &str, media_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let same = parts.next().is_some_and(|found| found.eq_ignore_ascii_case(media_type));
    same && parts.filter_map(|parameter| parameter.split_once('=')).all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset")
            || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn pointers(problem: &Problem) -> Vec<&str> {
        problem.violations.iter().map(|violation| violation.pointer.as_str()).collect()
    }

    #[test]
    fn reports_every_part_at_once() {
        let request = Request::new("POST", "/x")
            .with_query("limit", "many")
            .with_header("Tries", "1")
            .with_header("tries", "2")
            .with_body("{");
        let mut parts = Parts::of(&request);
        let id = parts.path("id").required::<String>();
        let limit = parts.query("limit").optional::<i32>();
        let tries = parts.header("Tries").required::<i64>();
        let body = parts.body::<bool>("application/json");
        let problem =
            parts.finish(&[400], || Some((id?, limit?, tries?, body?))).map(|_| ()).unwrap_err();
        assert_eq!(problem.status, 400);
        assert_eq!(pointers(&problem), ["/path/id", "/query/limit", "/header/Tries", "/body"]);
    }

    #[test]
    fn reads_lists_in_both_spellings() {
        let request = Request::new("GET", "/")
            .with_query("a", "1")
            .with_query("a", "2")
            .with_query("b", "3, 4");
        let mut parts = Parts::of(&request);
        assert_eq!(parts.query("a").repeated().required::<Vec<i32>>(), Some(vec![1, 2]));
        assert_eq!(parts.query("b").separated().required::<Vec<i32>>(), Some(vec![3, 4]));
        assert_eq!(parts.query("c").repeated().or::<Vec<i32>>("[5]"), Some(vec![5]));
        assert_eq!(parts.query("c").optional::<i32>(), Some(None));
    }

    #[test]
    fn a_wrong_media_type_falls_back_to_what_is_declared() {
        let request =
            Request::new("POST", "/").with_header("content-type", "text/plain").with_body("1");
        let answer = |declared: &[u16]| {
            let mut parts = Parts::of(&request);
            let body = parts.body::<i32>("application/json");
            parts.finish(declared, || body).unwrap_err().status
        };
        assert_eq!(answer(&[400, 415]), 415);
        assert_eq!(answer(&[400]), 400);
        assert_eq!(answer(&[]), 415);
    }

    #[test]
    fn compares_media_types_as_http_does() {
        assert!(is_media_type("Application/JSON; charset=UTF-8", "application/json"));
        assert!(is_media_type("application/json", "application/json"));
        assert!(!is_media_type("application/json; charset=latin1", "application/json"));
        assert!(!is_media_type("application/jsonx", "application/json"));
    }

    #[test]
    fn no_content_type_means_json() {
        let request = Request::new("POST", "/").with_body("true");
        let mut parts = Parts::of(&request);
        assert_eq!(parts.body::<bool>("application/json"), Some(true));
    }
}
