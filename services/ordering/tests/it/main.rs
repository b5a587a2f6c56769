//! `placeOrder` against a real DynamoDB engine in this process.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::time::Duration;

use ordering::Service;
use ordering_contract::{CheckoutBasket, Order, PlaceOrder as _, Tables};
use runtime::{Aws, Context, EventContext, Query, Timestamp, Uuid, decode_json};
use serde_json::json;

struct World {
    service: Service,
    tables: Tables,
}

impl World {
    async fn new() -> Self {
        let database = dynoxide::Database::memory().expect("a database in memory");
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
        database.create_table(serde_json::from_value(table).unwrap()).expect("a table");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(dynoxide::server::serve_on(listener, database));
        let aws = Aws::local(&endpoint, &[("ORDER_TABLE", "order")]);
        Self { service: Service::new(&aws), tables: Tables::new(&aws) }
    }

    async fn deliver(&self, event: &CheckoutBasket) {
        let cx = EventContext {
            invocation: Context::new("r", Duration::from_secs(10)),
            event_id: "e".to_owned(),
            time: None,
            attempt: 1,
            message_id: None,
            queue: None,
        };
        self.service.checkout_basket(&cx, event.clone()).await.expect("an order");
    }

    async fn orders(&self) -> Vec<Order> {
        let query = Query::partition(&"swn".to_owned()).consistent();
        self.tables.order.page(query).await.unwrap().items
    }
}

fn event(id: Uuid) -> CheckoutBasket {
    let event = json!({
        "version": 1, "checkoutId": id.to_string(), "checkoutTime": "2026-11-01T12:00:00.999999Z",
        "userName": "swn", "totalPrice": 1900.8, "firstName": "Mehmet", "lastName": "Ozkaya",
        "email": "ezozkme@example.com", "address": "1 Main Street", "paymentMethod": "card",
        "cardInfo": "tok_5555554444",
        "items": [{
            "productId": "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11", "productName": "IPhone X",
            "quantity": 2, "color": "Red", "price": 950.4,
        }],
    });
    decode_json("", &event).expect("an event")
}

#[tokio::test]
async fn an_event_becomes_the_order_that_it_tells_of() {
    let world = World::new().await;
    let event = event(Uuid::new_v4());
    let before = Timestamp::now();
    world.deliver(&event).await;
    let orders = world.orders().await;
    let [order] = orders.as_slice() else { panic!("one order, not {orders:?}") };
    assert_eq!(order.checkout_id, event.checkout_id);
    assert_eq!(order.order_date, event.checkout_time);
    assert_eq!(order.total_price, event.total_price);
    assert_eq!(order.items, event.items);
    assert!(order.placed_at >= before && order.placed_at <= Timestamp::now());
}

#[tokio::test]
async fn an_event_that_comes_again_changes_nothing() {
    let world = World::new().await;
    let event = event(Uuid::new_v4());
    world.deliver(&event).await;
    let first = world.orders().await;
    world.deliver(&event).await;
    assert_eq!(world.orders().await, first);
}

#[tokio::test]
async fn checkouts_of_one_instant_are_orders_of_their_own() {
    let world = World::new().await;
    let events: Vec<_> = (0..5).map(|_| event(Uuid::new_v4())).collect();
    for _ in 0..2 {
        for event in &events {
            world.deliver(event).await;
        }
    }
    let orders = world.orders().await;
    let ids: Vec<_> = orders.iter().map(|order| order.checkout_id).collect();
    assert_eq!(ids, events.iter().map(|event| event.checkout_id).collect::<Vec<_>>());
    let dates: Vec<_> = orders.iter().map(|order| order.order_date.to_string()).collect();
    assert_eq!(dates[0], "2026-11-01T12:00:00.999999Z");
    assert_eq!(dates[4], "2026-11-01T12:00:01.000003Z");
}

#[tokio::test]
async fn deliveries_at_the_same_time_make_one_order_each() {
    let world = World::new().await;
    let (a, b) = (event(Uuid::new_v4()), event(Uuid::new_v4()));
    tokio::join!(world.deliver(&a), world.deliver(&b), world.deliver(&a), world.deliver(&b));
    let mut ids: Vec<_> = world.orders().await.iter().map(|order| order.checkout_id).collect();
    ids.sort_unstable();
    let mut expected = vec![a.checkout_id, b.checkout_id];
    expected.sort_unstable();
    assert_eq!(ids, expected);
}
