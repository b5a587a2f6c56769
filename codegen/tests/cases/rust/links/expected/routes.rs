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
        "/built",
        "/links",
        "/pets",
        "/things",
        "/vehicles",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/built", "POST") => Some("build"),
            ("/links", "POST") => Some("link"),
            ("/pets", "POST") => Some("adopt"),
            ("/things", "POST") => Some("create"),
            ("/vehicles", "POST") => Some("park"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/built", "POST") => handle(cx, request, |input| api.build(cx, input)).await,
            ("/built", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/links", "POST") => handle(cx, request, |input| api.link(cx, input)).await,
            ("/links", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/pets", "POST") => handle(cx, request, |input| api.adopt(cx, input)).await,
            ("/pets", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/things", "POST") => {
                handle(cx, request, |input| api.create(cx, input)).await
            }
            ("/things", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/vehicles", "POST") => {
                handle(cx, request, |input| api.park(cx, input)).await
            }
            ("/vehicles", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
