//! Bound operations against a real DynamoDB engine: requests as API Gateway hands them over, and what they are answered.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    reason = "a test may stop where it fails, and uses what it needs of a case"
)]

#[path = "../../cases/rust/data/expected/model/mod.rs"]
#[rustfmt::skip]
mod model;
#[path = "../../cases/rust/data/expected/operations/mod.rs"]
#[rustfmt::skip]
mod operations;
#[path = "../../cases/rust/data/expected/routes.rs"]
#[rustfmt::skip]
mod routes;
#[path = "data/limits.rs"]
mod limits;
#[path = "data/states.rs"]
mod states;
#[path = "../../cases/rust/data/expected/tables.rs"]
#[rustfmt::skip]
mod tables;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use model::*;
use operations::*;
use runtime::{
    Aws, Context, Problem, Query, Request, Response, Timestamp, Update, Updated, respond,
};
use serde_json::{Value, json};
use stage::table::Tables as Stored;
use tables::*;

struct Shop {
    tables: Tables,
    n_bookings: Arc<AtomicI64>,
    _stored: Stored,
}

impl Operations for Shop {
    fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Fails for the first thirteen, and takes a while.
    async fn book(&self, _: &Context, input: BookInput) -> Result<Booking, BookError> {
        let number = 1 + self.n_bookings.fetch_add(1, Ordering::SeqCst);
        if input.body.seats.get() == 13 && number == 1 {
            return Err(BookError::ServiceUnavailable(Problem::unavailable("later")));
        }
        if input.body.seats.get() == 99 {
            tokio::task::yield_now().await;
            std::future::pending::<()>().await;
        }
        Ok(Booking {
            seats: input.body.seats,
            number: Some(number.into()),
            others: Default::default(),
        })
    }

    async fn fill_put_venue(
        &self,
        _: &Context,
        input: &PutVenueInput,
    ) -> Result<PutVenueFill, PutVenueError> {
        let slug = format!("{}-{}", input.city.as_str(), input.name.as_str()).to_lowercase();
        Ok(PutVenueFill { slug: runtime::rules::decode_value("slug", &slug)? })
    }
}

fn attribute(name: &str) -> Value {
    json!({"AttributeName": name, "AttributeType": "S"})
}

fn key(names: &[&str]) -> Value {
    let kinds = ["HASH", "RANGE"];
    let parts = names.iter().zip(kinds);
    parts.map(|(name, kind)| json!({"AttributeName": name, "KeyType": kind})).collect()
}

fn shop() -> routes::Routes<Shop> {
    routes::Routes::new(store())
}

/// The service on tables of its own.
fn store() -> Shop {
    let show = json!({
        "TableName": "show", "BillingMode": "PAY_PER_REQUEST", "KeySchema": key(&["id"]),
        "AttributeDefinitions": [attribute("id"), attribute("city"), attribute("startsAt")],
        "GlobalSecondaryIndexes": [{
            "IndexName": "byCity", "KeySchema": key(&["city", "startsAt"]),
            "Projection": {"ProjectionType": "ALL"},
        }],
    });
    let venue = json!({
        "TableName": "venue", "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": key(&["city", "name"]),
        "AttributeDefinitions": [attribute("city"), attribute("name")],
    });
    let receipt = json!({
        "TableName": "receipt", "BillingMode": "PAY_PER_REQUEST", "KeySchema": key(&["id"]),
        "AttributeDefinitions": [attribute("id")],
    });
    let parcel = json!({
        "TableName": "parcel", "BillingMode": "PAY_PER_REQUEST", "KeySchema": key(&["id"]),
        "AttributeDefinitions": [attribute("id")],
    });
    let stored = Stored::in_memory([show, venue, receipt, parcel]).unwrap();
    let at = format!("http://{}", stored.address());
    let aws = Aws::local(
        &at,
        &[
            ("SHOW_TABLE", "show"),
            ("VENUE_TABLE", "venue"),
            ("RECEIPT_TABLE", "receipt"),
            ("PARCEL_TABLE", "parcel"),
        ],
    );
    Shop { tables: Tables::new(&aws), n_bookings: Arc::default(), _stored: stored }
}

