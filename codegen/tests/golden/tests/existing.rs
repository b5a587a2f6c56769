//! A table that others made, with two types of items in it, against a real DynamoDB engine.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    reason = "a test may stop where it fails, and uses what it needs of a case"
)]

#[path = "../../cases/rust/existing/expected/model/mod.rs"]
#[rustfmt::skip]
mod model;
#[path = "../../cases/rust/existing/expected/operations/mod.rs"]
#[rustfmt::skip]
mod operations;
#[path = "../../cases/rust/existing/expected/routes.rs"]
#[rustfmt::skip]
mod routes;
#[path = "../../cases/rust/existing/expected/tables.rs"]
#[rustfmt::skip]
mod tables;

use model::*;
use operations::*;
use std::time::Duration;

use runtime::{Aws, Context, Query, Request, Update, Updated, Written, respond};
use serde_json::{Value, json};
use stage::table::Tables as Stored;
use tables::*;

struct Shop {
    tables: Tables,
}

/// The service, and the table beside it.
struct Fixture {
    routes: routes::Routes<Shop>,
    tables: Tables,
    stored: Stored,
}

impl Operations for Shop {
    fn tables(&self) -> &Tables {
        &self.tables
    }
}

/// The service beside a table that is there, called by its ARN where `by_arn` says so.
fn shop(by_arn: bool) -> Fixture {
    let attribute = |(name, kind)| json!({"AttributeName": name, "AttributeType": kind});
    let key = |names: [&str; 2]| {
        json!([{"AttributeName": names[0], "KeyType": "HASH"},
               {"AttributeName": names[1], "KeyType": "RANGE"}])
    };
    let all = json!({"ProjectionType": "ALL"});
    let attributes = [
        ("PK", "S"),
        ("SK", "S"),
        ("GSI1PK", "S"),
        ("GSI1SK", "S"),
        ("total", "N"),
        ("customerId", "S"),
        ("status", "S"),
        ("order_number", "S"),
    ];
    let role = |(name, role)| json!({"AttributeName": name, "KeyType": role});
    let several =
        [("customerId", "HASH"), ("status", "HASH"), ("total", "RANGE"), ("order_number", "RANGE")];
    let table = json!({
        "TableName": "legacy-shop", "BillingMode": "PAY_PER_REQUEST", "KeySchema": key(["PK", "SK"]),
        "AttributeDefinitions": attributes.map(attribute),
        "GlobalSecondaryIndexes": [
            {"IndexName": "GSI1", "KeySchema": key(["GSI1PK", "GSI1SK"]), "Projection": all},
            {"IndexName": "byStatus", "KeySchema": several.map(role), "Projection": all}],
        "LocalSecondaryIndexes": [
            {"IndexName": "byTotal", "KeySchema": key(["PK", "total"]), "Projection": all}],
    });
    let stored = Stored::in_memory([table]).unwrap();
    let at = format!("http://{}", stored.address());
    let name = match by_arn {
        true => "arn:aws:dynamodb:us-east-1:000000000000:table/legacy-shop",
        false => "legacy-shop",
    };
    let aws = Aws::local(&at, &[("LEGACY_SHOP_TABLE", name)]);
    let tables = Tables::new(&aws);
    Fixture { routes: routes::Routes::new(Shop { tables: tables.clone() }), tables, stored }
}

/// A call of DynamoDB, as whoever made the table makes them.
async fn call(shop: &Fixture, action: &str, body: Value) -> Value {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (address, body) = (shop.stored.address(), body.to_string());
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/x-amz-json-1.0\r\n\
         x-amz-date: 20261129T000000Z\r\nauthorization: AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=d\r\n\
         x-amz-target: DynamoDB_20120810.{action}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    serde_json::from_str(body).unwrap()
}

async fn put(shop: &Fixture, item: Value) {
    call(shop, "PutItem", json!({"TableName": "legacy-shop", "Item": item})).await;
}

async fn stored(shop: &Fixture, pk: &str, sk: &str) -> Value {
    let key = json!({"PK": {"S": pk}, "SK": {"S": sk}});
    call(shop, "GetItem", json!({"TableName": "legacy-shop", "Key": key})).await["Item"].clone()
}

