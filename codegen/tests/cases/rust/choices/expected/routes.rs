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
        "/alike",
        "/choices",
        "/labelled",
        "/places",
        "/ranges",
        "/raw",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/alike", "POST") => Some("sendAlike"),
            ("/choices", "POST") => Some("sendChoices"),
            ("/choices", "GET" | "HEAD") => Some("readChoices"),
            ("/labelled", "PUT") => Some("sendLabelled"),
            ("/places", "GET" | "HEAD") => Some("readPlaces"),
            ("/places", "POST") => Some("sendPlaces"),
            ("/ranges", "POST") => Some("sendRange"),
            ("/raw", "POST") => Some("sendRaw"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/alike", "POST") => {
                handle(cx, request, |input| api.send_alike(cx, input)).await
            }
            ("/alike", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/choices", "POST") => {
                handle(cx, request, |input| api.send_choices(cx, input)).await
            }
            ("/choices", "GET" | "HEAD") => {
                handle(cx, request, |input| api.read_choices(cx, input)).await
            }
            ("/choices", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/labelled", "PUT") => {
                handle(cx, request, |input| api.send_labelled(cx, input)).await
            }
            ("/labelled", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/places", "GET" | "HEAD") => {
                handle(cx, request, |input| api.read_places(cx, input)).await
            }
            ("/places", "POST") => {
                handle(cx, request, |input| api.send_places(cx, input)).await
            }
            ("/places", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/ranges", "POST") => {
                handle(cx, request, |input| api.send_range(cx, input)).await
            }
            ("/ranges", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/raw", "POST") => {
                handle(cx, request, |input| api.send_raw(cx, input)).await
            }
            ("/raw", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
