// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Cors, Reply, Request};

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
        let operations = &self.operations;
        match (resource, request.method()) {
            ("/async", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.r#async(cx, input)).await
            }
            ("/async", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/call_new", "POST") => {
                runtime::handle(cx, request, |input| operations.call_new(cx, input))
                    .await
            }
            ("/call_new", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/clone", "POST") => {
                runtime::handle(cx, request, |input| operations.clone(cx, input)).await
            }
            ("/clone", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/crate", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.crate_(cx, input)).await
            }
            ("/crate", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/handle", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.handle(cx, input)).await
            }
            ("/handle", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/match", "POST") => {
                runtime::handle(cx, request, |input| operations.r#match(cx, input)).await
            }
            ("/match", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/new", "POST") => {
                runtime::handle(cx, request, |input| operations.new(cx, input)).await
            }
            ("/new", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/operation", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.operation(cx, input))
                    .await
            }
            ("/operation", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/over", "POST") => {
                runtime::handle(cx, request, |input| operations.over(cx, input)).await
            }
            ("/over", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/result", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.result(cx, input)).await
            }
            ("/result", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/self/{type}", "GET" | "HEAD") => {
                runtime::handle(
                        cx,
                        request,
                        |input| operations.self_operation(cx, input),
                    )
                    .await
            }
            ("/self/{type}", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/try", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.r#try(cx, input)).await
            }
            ("/try", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/union", "GET" | "HEAD") => {
                runtime::handle(cx, request, |input| operations.union(cx, input)).await
            }
            ("/union", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            _ => Reply::unknown_path(),
        }
    }
}
