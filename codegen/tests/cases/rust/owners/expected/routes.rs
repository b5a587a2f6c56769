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
        "/customer/{customer}/address",
        "/customer/{customer}/card/{number}",
        "/order",
        "/order/{customer}",
        "/order/{customer}/note",
        "/order/{customer}/{id}",
        "/visit/{place}",
        "/wish",
        "/wish/all",
        "/wish/any",
        "/wish/file",
        "/wish/form",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/customer/{customer}/address", "POST") => Some("addAddress"),
            ("/customer/{customer}/card/{number}", "POST") => Some("addCard"),
            ("/order", "GET" | "HEAD") => Some("listOrders"),
            ("/order", "PUT") => Some("putOrder"),
            ("/order/{customer}", "GET" | "HEAD") => Some("listOrdersOfCustomer"),
            ("/order/{customer}/note", "POST") => Some("noteOrders"),
            ("/order/{customer}/{id}", "DELETE") => Some("deleteOrder"),
            ("/visit/{place}", "GET" | "HEAD") => Some("listVisits"),
            ("/wish", "POST") => Some("makeWish"),
            ("/wish/all", "GET" | "HEAD") => Some("findWishes"),
            ("/wish/all", "DELETE") => Some("dropWishes"),
            ("/wish/any", "POST") => Some("makeWishAnyhow"),
            ("/wish/file", "POST") => Some("makeWishByFile"),
            ("/wish/form", "POST") => Some("makeWishByForm"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/customer/{customer}/address", "POST") => {
                handle(cx, request, |input| api.add_address(cx, input)).await
            }
            ("/customer/{customer}/address", method) => {
                Reply::other_method(method, "OPTIONS, POST")
            }
            ("/customer/{customer}/card/{number}", "POST") => {
                handle(cx, request, |input| api.add_card(cx, input)).await
            }
            ("/customer/{customer}/card/{number}", method) => {
                Reply::other_method(method, "OPTIONS, POST")
            }
            ("/order", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders(cx, input)).await
            }
            ("/order", "PUT") => {
                handle(cx, request, |input| api.put_order(cx, input)).await
            }
            ("/order", method) => Reply::other_method(method, "GET, HEAD, OPTIONS, PUT"),
            ("/order/{customer}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_orders_of_customer(cx, input)).await
            }
            ("/order/{customer}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/order/{customer}/note", "POST") => {
                handle(cx, request, |input| api.note_orders(cx, input)).await
            }
            ("/order/{customer}/note", method) => {
                Reply::other_method(method, "OPTIONS, POST")
            }
            ("/order/{customer}/{id}", "DELETE") => {
                handle(cx, request, |input| api.delete_order(cx, input)).await
            }
            ("/order/{customer}/{id}", method) => {
                Reply::other_method(method, "DELETE, OPTIONS")
            }
            ("/visit/{place}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_visits(cx, input)).await
            }
            ("/visit/{place}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/wish", "POST") => {
                handle(cx, request, |input| api.make_wish(cx, input)).await
            }
            ("/wish", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/wish/all", "GET" | "HEAD") => {
                handle(cx, request, |input| api.find_wishes(cx, input)).await
            }
            ("/wish/all", "DELETE") => {
                handle(cx, request, |input| api.drop_wishes(cx, input)).await
            }
            ("/wish/all", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS")
            }
            ("/wish/any", "POST") => {
                handle(cx, request, |input| api.make_wish_anyhow(cx, input)).await
            }
            ("/wish/any", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/wish/file", "POST") => {
                handle(cx, request, |input| api.make_wish_by_file(cx, input)).await
            }
            ("/wish/file", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/wish/form", "POST") => {
                handle(cx, request, |input| api.make_wish_by_form(cx, input)).await
            }
            ("/wish/form", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