type Headers<'a> = &'a [(&'a str, &'a str)];

async fn send(
    shop: &routes::Routes<Shop>,
    method: &str,
    target: &str,
    headers: Headers<'_>,
    body: Option<Value>,
) -> (u16, Value, Option<String>) {
    let body = body.map(|body| body.to_string());
    let response = ask(shop, method, target, headers, body.as_deref()).await;
    let body = response.body.as_deref().filter(|text| !text.is_empty());
    let body = body.map_or(Value::Null, |text| serde_json::from_str(text).unwrap());
    let etag = response.headers.iter().find(|(name, _)| name == "ETag");
    (response.status, body, etag.map(|(_, value)| value.clone()))
}

/// The response to a request with this body.
async fn ask(
    shop: &routes::Routes<Shop>,
    method: &str,
    target: &str,
    headers: Headers<'_>,
    body: Option<&str>,
) -> Response {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut many = serde_json::Map::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let list = many.entry(name).or_insert_with(|| json!([]));
        list.as_array_mut().unwrap().push(json!(value));
    }
    let media_type = match method {
        "PATCH" => "application/merge-patch+json",
        _ => "application/json",
    };
    let mut all = json!({"Content-Type": [media_type]});
    for (name, value) in headers {
        all[name] = json!([value]);
    }
    let event = json!({
        "path": path, "httpMethod": method, "multiValueHeaders": all,
        "multiValueQueryStringParameters": many, "body": body,
    });
    let request: Request = serde_json::from_str(&event.to_string()).unwrap();
    let cx = Context::new("r", Duration::from_secs(30));
    respond(shop, &cx, request).await
}

fn show(city: &str, starts_at: &str, status: &str) -> Value {
    json!({
        "city": city, "startsAt": starts_at, "title": "Hamlet", "status": status,
        "price": {"amount": 12.50, "currency": "EUR"},
    })
}

async fn created(shop: &routes::Routes<Shop>, show: Value) -> String {
    let (status, body, etag) = send(shop, "POST", "/shows", &[], Some(show)).await;
    assert_eq!((status, etag.as_deref()), (201, Some("\"1\"")), "{body}");
    format!("/shows/{}", body["id"].as_str().unwrap())
}

/// RFC 7396: members that a patch does not have stay as they are, whatever their defaults.
#[tokio::test]
async fn a_patch_fills_in_no_defaults() {
    let shop = shop();
    let mut dark = show("Bern", "2026-11-01T19:00:00Z", "draft");
    dark["mood"] = json!("dark");
    dark["setup"] = json!({"lights": 7, "sound": "loud", "rows": [{"name": "a"}]});
    let at = created(&shop, dark).await;
    let patch = |patch: Value| send(&shop, "PATCH", &at, &[], Some(patch));
    let (status, patched, _) = patch(json!({"title": "Macbeth"})).await;
    assert_eq!((status, &patched["mood"]), (200, &json!("dark")), "{patched}");
    let setup = json!({"lights": 7, "sound": "loud", "rows": [{"name": "a", "seats": 10}]});
    assert_eq!(patched["setup"], setup);
    let (_, patched, _) = patch(json!({"setup": {"sound": null, "rows": [{"name": "b"}]}})).await;
    let setup = json!({"lights": 7, "sound": "quiet", "rows": [{"name": "b", "seats": 10}]});
    assert_eq!((&patched["mood"], &patched["setup"]), (&json!("dark"), &setup));
    let (_, patched, _) = patch(json!({"mood": "light", "setup": {"lights": 2}})).await;
    assert_eq!((&patched["mood"], &patched["setup"]["lights"]), (&json!("light"), &json!(2)));
}

