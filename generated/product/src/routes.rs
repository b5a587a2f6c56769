// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the product service.

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
    const SERVICE: &'static str = "product";
    const RESOURCES: &'static [&'static str] = &[
        "/product",
        "/product/{id}",
        "/product/{id}/sales",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/product", "GET" | "HEAD") => Some("listProducts"),
            ("/product", "POST") => Some("createProduct"),
            ("/product/{id}", "GET" | "HEAD") => Some("getProduct"),
            ("/product/{id}", "PUT") => Some("replaceProduct"),
            ("/product/{id}", "DELETE") => Some("deleteProduct"),
            ("/product/{id}/sales", "GET" | "HEAD") => Some("listSales"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/product", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_products(cx, input)).await
            }
            ("/product", "POST") => {
                handle(cx, request, |input| api.create_product(cx, input)).await
            }
            ("/product", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/product/{id}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_product(cx, input)).await
            }
            ("/product/{id}", "PUT") => {
                handle(cx, request, |input| api.replace_product(cx, input)).await
            }
            ("/product/{id}", "DELETE") => {
                handle(cx, request, |input| api.delete_product(cx, input)).await
            }
            ("/product/{id}", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS, PUT")
            }
            ("/product/{id}/sales", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_sales(cx, input)).await
            }
            ("/product/{id}/sales", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            _ => Reply::unknown_path(),
        }
    }
}
