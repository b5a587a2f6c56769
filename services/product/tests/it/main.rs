//! The product service, request by request, against a real DynamoDB engine in this process.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod sales;

use std::collections::BTreeSet;
use std::time::Duration;

use product::Service;
use product_contract::Routes;
use runtime::{Aws, Caller, Context, Request};
use serde_json::{Value, json};
use stage::table::Tables as Stored;

struct Shop {
    routes: Routes<Service>,
    service: Service,
    _stored: Stored,
}

/// A response, its body parsed.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// Where the request violates the contract.
    fn pointers(&self) -> BTreeSet<&str> {
        assert_eq!((self.status, &self.body["status"]), (400, &json!(400)), "{self:?}");
        assert_eq!(self.header("Content-Type"), Some("application/problem+json"));
        let violations = self.body["violations"].as_array().unwrap();
        violations.iter().map(|violation| violation["pointer"].as_str().unwrap()).collect()
    }
}

impl Shop {
    async fn open() -> Self {
        let table = json!({
            "TableName": "product", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "AttributeDefinitions": [
                {"AttributeName": "id", "AttributeType": "S"},
                {"AttributeName": "category", "AttributeType": "S"},
            ],
            "GlobalSecondaryIndexes": [{
                "IndexName": "byCategory", "Projection": {"ProjectionType": "ALL"},
                "KeySchema": [{"AttributeName": "category", "KeyType": "HASH"}],
            }],
        });
        let sales = json!({
            "TableName": "sale", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [
                {"AttributeName": "productId", "KeyType": "HASH"},
                {"AttributeName": "saleId", "KeyType": "RANGE"},
            ],
            "AttributeDefinitions": [
                {"AttributeName": "productId", "AttributeType": "S"},
                {"AttributeName": "saleId", "AttributeType": "S"},
            ],
        });
        let stored = Stored::in_memory([table, sales]).expect("tables in memory");
        let endpoint = format!("http://{}", stored.address());
        let names = [("PRODUCT_TABLE", "product"), ("SALE_TABLE", "sale")];
        let service = Service::new(&Aws::local(&endpoint, &names));
        Self { routes: Routes::new(service.clone()), service, _stored: stored }
    }

    async fn send(&self, request: Request) -> Answer {
        let caller = Caller::with_token("login", "clerk", &["catalogue.write", "sales.read"]);
        let cx = Context::new("the-id", Duration::from_secs(10)).with_caller(caller);
        let response = runtime::respond(&self.routes, &cx, request).await;
        let text = response.body.unwrap_or_default();
        Answer {
            status: response.status,
            headers: response
                .headers
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
        }
    }

    async fn call(&self, method: &str, path: &str) -> Answer {
        self.send(Request::new(method, path)).await
    }

    async fn post(&self, body: &str) -> Answer {
        self.send(Request::new("POST", "/product").with_body(body)).await
    }

    /// Adds a product and answers with its path.
    async fn add(&self, name: &str, category: &str) -> String {
        let body = json!({"name": name, "price": 950.4, "category": category});
        let answer = self.post(&body.to_string()).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.header("Location").expect("a location").to_owned()
    }

    /// The names of all products, and how many pages they came in.
    async fn names(&self, category: Option<&str>, limit: &str) -> (Vec<String>, usize) {
        let (mut names, mut n_pages, mut next) = (Vec::new(), 0, None::<String>);
        loop {
            let mut request = Request::new("GET", "/product").with_query("limit", limit);
            if let Some(category) = category {
                request = request.with_query("category", category);
            }
            if let Some(next) = next {
                request = request.with_query("next", next);
            }
            let page = self.send(request).await;
            assert_eq!(page.status, 200, "{page:?}");
            let items = page.body["items"].as_array().unwrap().iter();
            names.extend(items.map(|item| item["name"].as_str().unwrap().to_owned()));
            n_pages += 1;
            next = page.body["next"].as_str().map(ToOwned::to_owned);
            if next.is_none() {
                names.sort_unstable();
                return (names, n_pages);
            }
        }
    }
}

