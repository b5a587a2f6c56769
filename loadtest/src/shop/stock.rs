//! What the shop sells during the run: products that are added before the load and, on a stage that is not its own,
//! removed afterwards.

use std::sync::{Arc, Mutex, PoisonError};

use harness::{Cause, Visit, expect};
use runtime::Decimal;
use serde_json::json;

use super::calls::{self, Product};
use super::{CREATE_PRODUCT, STOCK};

/// How many products are added.
pub(super) const N_PRODUCTS: u32 = 24;

/// What a product is called that the run made.
pub(super) const PRODUCT: &str = "product";

const CATEGORIES: [&str; 4] = ["Phone", "Camera", "Kitchen", "Garden"];

/// Adds a product. The run stands in its name and category, so that it is told from everybody else's on a stage that
/// is not ours, and the categories hold nothing but the run's.
pub(super) async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let number = visit.slot();
    let kind = CATEGORIES[number as usize % CATEGORIES.len()];
    let run = visit.run_id().to_owned();
    let (name, category) = (format!("{kind} {number} of run {run}"), format!("{kind}-{run}"));
    // Prices with cents, so that a total that is not exact shows.
    let price = Decimal::new(199 + 1_337 * number as i64, 2);
    let request = calls::create_product(&name, &category, price);
    // One that was added although the answer was lost is there twice, which does no harm.
    let product = visit.send(&CREATE_PRODUCT, &request, expect::success).await?.into_output()?;
    visit.made(PRODUCT, &product.id.to_string());
    let Product { id, name, price, category } = product;
    let price = price.to_string();
    visit.output(PRODUCT, json!({"id": id, "name": name, "price": price, "category": category}));
    Ok(())
}

/// The products that were added, read once for a run.
pub(super) fn catalogue(visit: &Visit<'_>) -> Arc<[Product]> {
    static OF_RUN: Mutex<Option<(String, Arc<[Product]>)>> = Mutex::new(None);
    let mut known = OF_RUN.lock().unwrap_or_else(PoisonError::into_inner);
    match known.as_ref() {
        Some((run, products)) if run == visit.run_id() => Arc::clone(products),
        _ => {
            let products: Arc<[Product]> = read(visit).into();
            *known = Some((visit.run_id().to_owned(), Arc::clone(&products)));
            products
        }
    }
}

fn read(visit: &Visit<'_>) -> Vec<Product> {
    let products = visit.carried(STOCK.id, PRODUCT).into_iter();
    let product = |value: serde_json::Value| {
        Some(Product {
            id: value["id"].as_str()?.parse().ok()?,
            name: value["name"].as_str()?.to_owned(),
            price: value["price"].as_str()?.parse().ok()?,
            category: value["category"].as_str()?.to_owned(),
        })
    };
    products.filter_map(product).collect()
}
