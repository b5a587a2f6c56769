//! What orders sold: recorded once a line, however often an order's event comes, and read page by page.

use std::time::Duration;

use product_contract::{OrderPlaced, RecordSales as _};
use runtime::{Context, EventContext, Request, Uuid, decode_json};
use serde_json::{Value, json};

use super::Shop;

impl Shop {
    async fn sold(&self, event: &Value) {
        let cx = EventContext::new(Context::new("r", Duration::from_secs(10)), "e");
        let event: OrderPlaced = decode_json("/detail", event).expect("an event by the contract");
        self.service.order_placed(&cx, event).await.expect("sales");
    }

    /// All sales of a product, `limit` a page.
    async fn sales(&self, product: Uuid, limit: &str) -> Vec<Value> {
        let (mut sales, mut next) = (Vec::new(), None::<String>);
        loop {
            let path = format!("/product/{product}/sales");
            let mut request = Request::new("GET", &path).with_query("limit", limit);
            if let Some(next) = next {
                request = request.with_query("next", next);
            }
            let page = self.send(request).await;
            assert_eq!(page.status, 200, "{page:?}");
            sales.extend(page.body["items"].as_array().unwrap().iter().cloned());
            next = page.body["next"].as_str().map(ToOwned::to_owned);
            if next.is_none() {
                return sales;
            }
        }
    }
}

fn order(date: &str, lines: &[(Uuid, i32)]) -> Value {
    let line = |(product, quantity): &(Uuid, i32)| json!({"productId": product, "productName": "x", "quantity": quantity, "price": 9.5});
    let items: Vec<_> = lines.iter().map(line).collect();
    json!({"version": 1, "checkoutId": Uuid::new_v4(), "orderDate": date, "totalPrice": 1, "items": items})
}

fn quantities(sales: &[Value]) -> Vec<i64> {
    sales.iter().map(|sale| sale["quantity"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn each_line_of_an_order_is_one_sale_of_its_product() {
    let shop = Shop::open().await;
    let (a, b) = (Uuid::new_v4(), Uuid::new_v4());
    shop.sold(&order("2026-11-01T12:00:00.000002Z", &[(a, 1), (b, 2), (a, 3)])).await;
    shop.sold(&order("2026-11-01T12:00:00.000001Z", &[(a, 4)])).await;
    assert_eq!(quantities(&shop.sales(a, "2").await), [4, 1, 3]);
    let sales = shop.sales(b, "25").await;
    assert_eq!(quantities(&sales), [2]);
    assert_eq!(
        (&sales[0]["soldAt"], &sales[0]["price"]),
        (&json!("2026-11-01T12:00:00.000002Z"), &json!(9.5))
    );
    assert!(shop.sales(Uuid::new_v4(), "25").await.is_empty());
}

#[tokio::test]
async fn an_order_told_of_again_sells_nothing_more() {
    let shop = Shop::open().await;
    let product = Uuid::new_v4();
    let event = order("2026-11-01T12:00:00Z", &[(product, 1), (product, 2)]);
    shop.sold(&event).await;
    let first = shop.sales(product, "25").await;
    tokio::join!(shop.sold(&event), shop.sold(&event));
    assert_eq!(shop.sales(product, "25").await, first);
    assert_eq!(quantities(&first), [1, 2]);
}

#[tokio::test]
async fn an_order_of_a_hundred_lines_is_recorded_whole() {
    let shop = Shop::open().await;
    let product = Uuid::new_v4();
    let lines: Vec<_> = (1..=100).map(|quantity| (product, quantity)).collect();
    shop.sold(&order("2026-11-01T12:00:00Z", &lines)).await;
    assert_eq!(quantities(&shop.sales(product, "7").await), (1..=100).collect::<Vec<_>>());
}
