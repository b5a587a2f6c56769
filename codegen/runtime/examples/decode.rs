//! Reads and writes an order of a kilobyte, as often as the argument says: what to count instructions of.
//!
//! `valgrind --tool=callgrind target/debug/examples/decode 1000`

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::print_stdout,
    reason = "it is no library, and its output is for people"
)]

use runtime::{
    At, Decimal, Decode, Encode, Sink, TextRules, Timestamp, Uuid, Violations, decode_body,
    from_item, to_item, to_json,
};

mod rules {
    use super::*;

    runtime::text_rules!(Name, TextRules::new().min_length(1).max_length(80));
    runtime::text_rules!(Color, TextRules::new().max_length(20), pattern = "^[a-z]+$");
    runtime::number_rules!(
        Price(Decimal),
        runtime::NumberRules::new().minimum("0").multiple_of("0.01")
    );
    runtime::number_rules!(Quantity(i32), runtime::NumberRules::new().minimum("1").maximum("1000"));
}

pub type Name = runtime::Text<rules::Name>;
pub type Color = runtime::Text<rules::Color>;
pub type Price = runtime::Scalar<rules::Price>;
pub type Quantity = runtime::Scalar<rules::Quantity>;

#[derive(Debug)]
pub struct Line {
    product_id: Uuid,
    product_name: Name,
    color: Color,
    quantity: Quantity,
    price: Price,
}

impl Decode for Line {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let product_id = object.required("productId");
        let product_name = object.required("productName");
        let color = object.required("color");
        let quantity = object.required("quantity");
        let price = object.required("price");
        object.end()?;
        Some(Self {
            product_id: product_id?,
            product_name: product_name?,
            color: color?,
            quantity: quantity?,
            price: price?,
        })
    }
}

impl Encode for Line {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("productId", &self.product_id);
        out.field("productName", &self.product_name);
        out.field("color", &self.color);
        out.field("quantity", &self.quantity);
        out.field("price", &self.price);
        out.end_map();
    }
}

#[derive(Debug)]
pub struct Order {
    user_name: Name,
    order_date: Timestamp,
    total_price: Price,
    items: Vec<Line>,
}

impl Decode for Order {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let user_name = object.required("userName");
        let order_date = object.required("orderDate");
        let total_price = object.required("totalPrice");
        let items = object.required("items");
        object.end()?;
        Some(Self {
            user_name: user_name?,
            order_date: order_date?,
            total_price: total_price?,
            items: items?,
        })
    }
}

impl Encode for Order {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("userName", &self.user_name);
        out.field("orderDate", &self.order_date);
        out.field("totalPrice", &self.total_price);
        out.field("items", &self.items);
        out.end_map();
    }
}

fn body() -> String {
    let line = r#"{"productId": "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11", "productName": "Phone \"X\" of this year",
        "color": "black", "quantity": 2, "price": 950.40}"#;
    let items = [line; 6].join(", ");
    format!(
        r#"{{"userName": "ada", "orderDate": "2026-11-01T12:00:00.000123Z", "totalPrice": 11404.80, "items": [{items}]}}"#
    )
}

fn main() {
    let times = std::env::args().nth(1).and_then(|times| times.parse().ok()).unwrap_or(1);
    let what = std::env::args().nth(2).unwrap_or_default();
    let body = body();
    let mut n_bytes = 0;
    for _ in 0..times {
        let Some(order) = decode_body::<Order>(body.as_bytes(), &mut Violations::default()) else {
            return println!("off contract");
        };
        match what.as_str() {
            "json" => n_bytes += to_json(&order).len(),
            "item" => {
                let read = to_item(&order).map(from_item::<Order>);
                n_bytes += usize::from(matches!(read, Ok(Ok(_))));
            }
            _ => n_bytes += order.items.len(),
        }
    }
    println!("{} bytes in, {n_bytes} out", body.len() * times);
}
