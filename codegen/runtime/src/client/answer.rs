//! Responses, and what a contract demands of them.

use bytes::Bytes;

use super::{Error, OffContract};
use crate::body::{bare, is_media_type, narrowest};
use crate::style::{read_lines, settle};
use crate::{
    At, Decode, File, Problem, Reader, Shape, Style, Violations, decode_body_as, decode_text,
};

/// A response as a client gets it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpResponse {
    /// Its status.
    pub status: u16,
    /// Its headers, in order.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Bytes,
}

impl HttpResponse {
    /// The first value of a header; its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// What a response holds, by a function that reads its parts.
    ///
    /// # Errors
    /// The response is not what the contract says.
    pub fn read<T, E>(
        &self,
        read: impl FnOnce(&mut Answer<'_>) -> Option<T>,
    ) -> Result<T, Error<E>> {
        let mut answer = Answer { response: self, violations: Violations::default() };
        let value = read(&mut answer);
        answer.violations.or(value).map_err(|violations| {
            Error::OffContract(OffContract { status: self.status, violations })
        })
    }

    /// The failure that a response declares, by a function that reads its parts.
    pub fn declared<E>(&self, read: impl FnOnce(&mut Answer<'_>) -> Option<E>) -> Error<E> {
        self.read(read).map_or_else(|off| off, Error::Declared)
    }

    /// The failure that a response declares by a problem document.
    pub fn problem<E>(&self, failure: impl FnOnce(Problem) -> E) -> Error<E> {
        self.declared(|answer| answer.problem().map(failure))
    }

    /// The failure of the service itself, as the contract declares it for `500`.
    pub fn failed<E>(&self) -> Error<E> {
        self.read(|answer| answer.problem()).map_or_else(|off| off, Error::Failed)
    }

    /// As [`HttpResponse::failed`], where the contract declares something else than a problem document.
    pub fn failed_as<T, E>(&self, read: impl FnOnce(&mut Answer<'_>) -> Option<T>) -> Error<E> {
        self.read(read).map_or_else(|off| off, |_| Error::Failed(Problem::unexpected()))
    }

    /// What to say of a response whose status the contract does not name.
    pub fn undeclared<E>(&self) -> Error<E> {
        let mut violations = Violations::default();
        let start = String::from_utf8_lossy(&self.body[..self.body.len().min(200)]);
        violations.add(
            "/status",
            format!(
                "found {} with {start:?}, expected a status that the contract names",
                self.status
            ),
        );
        Error::OffContract(OffContract { status: self.status, violations })
    }
}

/// A response that is being read; collects every way in which it is not what the contract says.
#[derive(Debug)]
pub struct Answer<'a> {
    response: &'a HttpResponse,
    violations: Violations,
}

impl Answer<'_> {
    /// The status, where the contract leaves it open.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.response.status
    }

    /// A header that is always there.
    pub fn header<T: Decode>(&mut self, name: &str) -> Option<T> {
        let pointer = format!("/header/{name}");
        match self.response.header(name) {
            Some(text) => decode_text(&pointer, text, &mut self.violations),
            None => {
                self.violations.missing(pointer);
                None
            }
        }
    }

    /// A header that may be absent.
    pub fn optional_header<T: Decode>(&mut self, name: &str) -> Option<Option<T>> {
        match self.response.header(name) {
            Some(_) => self.header(name).map(Some),
            None => Some(None),
        }
    }

    /// A header that is a list or an object, written in this way; it is always there.
    pub fn header_styled<T: Decode>(
        &mut self,
        name: &str,
        style: Style,
        shape: Shape,
    ) -> Option<T> {
        let value = self.optional_header_styled(name, style, shape)?;
        if value.is_none() {
            self.violations.missing(format!("/header/{name}"));
        }
        value
    }

    /// As [`Answer::header_styled`], where it may be absent.
    pub fn optional_header_styled<T: Decode>(
        &mut self,
        name: &str,
        style: Style,
        shape: Shape,
    ) -> Option<Option<T>> {
        let pointer = format!("/header/{name}");
        let headers = self.response.headers.iter();
        let lines = headers.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let lines: Vec<&str> = lines.map(|(_, value)| value.as_str()).collect();
        match read_lines(&lines, name, style, &shape) {
            Ok(None) => Some(None),
            Ok(Some(value)) => {
                settle(&pointer, value, &shape, &mut self.violations, T::decode).map(Some)
            }
            Err(why) => {
                self.violations.add(pointer, why);
                None
            }
        }
    }

    /// Which of several media types the body is of.
    pub fn media_type(&mut self, known: &[&str]) -> Option<usize> {
        let found = self.response.header("Content-Type").unwrap_or_default();
        let fits = |known: &str| is_media_type(found, known, false);
        let fitting = narrowest(known.iter().copied(), fits);
        if fitting.is_none() {
            let expected = known.join(" or ");
            self.violations
                .add("/header/Content-Type", format!("found {found:?}, expected {expected}"));
        }
        fitting
    }

    /// A body of JSON.
    pub fn json<T: Decode>(&mut self, media_types: &[&str]) -> Option<T> {
        self.json_as(media_types, T::decode)
    }

    /// As [`Answer::json`], read by a function that knows rules which its type does not.
    pub fn json_as<T>(&mut self, media_types: &[&str], read: impl Reader<T>) -> Option<T> {
        self.media_type(media_types);
        decode_body_as(&self.response.body, &mut self.violations, read)
    }

    /// A body of text.
    pub fn text<T: Decode>(&mut self, media_type: &str) -> Option<T> {
        self.text_as(media_type, T::decode)
    }

    /// As [`Answer::text`], read by a function that knows rules which its type does not.
    pub fn text_as<T>(&mut self, media_type: &str, read: impl Reader<T>) -> Option<T> {
        self.media_type(&[media_type]);
        match std::str::from_utf8(&self.response.body) {
            Ok(text) => read(&At::text("/body", text), &mut self.violations),
            Err(_) => {
                self.violations.add("/body", "found bytes that are not UTF-8");
                None
            }
        }
    }

    /// A body of bytes, which API Gateway makes of base64.
    pub fn bytes(&mut self, media_type: &str) -> Option<Bytes> {
        self.media_type(&[media_type])?;
        Some(self.response.body.clone())
    }

    /// A body that is a file of a media type in a range.
    pub fn file(&mut self, media_type: &str) -> Option<File> {
        self.media_type(&[media_type])?;
        let content_type = self.response.header("Content-Type").map(|text| bare(text).to_owned());
        Some(File { content: self.response.body.clone(), content_type, name: None })
    }

    /// A problem document, whose status must be the response's own.
    pub fn problem(&mut self) -> Option<Problem> {
        let problem: Problem = self.json(&[Problem::MEDIA_TYPE])?;
        if problem.status != self.response.status {
            self.violations.add(
                "/body/status",
                format!(
                    "found {}, expected {} as the response has it",
                    problem.status, self.response.status
                ),
            );
        }
        Some(problem)
    }

    /// No body.
    pub fn nothing(&mut self) -> Option<()> {
        let n_bytes = self.response.body.len();
        if n_bytes > 0 {
            self.violations.add("/body", format!("found {n_bytes} bytes, expected no body"));
        }
        Some(())
    }
}
