//! Owns the operators of a pattern and what each means for one value. It refuses to know where in
//! the event the value stands.

use super::wildcard::Wildcard;
use serde_json::{Number, Value};
use std::net::IpAddr;

/// Something that may hold of a string, number, boolean or null.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// Is this boolean or null.
    Same(Value),
    /// Is this string.
    Text(String),
    /// Is this number, however written.
    Number(Number),
    Prefix(String),
    Suffix(String),
    /// The strings in this and the next two are folded.
    EqualsIgnoreCase(String),
    PrefixIgnoreCase(String),
    SuffixIgnoreCase(String),
    Wildcard(Wildcard),
    Numeric(Range),
    Cidr(Cidr),
    /// None of these holds.
    AnythingBut(Vec<Test>),
    /// The field exists, or not; judged where the field is looked up.
    Exists(bool),
}

impl Test {
    /// Whether it holds of this scalar.
    pub(super) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Same(wanted), _) => wanted == value,
            (Self::AnythingBut(tests), _) => !tests.iter().any(|test| test.holds(value)),
            (Self::Exists(wanted), _) => *wanted,
            (Self::Number(wanted), Value::Number(number)) => same_number(wanted, number),
            (Self::Numeric(range), Value::Number(number)) => {
                number.as_f64().is_some_and(|number| range.contains(number))
            }
            (_, Value::String(text)) => self.holds_of_text(text),
            _ => false,
        }
    }

    fn holds_of_text(&self, text: &str) -> bool {
        match self {
            Self::Text(wanted) => wanted == text,
            Self::Prefix(prefix) => text.starts_with(prefix.as_str()),
            Self::Suffix(suffix) => text.ends_with(suffix.as_str()),
            Self::EqualsIgnoreCase(wanted) => fold(text) == *wanted,
            Self::PrefixIgnoreCase(prefix) => fold(text).starts_with(prefix.as_str()),
            Self::SuffixIgnoreCase(suffix) => fold(text).ends_with(suffix.as_str()),
            Self::Wildcard(wildcard) => wildcard.matches(text),
            Self::Cidr(cidr) => text.parse().is_ok_and(|address| cidr.contains(address)),
            _ => false,
        }
    }
}

/// Takes the difference of cases away, letter by letter, so that folding a part gives a part of the
/// folded whole.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn same_number(one: &Number, other: &Number) -> bool {
    // Whole numbers beyond 2^53 would become equal to their neighbours as floating point.
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.as_f64() == other.as_f64(),
    }
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// A range of numbers within what `numeric` can compare: ±5·10⁹.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) least: f64,
    pub(super) is_least_in: bool,
    pub(super) most: f64,
    pub(super) is_most_in: bool,
}

impl Range {
    /// The numbers farthest from zero that `numeric` compares.
    pub(super) const LIMIT: f64 = 5e9;

    /// Everything that can be compared.
    pub(super) const ALL: Self =
        Self { least: -Self::LIMIT, is_least_in: true, most: Self::LIMIT, is_most_in: true };

    fn contains(&self, number: f64) -> bool {
        let above = number > self.least || (self.is_least_in && number == self.least);
        let below = number < self.most || (self.is_most_in && number == self.most);
        above && below
    }
}

/// A block of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cidr {
    address: IpAddr,
    n_bits: u32,
}

impl Cidr {
    /// Reads `address/bits`.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (address, bits) = text.split_once('/').ok_or("Malformed CIDR, one '/' required")?;
        let address: IpAddr = address.parse().map_err(|_| "Malformed CIDR, invalid IP address")?;
        let n_bits: u32 =
            bits.parse().map_err(|_| "Malformed CIDR, mask bits must be an integer")?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        if n_bits > most {
            return Err("Malformed CIDR, more mask bits than the address has");
        }
        Ok(Self { address, n_bits })
    }

    fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(block), IpAddr::V4(address)) => {
                let differing = u32::from(block) ^ u32::from(address);
                differing.checked_shr(32 - self.n_bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(block), IpAddr::V6(address)) => {
                let differing = u128::from(block) ^ u128::from(address);
                differing.checked_shr(128 - self.n_bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}