#[tokio::test]
async fn a_version_guards_every_write() {
    let shop = shop();
    let at = created(&shop, show("Bern", "2026-11-01T19:00:00Z", "draft")).await;
    let (status, body, etag) = send(&shop, "GET", &at, &[], None).await;
    assert_eq!((status, etag.as_deref(), &body["sold"]), (200, Some("\"1\""), &json!(0)));
    let known = send(&shop, "GET", &at, &[("If-None-Match", "\"1\"")], None).await;
    assert_eq!(known, (304, Value::Null, Some("\"1\"".to_owned())));

    let patch = json!({"title": "Macbeth", "note": "late", "price": {"note": "reduced"}});
    let wrong = [("If-Match", "\"7\"")];
    let (status, ..) = send(&shop, "PATCH", &at, &wrong, Some(patch.clone())).await;
    assert_eq!(status, 412);
    let right = [("If-Match", "\"1\"")];
    let (status, patched, etag) = send(&shop, "PATCH", &at, &right, Some(patch)).await;
    assert_eq!((status, etag.as_deref()), (200, Some("\"2\"")), "{patched}");
    assert_eq!(patched["price"], json!({"amount": 12.5, "currency": "EUR", "note": "reduced"}));
    assert_eq!(patched["createdAt"], body["createdAt"]);
    assert_ne!(patched["updatedAt"], body["updatedAt"]);

    let removal = json!({"note": null, "price": {"note": null}});
    let (status, patched, _) = send(&shop, "PATCH", &at, &[], Some(removal)).await;
    assert_eq!((status, patched.get("note")), (200, None), "{patched}");
    assert_eq!(patched["price"], json!({"amount": 12.5, "currency": "EUR"}));
    // The result of a patch is judged as a whole.
    let below = json!({"price": {"amount": -1}});
    let (status, refused, _) = send(&shop, "PATCH", &at, &[], Some(below)).await;
    assert_eq!((status, &refused["violations"][0]["pointer"]), (400, &json!("/body/price/amount")));

    let replaced = show("Basel", "2026-12-01T19:00:00Z", "open");
    for (tag, status) in [("\"2\"", 412), ("\"3\"", 200)] {
        let answer = send(&shop, "PUT", &at, &[("If-Match", tag)], Some(replaced.clone())).await;
        assert_eq!(answer.0, status, "{}", answer.1);
    }
    let (_, now, etag) = send(&shop, "GET", &at, &[], None).await;
    assert_eq!((etag.as_deref(), &now["city"]), (Some("\"4\""), &json!("Basel")));
    assert_eq!((&now["createdAt"], &now["sold"]), (&body["createdAt"], &json!(0)));

    let (status, ..) = send(&shop, "DELETE", &at, &[("If-Match", "\"3\"")], None).await;
    assert_eq!(status, 412);
    let (status, ..) = send(&shop, "DELETE", &at, &[("If-Match", "\"4\"")], None).await;
    assert_eq!(status, 204);
    let (status, ..) = send(&shop, "DELETE", &at, &[], None).await;
    assert_eq!(status, 404);
    let (status, ..) = send(&shop, "PATCH", &at, &[], Some(json!({"title": "x"}))).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn states_follow_one_another_as_the_contract_says() {
    let shop = shop();
    let at = created(&shop, show("Bern", "2026-11-01T19:00:00Z", "draft")).await;
    let sell = |seats: u32| json!({"seats": seats});
    let sales = format!("{at}/sales");
    let (status, ..) = send(&shop, "POST", &sales, &[], Some(sell(2))).await;
    assert_eq!(status, 409, "a draft is not sold");
    let (status, ..) = send(&shop, "PATCH", &at, &[], Some(json!({"status": "sold"}))).await;
    assert_eq!(status, 409, "a draft is opened first");

    let open = format!("{at}/open");
    let (status, body, _) =
        send(&shop, "POST", &open, &[], Some(json!({"title": "Othello"}))).await;
    assert_eq!((status, &body["status"], &body["title"]), (200, &json!("open"), &json!("Othello")));
    assert!(body["openedAt"].is_string());
    for _ in 0..10 {
        let (status, ..) = send(&shop, "POST", &sales, &[], Some(sell(10))).await;
        assert_eq!(status, 204);
    }
    let (status, ..) = send(&shop, "POST", &sales, &[], Some(sell(1))).await;
    assert_eq!(status, 409, "there are 100 seats");
    let (_, body, _) = send(&shop, "GET", &at, &[], None).await;
    assert_eq!(body["sold"], json!(100));
    let (status, ..) = send(&shop, "DELETE", &at, &[], None).await;
    assert_eq!(status, 409, "what was sold is not removed");

    for (next, status) in [("sold", 200), ("open", 409), ("sold", 200), ("closed", 200)] {
        let answer = send(&shop, "PATCH", &at, &[], Some(json!({"status": next}))).await;
        assert_eq!(answer.0, status, "{next}");
    }
    let replaced = show("Bern", "2026-11-01T19:00:00Z", "closed");
    let (status, ..) = send(&shop, "PUT", &at, &[], Some(replaced)).await;
    assert_eq!(status, 409, "only drafts and open shows are replaced");
}

#[tokio::test]
async fn ranges_filters_counts_and_pages_find_what_they_ask_for() {
    let shop = shop();
    let mut all = vec![];
    for day in 1..=6 {
        let status = if day % 2 == 0 { "open" } else { "draft" };
        let starts = format!("2026-11-0{day}T19:00:00Z");
        all.push(created(&shop, show("Bern", &starts, status)).await);
        if day < 3 {
            created(&shop, show("Chur", &starts, status)).await;
        }
    }
    let days = |body: &Value| -> Vec<String> {
        let shows = body["shows"].as_array().unwrap().iter();
        shows.map(|one| one["startsAt"].as_str().unwrap()[8..10].to_owned()).collect()
    };
    let found = |target: &'static str| {
        let shop = &shop;
        async move {
            let (status, body, _) = send(shop, "GET", target, &[], None).await;
            assert_eq!(status, 200, "{body}");
            body
        }
    };
    let body = found("/shows?city=Bern").await;
    assert_eq!(days(&body), ["06", "05", "04", "03", "02", "01"]);
    let (from, to) = ("from=2026-11-02T19:00:00Z", "to=2026-11-05T00:00:00Z");
    for (query, expected) in [
        (format!("{from}&{to}"), vec!["04", "03", "02"]),
        (from.to_owned(), vec!["06", "05", "04", "03", "02"]),
        (to.to_owned(), vec!["04", "03", "02", "01"]),
        (format!("{from}&status=open"), vec!["06", "04", "02"]),
        ("most=12".to_owned(), vec![]),
        ("from=2026-12-01T00:00:00Z&to=2026-11-01T00:00:00Z".to_owned(), vec![]),
    ] {
        let target = format!("/shows?city=Bern&{query}");
        let (status, body, _) = send(&shop, "GET", &target, &[], None).await;
        assert_eq!(
            (status, days(&body)),
            (200, expected.iter().map(|one| (*one).to_owned()).collect()),
            "{query}"
        );
    }
    // A filter leaves a page full all the same.
    let body = found("/shows?city=Bern&status=draft&limit=2").await;
    assert_eq!(days(&body), ["05", "03"]);
    let target =
        format!("/shows?city=Bern&status=draft&limit=2&next={}", body["next"].as_str().unwrap());
    let (_, body, _) = send(&shop, "GET", &target, &[], None).await;
    assert_eq!(days(&body), ["01"]);

    // Pages over several keys: each partition in turn, whatever the size of a page.
    for limit in [1, 3, 8, 50] {
        let mut seen = vec![];
        let mut next = String::new();
        loop {
            let target = format!("/shows/of?cities=Bern&cities=Chur&limit={limit}{next}");
            let (status, body, _) = send(&shop, "GET", &target, &[], None).await;
            assert_eq!(status, 200, "{body}");
            seen.extend(body["shows"].as_array().unwrap().iter().map(|one| one["city"].clone()));
            match body["next"].as_str() {
                Some(token) => next = format!("&next={token}"),
                None => break,
            }
        }
        let n_of = |city: &str| seen.iter().filter(|one| **one == city).count();
        assert_eq!((n_of("Bern"), n_of("Chur")), (6, 2), "pages of {limit}");
    }
    let (status, ..) = send(&shop, "GET", "/shows/of?cities=Bern&limit=1&next=x", &[], None).await;
    assert_eq!(status, 400);

    let body = found("/shows/count?city=Bern&after=2026-11-02T19:00:00Z").await;
    assert_eq!(body, json!({"count": 2}));
    let ids: Vec<&str> = all.iter().map(|at| at.rsplit('/').next().unwrap()).collect();
    let unknown = "00000000-0000-4000-8000-000000000000";
    let target = format!("/shows/some?ids={}&ids={unknown}&ids={}&ids={}", ids[2], ids[0], ids[2]);
    let (status, body, _) = send(&shop, "GET", &target, &[], None).await;
    let got: Vec<&str> =
        body.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!((status, got), (200, vec![ids[2], ids[0]]));
}

