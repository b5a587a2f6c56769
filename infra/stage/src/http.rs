//! The little of HTTP that every server of the stage shares: accepting, serving, answering JSON, and turning browsers
//! away that have no business here.
//!
//! Knows no route. HTTP/1.1 only, as nothing that speaks to a local stage needs more.

mod client;
mod names;
mod visitors;

use std::future::Future;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub(crate) use client::{Connection, Unanswered, connect, exchange, send};
pub(crate) use names::{SentNames, as_sent, names_in};
pub(crate) use visitors::{Unwelcome, Visitors};

/// Serves every connection until the future is dropped, which breaks off what is being served. A visitor who is not welcome
/// is told so.
pub(crate) async fn serve<F, R, E>(listener: TcpListener, visitors: Visitors, handle: F)
where
    F: Fn(Request<Incoming>) -> R + Clone + Send + 'static,
    R: Future<Output = Result<Response<Full<Bytes>>, E>> + Send + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    guarded(listener, visitors, HeaderNames::Any, handle).await;
}

/// Serves every connection, and only visitors that are welcome.
async fn guarded<F, R, E>(
    listener: TcpListener,
    visitors: Visitors,
    header_names: HeaderNames,
    handle: F,
) where
    F: Fn(Request<Incoming>) -> R + Clone + Send + 'static,
    R: Future<Output = Result<Response<Full<Bytes>>, E>> + Send + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    accept(listener, header_names, move |request| {
        let unwelcome =
            visitors.check(request.version(), request.headers()).err().map(|why| why.answer());
        let handled = unwelcome.is_none().then(|| handle(request));
        async move {
            match (handled, unwelcome) {
                (Some(handled), _) => handled.await,
                (None, unwelcome) => Ok(unwelcome.unwrap_or_default()),
            }
        }
    })
    .await;
}

/// Serves every connection until the future is dropped. Who is welcome is for the handler to say, and each request
/// carries [`SentNames`].
pub(crate) async fn serve_public<F, R, E>(listener: TcpListener, handle: F)
where
    F: Fn(Request<Incoming>) -> R + Clone + Send + 'static,
    R: Future<Output = Result<Response<Full<Bytes>>, E>> + Send + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    accept(listener, HeaderNames::Kept, handle).await;
}

/// As [`serve`] does for programs alone, with names of headers as Lambda writes them: `Lambda-Runtime-Aws-Request-Id`. There
/// are runtimes that look for these letters.
pub(crate) async fn serve_titled<F, R, E>(listener: TcpListener, handle: F)
where
    F: Fn(Request<Incoming>) -> R + Clone + Send + 'static,
    R: Future<Output = Result<Response<Full<Bytes>>, E>> + Send + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    guarded(listener, Visitors::default(), HeaderNames::Titled, handle).await;
}

/// What becomes of the names of headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeaderNames {
    /// They are in lower case.
    Any,
    /// Those of requests are kept as they were sent.
    Kept,
    /// Those of answers begin their words with capitals.
    Titled,
}

async fn accept<F, R, E>(listener: TcpListener, header_names: HeaderNames, handle: F)
where
    F: Fn(Request<Incoming>) -> R + Clone + Send + 'static,
    R: Future<Output = Result<Response<Full<Bytes>>, E>> + Send + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    let mut connections = JoinSet::new();
    let mut is_told = false;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file descriptors, most likely: some will be free again.
                if !std::mem::replace(&mut is_told, true) {
                    crate::log::say(format_args!(
                        "requests wait, for the stage cannot accept more connections: {error}; end idle ones, or allow \
                         more open files (`ulimit -n`)"
                    ));
                }
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                continue;
            }
        };
        // Without it the last packet of a large answer could wait; failing to set it costs nothing but that.
        let _ = stream.set_nodelay(true);
        let names = (header_names == HeaderNames::Kept).then(SentNames::default);
        let io = TokioIo::new(names::Listened::new(stream, names.clone()));
        let handle = handle.clone();
        let service = service_fn(move |mut request| {
            let names = names.clone();
            if let Some(names) = &names {
                request.extensions_mut().insert(names.clone());
            }
            let handled = handle(request);
            async move {
                let answer = handled.await;
                names.inspect(SentNames::clear);
                answer
            }
        });
        connections.spawn(async move {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(None);
            builder.title_case_headers(header_names == HeaderNames::Titled);
            // A client that breaks the connection is no error of the stage.
            let _ = builder.serve_connection(io, service).await;
        });
    }
}

/// The largest request of any AWS service here (DynamoDB's 16 MB), in bytes.
pub(crate) const MAX_REQUEST_BYTES: usize = 16 * 1024 * 1024;

/// What is read of a body that is too large, so that its sender gets the answer instead of a broken
/// connection, in bytes.
const MAX_DISCARDED: usize = 64 * 1024 * 1024;

/// Why a body cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// It is larger than the limit.
    TooLarge,
    /// It breaks off, or its chunks are malformed.
    Broken,
}

/// The whole body, up to a limit.
pub(crate) async fn collect(mut body: Incoming, limit: usize) -> Result<Bytes, BodyError> {
    let mut chunks: Vec<Bytes> = Vec::new();
    let mut n_bytes = 0;
    // Nobody has to send what is never read to its end.
    if body.size_hint().lower() > MAX_DISCARDED as u64 {
        return Err(BodyError::TooLarge);
    }
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame.map_err(|_| BodyError::Broken)?.into_data() else { continue };
        n_bytes += chunk.len();
        if n_bytes > MAX_DISCARDED {
            return Err(BodyError::TooLarge);
        }
        if n_bytes > limit {
            chunks.clear();
        } else {
            chunks.push(chunk);
        }
    }
    match chunks.len() {
        _ if n_bytes > limit => Err(BodyError::TooLarge),
        1 => Ok(chunks.pop().unwrap_or_default()),
        _ => Ok(chunks.concat().into()),
    }
}

/// An answer with a JSON body.
pub(crate) fn json(status: StatusCode, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
