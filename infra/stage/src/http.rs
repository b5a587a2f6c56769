//! The little of HTTP that every server of the stage shares: accepting, serving, answering JSON.
//!
//! Knows no route. HTTP/1.1 only, as nothing that speaks to a local stage needs more.

use std::future::Future;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Serves every connection until the future is dropped, which breaks off what is being served.
pub(crate) async fn serve<F, R, E>(listener: TcpListener, handle: F)
where
    F: Fn(Request<Incoming>) -> R + Clone + Send + 'static,
    R: Future<Output = Result<Response<Full<Bytes>>, E>> + Send + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, most likely: some will be free again.
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            continue;
        };
        // Without it the last packet of a large answer could wait; failing to set it costs nothing but that.
        let _ = stream.set_nodelay(true);
        let handle = handle.clone();
        connections.spawn(async move {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(None);
            // A client that breaks the connection is no error of the stage.
            let _ = builder.serve_connection(TokioIo::new(stream), service_fn(handle)).await;
        });
    }
}

/// The largest request of any AWS service here (DynamoDB's 16 MB), in bytes.
pub(crate) const MAX_REQUEST_BYTES: usize = 16 * 1024 * 1024;

/// What is read of a body that is too large, so that whoever sends it hears the answer instead of a broken
/// connection, in bytes.
const MAX_DISCARDED: usize = 64 * 1024 * 1024;

/// The whole body; `None` when it is larger than `limit` or breaks off.
pub(crate) async fn collect(mut body: Incoming, limit: usize) -> Option<Bytes> {
    let mut chunks: Vec<Bytes> = Vec::new();
    let mut n_bytes = 0;
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame.ok()?.into_data() else { continue };
        n_bytes += chunk.len();
        if n_bytes > MAX_DISCARDED {
            return None;
        }
        if n_bytes > limit {
            chunks.clear();
        } else {
            chunks.push(chunk);
        }
    }
    match chunks.len() {
        _ if n_bytes > limit => None,
        1 => chunks.pop(),
        _ => Some(chunks.concat().into()),
    }
}

/// An answer with a JSON body.
pub(crate) fn json(status: StatusCode, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
