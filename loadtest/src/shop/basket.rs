//! What customers put into baskets: fixed by the seed, and known again by the slot alone.

use harness::{Visit, Workflow};
use runtime::Decimal;

use super::calls::{Basket, Line};
use super::stock;

/// The most lines that a basket is filled with.
const MAX_LINES: u64 = 4;

const COLORS: [&str; 5] = ["Red", "Blue", "Black", "White", "Green"];

/// What the customer of a slot puts into the basket.
pub(super) fn lines(visit: &Visit<'_>, workflow: &Workflow, slot: u64) -> Vec<Line> {
    let catalogue = stock::catalogue(visit);
    let n_products = catalogue.len() as u64;
    let mut dice = visit.dice_of(workflow, slot);
    let n_lines = (1 + dice.below(MAX_LINES)).min(n_products);
    let first = dice.below(n_products);
    let line = |step| {
        // Neighbours in the catalogue, so that no product is in a basket twice.
        let product = &catalogue[((first + step) % n_products) as usize];
        Line {
            product: product.id,
            name: product.name.clone(),
            quantity: 1 + dice.below(3) as i32,
            color: Some(COLORS[dice.below(COLORS.len() as u64) as usize].to_owned()),
            price: product.price,
        }
    };
    (0..n_lines).map(line).collect()
}

/// What a basket costs, exactly.
pub(super) fn total(lines: &[Line]) -> Decimal {
    let add = |sum: Decimal, line: &Line| {
        sum.checked_add(line.price.checked_mul(Decimal::from(line.quantity))?)
    };
    // Prices are bounded: no sum of a basket needs more digits than there are.
    lines.iter().try_fold(Decimal::ZERO, add).unwrap_or_default()
}

/// Says what is wrong with a basket that should hold `lines`.
pub(super) fn compare(basket: &Basket, name: &str, lines: &[Line]) -> Result<(), String> {
    if basket.user_name != name {
        return Err("another customer's basket".to_owned());
    }
    if basket.lines == lines { Ok(()) } else { Err("a basket with other contents".to_owned()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use uuid::Uuid;

    use super::*;

    #[test]
    fn totals_are_exact() {
        let line = |price: &str, quantity| Line {
            product: Uuid::nil(),
            name: "x".to_owned(),
            quantity,
            color: None,
            price: price.parse().unwrap(),
        };
        assert_eq!(total(&[line("0.1", 3), line("950.4", 2)]).to_string(), "1901.1");
    }
}
