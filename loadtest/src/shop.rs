//! The calls that customers make, and what their answers say: the one module that knows the generated client.
//! The client makes the requests and holds the answers against the contracts; the rest of the harness sees
//! calls, products, baskets, receipts and orders.

#![allow(
    clippy::needless_update,
    reason = "a request stays right when its contract gains something that may be left out"
)]

use client::{Call as Contract, Error, HttpRequest, HttpResponse, basket, ordering, product};
use runtime::Decimal;
use uuid::Uuid;

use crate::ledger::{OrderSeen, Receipt};
use crate::operation::Operation;

/// How many items a page holds where everything is listed.
const PAGE: i32 = 100;

/// A request, and how to read its answer.
pub struct Call<T> {
    /// Which operation it is.
    pub operation: Operation,
    /// The request.
    pub http: HttpRequest,
    read: Read<T>,
}

type Read<T> = Box<dyn Fn(&HttpResponse) -> Reading<T> + Send + Sync>;

/// An answer, read by the contract.
#[derive(Debug)]
pub enum Reading<T> {
    /// The success that the contract declares.
    Success(T),
    /// A failure that the contract declares.
    Declared(u16),
    /// Anything else, and in what way.
    OffContract(String),
}

impl<T> Call<T> {
    /// Holds an answer against the contract and reads it.
    #[must_use]
    pub fn read(&self, response: &HttpResponse) -> Reading<T> {
        (self.read)(response)
    }
}

/// Something to buy.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// Its id, which the shop gave it.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it costs.
    pub price: Decimal,
    /// The part of the catalogue in which it stands.
    pub category: String,
}

/// A number of pieces of one product.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which product.
    pub product: Uuid,
    /// What it is called.
    pub name: String,
    /// How many pieces.
    pub quantity: i32,
    /// In which colour.
    pub color: Option<String>,
    /// What one piece costs.
    pub price: Decimal,
}

/// What a customer means to buy.
#[derive(Debug, Clone, PartialEq)]
pub struct Basket {
    /// Whose it is.
    pub user_name: String,
    /// What is in it.
    pub lines: Vec<Line>,
    /// Whether a checkout of it began and was not finished.
    pub in_checkout: bool,
}

/// What a customer bought.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Who bought it.
    pub user_name: String,
    /// What the ledger notes of it.
    pub seen: OrderSeen,
    /// What it cost.
    pub total: Decimal,
    /// What is in it.
    pub lines: Vec<Line>,
}

/// Some of many.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// These.
    pub items: Vec<T>,
    /// How to ask for those after them; absent on the last page.
    pub next: Option<String>,
}

/// Adds a product.
#[must_use]
pub fn create_product(name: &str, category: &str, price: Decimal) -> Call<Product> {
    let name = valid(product::ProductName::new(name));
    let price = valid(product::Price::new(price));
    let category = valid(product::Category::new(category));
    let body = product::ProductRequest::new(name, price, category);
    let input = product::CreateProduct::new(body);
    call(Operation::CreateProduct, &input, |output| read_product(&output.body))
}

/// Removes a product.
#[must_use]
pub fn delete_product(id: Uuid) -> Call<()> {
    call(Operation::DeleteProduct, &product::DeleteProduct::new(id), |()| ())
}

/// Lists the products, or those of one category.
#[must_use]
pub fn list_products(category: Option<&str>) -> Call<Page<Product>> {
    let category = category.map(|category| valid(product::Category::new(category)));
    let limit = valid(product::Limit::new(25));
    let input = product::ListProducts { category, limit, ..Default::default() };
    call(Operation::ListProducts, &input, |page| Page {
        items: page.items.iter().map(read_product).collect(),
        next: page.next.map(|next| next.to_string()),
    })
}

/// Reads a product.
#[must_use]
pub fn get_product(id: Uuid) -> Call<Product> {
    call(Operation::GetProduct, &product::GetProduct::new(id), |product| read_product(&product))
}

