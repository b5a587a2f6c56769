// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Reply, Request};

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
        "/customers",
        "/customers/{customerId}/orders",
        "/customers/{customerId}/orders/by-total",
        "/customers/{customerId}/orders/count",
        "/customers/{customerId}/orders/of-status",
        "/customers/{customerId}/orders/of-total",
        "/customers/{customerId}/orders/{number}",
        "/customers/{customerId}/orders/{number}/status",
        "/customers/{id}",
        "/docs",
        "/docs/{id}",
        "/docs/{id}/copies",
        "/docs/{id}/rating",
        "/docs/{id}/shelf",
        "/docs/{id}/visits",
        "/docs/{id}/whole",
        "/orders",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/customers", "GET" | "HEAD") => Some("listCustomers"),
            ("/customers/{customerId}/orders", "GET" | "HEAD") => Some("listOrders"),
            ("/customers/{customerId}/orders", "POST") => Some("createOrder"),
            ("/customers/{customerId}/orders/by-total", "GET" | "HEAD") => {
                Some("listOrdersByTotal")
            }
            ("/customers/{customerId}/orders/count", "GET" | "HEAD") => {
                Some("countOrders")
            }
            ("/customers/{customerId}/orders/of-status", "GET" | "HEAD") => {
                Some("listOrdersByStatus")
            }
            ("/customers/{customerId}/orders/of-total", "GET" | "HEAD") => {
                Some("countOrdersOfTotal")
            }
            ("/customers/{customerId}/orders/{number}", "GET" | "HEAD") => {
                Some("getOrder")
            }
            ("/customers/{customerId}/orders/{number}", "DELETE") => Some("deleteOrder"),
            ("/customers/{customerId}/orders/{number}/status", "PUT") => {
                Some("setStatus")
            }
            ("/customers/{id}", "GET" | "HEAD") => Some("getCustomer"),
            ("/customers/{id}", "PUT") => Some("putCustomer"),
            ("/customers/{id}", "PATCH") => Some("patchCustomer"),
            ("/docs", "POST") => Some("createDoc"),
            ("/docs/{id}", "GET" | "HEAD") => Some("getDoc"),
            ("/docs/{id}", "PUT") => Some("putDoc"),
            ("/docs/{id}", "PATCH") => Some("patchDoc"),
            ("/docs/{id}/copies", "POST") => Some("addCopies"),
            ("/docs/{id}/rating", "POST") => Some("addRating"),
            ("/docs/{id}/shelf", "POST") => Some("addShelf"),
            ("/docs/{id}/visits", "POST") => Some("addVisits"),
            ("/docs/{id}/whole", "PUT") => Some("replaceDoc"),
            ("/orders", "GET" | "HEAD") => Some("listOrdersOfStatus"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let operations = &self.operations;
        match (resource, request.method()) {
            ("/customers", "GET" | "HEAD") => {
                runtime::handle(
                        cx,
                        request,
                        |input| operations.list_customers(cx, input),
                    )
                    .await
            }
            ("/customers", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/customers/{customerId}/orders", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.list_orders(cx, input))
                    .await
            }
            ("/customers/{customerId}/orders", "POST") => {
                runtime::handle(cx, request, |input| operations.create_order(cx, input))
                    .await
            }
            ("/customers/{customerId}/orders", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/customers/{customerId}/orders/by-total", "GET" | "HEAD") => {
                runtime::handle(
                        cx,
                        request,
                        |input| operations.list_orders_by_total(cx, input),
                    )
                    .await
            }
            ("/customers/{customerId}/orders/by-total", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/count", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.count_orders(cx, input))
                    .await
            }
            ("/customers/{customerId}/orders/count", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/of-status", "GET" | "HEAD") => {
                runtime::handle(
                        cx,
                        request,
                        |input| operations.list_orders_by_status(cx, input),
                    )
                    .await
            }
            ("/customers/{customerId}/orders/of-status", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/of-total", "GET" | "HEAD") => {
                runtime::handle(
                        cx,
                        request,
                        |input| operations.count_orders_of_total(cx, input),
                    )
                    .await
            }
            ("/customers/{customerId}/orders/of-total", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/{number}", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.get_order(cx, input))
                    .await
            }
            ("/customers/{customerId}/orders/{number}", "DELETE") => {
                runtime::handle(cx, request, |input| operations.delete_order(cx, input))
                    .await
            }
            ("/customers/{customerId}/orders/{number}", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/{number}/status", "PUT") => {
                runtime::handle(cx, request, |input| operations.set_status(cx, input))
                    .await
            }
            ("/customers/{customerId}/orders/{number}/status", method) => {
                Reply::other_method(method, "OPTIONS, PUT")
            }
            ("/customers/{id}", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.get_customer(cx, input))
                    .await
            }
            ("/customers/{id}", "PUT") => {
                runtime::handle(cx, request, |input| operations.put_customer(cx, input))
                    .await
            }
            ("/customers/{id}", "PATCH") => {
                runtime::handle(
                        cx,
                        request,
                        |input| operations.patch_customer(cx, input),
                    )
                    .await
            }
            ("/customers/{id}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, PATCH, PUT")
            }
            ("/docs", "POST") => {
                runtime::handle(cx, request, |input| operations.create_doc(cx, input))
                    .await
            }
            ("/docs", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.get_doc(cx, input)).await
            }
            ("/docs/{id}", "PUT") => {
                runtime::handle(cx, request, |input| operations.put_doc(cx, input)).await
            }
            ("/docs/{id}", "PATCH") => {
                runtime::handle(cx, request, |input| operations.patch_doc(cx, input))
                    .await
            }
            ("/docs/{id}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, PATCH, PUT")
            }
            ("/docs/{id}/copies", "POST") => {
                runtime::handle(cx, request, |input| operations.add_copies(cx, input))
                    .await
            }
            ("/docs/{id}/copies", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/rating", "POST") => {
                runtime::handle(cx, request, |input| operations.add_rating(cx, input))
                    .await
            }
            ("/docs/{id}/rating", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/shelf", "POST") => {
                runtime::handle(cx, request, |input| operations.add_shelf(cx, input))
                    .await
            }
            ("/docs/{id}/shelf", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/visits", "POST") => {
                runtime::handle(cx, request, |input| operations.add_visits(cx, input))
                    .await
            }
            ("/docs/{id}/visits", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/whole", "PUT") => {
                runtime::handle(cx, request, |input| operations.replace_doc(cx, input))
                    .await
            }
            ("/docs/{id}/whole", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/orders", "GET" | "HEAD") => {
                runtime::handle(
                        cx,
                        request,
                        |input| operations.list_orders_of_status(cx, input),
                    )
                    .await
            }
            ("/orders", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            _ => Reply::unknown_path(),
        }
    }
}
