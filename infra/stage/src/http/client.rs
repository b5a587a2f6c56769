//! Requests of the stage itself, to its own endpoint, its APIs and its tables.

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, ToSocketAddrs};

/// A connection to a server, for one request at a time.
pub(crate) type Connection = SendRequest<Full<Bytes>>;

/// Why a request has no response.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unanswered {
    #[error(transparent)]
    Connect(#[from] std::io::Error),
    #[error(transparent)]
    Http(#[from] hyper::Error),
}

/// Opens a connection.
pub(crate) async fn connect(address: impl ToSocketAddrs) -> Result<Connection, Unanswered> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (connection, driver) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(driver);
    Ok(connection)
}

/// Sends a request and reads the whole response.
pub(crate) async fn exchange(
    connection: &mut Connection,
    request: Request<Full<Bytes>>,
) -> Result<Response<Bytes>, Unanswered> {
    let (head, body) = connection.send_request(request).await?.into_parts();
    Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
}

/// Sends a request over a connection of its own.
pub(crate) async fn send(
    address: &str,
    request: Request<Full<Bytes>>,
) -> Result<Response<Bytes>, Unanswered> {
    exchange(&mut connect(address).await?, request).await
}
