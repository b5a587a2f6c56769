//! Who a customer is, and what is in the basket: names that no other run has, and contents that the seed fixes.

use runtime::Decimal;

use crate::journeys::Journey;
use crate::shop::{Line, Product};

/// The most lines that a basket is filled with.
const MAX_LINES: u64 = 4;

const COLORS: [&str; 5] = ["Red", "Blue", "Black", "White", "Green"];

/// All customers of one run.
#[derive(Debug, Clone)]
pub struct Customers {
    prefix: String,
    seed: u64,
}

impl Customers {
    /// Customers of the run `run` (letters and digits); two runs with the same seed fill the same baskets.
    #[must_use]
    pub fn new(run: &str, seed: u64) -> Self {
        Self { prefix: format!("lt-{run}"), seed }
    }

    /// The name of customer `index` of a journey.
    #[must_use]
    pub fn name(&self, journey: Journey, index: u64) -> String {
        format!("{}-{}-{index}", self.prefix, journey.name())
    }

    /// The number behind a name that [`Customers::name`] gave; `None` for anybody else.
    #[must_use]
    pub fn index(&self, journey: Journey, name: &str) -> Option<u64> {
        let rest = name.strip_prefix(&self.prefix)?.strip_prefix('-')?;
        rest.strip_prefix(journey.name())?.strip_prefix('-')?.parse().ok()
    }

    /// What customer `index` of a journey puts into the basket.
    #[must_use]
    pub fn basket(&self, journey: Journey, index: u64, catalogue: &[Product]) -> Vec<Line> {
        let mut choice = self.choice(journey, index);
        let n_lines = (1 + choice.below(MAX_LINES)).min(catalogue.len() as u64);
        let first = choice.below(catalogue.len() as u64);
        let line = |step| {
            // Neighbours in the catalogue, so that no product is in a basket twice.
            let product = &catalogue[((first + step) % catalogue.len() as u64) as usize];
            Line {
                product: product.id,
                name: product.name.clone(),
                quantity: 1 + choice.below(3) as i32,
                color: Some(COLORS[choice.below(COLORS.len() as u64) as usize].to_owned()),
                price: product.price,
            }
        };
        (0..n_lines).map(line).collect()
    }

    /// The dice of customer `index` of a journey.
    #[must_use]
    pub fn choice(&self, journey: Journey, index: u64) -> Choice {
        Choice(self.seed ^ (index << 2 | journey as u64).wrapping_mul(0xd6e8_feb8_6659_fd93))
    }
}

/// What a basket costs, exactly.
#[must_use]
pub fn total(lines: &[Line]) -> Decimal {
    let add = |sum: Decimal, line: &Line| {
        sum.checked_add(line.price.checked_mul(Decimal::from(line.quantity))?)
    };
    // Prices are bounded: no sum of a basket needs more digits than there are.
    lines.iter().try_fold(Decimal::ZERO, add).unwrap_or_default()
}

/// Dice that a seed loads: SplitMix64, which is plenty for choosing products.
#[derive(Debug, Clone)]
pub struct Choice(u64);

impl Choice {
    /// A number below `bound`; zero when `bound` is.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).checked_rem(bound).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use uuid::Uuid;

    use super::*;

    fn catalogue() -> Vec<Product> {
        let product = |id: u128| Product {
            id: Uuid::from_u128(id),
            name: format!("Product {id}"),
            price: Decimal::new(999, 2),
            category: "Phone".to_owned(),
        };
        (1..=7).map(product).collect()
    }

    #[test]
    fn a_name_leads_back_to_its_customer_and_to_no_other() {
        let customers = Customers::new("1a2b", 1);
        let name = customers.name(Journey::Checkout, 42);
        assert_eq!(customers.index(Journey::Checkout, &name), Some(42));
        assert_eq!(customers.index(Journey::Fill, &name), None);
        assert_eq!(Customers::new("1a2", 1).index(Journey::Checkout, &name), None);
        for stranger in ["", "swn", "lt-1a2b", "lt-1a2b-checkout-", "lt-1a2b-checkout-x"] {
            assert_eq!(customers.index(Journey::Checkout, stranger), None, "{stranger}");
        }
    }

    #[test]
    fn the_seed_fixes_the_baskets() {
        let (one, same, other) =
            (Customers::new("a", 7), Customers::new("b", 7), Customers::new("a", 8));
        let baskets = |customers: &Customers| -> Vec<_> {
            (0..50).map(|i| customers.basket(Journey::Checkout, i, &catalogue())).collect()
        };
        assert_eq!(baskets(&one), baskets(&same));
        assert_ne!(baskets(&one), baskets(&other));
    }

    #[test]
    fn baskets_keep_to_the_contract() {
        let customers = Customers::new("a", 3);
        for index in 0..500 {
            let basket = customers.basket(Journey::Checkout, index, &catalogue());
            assert!((1..=MAX_LINES as usize).contains(&basket.len()));
            assert!(basket.iter().all(|line| (1..=3).contains(&line.quantity)));
            let mut ids: Vec<_> = basket.iter().map(|line| line.product).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), basket.len());
        }
    }

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
