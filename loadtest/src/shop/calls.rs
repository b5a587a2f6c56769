//! The requests that customers make, and what their answers say: the one module that knows the generated client.
//! The client makes the requests and holds the answers against the contracts; the scenarios see products, baskets,
//! receipts and orders.

#![allow(
    clippy::needless_update,
    reason = "a request stays right when its contract gains something that may be left out"
)]

use client::{Call, basket, ordering, product};
use harness::{Request, Timestamp};
use runtime::Decimal;
use uuid::Uuid;

/// How many items a page holds where everything is listed.
const PAGE: i32 = 100;

/// Something to buy.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Product {
    /// Its id, which the shop gave it.
    pub(super) id: Uuid,
    /// What it is called.
    pub(super) name: String,
    /// What it costs.
    pub(super) price: Decimal,
    /// The part of the catalogue in which it stands.
    pub(super) category: String,
}

/// A number of pieces of one product.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Which product.
    pub(super) product: Uuid,
    /// What it is called.
    pub(super) name: String,
    /// How many pieces.
    pub(super) quantity: i32,
    /// In which colour.
    pub(super) color: Option<String>,
    /// What one piece costs.
    pub(super) price: Decimal,
}

/// What a customer means to buy.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Basket {
    /// Whose it is.
    pub(super) user_name: String,
    /// What is in it.
    pub(super) lines: Vec<Line>,
    /// Whether a checkout of it began and was not finished.
    pub(super) in_checkout: bool,
}

/// What an accepted checkout promises.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Receipt {
    /// Whose checkout it was.
    pub(super) user_name: String,
    /// Names the checkout, and the order that it becomes.
    pub(super) checkout_id: Uuid,
    /// When the server says that the customer first asked.
    pub(super) checkout_time: Timestamp,
    /// What the customer will pay.
    pub(super) total: Decimal,
}

/// What a customer bought.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    /// Who bought it.
    pub(super) user_name: String,
    /// The checkout that it came from.
    pub(super) checkout_id: Uuid,
    /// When the server says that it was stored.
    pub(super) placed_at: Timestamp,
    /// What it cost.
    pub(super) total: Decimal,
    /// What is in it.
    pub(super) lines: Vec<Line>,
}

/// Some of many.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page<T> {
    /// These.
    pub(super) items: Vec<T>,
    /// How to ask for those after them; absent on the last page.
    pub(super) next: Option<String>,
}

/// Adds a product.
pub(super) fn create_product(name: &str, category: &str, price: Decimal) -> Request<Product> {
    let name = valid(product::ProductName::new(name));
    let price = valid(product::Price::new(price));
    let category = valid(product::Category::new(category));
    let body = product::ProductRequest::new(name, price, category);
    let input = product::CreateProduct::new(body);
    call(&input, |output| read_product(&output.body))
}

/// Removes a product.
pub(super) fn delete_product(id: Uuid) -> Request<()> {
    call(&product::DeleteProduct::new(id), |()| ())
}

/// Lists the products, or those of one category.
pub(super) fn list_products(category: Option<&str>) -> Request<Page<Product>> {
    let category = category.map(|category| valid(product::Category::new(category)));
    let limit = valid(product::Limit::new(25));
    let input = product::ListProducts { category, limit, ..Default::default() };
    call(&input, |page| Page {
        items: page.items.iter().map(read_product).collect(),
        next: page.next.map(|next| next.to_string()),
    })
}

/// Reads a product.
pub(super) fn get_product(id: Uuid) -> Request<Product> {
    call(&product::GetProduct::new(id), |product| read_product(&product))
}

/// Stores a basket.
pub(super) fn put_basket(user_name: &str, lines: &[Line]) -> Request<Basket> {
    let line = |line: &Line| basket::LineItem {
        color: line.color.as_deref().map(|color| valid(basket::Color::new(color))),
        ..basket::LineItem::new(
            line.product,
            valid(basket::ProductName::new(line.name.as_str())),
            valid(basket::Quantity::new(line.quantity)),
            valid(basket::Price::new(line.price)),
        )
    };
    let items = lines.iter().map(line).collect();
    let body = basket::BasketRequest::new(basket_user(user_name), items);
    call(&basket::PutBasket::new(body), |basket| read_basket(&basket))
}

