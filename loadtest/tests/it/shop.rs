//! The real shop, from the basket to the order, through real processes.

use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::command::{Folder, loadtest, orders, text};
use crate::stage::{basket, customer, line, shop};

#[tokio::test]
async fn a_checkout_becomes_the_order_of_the_basket() {
    let user = customer();
    let lines = [line(), line()];
    assert_eq!(shop().post("/basket", &basket(&user, &lines)).await.status, 200);

    let receipt = shop().check_out(&user, "first").await;
    assert_eq!(receipt.status, 202, "{receipt:?}");
    assert_eq!(receipt.body["totalPrice"], json!(3801.6));

    let orders = shop().orders(&user, 1).await;
    assert_eq!(orders[0]["checkoutId"], receipt.body["checkoutId"]);
    assert_eq!(orders[0]["orderDate"], receipt.body["checkoutTime"]);
    assert_eq!(orders[0]["totalPrice"], json!(3801.6));
    assert_eq!(orders[0]["items"], Value::from(lines.to_vec()));
    shop().get(&format!("/basket/{user}")).await.assert_problem(404);
}

#[tokio::test]
async fn what_an_order_sold_is_counted_once_a_line() {
    let user = customer();
    let (a, b) = (line(), line());
    shop().post("/basket", &basket(&user, &[a.clone(), b.clone(), a.clone()])).await;
    shop().check_out(&user, "first").await;
    shop().check_out(&user, "first").await;
    let orders = shop().orders(&user, 1).await;

    let sales = shop().sales(a["productId"].as_str().unwrap(), 2).await;
    assert_eq!(shop().sales(b["productId"].as_str().unwrap(), 1).await.len(), 1);
    assert_eq!(sales.len(), 2);
    assert!(sales.iter().all(|sale| sale["soldAt"] == orders[0]["orderDate"]), "{sales:?}");
    assert_eq!(sales[0]["quantity"], a["quantity"]);
}

#[tokio::test]
async fn the_same_checkout_sent_again_gets_the_same_answer_and_one_order() {
    let user = customer();
    shop().post("/basket", &basket(&user, &[line()])).await;
    let first = shop().check_out(&user, "again").await;
    let again = shop().check_out(&user, "again").await;
    assert_eq!((again.status, &again.body), (202, &first.body));
    shop().orders(&user, 1).await;

    // A second basket under another key is a second order; its arrival shows that no other came before it.
    shop().post("/basket", &basket(&user, &[line()])).await;
    assert_eq!(shop().check_out(&user, "another").await.status, 202);
    assert_eq!(shop().orders(&user, 2).await.len(), 2);
}

#[tokio::test]
async fn the_same_checkout_sent_many_times_at_once_is_one_order() {
    let user = customer();
    shop().post("/basket", &basket(&user, &[line()])).await;
    let answers = join_all((0..12).map(|_| shop().check_out(&user, "at-once"))).await;
    let accepted: Vec<_> = answers.iter().filter(|answer| answer.status == 202).collect();
    assert!(!accepted.is_empty(), "{answers:?}");
    assert!(accepted.iter().all(|answer| answer.body == accepted[0].body), "{answers:?}");
    // All but the first may have been asked to send it again, and nothing else.
    assert!(answers.iter().all(|answer| matches!(answer.status, 202 | 409)), "{answers:?}");

    shop().orders(&user, 1).await;
    shop().post("/basket", &basket(&user, &[line()])).await;
    shop().check_out(&user, "afterwards").await;
    assert_eq!(shop().orders(&user, 2).await.len(), 2);
}

#[tokio::test]
async fn a_key_that_was_used_for_another_checkout_is_refused() {
    let user = customer();
    shop().post("/basket", &basket(&user, &[line()])).await;
    assert_eq!(shop().check_out(&user, "mine").await.status, 202);
    let mut other = crate::stage::checkout(&user);
    other["address"] = json!("another address");
    let url = format!("{}/basket/checkout", shop().stage().api_url());
    let request = reqwest::Client::new()
        .post(url)
        .bearer_auth(shop().token(&user, ""))
        .header("content-type", "application/json")
        .header("idempotency-key", "mine")
        .body(other.to_string());
    assert_eq!(request.send().await.unwrap().status(), 422);
}

#[tokio::test]
async fn a_product_lives_from_its_creation_to_its_removal() {
    let category = format!("category-{}", Uuid::new_v4());
    let product = json!({"name": "IPhone X", "price": 950.4, "category": category});
    let created = shop().post("/product", &product).await;
    assert_eq!(created.status, 201, "{created:?}");
    let path = format!("/product/{}", created.body["id"].as_str().unwrap());
    assert_eq!(shop().get(&path).await.body, created.body);

    let listed = shop().get(&format!("/product?category={category}")).await;
    assert_eq!(listed.body["items"], json!([created.body]));

    let replaced = shop().send("PUT", &path, "application/json", product.to_string()).await;
    assert_eq!((replaced.status, &replaced.body["id"]), (200, &created.body["id"]));
    assert_eq!(shop().delete(&path).await.status, 204);
    shop().get(&path).await.assert_problem(404);
}

#[test]
fn the_load_test_passes_on_the_local_stage() {
    let folder = Folder::new();
    // Timed objectives belong to benchmarks; a test asks for what must hold on any machine.
    let slo = folder.write(
        "slo.toml",
        "exempt = [\"*\"]\n[ledger]\nlost = 0\nduplicated = 0\nunexpected = 0\nwrong = 0\n\
         [requests]\nerror_share = 0\n",
    );
    let (html, json) = (folder.file("report.html"), folder.file("report.json"));
    let output = loadtest(&[
        "--no-build",
        "--rate",
        "20",
        "--run-time",
        "3s",
        "--arrivals",
        "even",
        "--slo",
        text(&slo),
        "--report",
        text(&html),
        "--json",
        text(&json),
    ]);
    let (stdout, stderr) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{stdout}{stderr}");
    let report = harness::report::json::read(&json).unwrap();
    for promise in ["checkout.published", "checkout.order", "checkout.placed"] {
        let tally = report.ledger.iter().find(|tally| tally.promise == promise).unwrap();
        assert_eq!((tally.sent, tally.once), (60, 60), "{tally:?}");
    }
    assert_eq!(orders(&report).checked, 60);
    let hops: Vec<_> = report.pipeline.hops.iter().map(|hop| hop.name()).collect();
    for hop in [
        "asked → checkout.published",
        "checkout.published → checkout.order",
        "CheckoutBasket → local-OrderQueue",
        "OrderPlaced → local-SalesQueue",
    ] {
        assert!(hops.iter().any(|name| name.contains(hop)), "{hop}: {hops:?}");
    }
    assert!(report.pipeline.clocks.least_us <= 0 && report.pipeline.clocks.most_us >= 0);
    let stage = report.stage.unwrap();
    assert!(stage.functions.iter().all(|function| function.errors == 0), "{:?}", stage.functions);
    assert!(stage.functions.iter().any(|function| function.cold_starts > 0));
    assert_eq!(stage.dead_letters, 0);
}
