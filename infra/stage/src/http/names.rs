//! The names of a request's headers as they were sent, which the HTTP library makes lower case.
//!
//! Owns a copy of the first bytes of each request, taken as they are read. Decides nothing: the library reads the
//! request, and a name that is not found here stays in lower case, as those of a request that was sent before the one
//! ahead of it was answered.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// How much of a request is kept: more than the head of one that a gateway takes.
const MAX_KEPT: usize = 16 * 1024;

/// The first bytes of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct SentNames(Arc<Mutex<Vec<u8>>>);

impl SentNames {
    /// Forgets a request that was answered.
    pub(super) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn keep(&self, bytes: &[u8]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MAX_KEPT - kept.len().min(MAX_KEPT);
        kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// What was kept, as it is now.
    pub(crate) fn head(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The names in the head of a request as they were sent, in the order in which they came.
pub(crate) fn names_in(head: &[u8]) -> Vec<&str> {
    let lines = head.split(|byte| *byte == b'\n').skip(1);
    let name = |line: &[u8]| line.iter().position(|byte| *byte == b':');
    let lines = lines.take_while(|line| !line.trim_ascii_end().is_empty());
    lines.filter_map(|line| std::str::from_utf8(line.get(..name(line)?)?).ok()).collect()
}

/// A name as it was sent, by the one in lower case.
pub(crate) fn as_sent<'n>(names: &[&'n str], lower: &'n str) -> &'n str {
    names.iter().find(|name| name.eq_ignore_ascii_case(lower)).unwrap_or(&lower)
}

/// A connection whose first bytes are kept, where somebody wants the names.
pub(super) struct Listened {
    stream: TcpStream,
    names: Option<SentNames>,
}

impl Listened {
    pub(super) fn new(stream: TcpStream, names: Option<SentNames>) -> Self {
        Self { stream, names }
    }
}

impl AsyncRead for Listened {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let (Some(names), Poll::Ready(Ok(()))) = (&self.names, &read) {
            names.keep(&buffer.filled()[before..]);
        }
        read
    }
}

impl AsyncWrite for Listened {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_they_were_sent() {
        let names = SentNames::default();
        names.keep(b"GET / HTTP/1.1\r\nHost: a\r\nX-Own");
        names.keep(b"-Name: b\r\n\r\nbody: no header\r\n");
        let head = names.head();
        let all = names_in(&head);
        assert_eq!(all, ["Host", "X-Own-Name"]);
        assert_eq!(as_sent(&all, "x-own-name"), "X-Own-Name");
        assert_eq!(as_sent(&all, "body"), "body");
        names.clear();
        assert!(names.head().is_empty());
        names.keep(&[b'x'; MAX_KEPT + 1]);
        names.keep(b"y");
        assert_eq!(names.head().len(), MAX_KEPT);
    }
}