/// Stores a basket.
#[must_use]
pub fn put_basket(user_name: &str, lines: &[Line]) -> Call<Basket> {
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
    call(Operation::PutBasket, &basket::PutBasket::new(body), |basket| read_basket(&basket))
}

/// Reads a basket.
#[must_use]
pub fn get_basket(user_name: &str) -> Call<Basket> {
    let input = basket::GetBasket::new(basket_user(user_name));
    call(Operation::GetBasket, &input, |basket| read_basket(&basket))
}

/// Removes a basket.
#[must_use]
pub fn delete_basket(user_name: &str) -> Call<()> {
    let input = basket::DeleteBasket::new(basket_user(user_name));
    call(Operation::DeleteBasket, &input, |()| ())
}

/// Lists all baskets, a page at a time.
#[must_use]
pub fn list_baskets(next: Option<&str>) -> Call<Page<Basket>> {
    let limit = valid(basket::Limit::new(PAGE));
    let next = next.and_then(|next| basket::Next::new(next).ok());
    let input = basket::ListBaskets { limit, next, ..Default::default() };
    call(Operation::ListBaskets, &input, |page| Page {
        items: page.items.iter().map(read_basket).collect(),
        next: page.next.map(|next| next.to_string()),
    })
}

/// Checks a basket out. The answer says whose checkout it was.
#[must_use]
pub fn checkout_basket(user_name: &str, key: &str) -> Call<(String, Receipt)> {
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
    call(Operation::CheckoutBasket, &input, |receipt| {
        let user_name = receipt.user_name.to_string();
        let receipt = Receipt {
            checkout_id: receipt.checkout_id,
            checkout_time: receipt.checkout_time.get(),
            total: receipt.total_price.get(),
        };
        (user_name, receipt)
    })
}

/// Reads the orders of a customer, a page at a time.
#[must_use]
pub fn get_orders(user_name: &str, next: Option<&str>) -> Call<Page<Order>> {
    let user_name = valid(ordering::UserName::new(user_name));
    let limit = valid(ordering::Limit::new(PAGE));
    let next = next.and_then(|next| ordering::Next::new(next).ok());
    let input = ordering::GetOrders { limit, next, ..ordering::GetOrders::new(user_name) };
    call(Operation::GetOrders, &input, read_orders)
}

/// Lists the orders of all customers, a page at a time.
#[must_use]
pub fn list_orders(next: Option<&str>) -> Call<Page<Order>> {
    let limit = valid(ordering::Limit::new(PAGE));
    let next = next.and_then(|next| ordering::Next::new(next).ok());
    let input = ordering::ListOrders { limit, next, ..Default::default() };
    call(Operation::ListOrders, &input, read_orders)
}

fn call<C, T>(operation: Operation, input: &C, read: fn(C::Output) -> T) -> Call<T>
where
    C: Contract + 'static,
    T: 'static,
{
    let read = move |response: &HttpResponse| match C::from_http(response) {
        Ok(output) => Reading::Success(read(output)),
        Err(Error::Declared(_) | Error::Failed(_)) => Reading::Declared(response.status),
        Err(Error::OffContract(off)) => Reading::OffContract(off_contract(&off)),
        Err(Error::Transport(error)) => Reading::OffContract(error.to_string()),
    };
    Call { operation, http: input.to_http(), read: Box::new(read) }
}

/// In what way an answer violates the contract, without what differs from one answer to the next, so that like
/// errors count together.
fn off_contract(off: &client::OffContract) -> String {
    match off.violations.iter().next() {
        Some(first) if first.pointer != "/status" => {
            format!("status {}, {}: {}", off.status, first.pointer, first.detail)
        }
        _ => format!("status {} is not declared", off.status),
    }
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
    let seen = OrderSeen { checkout_id: order.checkout_id, placed_at: order.placed_at.get() };
    Order {
        user_name: order.user_name.to_string(),
        seen,
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
