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
        let operations = &self.operations;
        match (resource, request.method()) {
            ("/alike", "POST") => {
                runtime::handle(cx, request, |input| operations.send_alike(cx, input))
                    .await
            }
            ("/alike", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/choices", "POST") => {
                runtime::handle(cx, request, |input| operations.send_choices(cx, input))
                    .await
            }
            ("/choices", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.read_choices(cx, input))
                    .await
            }
            ("/choices", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/labelled", "PUT") => {
                runtime::handle(cx, request, |input| operations.send_labelled(cx, input))
                    .await
            }
            ("/labelled", method) => Reply::other_method(method, "OPTIONS, PUT"),
            ("/places", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.read_places(cx, input))
                    .await
            }
            ("/places", "POST") => {
                runtime::handle(cx, request, |input| operations.send_places(cx, input))
                    .await
            }
            ("/places", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            ("/ranges", "POST") => {
                runtime::handle(cx, request, |input| operations.send_range(cx, input))
                    .await
            }
            ("/ranges", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/raw", "POST") => {
                runtime::handle(cx, request, |input| operations.send_raw(cx, input))
                    .await
            }
            ("/raw", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