async fn send(shop: &Fixture, method: &str, target: &str, body: Option<Value>) -> (u16, Value) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let many: serde_json::Map<String, Value> =
        pairs.map(|(name, value)| (name.to_owned(), json!([value]))).collect();
    let media_type = match method {
        "PATCH" => "application/merge-patch+json",
        _ => "application/json",
    };
    let event = json!({
        "path": path, "httpMethod": method, "multiValueHeaders": {"Content-Type": [media_type]},
        "multiValueQueryStringParameters": many, "body": body.map(|body| body.to_string()),
    });
    let request: Request = serde_json::from_str(&event.to_string()).unwrap();
    let response =
        respond(&shop.routes, &Context::new("r", Duration::from_secs(30)), request).await;
    let body = response.body.as_deref().filter(|text| !text.is_empty());
    (response.status, body.map_or(Value::Null, |text| serde_json::from_str(text).unwrap()))
}

fn order(number: &str, total: u32, status: &str) -> Value {
    json!({"customerId": "anna", "number": number, "total": total, "status": status})
}

#[tokio::test]
async fn items_are_stored_as_the_table_has_them() {
    let shop = shop(false);
    // Whoever made the table keeps the customer's id in the key alone, and more than the contract knows.
    put(
        &shop,
        json!({
            "PK": {"S": "CUSTOMER#anna"}, "SK": {"S": "PROFILE"}, "full_name": {"S": "Anna A."},
            "tags": {"SS": ["new", "kind"]}, "sizes": {"NS": ["38", "5"]}, "keys": {"BS": ["AQI="]},
            "passwordHash": {"S": "secret"}, "ttl": {"N": "4102444800"},
        }),
    )
    .await;
    let (status, found) = send(&shop, "GET", "/customers/anna", None).await;
    let expected = json!({
        "id": "anna", "fullName": "Anna A.", "tags": ["kind", "new"], "sizes": [5, 38],
        "keys": ["AQI="], "forgetAt": 4_102_444_800_i64,
    });
    assert_eq!((status, found), (200, expected));

    let patch = json!({"fullName": "Anna B.", "tags": ["kind", "loyal"], "sizes": null});
    let (status, patched) = send(&shop, "PATCH", "/customers/anna", Some(patch)).await;
    assert_eq!((status, &patched["tags"]), (200, &json!(["kind", "loyal"])), "{patched}");
    let item = stored(&shop, "CUSTOMER#anna", "PROFILE").await;
    assert_eq!(item["full_name"], json!({"S": "Anna B."}));
    assert_eq!(item["passwordHash"], json!({"S": "secret"}), "what others keep is not lost");
    let mut tags: Vec<&str> =
        item["tags"]["SS"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    tags.sort_unstable();
    assert_eq!((tags, item.get("sizes")), (vec!["kind", "loyal"], None));

    let whole = json!({"id": "anna", "fullName": "Anna C.", "tags": []});
    let (status, replaced) = send(&shop, "PUT", "/customers/anna", Some(whole.clone())).await;
    assert_eq!((status, replaced), (200, whole));
    let item = stored(&shop, "CUSTOMER#anna", "PROFILE").await;
    assert_eq!((item.get("tags"), item.get("keys")), (None, None), "no set is empty");
    assert_eq!(item["passwordHash"], json!({"S": "secret"}));
    let hidden = json!({"id": "anna", "fullName": "A", "tags": [], "passwordHash": "mine"});
    assert_eq!(send(&shop, "PUT", "/customers/anna", Some(hidden)).await.0, 400);

    let new = json!({"id": "bert", "fullName": "Bert", "tags": ["new"]});
    assert_eq!(send(&shop, "PUT", "/customers/bert", Some(new)).await.0, 201);
    let item = stored(&shop, "CUSTOMER#bert", "PROFILE").await;
    assert_eq!((&item["id"], &item["tags"]), (&json!({"S": "bert"}), &json!({"SS": ["new"]})));
    let (_, found) = send(&shop, "GET", "/customers?tag=new&name=Bert", None).await;
    assert_eq!(found[0]["id"], json!("bert"), "{found}");
}

#[tokio::test]
async fn types_of_items_in_one_table_do_not_meet() {
    let shop = shop(false);
    for (number, total, status) in [("001", 9, "open"), ("002", 10, "sent"), ("003", 8, "open")] {
        let made =
            send(&shop, "POST", "/customers/anna/orders", Some(order(number, total, status))).await;
        assert_eq!(made.0, 201, "{}", made.1);
    }
    let again = send(&shop, "POST", "/customers/anna/orders", Some(order("001", 1, "open"))).await;
    assert_eq!(again.0, 409);
    let profile = json!({"id": "anna", "fullName": "Anna", "tags": []});
    assert_eq!(send(&shop, "PUT", "/customers/anna", Some(profile)).await.0, 201);
    put(
        &shop,
        json!({"PK": {"S": "CUSTOMER#anna"}, "SK": {"S": "ZEBRA#1"}, "total": {"N": "7"},
        "GSI1PK": {"S": "STATUS#open"}, "GSI1SK": {"S": "ZEBRA#1"}}),
    )
    .await;

    let numbers = |body: &Value| -> Vec<String> {
        let list = body.get("orders").unwrap_or(body).as_array().unwrap().iter();
        list.map(|one| one["number"].as_str().unwrap().to_owned()).collect()
    };
    for (target, expected) in [
        ("orders", vec!["003", "002", "001"]),
        ("orders?from=002", vec!["003", "002"]),
        ("orders?to=002", vec!["002", "001"]),
        ("orders?from=002&to=002", vec!["002"]),
        ("orders/by-total", vec!["002", "001", "003"]),
    ] {
        let (status, body) = send(&shop, "GET", &format!("/customers/anna/{target}"), None).await;
        assert_eq!(
            (status, numbers(&body)),
            (200, expected.iter().map(|n| (*n).to_owned()).collect()),
            "{target}"
        );
    }
    let mut pages = vec![];
    let mut next = String::new();
    loop {
        let target = format!("/customers/anna/orders?limit=2{next}");
        let (status, body) = send(&shop, "GET", &target, None).await;
        assert_eq!(status, 200, "{body}");
        pages.push(numbers(&body));
        let Some(token) = body["next"].as_str() else { break };
        next = format!("&next={token}");
    }
    assert_eq!(pages.concat(), ["003", "002", "001"]);
    for (after, n) in [("", 3), ("?after=001", 2), ("?after=003", 0)] {
        let (_, count) =
            send(&shop, "GET", &format!("/customers/anna/orders/count{after}"), None).await;
        assert_eq!(count, json!(n), "{after}");
    }
    let (_, open) = send(&shop, "GET", "/orders?status=open", None).await;
    assert_eq!(numbers(&open), ["001", "003"], "{open}");
    let (_, customers) = send(&shop, "GET", "/customers", None).await;
    assert_eq!(customers.as_array().unwrap().len(), 1, "{customers}");

    // The key of an index follows the property that it is made of.
    let sent = json!({"status": "sent"});
    let changed = send(&shop, "PUT", "/customers/anna/orders/003/status", Some(sent)).await;
    assert_eq!((changed.0, &changed.1["status"]), (200, &json!("sent")));
    let (_, sent) = send(&shop, "GET", "/orders?status=sent", None).await;
    assert_eq!(numbers(&sent), ["002", "003"]);
    let key = OrderKey { customer_id: "anna".parse().unwrap(), number: "001".parse().unwrap() };
    let tables = shop.tables.clone();
    let update = Update::new().set(OrderFields::STATUS, &Status::Sent);
    assert!(matches!(tables.order.update(&key, update).await, Ok(Updated::Done(_))));
    let by_status = Query::partition(&Status::Sent).index(OrderIndexes::GSI1);
    assert_eq!(tables.order.all(by_status).await.unwrap().len(), 3);

    assert_eq!(send(&shop, "DELETE", "/customers/anna/orders/001", None).await.0, 204);
    assert_eq!(send(&shop, "GET", "/customers/anna/orders/001", None).await.0, 404);
    assert_eq!(send(&shop, "GET", "/customers/anna", None).await.0, 200);
}

#[tokio::test]
async fn rules_append_to_sets_and_call_a_table_by_its_arn() {
    let shop = shop(true);
    let new = json!({"id": "bert", "fullName": "Bert", "tags": ["new"]});
    assert_eq!(send(&shop, "PUT", "/customers/bert", Some(new)).await.0, 201);
    let table = &shop.tables.customer;
    let key = CustomerKey { id: "bert".parse().unwrap() };
    let tag = |text: &str| -> TagsItem { text.parse().unwrap() };
    let update = Update::new().append(CustomerFields::TAGS, &[tag("kind"), tag("new")]);
    let Ok(Updated::Done(customer)) = table.update(&key, update).await else { panic!("no update") };
    assert_eq!(customer.tags, [tag("kind"), tag("new")]);
}

/// Two callers that create the same item are two: only one gets it.
#[tokio::test]
async fn an_item_that_exists_is_not_created_again_though_it_is_the_same() {
    let shop = shop(false);
    let new = json!({"id": "bert", "fullName": "Bert", "tags": []});
    assert_eq!(send(&shop, "PUT", "/customers/bert", Some(new)).await.0, 201);
    let table = &shop.tables.customer;
    let key = CustomerKey { id: "bert".parse().unwrap() };
    let bert = table.get(&key).await.unwrap().unwrap();
    assert_eq!(table.create(&bert).await.unwrap(), Written::Refused(Some(bert)));
}

/// An index whose partition and sort key are several attributes: equality from left to right, then a range of the next.
#[tokio::test]
async fn an_index_of_several_attributes_is_queried_from_left_to_right() {
    let shop = shop(false);
    for (number, total, status) in [
        ("11", 9, "open"),
        ("12", 10, "open"),
        ("21", 10, "open"),
        ("13", 30, "open"),
        ("14", 10, "sent"),
    ] {
        let sent =
            send(&shop, "POST", "/customers/anna/orders", Some(order(number, total, status)));
        assert_eq!(sent.await.0, 201);
    }
    let numbers = |body: &Value| -> Vec<String> {
        let orders = body["orders"].as_array().unwrap().iter();
        orders.map(|order| order["number"].as_str().unwrap().to_owned()).collect()
    };
    let at = "/customers/anna/orders/of-status?status=open";
    // By total as a number, and by number among equal totals; the greatest first.
    let (status, all) = send(&shop, "GET", at, None).await;
    assert_eq!((status, numbers(&all)), (200, ["13", "21", "12", "11"].map(str::to_owned).into()));
    let (_, some) = send(&shop, "GET", &format!("{at}&least=10&most=20"), None).await;
    assert_eq!(numbers(&some), ["21", "12"]);
    let (_, none) = send(&shop, "GET", "/customers/bert/orders/of-status?status=open", None).await;
    assert_eq!(numbers(&none), Vec::<String>::new());
    // Pages follow one another, and a token is good for its own key only.
    let (_, first) = send(&shop, "GET", &format!("{at}&limit=3"), None).await;
    let next = first["next"].as_str().unwrap();
    let (_, rest) = send(&shop, "GET", &format!("{at}&limit=3&next={next}"), None).await;
    assert_eq!((numbers(&first).len(), numbers(&rest)), (3, vec!["11".to_owned()]));
    let other = format!("/customers/anna/orders/of-status?status=sent&next={next}");
    assert_eq!(send(&shop, "GET", &other, None).await.0, 400);
    let count = "/customers/anna/orders/of-total?status=open&of=10";
    assert_eq!(send(&shop, "GET", count, None).await, (200, json!(2)));
    assert_eq!(send(&shop, "GET", &format!("{count}&number=1"), None).await, (200, json!(1)));
    // The same by hand, in the words of the generated crate.
    let query = Query::partition(&"anna".to_owned())
        .index(OrderIndexes::BY_STATUS)
        .further(&Status::Open)
        .sort_greater_than(&runtime::Decimal::from(9));
    assert_eq!(shop.tables.order.count(query).await.unwrap(), 3);
}

/// A request names properties: what a property, a key, or another type's key is stored under is out of its reach.
#[tokio::test]
async fn no_request_reaches_an_attribute_under_its_stored_name() {
    let shop = shop(false);
    let doc = |more: Value| {
        let mut doc = json!({"id": "d", "title": "Plans"});
        doc.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
        doc
    };
    let plain = doc(json!({"colour": "red", "role": "admin"}));
    assert_eq!(send(&shop, "POST", "/docs", Some(plain)).await.0, 201);
    let before = stored(&shop, "DOC#d", "DOC").await;
    assert_eq!(before["GSI1PK"]["S"], "OWNER#nobody");
    for (name, value) in [
        ("PK", json!("x")),
        ("SK", json!("x")),
        ("GSI1PK", json!("OWNER#bert")),
        ("GSI1SK", json!("x")),
        ("nick_name", json!(5)),
        ("role_attr", json!("admin")),
        // Keys and ends of the other types in the table.
        ("customerId", json!("anna")),
        ("order_number", json!("1")),
        ("total", json!(7)),
        ("ttl", json!(1)),
    ] {
        let new = json!({"id": "e", "title": "New", name: value});
        for (method, target, body) in [
            ("PATCH", "/docs/d", json!({name: value})),
            ("PATCH", "/docs/d", json!({name: null})),
            ("PUT", "/docs/d", doc(json!({name: value}))),
            ("PUT", "/docs/d/whole", doc(json!({name: value}))),
            ("PUT", "/docs/e", new.clone()),
            ("POST", "/docs", new),
        ] {
            let (status, told) = send(&shop, method, target, Some(body)).await;
            assert_eq!(status, 400, "{method} {target} {name}: {told}");
            assert_eq!(told["violations"][0]["pointer"], json!(format!("/body/{name}")));
        }
    }
    // Nor what only the service sets, within objects too.
    for (patch, at) in [
        (json!({"role": "admin"}), "/body/role"),
        (json!({"place": {"level": 3}}), "/body/place/level"),
        (json!({"place": {"level": null}}), "/body/place/level"),
    ] {
        let (status, told) = send(&shop, "PATCH", "/docs/d", Some(patch)).await;
        assert_eq!((status, &told["violations"][0]["pointer"]), (400, &json!(at)), "{told}");
    }
    assert_eq!(stored(&shop, "DOC#d", "DOC").await, before);
    assert_eq!(stored(&shop, "DOC#e", "DOC").await, Value::Null);
    let (_, patched) = send(&shop, "PATCH", "/docs/d", Some(json!({"colour": null}))).await;
    let left = json!({"id": "d", "ownerId": "nobody", "title": "Plans", "copies": 10});
    assert_eq!(patched, left);
}

/// What the contract does not name is kept, whatever a patch with an open schema says.
#[tokio::test]
async fn a_patch_removes_nothing_that_the_contract_hides() {
    let shop = shop(false);
    let customer = json!({"PK": {"S": "CUSTOMER#anna"}, "SK": {"S": "PROFILE"}, "full_name": {"S": "Anna"},
        "tags": {"SS": ["a"]}, "passwordHash": {"S": "x"}});
    put(&shop, customer).await;
    for hidden in ["passwordHash", "PK", "full_name"] {
        let patch = runtime::Json::parse(&json!({hidden: null}).to_string()).unwrap();
        let key = CustomerKey { id: runtime::rules::decode_value("id", "anna").unwrap() };
        let done = shop.tables.customer.patch(&key, &patch, &["id"], Update::new()).await.unwrap();
        assert!(matches!(done, runtime::Patched::Done(_) | runtime::Patched::Invalid(_)));
    }
    let after = stored(&shop, "CUSTOMER#anna", "PROFILE").await;
    assert_eq!(
        (&after["passwordHash"]["S"], &after["full_name"]["S"]),
        (&json!("x"), &json!("Anna"))
    );
}

/// A sum that the contract refuses is never stored, because the item could not be read any more.
#[tokio::test]
async fn no_sum_leaves_its_bounds() {
    let shop = shop(false);
    let item = json!({"PK": {"S": "DOC#d"}, "SK": {"S": "DOC"}, "id": {"S": "d"}, "title": {"S": "Plans"}, "ownerId": {"S": "anna"}});
    put(&shop, item).await;
    for (what, by, status, property, sum) in [
        ("rating", "5", 409, "rating", Value::Null),
        ("rating", "0", 200, "rating", Value::Null),
        ("rating", "4.5", 200, "rating", json!(4.5)),
        ("rating", "0.5", 409, "rating", json!(4.5)),
        ("rating", "-4.5", 409, "rating", json!(4.5)),
        ("rating", "-4.4", 200, "rating", json!(0.1)),
        // What is absent is its default.
        ("copies", "-1", 409, "copies", json!(10)),
        ("copies", "2", 200, "copies", json!(12)),
        ("copies", "-2", 200, "copies", json!(10)),
        // And zero without one.
        ("shelf", "1", 409, "shelf", Value::Null),
        ("shelf", "10", 200, "shelf", json!(10)),
        ("visits", "2147483647", 200, "visits", json!(2_147_483_647)),
        ("visits", "1", 500, "visits", json!(2_147_483_647)),
    ] {
        let (found, told) = send(&shop, "POST", &format!("/docs/d/{what}?by={by}"), None).await;
        assert_eq!(found, status, "{what} {by}: {told}");
        let (found, doc) = send(&shop, "GET", "/docs/d", None).await;
        assert_eq!((found, &doc[property]), (200, &sum), "{what} {by}");
    }
}