#[tokio::test]
async fn an_upsert_creates_once_and_keeps_what_the_service_set() {
    let shop = shop();
    let put = |seats: u32| json!({"seats": seats});
    let (status, made, _) = send(&shop, "PUT", "/venues/Bern/Dom", &[], Some(put(5))).await;
    assert_eq!((status, &made["slug"]), (201, &json!("bern-dom")));
    let (status, now, _) = send(&shop, "PUT", "/venues/Bern/Dom", &[], Some(put(7))).await;
    assert_eq!((status, &now["seats"], &now["slug"]), (200, &json!(7), &json!("bern-dom")));
    send(&shop, "PUT", "/venues/Bern/Arena", &[], Some(put(9))).await;
    for (query, n) in [("", 2), ("?prefix=D", 1), ("?prefix=Z", 0)] {
        let (_, body, _) = send(&shop, "GET", &format!("/venues/Bern{query}"), &[], None).await;
        assert_eq!(body.as_array().unwrap().len(), n, "{query}");
    }
}

/// What only the service sets within a body is what the contract says, in whichever form the body has.
#[tokio::test]
async fn what_no_body_has_within_it_is_its_default() {
    let shop = shop();
    for (sent, stored) in [
        (json!({"by": "anna"}), json!({"by": "anna", "open": true})),
        (json!("none"), json!("none")),
    ] {
        let parcel = json!({"id": "1", "last": null, "check": sent});
        let (status, body, _) = send(&shop, "PUT", "/parcels/1", &[], Some(parcel)).await;
        assert_eq!((status, &body["check"]), (200, &stored), "{body}");
    }
}

