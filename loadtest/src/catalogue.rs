//! What the shop sells during the run: products that the harness adds before the load and, on a stage that is
//! not its own, removes afterwards.

use runtime::Decimal;

use crate::drain::patiently;
use crate::expect::{Base, Cause};
use crate::shop::{self, Product};

/// How many products are added.
pub(crate) const N_PRODUCTS: usize = 24;

const CATEGORIES: [&str; 4] = ["Phone", "Camera", "Kitchen", "Garden"];

/// Adds the products. `run` stands in their names and categories, so that they are told from everybody
/// else's on a stage that is not ours, and the categories hold nothing but them.
///
/// # Errors
/// The cause, when the shop does not take a product; those it took are removed again.
pub async fn stock(base: &Base, run: &str) -> Result<Vec<Product>, Cause> {
    let mut catalogue = Vec::with_capacity(N_PRODUCTS);
    for number in 0..N_PRODUCTS {
        let category = format!("{}-{run}", CATEGORIES[number % CATEGORIES.len()]);
        let name = format!("{} {number} of run {run}", CATEGORIES[number % CATEGORIES.len()]);
        // Prices with cents, so that a total that is not exact shows.
        let price = Decimal::new(199 + 1_337 * number as i64, 2);
        // One that was added although the answer was lost is there twice, which does no harm.
        let create = async || base.send(shop::create_product(&name, &category, price)).await;
        match patiently(create).await {
            Ok(product) => catalogue.push(product),
            Err(cause) => {
                clear(base, &catalogue).await;
                return Err(cause);
            }
        }
    }
    Ok(catalogue)
}

/// Removes the products, and says how many would not go.
pub async fn clear(base: &Base, catalogue: &[Product]) -> usize {
    let mut n_left = 0;
    for product in catalogue {
        let removed = base.send(shop::delete_product(product.id)).await;
        n_left += usize::from(removed.is_err());
    }
    n_left
}
