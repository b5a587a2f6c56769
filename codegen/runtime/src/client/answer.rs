//! Responses, and what a contract demands of them.

use bytes::Bytes;

use super::{Error, OffContract};
use crate::{Decode, Problem, Reader, Violations, decode_body_as, decode_text};

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

    /// A body of a media type.
    pub fn body<T: Decode>(&mut self, media_type: &str) -> Option<T> {
        self.body_as(media_type, T::decode)
    }

    /// As [`Answer::body`], read by a function that knows rules which its type does not.
    pub fn body_as<T>(&mut self, media_type: &str, read: impl Reader<T>) -> Option<T> {
        let found = self.response.header("Content-Type").unwrap_or_default();
        let essence = found.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case(media_type) {
            self.violations
                .add("/header/Content-Type", format!("found {found:?}, expected {media_type}"));
        }
        decode_body_as(&self.response.body, &mut self.violations, read)
    }

    /// A problem document, whose status must be the response's own.
    pub fn problem(&mut self) -> Option<Problem> {
        let problem: Problem = self.body(Problem::MEDIA_TYPE)?;
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
