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
        "/anyhow/{book}/{line}",
        "/note",
        "/note/{book}",
        "/note/{book}/{line}",
        "/parts",
        "/tickets",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/anyhow/{book}/{line}", "GET" | "HEAD") => Some("readAnyNote"),
            ("/anyhow/{book}/{line}", "PUT") => Some("correctAnyNote"),
            ("/note", "GET" | "HEAD") => Some("listNotes"),
            ("/note", "POST") => Some("addNote"),
            ("/note/{book}", "GET" | "HEAD") => Some("readBook"),
            ("/note/{book}/{line}", "GET" | "HEAD") => Some("readNote"),
            ("/note/{book}/{line}", "PUT") => Some("correctNote"),
            ("/note/{book}/{line}", "DELETE") => Some("tearOutNote"),
            ("/parts", "POST") => Some("createPart"),
            ("/tickets", "POST") => Some("openTicket"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/anyhow/{book}/{line}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.read_any_note(cx, input)).await
            }
            ("/anyhow/{book}/{line}", "PUT") => {
                handle(cx, request, |input| api.correct_any_note(cx, input)).await
            }
            ("/anyhow/{book}/{line}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, PUT")
            }
            ("/note", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_notes(cx, input)).await
            }
            ("/note", "POST") => {
                handle(cx, request, |input| api.add_note(cx, input)).await
            }
            ("/note", method) => Reply::other_method(method, "GET, HEAD, OPTIONS, POST"),
            ("/note/{book}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.read_book(cx, input)).await
            }
            ("/note/{book}", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/note/{book}/{line}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.read_note(cx, input)).await
            }
            ("/note/{book}/{line}", "PUT") => {
                handle(cx, request, |input| api.correct_note(cx, input)).await
            }
            ("/note/{book}/{line}", "DELETE") => {
                handle(cx, request, |input| api.tear_out_note(cx, input)).await
            }
            ("/note/{book}/{line}", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS, PUT")
            }
            ("/parts", "POST") => {
                handle(cx, request, |input| api.create_part(cx, input)).await
            }
            ("/parts", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/tickets", "POST") => {
                handle(cx, request, |input| api.open_ticket(cx, input)).await
            }
            ("/tickets", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