/// Reads a basket.
pub(super) fn get_basket(user_name: &str) -> Request<Basket> {
    let input = basket::GetBasket::new(basket_user(user_name));
    call(&input, |basket| read_basket(&basket))
}

/// Removes a basket.
pub(super) fn delete_basket(user_name: &str) -> Request<()> {
    let input = basket::DeleteBasket::new(basket_user(user_name));
    call(&input, |()| ())
}

/// Checks a basket out.
pub(super) fn checkout_basket(user_name: &str, key: &str) -> Request<Receipt> {
    let body = basket::Checkout {
        card_info: Some(valid(basket::CardInfo::new("tok_0000000000"))),
        ..basket::Checkout::new(
            basket_user(user_name),
            valid(basket::FirstName::new("Load")),
            valid(basket::LastName::new("Test")),
            valid(basket::Email::new("customer@example.com")),
            valid(basket::Address::new("1 Main Street")),
            basket::PaymentMethod::Card,
        )
    };
    let idempotency_key = Some(valid(basket::IdempotencyKey::new(key)));
    let input = basket::CheckoutBasket { idempotency_key, ..basket::CheckoutBasket::new(body) };
    call(&input, |receipt| Receipt {
        user_name: receipt.user_name.to_string(),
        checkout_id: receipt.checkout_id,
        checkout_time: receipt.checkout_time.get(),
        total: receipt.total_price.get(),
    })
}

/// Reads the orders of a customer, a page at a time.
pub(super) fn get_orders(user_name: &str, next: Option<&str>) -> Request<Page<Order>> {
    let user_name = valid(ordering::UserName::new(user_name));
    let limit = valid(ordering::Limit::new(PAGE));
    let next = next.and_then(|next| ordering::Next::new(next).ok());
    let input = ordering::GetOrders { limit, next, ..ordering::GetOrders::new(user_name) };
    call(&input, read_orders)
}

/// Lists the orders of all customers, a page at a time.
pub(super) fn list_orders(next: Option<&str>) -> Request<Page<Order>> {
    let limit = valid(ordering::Limit::new(PAGE));
    let next = next.and_then(|next| ordering::Next::new(next).ok());
    let input = ordering::ListOrders { limit, next, ..Default::default() };
    call(&input, read_orders)
}

fn call<C, T>(input: &C, read: fn(C::Output) -> T) -> Request<T>
where
    C: Call + 'static,
    C::Output: 'static,
    C::Error: 'static,
    T: 'static,
{
    Request::of(input.to_http(), C::from_http).map(read)
}

fn read_product(product: &product::Product) -> Product {
    Product {
        id: product.id,
        name: product.name.to_string(),
        price: product.price.get(),
        category: product.category.to_string(),
    }
}

fn read_basket(basket: &basket::Basket) -> Basket {
    let line = |line: &basket::LineItem| Line {
        product: line.product_id,
        name: line.product_name.to_string(),
        quantity: line.quantity.get(),
        color: line.color.as_ref().map(ToString::to_string),
        price: line.price.get(),
    };
    Basket {
        user_name: basket.user_name.to_string(),
        lines: basket.items.iter().map(line).collect(),
        in_checkout: basket.checkout.is_some(),
    }
}

fn read_orders(page: ordering::OrderPage) -> Page<Order> {
    Page {
        items: page.items.iter().map(read_order).collect(),
        next: page.next.map(|next| next.to_string()),
    }
}

fn read_order(order: &ordering::Order) -> Order {
    let line = |line: &ordering::LineItem| Line {
        product: line.product_id,
        name: line.product_name.to_string(),
        quantity: line.quantity.get(),
        color: line.color.as_ref().map(ToString::to_string),
        price: line.price.get(),
    };
    Order {
        user_name: order.user_name.to_string(),
        checkout_id: order.checkout_id,
        placed_at: order.placed_at.get(),
        total: order.total_price.get(),
        lines: order.items.iter().map(line).collect(),
    }
}

fn basket_user(user_name: &str) -> basket::UserName {
    valid(basket::UserName::new(user_name))
}

/// A value that the harness made, or that an answer held which kept to the contract.
fn valid<T, E: std::fmt::Debug>(value: Result<T, E>) -> T {
    #[allow(clippy::expect_used, reason = "anything else is a fault of the harness itself")]
    value.expect("the harness sends only what the contracts allow")
}
