// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Cors, Reply, Request, handle};

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
        "/async",
        "/call_new",
        "/clone",
        "/crate",
        "/handle",
        "/match",
        "/new",
        "/operation",
        "/over",
        "/result",
        "/self/{type}",
        "/try",
        "/union",
    ];
    const CORS: Option<Cors> = Some(Cors {
        origins: &["https://words.example"],
        credentials: false,
        max_age_seconds: 600,
        sent: "Authorization, Content-Type, crate, If-None-Match",
        read: "type, self, answer, ETag",
    });

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/async", "GET" | "HEAD") => Some("async"),
            ("/call_new", "POST") => Some("callNew"),
            ("/clone", "POST") => Some("clone"),
            ("/crate", "GET" | "HEAD") => Some("crate"),
            ("/handle", "GET" | "HEAD") => Some("handle"),
            ("/match", "POST") => Some("match"),
            ("/new", "POST") => Some("new"),
            ("/operation", "GET" | "HEAD") => Some("operation"),
            ("/over", "POST") => Some("over"),
            ("/result", "GET" | "HEAD") => Some("result"),
            ("/self/{type}", "GET" | "HEAD") => Some("self"),
            ("/try", "GET" | "HEAD") => Some("try"),
            ("/union", "GET" | "HEAD") => Some("union"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/async", "GET" | "HEAD") => {
                handle(cx, request, |input| api.r#async(cx, input)).await
            }
            ("/async", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/call_new", "POST") => {
                handle(cx, request, |input| api.call_new(cx, input)).await
            }
            ("/call_new", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/clone", "POST") => handle(cx, request, |input| api.clone(cx, input)).await,
            ("/clone", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/crate", "GET" | "HEAD") => {
                handle(cx, request, |input| api.crate_(cx, input)).await
            }
            ("/crate", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/handle", "GET" | "HEAD") => {
                handle(cx, request, |input| api.handle(cx, input)).await
            }
            ("/handle", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/match", "POST") => {
                handle(cx, request, |input| api.r#match(cx, input)).await
            }
            ("/match", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/new", "POST") => handle(cx, request, |input| api.new(cx, input)).await,
            ("/new", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/operation", "GET" | "HEAD") => {
                handle(cx, request, |input| api.operation(cx, input)).await
            }
            ("/operation", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/over", "POST") => handle(cx, request, |input| api.over(cx, input)).await,
            ("/over", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/result", "GET" | "HEAD") => {
                handle(cx, request, |input| api.result(cx, input)).await
            }
            ("/result", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/self/{type}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.self_operation(cx, input)).await
            }
            ("/self/{type}", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/try", "GET" | "HEAD") => {
                handle(cx, request, |input| api.r#try(cx, input)).await
            }
            ("/try", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/union", "GET" | "HEAD") => {
                handle(cx, request, |input| api.union(cx, input)).await
            }
            ("/union", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            _ => Reply::unknown_path(),
        }
    }
}
