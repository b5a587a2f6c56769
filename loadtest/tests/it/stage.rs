//! The real shop: one local stage with the real functions, started once and shared by every test that asks.
//! Tests keep apart by using customers and products of their own.

use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use stage::{Stage, StageOptions, build_functions};
use uuid::Uuid;

/// How long an order may take in a test. It takes some milliseconds; a machine that is busy may take longer.
const PATIENCE: Duration = Duration::from_secs(20);

static SHOP: LazyLock<Shop> = LazyLock::new(|| Shop::open(|_| {}));

/// The shop that all tests share.
pub(crate) fn shop() -> &'static Shop {
    &SHOP
}

/// A stage and the way to it.
pub(crate) struct Shop {
    stage: Stage,
}

/// What a request was answered with.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: Value,
}

impl Shop {
    /// Opens a shop with options of its own, which stands until it is dropped.
    ///
    /// It is opened on a thread of its own, for a test's thread may not wait within its runtime. The stage has another,
    /// so the runtime that starts it need not live as long as it.
    pub(crate) fn open(adapt: impl FnOnce(&mut StageOptions) + Send + 'static) -> Self {
        let open = move || {
            let workspace = crate::command::workspace();
            let bin_dir = build_functions(&workspace).unwrap();
            let template = workspace.join("generated/infra/template.yaml");
            let issuer_key = Some(stage::cli::issuer_key(&workspace));
            let mut options = StageOptions { bin_dir, issuer_key, ..StageOptions::new(template) };
            adapt(&mut options);
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            Self { stage: runtime.block_on(Stage::start(options)).unwrap() }
        };
        std::thread::spawn(open).join().unwrap()
    }

    pub(crate) fn stage(&self) -> &Stage {
        &self.stage
    }

    /// A token of somebody with these scopes.
    pub(crate) fn token(&self, sub: &str, scope: &str) -> String {
        let claims = json!({
            "iss": "https://login.shop.example.com", "aud": "shop",
            "sub": sub, "scope": scope, "exp": now() + 600,
        });
        self.stage.issuer().mint(&claims).unwrap()
    }

    /// A token of the shop's own people, who may do everything.
    pub(crate) fn staff(&self) -> String {
        self.token("staff", "catalogue.write sales.read baskets.all orders.all")
    }

    /// Sends bytes as they are.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        content_type: &str,
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("{}{path}", self.stage.api_url());
        let request = client().request(method, url).header(CONTENT_TYPE, content_type).body(body);
        Answer::read(request.bearer_auth(self.staff()).send().await.unwrap()).await
    }

    /// Sends a request with this token, or with none.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: String,
    ) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("{}{path}", self.stage.api_url());
        let mut request = client().request(method, url).header(CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        Answer::read(request.body(body).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, "application/json", body.to_string()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let url = format!("{}{path}", self.stage.api_url());
        Answer::read(client().get(url).bearer_auth(self.staff()).send().await.unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        let url = format!("{}{path}", self.stage.api_url());
        Answer::read(client().delete(url).bearer_auth(self.staff()).send().await.unwrap()).await
    }

    /// Checks a basket out under a key.
    pub(crate) async fn check_out(&self, user: &str, key: &str) -> Answer {
        let url = format!("{}/basket/checkout", self.stage.api_url());
        let request = client()
            .post(url)
            .bearer_auth(self.token(user, ""))
            .header(CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", key)
            .body(checkout(user).to_string());
        Answer::read(request.send().await.unwrap()).await
    }

    /// The customer's orders, as soon as there are `n_orders`.
    pub(crate) async fn orders(&self, user: &str, n_orders: usize) -> Vec<Value> {
        self.items(&format!("/order/{user}"), n_orders).await
    }

    pub(crate) async fn orders_now(&self, user: &str) -> Vec<Value> {
        self.items_now(&format!("/order/{user}")).await
    }

    /// The product's sales, as soon as there are `n_sales`.
    pub(crate) async fn sales(&self, product: &str, n_sales: usize) -> Vec<Value> {
        self.items(&format!("/product/{product}/sales"), n_sales).await
    }

    /// The items of a page, as soon as there are `n_items`.
    async fn items(&self, path: &str, n_items: usize) -> Vec<Value> {
        let look = async {
            loop {
                let items = self.items_now(path).await;
                if items.len() >= n_items {
                    return items;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let found = tokio::time::timeout(PATIENCE, look).await;
        found.unwrap_or_else(|_| panic!("{path} has no {n_items} items"))
    }

    async fn items_now(&self, path: &str) -> Vec<Value> {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body["items"].as_array().unwrap().clone()
    }
}

impl Answer {
    async fn read(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.map(|value| value.to_str().unwrap().to_owned());
        let text = response.text().await.unwrap();
        Self {
            status,
            content_type: content_type.unwrap_or_default(),
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    /// Asserts that this is a problem document of RFC 9457 with this status.
    pub(crate) fn assert_problem(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.content_type, "application/problem+json", "{self:?}");
        assert_eq!(self.body["status"], status, "{self:?}");
        assert!(self.body["title"].is_string() && self.body["requestId"].is_string(), "{self:?}");
        self
    }

    /// The places at which the request violates the contract, each once, in order.
    pub(crate) fn pointers(&self) -> Vec<&str> {
        let violations = self.body["violations"].as_array().map(Vec::as_slice).unwrap_or_default();
        let pointers = violations.iter().map(|violation| violation["pointer"].as_str().unwrap());
        let each_once: std::collections::BTreeSet<_> = pointers.collect();
        each_once.into_iter().collect()
    }
}

/// Each test has a runtime of its own, and a connection does not outlive the runtime that opened it.
fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

/// The time, in seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A customer that no other test has.
pub(crate) fn customer() -> String {
    format!("c-{}", Uuid::new_v4().simple())
}

pub(crate) fn line() -> Value {
    json!({"productId": Uuid::new_v4(), "productName": "IPhone X", "quantity": 2, "color": "Red", "price": 950.4})
}

pub(crate) fn basket(user: &str, lines: &[Value]) -> Value {
    json!({"userName": user, "items": lines})
}

pub(crate) fn checkout(user: &str) -> Value {
    json!({
        "userName": user, "firstName": "Mehmet", "lastName": "Ozkaya", "email": "ezozkme@example.com",
        "address": "1 Main Street, Istanbul", "paymentMethod": "card", "cardInfo": "tok_5555554444",
    })
}

/// The event of a checkout, as the bus delivers it to the queue.
pub(crate) fn envelope(user: &str, version: u32) -> Value {
    let mut detail = checkout(user);
    detail["version"] = json!(version);
    detail["checkoutId"] = json!(Uuid::new_v4());
    detail["checkoutTime"] = json!("2026-11-01T12:00:00.000123Z");
    detail["totalPrice"] = json!(1900.8);
    detail["items"] = json!([line()]);
    json!({
        "version": "0", "id": Uuid::new_v4(), "detail-type": "CheckoutBasket",
        "source": "com.swn.basket.checkoutbasket", "account": "123456789012",
        "time": "2026-11-01T12:00:00Z", "region": "us-east-1", "resources": [], "detail": detail,
    })
}
