// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the ordering service.

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
    const SERVICE: &'static str = "ordering";
    const RESOURCES: &'static [&'static str] = &["/order", "/order/{userName}"];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/order", "GET" | "HEAD") => Some("listOrders"),
            ("/order/{userName}", "GET" | "HEAD") => Some("getOrders"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/order", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders(cx, input)).await
            }
            ("/order", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/order/{userName}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_orders(cx, input)).await
            }
            ("/order/{userName}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            _ => Reply::unknown_path(),
        }
    }
}
