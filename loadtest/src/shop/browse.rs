//! Looks around: lists the products of a category, and reads two of them.

use harness::{Answer, Cause, Visit, expect};

use super::calls::{self, Page, Product};
use super::{GET_PRODUCT, LIST_PRODUCTS, stock};

/// How many products a customer looks at.
const N_LOOKS: u64 = 2;

pub(super) async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let catalogue = stock::catalogue(visit);
    let pick = &catalogue[visit.dice().below(catalogue.len() as u64) as usize];
    let category = pick.category.as_str();
    let request = calls::list_products(Some(category));
    let stray = |product: &Product| product.category != category;
    let of_category = |answer: &Answer<Page<Product>>| match answer.output() {
        Some(page) if page.items.iter().any(stray) => {
            Err("a product of another category".to_owned())
        }
        _ => expect::success(answer),
    };
    let page = visit.send(&LIST_PRODUCTS, &request, of_category).await?.into_output()?;
    for _ in 0..N_LOOKS {
        let product = match page.items.len() as u64 {
            0 => pick,
            n_items => &page.items[visit.dice().below(n_items) as usize],
        };
        let request = calls::get_product(product.id);
        let is_it = |answer: &Answer<Product>| match answer.output() {
            Some(read) if read != product => Err("another product than the one listed".to_owned()),
            _ => expect::success(answer),
        };
        visit.send(&GET_PRODUCT, &request, is_it).await?;
    }
    Ok(())
}
