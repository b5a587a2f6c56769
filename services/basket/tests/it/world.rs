//! A world for the basket service: a real DynamoDB engine, and a bus that does what a test says.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use basket::Service;
use basket_contract::{
    Basket, BasketKey, CheckoutBasket, CheckoutBasketError, CheckoutBasketInput, CheckoutReceipt,
    IdempotencyKey, Operations as _, PutBasketError, PutBasketInput, Tables,
};
use runtime::{Aws, Context, decode_json};
use serde_json::{Value, json};
use stage::table::Tables as Stored;

/// What the bus does with one call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Does {
    /// It accepts the event and says so.
    Accept,
    /// It accepts nothing and says so, for good.
    Refuse,
    /// It accepts the event, but the answer is an error.
    AcceptAndFail,
    /// It accepts nothing, and the answer is an error.
    Fail,
    /// It accepts the event and never answers.
    AcceptAndHang,
    /// It accepts nothing and says so, after another request has taken the checkout up.
    RefuseWhenTakenUp,
}

#[derive(Default)]
struct Bus {
    script: VecDeque<Does>,
    accepted: Vec<CheckoutBasket>,
}

type SharedBus = Arc<Mutex<Bus>>;

pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) tables: Tables,
    bus: SharedBus,
    _stored: Stored,
}

impl World {
    pub(crate) async fn new() -> Self {
        let stored = [("basket", "userName"), ("checkout", "checkoutKey")].map(|(table, key)| {
            json!({
                "TableName": table, "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
            })
        });
        let stored = Stored::in_memory(stored).expect("tables in memory");
        let tables_at = format!("http://{}", stored.address());
        let bus = SharedBus::default();
        let (listener, bus_at) = listen().await;
        let names = [
            ("BASKET_TABLE", "basket"),
            ("CHECKOUT_TABLE", "checkout"),
            ("SWN_EVENT_BUS", "SwnEventBus"),
            ("AWS_ENDPOINT_URL_EVENTBRIDGE", bus_at.as_str()),
        ];
        let aws = Aws::local(&tables_at, &names);
        let tables = Tables::new(&aws);
        let state = (Arc::clone(&bus), tables.clone());
        let router = Router::new().route("/", post(put_events)).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { service: Service::new(&aws), tables, bus, _stored: stored }
    }

    /// What the bus does with the calls to come; when the script is at its end, it accepts.
    pub(crate) fn bus_does(&self, script: impl IntoIterator<Item = Does>) {
        self.bus.lock().unwrap().script = script.into_iter().collect();
    }

    /// The events that the bus accepted.
    pub(crate) fn accepted(&self) -> Vec<CheckoutBasket> {
        self.bus.lock().unwrap().accepted.clone()
    }

    /// Fills the basket with two telephones at this price.
    pub(crate) async fn fill(&self, price: &str) -> Result<Basket, PutBasketError> {
        let price: Value = serde_json::from_str(price).unwrap();
        let body = json!({"userName": "swn", "items": [{
            "productId": "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11", "productName": "IPhone X",
            "quantity": 2, "color": "Red", "price": price,
        }]});
        self.put(&body).await
    }

    pub(crate) async fn put(&self, body: &Value) -> Result<Basket, PutBasketError> {
        let input = PutBasketInput { body: decode_json("/body", body).unwrap() };
        self.service.put_basket(&cx(), input).await
    }

    pub(crate) async fn basket(&self) -> Option<Basket> {
        self.tables.basket.get_consistent(&key()).await.unwrap()
    }

    /// Checks out, and gives up after some time, as a function that is killed does.
    pub(crate) async fn check_out(
        &self,
        key: Option<&str>,
    ) -> Result<CheckoutReceipt, CheckoutBasketError> {
        self.check_out_from(key, "1 Main Street").await
    }

    pub(crate) async fn check_out_from(
        &self,
        key: Option<&str>,
        address: &str,
    ) -> Result<CheckoutReceipt, CheckoutBasketError> {
        let body = json!({
            "userName": "swn", "firstName": "Mehmet", "lastName": "Ozkaya", "address": address,
            "email": "ezozkme@example.com", "paymentMethod": "card", "cardInfo": "tok_5555554444",
        });
        let input = CheckoutBasketInput {
            idempotency_key: key.map(|key| IdempotencyKey::new(key).unwrap()),
            body: decode_json("/body", &body).unwrap(),
        };
        self.service.checkout_basket(&cx(), input).await
    }
}

pub(crate) fn key() -> BasketKey {
    BasketKey { user_name: "swn".try_into().unwrap() }
}

/// An invocation that leaves a publisher two attempts or three.
fn cx() -> Context {
    Context::new("r", Duration::from_millis(900))
}

async fn listen() -> (tokio::net::TcpListener, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    (listener, address)
}

/// Does to the basket what another request for the same checkout does first.
async fn take_up(tables: &Tables) {
    let mut basket = tables.basket.get_consistent(&key()).await.unwrap().expect("a basket");
    basket.checkout.as_mut().expect("a mark").retried = true;
    tables.basket.put(&basket).await.unwrap();
}

async fn put_events(
    State((bus, tables)): State<(SharedBus, Tables)>,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    let call: Value = serde_json::from_slice(&body).unwrap();
    let entry = &call["Entries"][0];
    assert_eq!(entry["EventBusName"], "SwnEventBus");
    assert_eq!(entry["Source"], "com.swn.basket.checkoutbasket");
    assert_eq!(entry["DetailType"], "CheckoutBasket");
    let detail: Value = serde_json::from_str(entry["Detail"].as_str().unwrap()).unwrap();
    let event: CheckoutBasket = decode_json("/detail", &detail).expect("an event by the contract");
    let does = {
        let mut bus = bus.lock().unwrap();
        let does = bus.script.pop_front().unwrap_or(Does::Accept);
        if matches!(does, Does::Accept | Does::AcceptAndFail | Does::AcceptAndHang) {
            bus.accepted.push(event);
        }
        does
    };
    if matches!(does, Does::RefuseWhenTakenUp) {
        take_up(&tables).await;
    }
    match does {
        Does::Accept => {
            (StatusCode::OK, Json(json!({"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]})))
        }
        Does::Refuse | Does::RefuseWhenTakenUp => {
            let entry =
                json!({"ErrorCode": "NotAuthorizedForSourceException", "ErrorMessage": "no"});
            (StatusCode::OK, Json(json!({"FailedEntryCount": 1, "Entries": [entry]})))
        }
        Does::Fail | Does::AcceptAndFail => {
            let error = json!({"__type": "InternalException", "message": "a fault of ours"});
            (StatusCode::INTERNAL_SERVER_ERROR, Json(error))
        }
        Does::AcceptAndHang => std::future::pending().await,
    }
}
