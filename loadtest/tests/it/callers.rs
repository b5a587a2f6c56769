//! Who may call the shop: through the gateway, the generated authorizer and the functions, as real processes.

use serde_json::{Value, json};
use stage::Issuer;

use crate::stage::{Answer, basket, checkout, customer, line, shop};

/// Every operation that asks for something: its method and path, a body, and the scope that it asks for.
fn secured(user: &str) -> Vec<(&'static str, String, Value, &'static str)> {
    let product = json!({"name": "IPhone X", "price": 950.4, "category": "Phone"});
    let id = "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11";
    let none = Value::Null;
    vec![
        ("POST", "/product".to_owned(), product.clone(), "catalogue.write"),
        ("PUT", format!("/product/{id}"), product, "catalogue.write"),
        ("DELETE", format!("/product/{id}"), none.clone(), "catalogue.write"),
        ("GET", format!("/product/{id}/sales"), none.clone(), "sales.read"),
        ("GET", "/basket".to_owned(), none.clone(), "baskets.all"),
        ("POST", "/basket".to_owned(), basket(user, &[line()]), ""),
        ("GET", format!("/basket/{user}"), none.clone(), ""),
        ("POST", "/basket/checkout".to_owned(), checkout(user), ""),
        ("DELETE", format!("/basket/{user}"), none.clone(), ""),
        ("GET", "/order".to_owned(), none.clone(), "orders.all"),
        ("GET", format!("/order/{user}"), none, ""),
    ]
}

async fn ask(method: &str, path: &str, token: Option<&str>, body: &Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    shop().ask(method, path, token, body).await
}

/// Tokens that no operation may take, by what is wrong with them.
fn wrong_tokens(user: &str) -> [(&'static str, String); 5] {
    let now = i64::try_from(crate::stage::now()).unwrap();
    let all = "catalogue.write sales.read baskets.all orders.all";
    let right = json!({
        "iss": "https://login.shop.example.com", "aud": "shop", "sub": user, "scope": all, "exp": now + 600,
    });
    let with = |name: &str, value: Value| {
        let mut claims = right.clone();
        claims[name] = value;
        shop().stage().issuer().mint(&claims).unwrap()
    };
    [
        ("expired", with("exp", (now - 600).into())),
        ("not valid yet", with("nbf", (now + 600).into())),
        ("for another audience", with("aud", "tickets".into())),
        ("of another issuer", with("iss", "https://login.example.org".into())),
        ("signed by a stranger", Issuer::generate().unwrap().mint(&right).unwrap()),
    ]
}

#[tokio::test]
async fn whoever_has_no_valid_token_is_refused_by_every_operation_that_asks_for_one() {
    let user = customer();
    for (method, path, body, _) in secured(&user) {
        ask(method, &path, None, &body).await.assert_problem(401);
        for (what, token) in wrong_tokens(&user) {
            let answer = ask(method, &path, Some(&token), &body).await;
            assert_eq!(answer.status, 401, "{method} {path}, a token {what}: {answer:?}");
        }
    }
    assert_eq!(ask("GET", "/product?limit=1", None, &Value::Null).await.status, 200);
}

#[tokio::test]
async fn a_token_without_the_scope_is_refused() {
    let user = customer();
    let token = shop().token(&user, "something.else");
    for (method, path, body, scope) in secured(&user) {
        let answer = ask(method, &path, Some(&token), &body).await;
        assert_eq!(answer.status == 403, !scope.is_empty(), "{method} {path}: {answer:?}");
    }
}

/// One token, asked for on every route in turn: what the gateway keeps of the first answer decides about no other route.
#[tokio::test]
async fn a_decision_that_is_kept_refuses_and_allows_as_a_new_one() {
    let user = customer();
    let (own, staff) = (shop().token(&user, ""), shop().token(&user, "orders.all"));
    for _ in 0..2 {
        for (path, token, status) in [
            ("/order", &own, 403),
            (&*format!("/order/{user}"), &own, 200),
            ("/order", &own, 403),
            ("/order", &staff, 200),
            ("/basket", &staff, 403),
        ] {
            let answer = ask("GET", path, Some(token), &Value::Null).await;
            assert_eq!(answer.status, status, "{path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn what_belongs_to_a_customer_is_for_nobody_else() {
    let (anna, eve) = (customer(), customer());
    let token = shop().token(&anna, "");
    let fill = basket(&anna, &[line()]);
    assert_eq!(ask("POST", "/basket", Some(&token), &fill).await.status, 200);
    let of_eve = shop().token(&eve, "");
    for (method, path, body, scope) in secured(&anna) {
        if scope.is_empty() {
            ask(method, &path, Some(&of_eve), &body).await.assert_problem(403);
        }
    }
    // Nothing of all that changed the basket, and its owner can buy it.
    let path = format!("/basket/{anna}");
    assert_eq!(ask("GET", &path, Some(&token), &Value::Null).await.body["items"], fill["items"]);
    let bought = ask("POST", "/basket/checkout", Some(&token), &checkout(&anna)).await;
    assert_eq!(bought.status, 202, "{bought:?}");
    shop().orders(&anna, 1).await;
    let of_anna = format!("/order/{anna}");
    ask("GET", &of_anna, Some(&of_eve), &Value::Null).await.assert_problem(403);
    let support = shop().token("support", "orders.all");
    assert_eq!(ask("GET", &of_anna, Some(&support), &Value::Null).await.status, 200);
}
