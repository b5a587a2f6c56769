// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Problem, Reply, Request, handle};

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
    const RESOURCES: &'static [&'static str] = &["/orders", "/orders/scan"];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/orders", "GET" | "HEAD") => Some("listOrders"),
            ("/orders", "POST") => Some("createOrder"),
            ("/orders/scan", "POST") => Some("scanOrder"),
            _ => None,
        }
    }

    fn refuse(&self, _: Option<&str>, problem: Problem) -> Reply {
        Reply::json(
            problem.status,
            "application/json",
            &self.operations.to_order(&problem),
        )
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/orders", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders(cx, input)).await
            }
            ("/orders", "POST") => {
                handle(cx, request, |input| api.create_order(cx, input)).await
            }
            ("/orders", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/orders/scan", "POST") => {
                handle(cx, request, |input| api.scan_order(cx, input)).await
            }
            ("/orders/scan", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
