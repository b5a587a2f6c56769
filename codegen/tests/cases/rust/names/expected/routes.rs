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
        "/mod",
        "/routes",
        "/runtime",
        "/tables",
        "/things",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/mod", "GET" | "HEAD") => Some("mod"),
            ("/routes", "GET" | "HEAD") => Some("routes"),
            ("/runtime", "POST") => Some("runtime"),
            ("/tables", "GET" | "HEAD") => Some("tables"),
            ("/things", "POST") => Some("sendThings"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/mod", "GET" | "HEAD") => {
                handle(cx, request, |input| api.r#mod(cx, input)).await
            }
            ("/mod", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/routes", "GET" | "HEAD") => {
                handle(cx, request, |input| api.routes(cx, input)).await
            }
            ("/routes", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/runtime", "POST") => {
                handle(cx, request, |input| api.runtime(cx, input)).await
            }
            ("/runtime", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/tables", "GET" | "HEAD") => {
                handle(cx, request, |input| api.tables_2(cx, input)).await
            }
            ("/tables", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/things", "POST") => {
                handle(cx, request, |input| api.send_things(cx, input)).await
            }
            ("/things", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
