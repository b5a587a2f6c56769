// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Problem, Reply, Request};

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
        let operations = &self.operations;
        match (resource, request.method()) {
            ("/orders", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.list_orders(cx, input))
                    .await
            }
            ("/orders", "POST") => {
                runtime::handle(cx, request, |input| operations.create_order(cx, input))
                    .await
            }
            ("/orders", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/orders/scan", "POST") => {
                runtime::handle(cx, request, |input| operations.scan_order(cx, input))
                    .await
            }
            ("/orders/scan", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
