//! A world for the ordering service: a real DynamoDB engine, and a bus that accepts or refuses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use ordering::Service;
use ordering_contract::{CheckoutBasket, Order, OrderPlaced, PlaceOrder as _, Tables};
use runtime::{Aws, Context, EventContext, EventError, Query, decode_json};
use serde_json::{Value, json};
use stage::table::Tables as Stored;

#[derive(Default)]
struct Bus {
    refuses: bool,
    accepted: Vec<OrderPlaced>,
}

type SharedBus = Arc<Mutex<Bus>>;

pub(crate) struct World {
    service: Service,
    tables: Tables,
    bus: SharedBus,
    _stored: Stored,
}

impl World {
    pub(crate) async fn new() -> Self {
        let table = json!({
            "TableName": "order", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [
                {"AttributeName": "userName", "KeyType": "HASH"},
                {"AttributeName": "orderDate", "KeyType": "RANGE"},
            ],
            "AttributeDefinitions": [
                {"AttributeName": "userName", "AttributeType": "S"},
                {"AttributeName": "orderDate", "AttributeType": "S"},
            ],
        });
        let stored = Stored::in_memory([table]).expect("tables in memory");
        let tables_at = format!("http://{}", stored.address());
        let bus = SharedBus::default();
        let (listener, bus_at) = listen().await;
        let router = Router::new().route("/", post(put_events)).with_state(Arc::clone(&bus));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let names = [
            ("ORDER_TABLE", "order"),
            ("SWN_EVENT_BUS", "SwnEventBus"),
            ("AWS_ENDPOINT_URL_EVENTBRIDGE", bus_at.as_str()),
        ];
        let aws = Aws::local(&tables_at, &names);
        Self { service: Service::new(&aws), tables: Tables::new(&aws), bus, _stored: stored }
    }

    /// Whether the bus refuses what comes from now on.
    pub(crate) fn bus_refuses(&self, refuses: bool) {
        self.bus.lock().unwrap().refuses = refuses;
    }

    /// What the bus was told of orders, in order.
    pub(crate) fn told(&self) -> Vec<OrderPlaced> {
        self.bus.lock().unwrap().accepted.clone()
    }

    pub(crate) async fn try_deliver(&self, event: &CheckoutBasket) -> Result<(), EventError> {
        let cx = EventContext::new(Context::new("r", Duration::from_secs(10)), "e");
        self.service.checkout_basket(&cx, event.clone()).await
    }

    pub(crate) async fn deliver(&self, event: &CheckoutBasket) {
        self.try_deliver(event).await.expect("an order");
    }

    pub(crate) async fn orders(&self) -> Vec<Order> {
        let query = Query::partition(&"swn".to_owned()).consistent();
        self.tables.order.page(query).await.unwrap().items
    }
}

async fn listen() -> (tokio::net::TcpListener, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    (listener, address)
}

async fn put_events(State(bus): State<SharedBus>, body: Bytes) -> (StatusCode, Json<Value>) {
    let call: Value = serde_json::from_slice(&body).unwrap();
    let entry = &call["Entries"][0];
    assert_eq!(entry["EventBusName"], "SwnEventBus");
    assert_eq!(entry["Source"], "com.swn.ordering.orderplaced");
    assert_eq!(entry["DetailType"], "OrderPlaced");
    let detail: Value = serde_json::from_str(entry["Detail"].as_str().unwrap()).unwrap();
    let event: OrderPlaced = decode_json("/detail", &detail).expect("an event by the contract");
    let mut bus = bus.lock().unwrap();
    if bus.refuses {
        let entry = json!({"ErrorCode": "NotAuthorizedForSourceException", "ErrorMessage": "no"});
        return (StatusCode::OK, Json(json!({"FailedEntryCount": 1, "Entries": [entry]})));
    }
    bus.accepted.push(event);
    (StatusCode::OK, Json(json!({"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]})))
}
