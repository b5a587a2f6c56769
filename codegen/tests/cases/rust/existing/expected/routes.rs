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
        let api = &self.operations;
        match (resource, request.method()) {
            ("/customers", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_customers(cx, input)).await
            }
            ("/customers", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/customers/{customerId}/orders", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders(cx, input)).await
            }
            ("/customers/{customerId}/orders", "POST") => {
                handle(cx, request, |input| api.create_order(cx, input)).await
            }
            ("/customers/{customerId}/orders", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/customers/{customerId}/orders/by-total", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders_by_total(cx, input)).await
            }
            ("/customers/{customerId}/orders/by-total", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/count", "GET" | "HEAD") => {
                handle(cx, request, |input| api.count_orders(cx, input)).await
            }
            ("/customers/{customerId}/orders/count", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/of-status", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders_by_status(cx, input)).await
            }
            ("/customers/{customerId}/orders/of-status", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/of-total", "GET" | "HEAD") => {
                handle(cx, request, |input| api.count_orders_of_total(cx, input)).await
            }
            ("/customers/{customerId}/orders/of-total", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/{number}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_order(cx, input)).await
            }
            ("/customers/{customerId}/orders/{number}", "DELETE") => {
                handle(cx, request, |input| api.delete_order(cx, input)).await
            }
            ("/customers/{customerId}/orders/{number}", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS")
            }
            ("/customers/{customerId}/orders/{number}/status", "PUT") => {
                handle(cx, request, |input| api.set_status(cx, input)).await
            }
            ("/customers/{customerId}/orders/{number}/status", method) => {
                Reply::other_method(method, "OPTIONS, PUT")
            }
            ("/customers/{id}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_customer(cx, input)).await
            }
            ("/customers/{id}", "PUT") => {
                handle(cx, request, |input| api.put_customer(cx, input)).await
            }
            ("/customers/{id}", "PATCH") => {
                handle(cx, request, |input| api.patch_customer(cx, input)).await
            }
            ("/customers/{id}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, PATCH, PUT")
            }
            ("/docs", "POST") => {
                handle(cx, request, |input| api.create_doc(cx, input)).await
            }
            ("/docs", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_doc(cx, input)).await
            }
            ("/docs/{id}", "PUT") => {
                handle(cx, request, |input| api.put_doc(cx, input)).await
            }
            ("/docs/{id}", "PATCH") => {
                handle(cx, request, |input| api.patch_doc(cx, input)).await
            }
            ("/docs/{id}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, PATCH, PUT")
            }
            ("/docs/{id}/copies", "POST") => {
                handle(cx, request, |input| api.add_copies(cx, input)).await
            }
            ("/docs/{id}/copies", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/rating", "POST") => {
                handle(cx, request, |input| api.add_rating(cx, input)).await
            }
            ("/docs/{id}/rating", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/shelf", "POST") => {
                handle(cx, request, |input| api.add_shelf(cx, input)).await
            }
            ("/docs/{id}/shelf", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/visits", "POST") => {
                handle(cx, request, |input| api.add_visits(cx, input)).await
            }
            ("/docs/{id}/visits", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/docs/{id}/whole", "PUT") => {
                handle(cx, request, |input| api.replace_doc(cx, input)).await
            }
            ("/docs/{id}/whole", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/orders", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders_of_status(cx, input)).await
            }
            ("/orders", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            _ => Reply::unknown_path(),
        }
    }
}
