// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Problem, Reply, Request, handle};

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
    const RESOURCES: &'static [&'static str] = &["/things", "/things/{part}"];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/things", "GET") => Some("countThings"),
            ("/things", "HEAD") => Some("probeThings"),
            ("/things/{part}", "GET" | "HEAD") => Some("getThing"),
            ("/things/{part}", "PUT") => Some("putThing"),
            _ => None,
        }
    }

    fn refuse(&self, operation: Option<&str>, problem: Problem) -> Reply {
        match (operation, problem.status) {
            (Some("getThing"), 500) => {
                Reply::json(
                    problem.status,
                    "application/json",
                    &self.operations.to_thing(&problem),
                )
            }
            _ => Reply::problem(problem),
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/things", "GET") => {
                handle(cx, request, |input| api.count_things(cx, input)).await
            }
            ("/things", "HEAD") => {
                handle(cx, request, |input| api.probe_things(cx, input)).await
            }
            ("/things", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/things/{part}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_thing(cx, input)).await
            }
            ("/things/{part}", "PUT") => {
                handle(cx, request, |input| api.put_thing(cx, input)).await
            }
            ("/things/{part}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, PUT")
            }
            _ => Reply::unknown_path(),
        }
    }
}
