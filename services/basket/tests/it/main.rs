//! `checkoutBasket` against a real DynamoDB engine and a bus that fails as told.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod world;

use basket_contract::{Basket, CheckoutBasketError as Error, PendingCheckout, PutBasketError};
use runtime::{Decimal, Timestamp, Uuid};
use serde_json::json;
use world::{Does, World};

#[tokio::test]
async fn a_checkout_publishes_the_basket_and_removes_it() {
    let world = World::new().await;
    world.fill("950.4").await.unwrap();
    let before = Timestamp::now();
    let receipt = world.check_out(None).await.unwrap();
    let [event] = &world.accepted()[..] else { panic!("one event") };
    assert_eq!(receipt.total_price.get(), Decimal::new(19008, 1));
    assert_eq!(event.total_price, receipt.total_price);
    assert_eq!(event.checkout_id, receipt.checkout_id);
    assert_eq!(event.checkout_time, receipt.checkout_time);
    assert!(receipt.checkout_time >= before);
    assert!(world.basket().await.is_none());
    assert!(matches!(world.check_out(None).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn totals_are_exact() {
    let world = World::new().await;
    let item = |price: &str, quantity: i32| {
        json!({"productId": "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11", "productName": "x",
            "quantity": quantity, "price": serde_json::from_str::<serde_json::Value>(price).unwrap()})
    };
    let body = json!({"userName": "swn", "items": [item("0.1", 3), item("0.07", 1000), item("999999.99", 1000)]});
    world.put(&body).await.unwrap();
    let total = world.check_out(None).await.unwrap().total_price;
    assert_eq!(total.get(), Decimal::new(10_000_000_603, 1));
}

#[tokio::test]
async fn an_empty_or_missing_basket_is_refused_and_left_alone() {
    let world = World::new().await;
    assert!(matches!(world.check_out(None).await, Err(Error::NotFound(_))));
    world.put(&json!({"userName": "swn", "items": []})).await.unwrap();
    assert!(matches!(world.check_out(None).await, Err(Error::UnprocessableContent(_))));
    assert!(world.basket().await.unwrap().checkout.is_none());
    assert!(world.accepted().is_empty());
}

#[tokio::test]
async fn the_same_key_gets_the_same_answer() {
    let world = World::new().await;
    world.fill("1").await.unwrap();
    let receipt = world.check_out(Some("k")).await.unwrap();
    assert_eq!(world.check_out(Some("k")).await.unwrap(), receipt);
    // A new basket is no concern of a request that was answered.
    world.fill("2").await.unwrap();
    assert_eq!(world.check_out(Some("k")).await.unwrap(), receipt);
    assert!(world.basket().await.unwrap().checkout.is_none());
    assert_eq!(world.accepted().len(), 1);
    let other = world.check_out_from(Some("k"), "2 Side Street").await;
    assert!(matches!(other, Err(Error::UnprocessableContent(_))));
    assert_ne!(world.check_out(Some("l")).await.unwrap().checkout_id, receipt.checkout_id);
}

#[tokio::test]
async fn a_refused_event_leaves_the_basket_as_it_was() {
    let world = World::new().await;
    let basket = world.fill("1").await.unwrap();
    world.bus_does([Does::Refuse]);
    assert!(matches!(world.check_out(Some("k")).await, Err(Error::ServiceUnavailable(_))));
    assert_eq!(world.basket().await.unwrap(), basket);
    assert!(world.accepted().is_empty());
    world.fill("2").await.unwrap();
    world.check_out(Some("k")).await.unwrap();
    assert_eq!(world.accepted().len(), 1);
}

#[tokio::test]
async fn a_refused_event_says_nothing_of_a_basket_that_another_request_goes_on_with() {
    let world = World::new().await;
    world.fill("1").await.unwrap();
    for (does, is_as_it_was) in [(Does::RefuseWhenTakenUp, false), (Does::Refuse, true)] {
        world.bus_does([does]);
        let Err(Error::ServiceUnavailable(problem)) = world.check_out(Some("k")).await else {
            panic!("published")
        };
        let detail = problem.detail.clone().unwrap();
        assert_eq!(detail.contains("the basket is unchanged"), is_as_it_was, "{detail}");
        assert_eq!(world.basket().await.unwrap().checkout.is_none(), is_as_it_was);
        // The other request finishes what it has taken up, and the next basket is a new one.
        world.check_out(Some("other")).await.unwrap();
        world.fill("1").await.unwrap();
    }
}

#[tokio::test]
async fn an_error_of_the_bus_is_tried_again() {
    let world = World::new().await;
    world.fill("1").await.unwrap();
    world.bus_does([Does::AcceptAndFail, Does::Fail]);
    let receipt = world.check_out(None).await.unwrap();
    let ids: Vec<Uuid> = world.accepted().iter().map(|event| event.checkout_id).collect();
    assert_eq!(ids, [receipt.checkout_id, receipt.checkout_id]);
}

#[tokio::test]
async fn a_lost_answer_keeps_the_basket_for_the_same_checkout() {
    let world = World::new().await;
    world.fill("1").await.unwrap();
    world.bus_does([Does::AcceptAndHang]);
    assert!(matches!(world.check_out(Some("k")).await, Err(Error::ServiceUnavailable(_))));
    let mark = world.basket().await.unwrap().checkout.expect("a mark");
    assert!(matches!(world.fill("2").await, Err(PutBasketError::Conflict(_))));
    // Refused for certain now; but the lost attempt may have come through, so the mark stays.
    world.bus_does([Does::Refuse]);
    assert!(matches!(world.check_out(Some("k")).await, Err(Error::ServiceUnavailable(_))));
    assert_eq!(
        world.basket().await.unwrap().checkout.expect("a mark").checkout_id,
        mark.checkout_id
    );
    let receipt = world.check_out(Some("k")).await.unwrap();
    assert_eq!(
        (receipt.checkout_id, receipt.checkout_time),
        (mark.checkout_id, mark.checkout_time)
    );
    assert!(world.accepted().iter().all(|event| event.checkout_id == mark.checkout_id));
    assert!(world.basket().await.is_none());
}

#[tokio::test]
async fn a_checkout_that_was_cut_off_is_finished_with_its_identity() {
    let world = World::new().await;
    let basket = world.fill("1").await.unwrap();
    let mark = PendingCheckout {
        checkout_id: Uuid::now_v7(),
        checkout_time: Timestamp::parse("2026-11-01T12:00:00Z").unwrap(),
        retried: false,
    };
    let marked = Basket { checkout: Some(mark.clone()), ..basket };
    world.tables.basket.put(&marked).await.unwrap();
    let receipt = world.check_out(Some("k")).await.unwrap();
    assert_eq!(
        (receipt.checkout_id, receipt.checkout_time),
        (mark.checkout_id, mark.checkout_time)
    );
    assert!(world.basket().await.is_none());
    assert_eq!(world.check_out(Some("k")).await.unwrap(), receipt);
}

#[tokio::test]
async fn requests_at_the_same_time_are_one_checkout() {
    let world = World::new().await;
    for round in 0..20 {
        world.fill("1").await.unwrap();
        let n_before = world.accepted().len();
        let key = format!("k{round}");
        let (a, b, c) = tokio::join!(
            world.check_out(Some(&key)),
            world.check_out(Some(&key)),
            world.check_out(None),
        );
        let mut ids: Vec<Uuid> =
            world.accepted()[n_before..].iter().map(|event| event.checkout_id).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1, "one basket, one identity");
        for receipt in [a, b].into_iter().chain([c]).flatten() {
            assert_eq!(receipt.checkout_id, ids[0]);
        }
        assert!(world.basket().await.is_none());
    }
}
