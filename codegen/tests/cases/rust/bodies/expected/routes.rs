// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Reply, Request, handle};

use crate::operations::Operations;

/// The REST API of the service. Pass it to [`runtime::serve_api`].
#[derive(Debug, Clone)]
pub struct Routes<O> {
    operations: O,
}

impl<O: Operations> Routes<O> {
    /// Creates the routes of these operations.
    #[must_use]
    pub const fn new(operations: O) -> Self {
        Self { operations }
    }
}

impl<O: Operations> ApiHandler for Routes<O> {
    const SERVICE: &'static str = "shop";
    const RESOURCES: &'static [&'static str] = &[
        "/any",
        "/bytes",
        "/forms",
        "/packed",
        "/styles/{label}/{matrix}/{list}",
        "/texts",
        "/uploads",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/any", "PUT") => Some("sendAny"),
            ("/bytes", "PUT") => Some("sendBytes"),
            ("/forms", "POST") => Some("sendForm"),
            ("/packed", "PUT") => Some("sendPacked"),
            ("/styles/{label}/{matrix}/{list}", "GET" | "HEAD") => Some("readStyles"),
            ("/texts", "PUT") => Some("sendText"),
            ("/uploads", "POST") => Some("upload"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/any", "PUT") => handle(cx, request, |input| api.send_any(cx, input)).await,
            ("/any", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/bytes", "PUT") => {
                handle(cx, request, |input| api.send_bytes(cx, input)).await
            }
            ("/bytes", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/forms", "POST") => {
                handle(cx, request, |input| api.send_form(cx, input)).await
            }
            ("/forms", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/packed", "PUT") => {
                handle(cx, request, |input| api.send_packed(cx, input)).await
            }
            ("/packed", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/styles/{label}/{matrix}/{list}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.read_styles(cx, input)).await
            }
            ("/styles/{label}/{matrix}/{list}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/texts", "PUT") => {
                handle(cx, request, |input| api.send_text(cx, input)).await
            }
            ("/texts", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/uploads", "POST") => {
                handle(cx, request, |input| api.upload(cx, input)).await
            }
            ("/uploads", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
