//! `placeOrder` against a real DynamoDB engine in this process, and a bus that refuses when told to.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod world;

use ordering_contract::CheckoutBasket;
use runtime::{EventError, Timestamp, Uuid, decode_json};
use serde_json::json;
use world::World;

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

#[tokio::test]
async fn an_order_is_told_of_in_the_words_of_what_is_stored() {
    let world = World::new().await;
    let event = event(Uuid::new_v4());
    world.deliver(&event).await;
    let (orders, told) = (world.orders().await, world.told());
    let ([order], [told]) = (&orders[..], &told[..]) else { panic!("one of each") };
    assert_eq!((told.checkout_id, told.order_date), (order.checkout_id, order.order_date));
    assert_eq!((told.total_price, &told.items), (order.total_price, &order.items));
}

#[tokio::test]
async fn a_repetition_tells_of_the_order_again_in_the_same_words() {
    let world = World::new().await;
    let (a, b) = (event(Uuid::new_v4()), event(Uuid::new_v4()));
    for event in [&a, &b, &b, &a] {
        world.deliver(event).await;
    }
    let told = world.told();
    assert_eq!(told.len(), 4);
    assert_eq!((&told[0], &told[1]), (&told[3], &told[2]));
    let dates: Vec<_> = world.orders().await.iter().map(|order| order.order_date).collect();
    assert_eq!(dates, [told[0].order_date, told[1].order_date]);
}

#[tokio::test]
async fn an_order_that_could_not_be_told_of_is_told_of_by_the_next_delivery() {
    let world = World::new().await;
    let event = event(Uuid::new_v4());
    world.bus_refuses(true);
    let answer = world.try_deliver(&event).await;
    assert!(matches!(answer, Err(EventError::Retry(_))), "{answer:?}");
    let stored = world.orders().await;
    assert_eq!((stored.len(), world.told().len()), (1, 0));
    world.bus_refuses(false);
    world.deliver(&event).await;
    assert_eq!(world.orders().await, stored);
    let told: Vec<_> = world.told().iter().map(|told| told.checkout_id).collect();
    assert_eq!(told, [event.checkout_id]);
}
