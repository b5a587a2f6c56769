//! Looks around: lists the products of a category, and reads two of them.

use super::{Customer, Journey};
use crate::expect::Cause;
use crate::shop;

/// How many products a customer looks at.
const N_LOOKS: u64 = 2;

pub(super) async fn visit(mut customer: Customer<'_>) -> Result<(), Cause> {
    let shared = customer.shared;
    let mut choice = shared.customers.choice(Journey::Browse, customer.index);
    let pick = choice.below(shared.catalogue.len() as u64) as usize;
    let category = shared.catalogue[pick].category.as_str();
    let page = customer.visitor.send(shop::list_products(Some(category)), |page| {
        let stray = page.items.iter().find(|product| product.category != category);
        stray.map(|_| "a product of another category".to_owned())
    });
    let page = page.await?;
    for _ in 0..N_LOOKS {
        let product = match page.items.len() as u64 {
            0 => &shared.catalogue[pick],
            n_items => &page.items[choice.below(n_items) as usize],
        };
        let read = customer.visitor.send(shop::get_product(product.id), |read| {
            (read != product).then(|| "another product than the one listed".to_owned())
        });
        read.await?;
    }
    Ok(())
}
