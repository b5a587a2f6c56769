//! A shop in memory that speaks the contracts and breaks its promises on purpose, so that a test knows what
//! the harness must find.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

/// How the shop misbehaves; nothing in it is a shop that keeps its promises.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    /// Every n-th accepted checkout never becomes an order.
    pub(crate) lose_every: Option<usize>,
    /// Every n-th accepted checkout becomes two orders.
    pub(crate) double_every: Option<usize>,
    /// Every n-th checkout is refused with 503, however often it is sent.
    pub(crate) refuse_every: Option<usize>,
    /// Refused checkouts lose their basket.
    pub(crate) refusal_takes_basket: bool,
    /// Refused checkouts become orders all the same.
    pub(crate) refusal_places_order: bool,
    /// Every n-th checkout is processed, and its first answer is 500.
    pub(crate) swallow_answer_every: Option<usize>,
    /// Receipts name a total that is a cent too high.
    pub(crate) wrong_total: bool,
    /// Receipts lack their time.
    pub(crate) broken_receipts: bool,
    /// How long an order takes.
    pub(crate) order_after: Duration,
    /// In each period of the first length, nothing is answered for the second.
    pub(crate) stall: Option<(Duration, Duration)>,
}

/// A shop that is open until it is dropped.
pub(crate) struct Shop {
    url: String,
    inner: Arc<Inner>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Shop {
    pub(crate) fn open(faults: Faults) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shop =
            Arc::new(Inner { faults, opened: Instant::now(), books: Mutex::new(Books::default()) });
        let router = router(Arc::clone(&shop));
        runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inner: shop, runtime: Some(runtime) }
    }

    /// Waits until so many customers have checked out.
    pub(crate) fn wait_for_checkouts(&self, n_checkouts: usize) {
        let patience = Instant::now() + Duration::from_secs(20);
        while self.inner.books().checkouts.len() < n_checkouts {
            assert!(Instant::now() < patience, "nobody comes");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

struct Inner {
    faults: Faults,
    opened: Instant,
    books: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    products: BTreeMap<String, Value>,
    baskets: BTreeMap<String, Value>,
    /// Checkouts by key: the answer that repetitions get.
    checkouts: BTreeMap<String, Checkout>,
    orders: BTreeMap<String, Vec<(Instant, Value)>>,
    n_accepted: usize,
}

#[derive(Clone)]
struct Checkout {
    status: StatusCode,
    answer: Value,
    n_sent: usize,
    number: usize,
}

type Shared = Arc<Inner>;

impl Inner {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }
}

fn router(shop: Shared) -> Router {
    Router::new()
        .route("/product", get(list_products).post(create_product))
        .route("/product/{id}", get(get_product).delete(delete_product))
        .route("/basket", post(put_basket))
        .route("/basket/{user}", get(get_basket).delete(delete_basket))
        .route("/basket/checkout", post(check_out))
        .route("/order/{user}", get(get_orders))
        .layer(from_fn_with_state(Arc::clone(&shop), stall))
        .with_state(shop)
}

/// Holds every request back that comes during a stall.
async fn stall(State(shop): State<Shared>, request: Request, next: Next) -> Response {
    if let Some((period, stalled)) = shop.faults.stall {
        let into_period = shop.opened.elapsed().as_secs_f64() % period.as_secs_f64();
        let left = stalled.as_secs_f64() - into_period;
        if left > 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(left)).await;
        }
    }
    next.run(request).await
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let kind = if status.is_success() { "application/json" } else { "application/problem+json" };
    (status, [("content-type", kind)], body.to_string()).into_response()
}

fn problem(status: StatusCode) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    answer(status, &json!({"type": "about:blank", "title": title, "status": status.as_u16()}))
}

async fn list_products(
    State(shop): State<Shared>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let books = shop.books();
    let wanted = |product: &&Value| {
        query.get("category").is_none_or(|category| product["category"] == category.as_str())
    };
    let items: Vec<_> = books.products.values().filter(wanted).take(25).collect();
    answer(StatusCode::OK, &json!({"items": items}))
}

async fn create_product(State(shop): State<Shared>, body: String) -> Response {
    let mut product: Value = serde_json::from_str(&body).unwrap();
    let id = uuid::Uuid::new_v4().to_string();
    product["id"] = json!(id);
    let response = (
        StatusCode::CREATED,
        [("content-type", "application/json"), ("location", &*format!("/product/{id}"))],
        product.to_string(),
    )
        .into_response();
    shop.books().products.insert(id, product);
    response
}

async fn get_product(State(shop): State<Shared>, Path(id): Path<String>) -> Response {
    match shop.books().products.get(&id) {
        Some(product) => answer(StatusCode::OK, product),
        None => problem(StatusCode::NOT_FOUND),
    }
}

