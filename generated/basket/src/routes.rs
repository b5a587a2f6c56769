// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the basket service.

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
    const SERVICE: &'static str = "basket";
    const RESOURCES: &'static [&'static str] = &[
        "/basket",
        "/basket/checkout",
        "/basket/{userName}",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/basket", "GET" | "HEAD") => Some("listBaskets"),
            ("/basket", "POST") => Some("putBasket"),
            ("/basket/checkout", "POST") => Some("checkoutBasket"),
            ("/basket/{userName}", "GET" | "HEAD") => Some("getBasket"),
            ("/basket/{userName}", "DELETE") => Some("deleteBasket"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/basket", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_baskets(cx, input)).await
            }
            ("/basket", "POST") => {
                handle(cx, request, |input| api.put_basket(cx, input)).await
            }
            ("/basket", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/basket/checkout", "POST") => {
                handle(cx, request, |input| api.checkout_basket(cx, input)).await
            }
            ("/basket/checkout", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/basket/{userName}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_basket(cx, input)).await
            }
            ("/basket/{userName}", "DELETE") => {
                handle(cx, request, |input| api.delete_basket(cx, input)).await
            }
            ("/basket/{userName}", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS")
            }
            _ => Reply::unknown_path(),
        }
    }
}
