//! Least privilege, proved: every operation is driven through the real functions on a stage that enforces and notes
//! what each of them does; then roles and calls are compared, and neither has anything that the other lacks.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use stage::access::audit;
use stage::log::Entry;
use stage::{Access, Log};

use crate::stage::{Answer, Shop, basket, customer, line};

/// Actions whose resources cannot be named (Service Authorization Reference, X-Ray).
const WITHOUT_RESOURCES: [&str; 2] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

#[tokio::test]
async fn roles_allow_what_functions_do_and_nothing_else() {
    let shop = Shop::open(|options| options.access = Access::Enforce);
    drive_products(&shop).await;
    drive_baskets(&shop).await;
    drive_orders(&shop).await;
    drive_sales(&shop).await;
    // The authorizer writes of those whom it refuses.
    expect(shop.ask("GET", "/order", Some("no token"), String::new()).await, 401);

    let plan = shop.stage().plan();
    let found = audit(plan, &shop.stage().calls());
    assert_eq!(found.missing, BTreeSet::new(), "a function did what its role does not allow");
    assert_eq!(found.unused, BTreeSet::new(), "a role allows what its function never does");
    for role in &plan.roles {
        for statement in role.statements.iter().filter(|statement| statement.allows) {
            let is_open = |action: &String| WITHOUT_RESOURCES.contains(&action.as_str());
            let streams = |arn: &String| arn.contains(":logs:") && arn.ends_with(":*");
            for arn in statement.resources.iter().filter(|arn| arn.contains(['*', '?'])) {
                let is_named = streams(arn) && !arn.trim_end_matches(":*").contains('*');
                assert!(is_named || statement.actions.iter().all(is_open), "{}: {arn}", role.id);
            }
            assert!(!statement.actions.iter().any(|action| action.contains('*')), "{}", role.id);
        }
    }
}

async fn drive_products(shop: &Shop) {
    let category = customer();
    let product = json!({"name": "IPhone X", "price": 950.4, "category": category});
    let created = expect(shop.post("/product", &product).await, 201);
    expect(shop.post("/product", &product).await, 201);
    let path = format!("/product/{}", created.body["id"].as_str().unwrap());
    expect(shop.get(&path).await, 200);
    expect(shop.send("PUT", &path, "application/json", product.to_string()).await, 200);
    drive_pages(shop, "/product?limit=1").await;
    drive_pages(shop, &format!("/product?category={category}&limit=1")).await;
    expect(shop.delete(&path).await, 204);
    expect(shop.get(&path).await, 404);
}

async fn drive_baskets(shop: &Shop) {
    let (user, other) = (customer(), customer());
    for user in [&user, &other] {
        expect(shop.post("/basket", &basket(user, &[line()])).await, 200);
    }
    expect(shop.get(&format!("/basket/{user}")).await, 200);
    drive_pages(shop, "/basket?limit=1").await;
    expect(shop.delete(&format!("/basket/{other}")).await, 204);
    expect(shop.check_out(&other, "nothing-there").await, 404);
    expect(shop.post("/basket", &basket(&user, &[])).await, 200);
    expect(shop.check_out(&user, "empty").await, 422);
}

/// Two orders of one customer; the checkout of the first is sent twice.
async fn drive_orders(shop: &Shop) {
    let user = customer();
    for key in ["first", "second"] {
        expect(shop.post("/basket", &basket(&user, &[line()])).await, 200);
        expect(shop.check_out(&user, key).await, 202);
    }
    expect(shop.check_out(&user, "first").await, 202);
    let orders = shop.orders(&user, 2).await;
    drive_pages(shop, "/order?limit=1").await;
    drive_pages(shop, &format!("/order/{user}?limit=1")).await;
    let date = orders[0]["orderDate"].as_str().unwrap();
    expect(shop.get(&format!("/order/{user}?orderDate={date}")).await, 200);
}

/// Sales are recorded from orders, by a receiver of its own: two of one product make two pages.
async fn drive_sales(shop: &Shop) {
    let (user, sold) = (customer(), line());
    expect(shop.post("/basket", &basket(&user, &[sold.clone(), sold.clone()])).await, 200);
    expect(shop.check_out(&user, "sales").await, 202);
    let path = format!("/product/{}/sales", sold["productId"].as_str().unwrap());
    let look = async {
        while shop.get(&path).await.body["items"].as_array().is_none_or(|sales| sales.len() < 2) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), look).await.expect("two sales");
    drive_pages(shop, &format!("{path}?limit=1")).await;
}

/// Two pages of a list.
async fn drive_pages(shop: &Shop, path: &str) {
    let first = expect(shop.get(path).await, 200);
    let next = first.body["next"].as_str().unwrap_or_else(|| panic!("{path} has one page only"));
    expect(shop.get(&format!("{path}&next={next}")).await, 200);
}

#[track_caller]
fn expect(answer: Answer, status: u16) -> Answer {
    assert_eq!(answer.status, status, "{answer:?}");
    answer
}

/// The proof can fail: a role that lacks one action makes the operation that needs it fail, and one that has an action
/// too many is found.
#[tokio::test]
async fn a_role_that_is_too_small_or_too_large_is_found() {
    let folder = crate::command::Folder::new();
    let template = crate::command::workspace().join("generated/infra/template.yaml");
    let template = std::fs::read_to_string(template).unwrap();
    let (before, role) = template.split_once("\n  ProductFunctionRole:\n").unwrap();
    let role = role.replacen("- dynamodb:PutItem\n", "- dynamodb:UpdateItem\n", 1);
    let template =
        folder.write("template.yaml", &format!("{before}\n  ProductFunctionRole:\n{role}"));
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let shop = Shop::open(move |options| {
        options.template = template;
        options.access = Access::Enforce;
        options.log = Log::to(true, move |entry| {
            if let Entry::Output { line, .. } = entry {
                sink.lock().unwrap().push(line.to_owned());
            }
        });
    });

    let product = json!({"name": "IPhone X", "price": 950.4, "category": "Phone"});
    expect(shop.post("/product", &product).await, 500);
    let found = audit(shop.stage().plan(), &shop.stage().calls());
    let told =
        |calls: &BTreeSet<stage::Call>| calls.iter().map(ToString::to_string).collect::<Vec<_>>();
    let table = "arn:aws:dynamodb:us-east-1:000000000000:table/local-product";
    assert_eq!(told(&found.missing), [format!("local-product: dynamodb:PutItem on {table}")]);
    let unused = format!("local-product: dynamodb:UpdateItem on {table}");
    assert!(told(&found.unused).contains(&unused), "{:?}", found.unused);
    let is_told =
        |line: &String| line.contains("AccessDenied") && line.contains("dynamodb:PutItem");
    crate::tracing::eventually(|| lines.lock().unwrap().iter().any(is_told)).await;
}