async fn delete_product(State(shop): State<Shared>, Path(id): Path<String>) -> Response {
    match shop.books().products.remove(&id) {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => problem(StatusCode::NOT_FOUND),
    }
}

async fn put_basket(State(shop): State<Shared>, body: String) -> Response {
    let basket: Value = serde_json::from_str(&body).unwrap();
    let user = basket["userName"].as_str().unwrap().to_owned();
    let response = answer(StatusCode::OK, &basket);
    shop.books().baskets.insert(user, basket);
    response
}

async fn get_basket(State(shop): State<Shared>, Path(user): Path<String>) -> Response {
    match shop.books().baskets.get(&user) {
        Some(basket) => answer(StatusCode::OK, basket),
        None => problem(StatusCode::NOT_FOUND),
    }
}

async fn delete_basket(State(shop): State<Shared>, Path(user): Path<String>) -> Response {
    shop.books().baskets.remove(&user);
    StatusCode::NO_CONTENT.into_response()
}

async fn get_orders(State(shop): State<Shared>, Path(user): Path<String>) -> Response {
    let books = shop.books();
    let orders = books.orders.get(&user).map(Vec::as_slice).unwrap_or_default();
    let now = Instant::now();
    let there = orders.iter().filter(|(visible_at, _)| *visible_at <= now);
    let items: Vec<_> = there.map(|(_, order)| order).collect();
    answer(StatusCode::OK, &json!({"items": items}))
}

async fn check_out(State(shop): State<Shared>, headers: HeaderMap, body: String) -> Response {
    let request: Value = serde_json::from_str(&body).unwrap();
    let user = request["userName"].as_str().unwrap().to_owned();
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let mut books = shop.books();
    if !books.checkouts.contains_key(&key) {
        let number = books.checkouts.len() + 1;
        let Some(basket) = books.baskets.get(&user).cloned() else {
            return problem(StatusCode::NOT_FOUND);
        };
        let checkout = process(&shop.faults, &mut books, &user, &basket, &request, number);
        books.checkouts.insert(key.clone(), checkout);
    }
    let checkout = books.checkouts.get_mut(&key).unwrap();
    checkout.n_sent += 1;
    if hits(shop.faults.swallow_answer_every, checkout.number) && checkout.n_sent == 1 {
        return problem(StatusCode::INTERNAL_SERVER_ERROR);
    }
    match checkout.status {
        StatusCode::ACCEPTED => answer(StatusCode::ACCEPTED, &checkout.answer),
        status => problem(status),
    }
}

fn process(
    faults: &Faults,
    books: &mut Books,
    user: &str,
    basket: &Value,
    request: &Value,
    number: usize,
) -> Checkout {
    let refused = hits(faults.refuse_every, number);
    let now = jiff::Timestamp::now();
    let total = total(basket) + if faults.wrong_total { 1 } else { 0 };
    let mut receipt = json!({
        "checkoutId": uuid::Uuid::new_v4(), "checkoutTime": now.to_string(), "userName": user,
        "totalPrice": total as f64 / 100.0,
    });
    if !refused || faults.refusal_takes_basket {
        books.baskets.remove(user);
    }
    if !refused {
        books.n_accepted += 1;
    }
    let n_orders = match (refused, books.n_accepted) {
        (true, _) => usize::from(faults.refusal_places_order),
        (false, n) if hits(faults.lose_every, n) => 0,
        (false, n) if hits(faults.double_every, n) => 2,
        (false, _) => 1,
    };
    for copy in 0..n_orders {
        let placed = now + faults.order_after + Duration::from_micros(copy as u64);
        let mut order = request.clone();
        order["orderDate"] = json!(placed.to_string());
        order["placedAt"] = json!(placed.to_string());
        order["checkoutId"] = receipt["checkoutId"].clone();
        order["totalPrice"] = receipt["totalPrice"].clone();
        order["items"] = basket["items"].clone();
        let visible_at = Instant::now() + faults.order_after;
        books.orders.entry(user.to_owned()).or_default().push((visible_at, order));
    }
    if faults.broken_receipts {
        receipt.as_object_mut().unwrap().remove("checkoutTime");
    }
    let status = if refused { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::ACCEPTED };
    Checkout { status, answer: receipt, n_sent: 0, number }
}

/// The basket's total, in cents.
fn total(basket: &Value) -> i64 {
    let lines = basket["items"].as_array().unwrap().iter();
    lines
        .map(|line| {
            let cents = (line["price"].as_f64().unwrap() * 100.0).round() as i64;
            cents * line["quantity"].as_i64().unwrap()
        })
        .sum()
}

fn hits(every: Option<usize>, number: usize) -> bool {
    every.is_some_and(|every| number.is_multiple_of(every))
}
