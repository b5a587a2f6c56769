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
        "/health",
        "/offer",
        "/order",
        "/order/{id}",
        "/report",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/health", "GET" | "HEAD") => Some("getHealth"),
            ("/offer", "GET" | "HEAD") => Some("getOffer"),
            ("/order", "GET" | "HEAD") => Some("listOrders"),
            ("/order/{id}", "GET" | "HEAD") => Some("getOrder"),
            ("/order/{id}", "DELETE") => Some("cancelOrder"),
            ("/report", "GET" | "HEAD") => Some("getReport"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/health", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_health(cx, input)).await
            }
            ("/health", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/offer", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_offer(cx, input)).await
            }
            ("/offer", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/order", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders(cx, input)).await
            }
            ("/order", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/order/{id}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_order(cx, input)).await
            }
            ("/order/{id}", "DELETE") => {
                handle(cx, request, |input| api.cancel_order(cx, input)).await
            }
            ("/order/{id}", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS")
            }
            ("/report", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_report(cx, input)).await
            }
            ("/report", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            _ => Reply::unknown_path(),
        }
    }
}
