//! The calls that customers make, and what their answers say: the one module that knows how the shop's
//! contracts are written down. The rest of the harness sees calls, products, baskets, receipts and orders.

#![allow(missing_docs, reason = "the names are those of the contracts")]

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ledger::{OrderSeen, Receipt};
use crate::operation::Operation;

pub struct HttpRequest {
    pub method: &'static str,
    pub path_and_query: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
}

pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: bytes::Bytes,
}

impl Reply {
    pub fn new(status: u16, headers: Vec<(String, String)>, body: bytes::Bytes) -> Self {
        Self { status, headers, body }
    }
}

/// A request, and how to read its answer.
pub struct Call<T> {
    /// Which operation it is.
    pub operation: Operation,
    /// The request.
    pub http: HttpRequest,
    /// Reads the answer by the contract.
    pub read: fn(&Reply) -> Reading<T>,
}

/// An answer, read by the contract.
#[derive(Debug)]
pub enum Reading<T> {
    /// The success that the contract declares.
    Success(T),
    /// A failure that the contract declares.
    Declared(u16),
    /// Anything else.
    OffContract(String),
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    pub id: Uuid,
    pub name: String,
    #[serde(deserialize_with = "decimal")]
    pub price: Decimal,
    pub category: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    #[serde(rename = "productId")]
    pub product: Uuid,
    #[serde(rename = "productName")]
    pub name: String,
    pub quantity: i32,
    pub color: Option<String>,
    #[serde(deserialize_with = "decimal")]
    pub price: Decimal,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Basket {
    pub user_name: String,
    #[serde(rename = "items")]
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub user_name: String,
    pub seen: OrderSeen,
    pub total: Decimal,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

fn decimal<'de, D: serde::Deserializer<'de>>(de: D) -> Result<Decimal, D::Error> {
    let number = serde_json::Number::deserialize(de)?;
    number.to_string().parse().map_err(serde::de::Error::custom)
}

fn call<T>(
    operation: Operation,
    method: &'static str,
    path: String,
    body: Option<Value>,
    read: fn(&Reply) -> Reading<T>,
) -> Call<T> {
    let headers = body.iter().map(|_| ("content-type", "application/json".to_owned())).collect();
    let body = body.map(|b| b.to_string());
    Call { operation, http: HttpRequest { method, path_and_query: path, headers, body }, read }
}

fn read_json<T: for<'de> Deserialize<'de>>(reply: &Reply, success: u16) -> Reading<T> {
    if reply.status != success {
        return Reading::Declared(reply.status);
    }
    match serde_json::from_slice(&reply.body) {
        Ok(value) => Reading::Success(value),
        Err(error) => Reading::OffContract(error.to_string()),
    }
}

impl Line {
    pub fn to_json(&self) -> Value {
        json!({"productId": self.product, "productName": self.name, "quantity": self.quantity, "color": self.color, "price": self.price.to_string().parse::<f64>().unwrap_or(0.0)})
    }
}

pub fn create_product(name: &str, category: &str, price: Decimal) -> Call<Product> {
    let body = json!({"name": name, "category": category, "price": price.to_string().parse::<f64>().unwrap_or(0.0)});
    call(Operation::GetProduct, "POST", "/product".into(), Some(body), |r| read_json(r, 201))
}
pub fn delete_product(id: Uuid) -> Call<()> {
    call(Operation::GetProduct, "DELETE", format!("/product/{id}"), None, read_nothing)
}
fn read_nothing(reply: &Reply) -> Reading<()> {
    if reply.status == 204 { Reading::Success(()) } else { Reading::Declared(reply.status) }
}

#[derive(Deserialize)]
struct RawPage<T> {
    items: Vec<T>,
    next: Option<String>,
}
fn read_page<T: for<'de> Deserialize<'de>>(reply: &Reply) -> Reading<Page<T>> {
    match read_json::<RawPage<T>>(reply, 200) {
        Reading::Success(p) => Reading::Success(Page { items: p.items, next: p.next }),
        Reading::Declared(s) => Reading::Declared(s),
        Reading::OffContract(s) => Reading::OffContract(s),
    }
}

pub fn list_products(category: Option<&str>) -> Call<Page<Product>> {
    let path = category.map_or("/product".to_owned(), |c| format!("/product?category={c}"));
    call(Operation::ListProducts, "GET", path, None, read_page)
}
pub fn get_product(id: Uuid) -> Call<Product> {
    call(Operation::GetProduct, "GET", format!("/product/{id}"), None, |r| read_json(r, 200))
}
pub fn put_basket(user: &str, lines: &[Line]) -> Call<Basket> {
    let lines: Vec<_> = lines.iter().map(Line::to_json).collect();
    call(
        Operation::PutBasket,
        "POST",
        "/basket".into(),
        Some(json!({"userName": user, "items": lines})),
        |r| read_json(r, 200),
    )
}
pub fn get_basket(user: &str) -> Call<Basket> {
    call(Operation::GetBasket, "GET", format!("/basket/{user}"), None, |r| read_json(r, 200))
}
pub fn delete_basket(user: &str) -> Call<()> {
    call(Operation::DeleteBasket, "DELETE", format!("/basket/{user}"), None, read_nothing)
}
pub fn list_baskets(next: Option<&str>) -> Call<Page<Basket>> {
    let next = next.map(|n| format!("&next={n}")).unwrap_or_default();
    call(Operation::GetBasket, "GET", format!("/basket?limit=100{next}"), None, read_page)
}

pub fn checkout_basket(user: &str, key: &str) -> Call<(String, Receipt)> {
    let body = json!({"userName": user, "firstName": "Load", "lastName": "Test", "email": "load@example.com", "address": "1 Main Street", "paymentMethod": "card", "cardInfo": "tok_1"});
    let mut call =
        call(Operation::CheckoutBasket, "POST", "/basket/checkout".into(), Some(body), |r| {
            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            struct Raw {
                checkout_id: Uuid,
                checkout_time: String,
                user_name: String,
                #[serde(deserialize_with = "decimal")]
                total_price: Decimal,
            }
            match read_json::<Raw>(r, 202) {
                Reading::Success(raw) => match raw.checkout_time.parse() {
                    Ok(checkout_time) => Reading::Success((
                        raw.user_name,
                        Receipt {
                            checkout_id: raw.checkout_id,
                            checkout_time,
                            total: raw.total_price,
                        },
                    )),
                    Err(e) => Reading::OffContract(format!("{e}")),
                },
                Reading::Declared(s) => Reading::Declared(s),
                Reading::OffContract(s) => Reading::OffContract(s),
            }
        });
    call.http.headers.push(("idempotency-key", key.to_owned()));
    call
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawOrder {
    user_name: String,
    checkout_id: Uuid,
    placed_at: String,
    #[serde(deserialize_with = "decimal")]
    total_price: Decimal,
    items: Vec<Line>,
}
fn read_orders(r: &Reply) -> Reading<Page<Order>> {
    match read_page::<RawOrder>(r) {
        Reading::Success(p) => Reading::Success(Page {
            next: p.next,
            items: p
                .items
                .into_iter()
                .filter_map(|o| {
                    Some(Order {
                        seen: OrderSeen {
                            checkout_id: o.checkout_id,
                            placed_at: o.placed_at.parse().ok()?,
                        },
                        user_name: o.user_name,
                        total: o.total_price,
                        lines: o.items,
                    })
                })
                .collect(),
        }),
        Reading::Declared(s) => Reading::Declared(s),
        Reading::OffContract(s) => Reading::OffContract(s),
    }
}
pub fn get_orders(user: &str, next: Option<&str>) -> Call<Page<Order>> {
    let next = next.map(|n| format!("?next={n}")).unwrap_or_default();
    call(Operation::GetOrders, "GET", format!("/order/{user}{next}"), None, read_orders)
}
pub fn list_orders(next: Option<&str>) -> Call<Page<Order>> {
    let next = next.map(|n| format!("&next={n}")).unwrap_or_default();
    call(Operation::GetOrders, "GET", format!("/order?limit=100{next}"), None, read_orders)
}