/// A range of the sort key is one of all partitions, too, where none is named.
#[tokio::test]
async fn a_list_of_everything_keeps_its_range() {
    let shop = shop();
    for (path, seats) in [("Bern/Arena", 10), ("Bern/Hall", 20), ("Rome/Forum", 30)] {
        let (path, body) = (format!("/venues/{path}"), json!({"seats": seats}));
        assert_eq!(send(&shop, "PUT", &path, &[], Some(body)).await.0, 201);
    }
    for (query, expected) in [
        ("", "Arena Forum Hall"),
        ("from=B", "Forum Hall"),
        ("from=B&to=G", "Forum"),
        ("from=G&to=B", ""),
        ("city=Bern&from=B", "Hall"),
        ("least=15&most=25", "Hall"),
        // DynamoDB refuses such a `BETWEEN`.
        ("least=25&most=15", ""),
    ] {
        let (status, body, _) = send(&shop, "GET", &format!("/venues?{query}"), &[], None).await;
        let venues = body["venues"].as_array().unwrap();
        let mut names: Vec<&str> = venues.iter().map(|one| one["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!((status, names.join(" ").as_str()), (200, expected), "{query}");
    }
    // A wrong token is answered with the status that the operation has for wrong requests.
    assert_eq!(send(&shop, "GET", "/venues?next=wrong", &[], None).await.0, 422);
}

#[tokio::test]
async fn a_request_under_a_key_is_done_once() {
    let shop = shop();
    let book = |key: &'static str, seats: u32| {
        let shop = &shop;
        async move {
            let body = Some(json!({"seats": seats}));
            send(shop, "POST", "/bookings", &[("Idempotency-Key", key)], body).await
        }
    };
    let (status, failed, _) = book("a", 13).await;
    assert_eq!(status, 503, "{failed}");
    let (status, first, _) = book("a", 13).await;
    assert_eq!((status, &first["number"]), (201, &json!(2)), "a failure is no answer");
    assert_eq!(book("a", 13).await, (201, first.clone(), None), "the same answer again");
    let (status, other, _) = book("a", 2).await;
    assert_eq!(status, 422, "{other}");
    assert_eq!(book("b", 13).await.1["number"], json!(3), "another key is another request");
    let (status, ..) = book("c", 0).await;
    assert_eq!(status, 400, "what violates the contract claims no key");
    assert_eq!(book("c", 1).await.1["number"], json!(4));
    let (_, none, _) = send(&shop, "POST", "/bookings", &[], Some(json!({"seats": 1}))).await;
    assert_eq!(none["number"], json!(5), "without a key it is done each time");
    // Who is not done yet keeps others away.
    let slow = tokio::time::timeout(Duration::from_millis(300), book("d", 99)).await;
    assert!(slow.is_err());
    let (status, busy, _) = book("d", 99).await;
    assert_eq!((status, &busy["detail"]), (409, &json!("the same request is being worked on")));
}

/// What hand-written rules have: the same by type, without a name or an SDK.
#[tokio::test]
async fn rules_change_and_find_items_by_typed_attributes() {
    let store = store();
    let tables = store.tables.clone();
    let shop = routes::Routes::new(store);
    let at = created(&shop, show("Bern", "2026-11-01T19:00:00Z", "open")).await;
    let show = tables.show.all(Query::all()).await.unwrap().pop().unwrap();
    let key = ShowKey { id: show.id };
    let cheap = ShowFields::PRICE.with(PriceFields::CURRENCY).equals(&show.price.currency);
    let sold = Update::new()
        .set(ShowFields::STATUS, &Status::Sold)
        .when(ShowFields::STATUS.may_become(&Status::Sold, &Status::TRANSITIONS).and(cheap));
    let Updated::Done(now) = tables.show.update(&key, sold).await.unwrap() else {
        panic!("{at} could be sold")
    };
    assert_eq!(now.status, Status::Sold);
    let filter = ShowFields::STATUS.one_of(&[Status::Sold, Status::Closed]);
    assert_eq!(tables.show.count(Query::all().filter(filter)).await.unwrap(), 1);
    tables.show.delete_all(&[key.clone(), key.clone()]).await.unwrap();
    assert_eq!(tables.show.get(&key).await.unwrap(), None);
    let many: Vec<Show> =
        (0..60).map(|_| Show { id: runtime::Uuid::new_v4(), ..now.clone() }).collect();
    tables.show.put_all(&many).await.unwrap();
    let keys: Vec<ShowKey> = many.iter().map(|one| ShowKey { id: one.id }).collect();
    assert_eq!(tables.show.get_all(&keys).await.unwrap(), many);
}
