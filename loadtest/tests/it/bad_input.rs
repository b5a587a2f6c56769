//! Bad input, through real processes: each answered as the contract says, never with a 5xx, and changing
//! nothing that it should not.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::stage::{Answer, basket, checkout, customer, line, shop};

const JSON: &str = "application/json";

/// Stores a good basket, lets `spoil` spoil the next one, sends that, and makes sure that the good one is still
/// there.
async fn spoil(spoil: impl FnOnce(&mut Value)) -> Answer {
    let user = customer();
    let mut body = basket(&user, &[line()]);
    let before = shop().post("/basket", &body).await;
    assert_eq!(before.status, 200, "{before:?}");
    spoil(&mut body);
    let answer = shop().post("/basket", &body).await;
    assert_eq!(shop().get(&format!("/basket/{user}")).await.body, before.body);
    answer
}

/// Sends bytes that are no basket, and makes sure that no product came of them either.
async fn garbage(body: impl Into<Vec<u8>>) {
    let body = body.into();
    for path in ["/basket", "/product", "/basket/checkout"] {
        let answer = shop().send("POST", path, JSON, body.clone()).await;
        answer.assert_problem(400);
        assert_eq!(answer.pointers(), ["/body"], "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn malformed_json_is_refused() {
    for body in ["", "{", "{\"userName\": }", "nonsense", "{\"a\": 1,}", "[1, 2", "\"", "{} {}"] {
        garbage(body).await;
    }
}

#[tokio::test]
async fn deep_nesting_is_refused() {
    garbage("[".repeat(200_000)).await;
    garbage(format!("{}{}", "{\"a\":".repeat(5_000), "1")).await;
}

#[tokio::test]
async fn bad_utf8_is_refused() {
    garbage(vec![0xc3, 0x28]).await;
    // The gateway takes JSON for text, so such bytes come as replacement characters, which no name holds.
    let body = b"{\"items\": [], \"userName\": \"\xff\xfe\"}".to_vec();
    let answer = shop().send("POST", "/basket", JSON, body).await;
    answer.assert_problem(400);
    assert_eq!(answer.pointers(), ["/body/userName"], "{answer:?}");
}

#[tokio::test]
async fn wrong_types_are_all_told_at_once() {
    let answer = spoil(|body| {
        body["items"][0]["quantity"] = json!("two");
        body["items"][0]["price"] = json!([950.4]);
        body["items"][0]["productId"] = json!(17);
    })
    .await;
    let pointers = answer.assert_problem(400).pointers();
    assert_eq!(
        pointers,
        ["/body/items/0/price", "/body/items/0/productId", "/body/items/0/quantity"]
    );
    let whole = ["null", "17", "\"swn\"", "[]", "true"];
    for body in whole {
        let answer = shop().send("POST", "/basket", JSON, body).await;
        assert_eq!(answer.assert_problem(400).pointers(), ["/body"], "{body}");
    }
}

#[tokio::test]
async fn missing_fields_are_all_told_at_once() {
    let answer = shop().post("/basket/checkout", &json!({})).await;
    let pointers = answer.assert_problem(400).pointers();
    let names = ["address", "email", "firstName", "lastName", "paymentMethod", "userName"];
    assert_eq!(pointers, names.map(|name| format!("/body/{name}")));
    let answer = spoil(|body| {
        body["items"][0].as_object_mut().unwrap().remove("price");
    });
    assert_eq!(answer.await.assert_problem(400).pointers(), ["/body/items/0/price"]);
}

#[tokio::test]
async fn fields_that_nobody_knows_are_refused() {
    let answer = spoil(|body| body["discount"] = json!(100)).await;
    assert_eq!(answer.assert_problem(400).pointers(), ["/body/discount"]);
}

#[tokio::test]
async fn strings_that_are_too_long_or_of_the_wrong_form_are_refused() {
    for name in ["x".repeat(129), "ü".repeat(129), String::new()] {
        let answer = spoil(|body| body["items"][0]["productName"] = json!(name)).await;
        assert_eq!(answer.assert_problem(400).pointers(), ["/body/items/0/productName"]);
    }
    for user in ["", "a b", "-a", "../x", "a\u{0}b", "\u{202e}swn", &"x".repeat(65)] {
        let answer = shop().post("/basket", &basket(user, &[line()])).await;
        assert_eq!(answer.assert_problem(400).pointers(), ["/body/userName"], "{user:?}");
    }
    let mut wrong = checkout(&customer());
    wrong["email"] = json!("not an address");
    wrong["paymentMethod"] = json!("barter");
    let answer = shop().post("/basket/checkout", &wrong).await;
    let pointers = answer.assert_problem(400).pointers();
    assert_eq!(pointers, ["/body/email", "/body/paymentMethod"]);
}

#[tokio::test]
async fn too_many_items_are_refused() {
    let answer = spoil(|body| body["items"] = Value::from(vec![line(); 101])).await;
    assert_eq!(answer.assert_problem(400).pointers(), ["/body/items"]);
}

#[tokio::test]
async fn quantities_outside_the_bounds_are_refused() {
    for quantity in [json!(-1), json!(0), json!(1001), json!(1.5), json!(i64::MAX), json!(1e300)] {
        let answer = spoil(|body| body["items"][0]["quantity"] = quantity.clone()).await;
        assert_eq!(answer.assert_problem(400).pointers(), ["/body/items/0/quantity"], "{quantity}");
    }
}

#[tokio::test]
async fn numbers_that_are_none_are_refused() {
    for price in ["NaN", "Infinity", "-Infinity", "0x10", "1e", ".5", "+1", "01"] {
        let user = customer();
        let body = basket(&user, &[line()]).to_string().replace("950.4", price);
        let answer = shop().send("POST", "/basket", JSON, body).await;
        assert_eq!(answer.assert_problem(400).pointers(), ["/body"], "{price}");
        shop().get(&format!("/basket/{user}")).await.assert_problem(404);
    }
    for price in ["\"NaN\"", "1e999", "-1e999", "-0.01", "1000000.01", "0.001", "1e-30", "null"] {
        let user = customer();
        let body = basket(&user, &[line()]).to_string().replace("950.4", price);
        let answer = shop().send("POST", "/basket", JSON, body).await;
        let pointers = answer.assert_problem(400).pointers();
        // A number beyond all bounds may be refused by the JSON reader, or by the price's type.
        assert!(matches!(pointers[..], ["/body/items/0/price"] | ["/body"]), "{price}: {answer:?}");
        shop().get(&format!("/basket/{user}")).await.assert_problem(404);
    }
}

#[tokio::test]
async fn unknown_ids_are_not_found() {
    let (nobody, nothing) = (customer(), format!("/product/{}", Uuid::new_v4()));
    shop().get(&nothing).await.assert_problem(404);
    shop().delete(&nothing).await.assert_problem(404);
    let product = json!({"name": "x", "price": 1, "category": "y"}).to_string();
    shop().send("PUT", &nothing, JSON, product).await.assert_problem(404);
    shop().get(&nothing).await.assert_problem(404);
    shop().get(&format!("/basket/{nobody}")).await.assert_problem(404);
    shop().check_out(&nobody, "key").await.assert_problem(404);
    assert!(shop().orders_now(&nobody).await.is_empty());
}

#[tokio::test]
async fn parameters_of_the_wrong_form_are_refused() {
    for path in [
        "/product/17",
        "/product/7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a1",
        "/product?limit=0",
        "/product?limit=101",
        "/product?limit=many",
        "/product?next=",
        "/product?next=nonsense",
        "/basket?next=%00",
        "/order/swn?orderDate=yesterday",
        "/order/-swn",
        "/basket/a%20b",
        "/basket/%ff",
    ] {
        shop().get(path).await.assert_problem(400);
    }
}

#[tokio::test]
async fn a_key_of_the_wrong_form_is_refused_and_leaves_the_basket() {
    let user = customer();
    shop().post("/basket", &basket(&user, &[line()])).await;
    for key in ["", "a b", &"x".repeat(129)] {
        shop().check_out(&user, key).await.assert_problem(400);
    }
    assert_eq!(shop().get(&format!("/basket/{user}")).await.status, 200);
    assert!(shop().orders_now(&user).await.is_empty());
}

#[tokio::test]
async fn an_empty_basket_cannot_be_checked_out_and_stays_as_it_was() {
    let user = customer();
    let empty = shop().post("/basket", &basket(&user, &[])).await;
    assert_eq!(empty.status, 200, "{empty:?}");
    shop().check_out(&user, "empty").await.assert_problem(422);
    assert_eq!(shop().get(&format!("/basket/{user}")).await.body, empty.body);
    assert!(shop().orders_now(&user).await.is_empty());
}

#[tokio::test]
async fn seven_megabytes_are_too_large() {
    let user = customer();
    let mut body = basket(&user, &[line()]);
    body["items"][0]["productName"] = json!("x".repeat(7 * 1024 * 1024));
    shop().post("/basket", &body).await.assert_problem(413);
    // Beyond what the gateway takes, the client may hang up before everything is sent.
    shop().get(&format!("/basket/{user}")).await.assert_problem(404);
}

#[tokio::test]
async fn other_media_types_are_refused() {
    for content_type in
        ["text/plain", "application/xml", "application/x-www-form-urlencoded", "*/*"]
    {
        let user = customer();
        let body = basket(&user, &[line()]).to_string();
        let answer = shop().send("POST", "/basket", content_type, body).await;
        answer.assert_problem(415);
        shop().get(&format!("/basket/{user}")).await.assert_problem(404);
    }
}

#[tokio::test]
async fn a_wrong_method_and_an_unknown_path_are_refused() {
    let user = customer();
    let good = shop().post("/basket", &basket(&user, &[line()])).await;
    let path = format!("/basket/{user}");
    for (method, path) in [("PATCH", path.as_str()), ("PUT", "/basket"), ("DELETE", "/order")] {
        shop().send(method, path, JSON, "{}").await.assert_problem(405);
    }
    // API Gateway's answer to a route that it does not have.
    for path in ["/nothing", "/", "/basket/a/b"] {
        shop().get(path).await.assert_problem(403);
    }
    assert_eq!(shop().get(&path).await.body, good.body);
}
