//! Dice that a seed loads. SplitMix64: plenty for arrivals and for what a customer chooses, none for secrets.

/// Dice that a seed loads.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice from a seed; equal seeds throw the same.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice from a seed and a path of names and numbers: those of different paths have nothing to do with each other.
    #[must_use]
    pub fn of(seed: u64, name: &str, number: u64) -> Self {
        // FNV-1a over the name, so that workflows do not depend on their order.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut dice = Self(seed ^ hash);
        let mixed = dice.throw();
        Self(mixed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// Any number.
    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; zero when `bound` is.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.throw().checked_rem(bound).unwrap_or_default()
    }

    /// A number from zero to just below one.
    pub fn share(&mut self) -> f64 {
        (self.throw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `n`, of which the small ones are more frequent: rank `r` by `1 / (r + 1)^skew`. A skew of zero
    /// is none.
    pub fn skewed(&mut self, n: u64, skew: f64) -> u64 {
        if n == 0 {
            return 0;
        }
        if skew <= 0.0 || !skew.is_finite() {
            return self.below(n);
        }
        // By the inverse of the continuous distribution with this density, which is close for any n.
        let (share, n_values) = (self.share(), n as f64 + 1.0);
        let rank = if (skew - 1.0).abs() < 1e-9 {
            n_values.powf(share)
        } else {
            let power = 1.0 - skew;
            (share * (n_values.powf(power) - 1.0) + 1.0).powf(1.0 / power)
        };
        (rank as u64).saturating_sub(1).min(n - 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_fixes_the_dice() {
        let throw = |seed, name, number| Dice::of(seed, name, number).throw();
        assert_eq!(throw(1, "checkout", 7), throw(1, "checkout", 7));
        let others = [throw(2, "checkout", 7), throw(1, "browse", 7), throw(1, "checkout", 8)];
        assert!(others.iter().all(|other| *other != throw(1, "checkout", 7)));
    }

    #[test]
    fn skew_makes_the_first_hot() {
        let share_of_first = |skew| {
            let mut dice = Dice::new(5);
            (0..20_000).filter(|_| dice.skewed(100, skew) == 0).count() as f64 / 20_000.0
        };
        assert!((share_of_first(0.0) - 0.01).abs() < 0.004);
        let hot = share_of_first(1.1);
        assert!((0.12..0.25).contains(&hot), "{hot}");
    }

    proptest! {
        #[test]
        fn throws_stay_in_their_bounds(seed: u64, n in 0_u64..1_000, skew in 0.0..3.0f64) {
            let mut dice = Dice::new(seed);
            for _ in 0..50 {
                prop_assert!(dice.below(n) < n.max(1) && dice.skewed(n, skew) < n.max(1));
                prop_assert!((0.0..1.0).contains(&dice.share()));
            }
        }
    }
}