#[tokio::test]
async fn a_product_is_added_read_replaced_and_removed() {
    let shop = Shop::open().await;
    let path = shop.add("a", "Phone").await;
    let id = path.strip_prefix("/product/").unwrap().to_owned();
    let read = shop.call("GET", &path).await;
    let expected = json!({"id": id, "name": "a", "price": 950.4, "category": "Phone"});
    assert_eq!((read.status, &read.body), (200, &expected));
    let body = json!({"name": "b", "price": 1, "category": "Phone", "id": "is ignored"});
    let replaced = shop.send(Request::new("PUT", &path).with_body(body.to_string())).await;
    assert_eq!(replaced.body, json!({"id": id, "name": "b", "price": 1, "category": "Phone"}));
    assert_eq!(shop.call("GET", &path).await.body, replaced.body);
    assert_eq!(shop.call("DELETE", &path).await.status, 204);
    for method in ["GET", "DELETE"] {
        let answer = shop.call(method, &path).await;
        assert_eq!((answer.status, &answer.body["requestId"]), (404, &json!("the-id")));
    }
    let again = shop.send(Request::new("PUT", &path).with_body(body.to_string())).await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn pages_hold_every_product_once() {
    let shop = Shop::open().await;
    let mut expected = Vec::new();
    for index in 0..7 {
        let category = if index < 4 { "Phone" } else { "Tea & Coffee" };
        shop.add(&format!("p{index}"), category).await;
        expected.push(format!("p{index}"));
    }
    assert_eq!(shop.names(None, "100").await, (expected.clone(), 1));
    let (names, n_pages) = shop.names(None, "2").await;
    assert_eq!(names, expected);
    assert!(n_pages >= 4);
    assert_eq!(shop.names(Some("Phone"), "3").await.0, expected[..4]);
    assert_eq!(shop.names(Some("Tea & Coffee"), "1").await.0, expected[4..]);
    assert_eq!(shop.names(Some("nothing"), "1").await, (Vec::new(), 1));
}

#[tokio::test]
async fn a_token_is_good_for_its_own_list_only() {
    let shop = Shop::open().await;
    for index in 0..3 {
        shop.add(&format!("p{index}"), "Phone").await;
    }
    let list = || Request::new("GET", "/product").with_query("limit", "1");
    let next = |answer: Answer| answer.body["next"].as_str().unwrap().to_owned();
    let all = next(shop.send(list()).await);
    let phones = next(shop.send(list().with_query("category", "Phone")).await);
    let wrong = [
        list().with_query("next", &phones),
        list().with_query("next", &all).with_query("category", "Phone"),
        list().with_query("next", &phones).with_query("category", "Tea"),
        list().with_query("next", "nonsense"),
        list().with_query("next", format!("{all}A")),
    ];
    for request in wrong {
        assert_eq!(shop.send(request).await.pointers(), BTreeSet::from(["/query/next"]));
    }
}

#[tokio::test]
async fn every_violation_is_told_at_once_and_nothing_is_stored() {
    let shop = Shop::open().await;
    let body = json!({
        "name": "", "price": -1.001, "category": 5, "imageFile": "../a", "extra": 1,
        "description": "x".repeat(2001),
    });
    assert_eq!(
        shop.post(&body.to_string()).await.pointers(),
        BTreeSet::from([
            "/body/name",
            "/body/price",
            "/body/category",
            "/body/imageFile",
            "/body/extra",
            "/body/description",
        ])
    );
    for body in ["", "{", "[]", "null", "{\"name\":NaN}", "{\"a\":1,\"a\":2}", "\"\u{0}\""] {
        assert_eq!(shop.post(body).await.status, 400, "{body}");
    }
    let both = shop
        .send(Request::new("GET", "/product").with_query("limit", "101").with_query("category", ""))
        .await;
    assert_eq!(both.pointers(), BTreeSet::from(["/query/limit", "/query/category"]));
    assert_eq!(
        shop.call("GET", "/product/nonsense").await.pointers(),
        BTreeSet::from(["/path/id"])
    );
    let twice = Request::new("GET", "/product").with_query("limit", "1").with_query("limit", "2");
    assert_eq!(shop.send(twice).await.pointers(), BTreeSet::from(["/query/limit"]));
    assert_eq!(shop.names(None, "100").await.0, Vec::<String>::new());
}

#[tokio::test]
async fn methods_and_media_types_are_what_the_contract_says() {
    let shop = Shop::open().await;
    let path = shop.add("a", "Phone").await;
    let head = shop.call("HEAD", &path).await;
    assert_eq!((head.status, head.body), (200, Value::Null));
    let patch = shop.call("PATCH", &path).await;
    assert_eq!(patch.status, 405);
    assert_eq!(patch.header("Allow"), Some("DELETE, GET, HEAD, OPTIONS, PUT"));
    let options = shop.call("OPTIONS", "/product").await;
    assert_eq!((options.status, options.header("Allow")), (204, Some("GET, HEAD, OPTIONS, POST")));
    assert_eq!(shop.call("GET", "/products").await.status, 404);
    let body = json!({"name": "a", "price": 1, "category": "c"}).to_string();
    let sent = |content_type: &str| {
        Request::new("POST", "/product").with_header("content-type", content_type).with_body(&*body)
    };
    assert_eq!(shop.send(sent("text/plain")).await.status, 415);
    assert_eq!(shop.send(sent("application/json; charset=utf-8")).await.status, 201);
}
