// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Problem, ProblemField, Reply, Request, handle};

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
        "/closed",
        "/coded",
        "/mapped",
        "/others",
        "/plain",
        "/things",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/closed", "GET" | "HEAD") => Some("listClosed"),
            ("/coded", "GET" | "HEAD") => Some("listCoded"),
            ("/mapped", "GET" | "HEAD") => Some("listMapped"),
            ("/others", "GET" | "HEAD") => Some("listOthers"),
            ("/plain", "GET" | "HEAD") => Some("listPlain"),
            ("/things", "POST") => Some("addThing"),
            ("/things", "GET" | "HEAD") => Some("listThings"),
            _ => None,
        }
    }

    fn refuse(&self, operation: Option<&str>, problem: Problem) -> Reply {
        match (operation, problem.status) {
            (Some("listOthers"), 400) => Reply::problem(problem),
            (Some("listPlain"), 500) => Reply::problem(problem),
            (Some("listThings"), 422) => {
                Reply::json(
                    problem.status,
                    "application/json",
                    &self.operations.to_invalid(&problem),
                )
            }
            (Some("listCoded"), 400) => {
                Reply::json(
                    problem.status,
                    "application/problem+json",
                    &self.operations.to_coded(&problem),
                )
            }
            (Some("listClosed"), 400) => {
                Reply::json(
                    problem.status,
                    "application/problem+json",
                    &problem
                        .to_object(
                            &[
                                ("title", ProblemField::Title),
                                ("status", ProblemField::StatusText),
                                ("instance", ProblemField::Instance),
                            ],
                        ),
                )
            }
            (Some("listMapped"), 400) => {
                Reply::json(
                    problem.status,
                    "application/problem+json",
                    &problem
                        .to_object(
                            &[
                                ("title", ProblemField::Title),
                                ("code", ProblemField::Code),
                                ("errors", ProblemField::ViolationTexts),
                            ],
                        ),
                )
            }
            (Some("listPlain"), 400) => {
                Reply::text(problem.status, "text/plain", &problem.to_text())
            }
            _ => {
                Reply::json(
                    problem.status,
                    "application/json",
                    &problem
                        .to_object(
                            &[
                                ("error", ProblemField::Code),
                                ("message", ProblemField::Detail),
                                ("status", ProblemField::StatusText),
                                ("request", ProblemField::RequestId),
                                ("errors", ProblemField::Violations("field", "message")),
                                ("api", ProblemField::Literal("\"things\"")),
                            ],
                        ),
                )
            }
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/closed", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_closed(cx, input)).await
            }
            ("/closed", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/coded", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_coded(cx, input)).await
            }
            ("/coded", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/mapped", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_mapped(cx, input)).await
            }
            ("/mapped", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/others", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_others(cx, input)).await
            }
            ("/others", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/plain", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_plain(cx, input)).await
            }
            ("/plain", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/things", "POST") => {
                handle(cx, request, |input| api.add_thing(cx, input)).await
            }
            ("/things", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_things(cx, input)).await
            }
            ("/things", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, POST")
            }
            _ => Reply::unknown_path(),
        }
    }
}
