// @generated from the contracts in spec/; edits are overwritten.

//! The REST API of the shop service.

use runtime::{ApiHandler, Context, Idempotency, Reply, Request, handle, handle_once};

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
        "/bookings",
        "/parcels",
        "/parcels/first",
        "/parcels/{id}",
        "/parcels/{id}/payment",
        "/parcels/{id}/whole",
        "/shows",
        "/shows/count",
        "/shows/of",
        "/shows/some",
        "/shows/{id}",
        "/shows/{id}/open",
        "/shows/{id}/sales",
        "/venues",
        "/venues/{city}",
        "/venues/{city}/{name}",
    ];

    fn operation(resource: &str, method: &str) -> Option<&'static str> {
        match (resource, method) {
            ("/bookings", "POST") => Some("book"),
            ("/parcels", "GET" | "HEAD") => Some("listParcels"),
            ("/parcels", "PUT") => Some("putParcel"),
            ("/parcels/first", "GET" | "HEAD") => Some("firstParcels"),
            ("/parcels/{id}", "PUT") => Some("upsertParcel"),
            ("/parcels/{id}", "PATCH") => Some("patchParcel"),
            ("/parcels/{id}/payment", "POST") => Some("payParcel"),
            ("/parcels/{id}/whole", "PUT") => Some("replaceParcel"),
            ("/shows", "GET" | "HEAD") => Some("listShows"),
            ("/shows", "POST") => Some("createShow"),
            ("/shows/count", "GET" | "HEAD") => Some("countShows"),
            ("/shows/of", "GET" | "HEAD") => Some("listShowsOfCities"),
            ("/shows/some", "GET" | "HEAD") => Some("getShows"),
            ("/shows/{id}", "GET" | "HEAD") => Some("getShow"),
            ("/shows/{id}", "PUT") => Some("replaceShow"),
            ("/shows/{id}", "PATCH") => Some("patchShow"),
            ("/shows/{id}", "DELETE") => Some("deleteShow"),
            ("/shows/{id}/open", "POST") => Some("openShow"),
            ("/shows/{id}/sales", "POST") => Some("sellSeats"),
            ("/venues", "GET" | "HEAD") => Some("listVenues"),
            ("/venues/{city}", "GET" | "HEAD") => Some("findVenues"),
            ("/venues/{city}/{name}", "PUT") => Some("putVenue"),
            _ => None,
        }
    }

    async fn handle(&self, cx: &Context, resource: &str, request: &Request) -> Reply {
        let api = &self.operations;
        match (resource, request.method()) {
            ("/bookings", "POST") => {
                let (once, table) = (
                    Idempotency {
                        operation: "book",
                        header: "Idempotency-Key",
                        ttl: "expiresAt",
                        keep_seconds: 3600,
                    },
                    &api.tables().receipt,
                );
                handle_once(cx, request, &once, table, |input| api.book(cx, input)).await
            }
            ("/bookings", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/parcels", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_parcels(cx, input)).await
            }
            ("/parcels", "PUT") => {
                handle(cx, request, |input| api.put_parcel(cx, input)).await
            }
            ("/parcels", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS, PUT")
            }
            ("/parcels/first", "GET" | "HEAD") => {
                handle(cx, request, |input| api.first_parcels(cx, input)).await
            }
            ("/parcels/first", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/parcels/{id}", "PUT") => {
                handle(cx, request, |input| api.upsert_parcel(cx, input)).await
            }
            ("/parcels/{id}", "PATCH") => {
                handle(cx, request, |input| api.patch_parcel(cx, input)).await
            }
            ("/parcels/{id}", method) => {
                Reply::other_method(method, "OPTIONS, PATCH, PUT")
            }
            ("/parcels/{id}/payment", "POST") => {
                handle(cx, request, |input| api.pay_parcel(cx, input)).await
            }
            ("/parcels/{id}/payment", method) => {
                Reply::other_method(method, "OPTIONS, POST")
            }
            ("/parcels/{id}/whole", "PUT") => {
                handle(cx, request, |input| api.replace_parcel(cx, input)).await
            }
            ("/parcels/{id}/whole", method) => {
                Reply::other_method(method, "OPTIONS, PUT")
            }
            ("/shows", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_shows(cx, input)).await
            }
            ("/shows", "POST") => {
                handle(cx, request, |input| api.create_show(cx, input)).await
            }
            ("/shows", method) => Reply::other_method(method, "GET, HEAD, OPTIONS, POST"),
            ("/shows/count", "GET" | "HEAD") => {
                handle(cx, request, |input| api.count_shows(cx, input)).await
            }
            ("/shows/count", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/shows/of", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_shows_of_cities(cx, input)).await
            }
            ("/shows/of", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/shows/some", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_shows(cx, input)).await
            }
            ("/shows/some", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/shows/{id}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.get_show(cx, input)).await
            }
            ("/shows/{id}", "PUT") => {
                handle(cx, request, |input| api.replace_show(cx, input)).await
            }
            ("/shows/{id}", "PATCH") => {
                handle(cx, request, |input| api.patch_show(cx, input)).await
            }
            ("/shows/{id}", "DELETE") => {
                handle(cx, request, |input| api.delete_show(cx, input)).await
            }
            ("/shows/{id}", method) => {
                Reply::other_method(method, "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")
            }
            ("/shows/{id}/open", "POST") => {
                handle(cx, request, |input| api.open_show(cx, input)).await
            }
            ("/shows/{id}/open", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/shows/{id}/sales", "POST") => {
                handle(cx, request, |input| api.sell_seats(cx, input)).await
            }
            ("/shows/{id}/sales", method) => Reply::other_method(method, "OPTIONS, POST"),
            ("/venues", "GET" | "HEAD") => {
                handle(cx, request, |input| api.list_venues(cx, input)).await
            }
            ("/venues", method) => Reply::other_method(method, "GET, HEAD, OPTIONS"),
            ("/venues/{city}", "GET" | "HEAD") => {
                handle(cx, request, |input| api.find_venues(cx, input)).await
            }
            ("/venues/{city}", method) => {
                Reply::other_method(method, "GET, HEAD, OPTIONS")
            }
            ("/venues/{city}/{name}", "PUT") => {
                handle(cx, request, |input| api.put_venue(cx, input)).await
            }
            ("/venues/{city}/{name}", method) => {
                Reply::other_method(method, "OPTIONS, PUT")
            }
            _ => Reply::unknown_path(),
        }
    }
}
