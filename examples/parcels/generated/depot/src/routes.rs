// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the depot service.

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
    const SERVICE: &'static str = "depot";
    const RESOURCES: &'static [&'static str] = &[
        "/parcel",
        "/parcel/{id}",
        "/parcel/{id}/scan",
    ];
    const CORS: Option<Cors> = Some(Cors {
        origins: &["https://desk.parcels.example.com"],
        credentials: false,
        max_age_seconds: 600,
        sent: "Authorization, Content-Type, X-Scanner-Key",
        read: "",
    });

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/parcel", "POST") => Some("registerParcel"),
            ("/parcel/{id}", "GET" | "HEAD") => Some("getParcel"),
            ("/parcel/{id}/scan", "POST") => Some("scanParcel"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/parcel", "POST") => {
                handle(cx, request, |input| api.register_parcel(cx, input)).await
            }
            ("/parcel", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/parcel/{id}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_parcel(cx, input)).await
            }
            ("/parcel/{id}", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/parcel/{id}/scan", "POST") => {
                handle(cx, request, |input| api.scan_parcel(cx, input)).await
            }
            ("/parcel/{id}/scan", method) => Reply::other_method(method, "OPTIONS, POST"),
            _ => Reply::unknown_path(),
        }
    }
}
