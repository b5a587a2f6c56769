//! Passes DynamoDB requests of the AWS endpoint on to the thread that serves the tables.
//!
//! Connections are kept and used again. Understands nothing of what it passes on.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::http;

/// More idle connections than this are closed.
const MAX_IDLE: usize = 32;

/// The way to the tables.
#[derive(Debug)]
pub(crate) struct Proxy {
    address: SocketAddr,
    idle: Mutex<Vec<SendRequest<Full<Bytes>>>>,
}

impl Proxy {
    /// The way to tables that are served at this address.
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, idle: Mutex::default() }
    }

    /// Asks the tables and gives their answer back.
    pub(crate) async fn pass_on(&self, headers: &HeaderMap, body: Bytes) -> Response<Full<Bytes>> {
        self.exchange(headers, body).await.unwrap_or_else(|error| {
            let body = serde_json::json!({
                "__type": "com.amazonaws.dynamodb.v20120810#InternalServerError",
                "message": format!("the tables cannot be reached: {error}"),
            });
            http::json(StatusCode::INTERNAL_SERVER_ERROR, body.to_string())
        })
    }

    async fn exchange(
        &self,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<Response<Full<Bytes>>, ProxyError> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = Method::POST;
        let copied = headers.iter().filter(|(name, _)| {
            ![CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING].contains(name)
        });
        request.headers_mut().extend(copied.map(|(name, value)| (name.clone(), value.clone())));
        request.headers_mut().insert(HOST, HeaderValue::from_static("localhost"));
        let mut connection = self.connection().await?;
        let (head, body) = connection.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(connection);
        }
        let mut response = Response::from_parts(head, Full::new(body));
        response.headers_mut().remove(TRANSFER_ENCODING);
        Ok(response)
    }

    async fn connection(&self) -> Result<SendRequest<Full<Bytes>>, ProxyError> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match idle {
                Some(mut connection) => {
                    if connection.ready().await.is_ok() {
                        return Ok(connection);
                    }
                }
                None => break,
            }
        }
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let (connection, driver) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(driver);
        Ok(connection)
    }
}

#[derive(Debug, thiserror::Error)]
enum ProxyError {
    #[error(transparent)]
    Connect(#[from] std::io::Error),
    #[error(transparent)]
    Http(#[from] hyper::Error),
}
