//! One comparison of an event pattern: what EventBridge refuses, and whether a range holds a number at all.
//!
//! Owns the rules of EventBridge's own compiler of patterns. Looks at no message.

use scalars::Decimal;

use crate::model::{Scalar, ScalarKind};
use crate::parse::{Node, Value};
use crate::values;

/// What is wrong with a comparison.
pub(super) fn fault_of(key: &str, value: &Node) -> Option<&'static str> {
    const TEXT: &str = "the value must be a string";
    let text = |node: &Node| node.text().is_some();
    match key {
        "prefix" | "suffix" => {
            let is_folded =
                value.entries().len() == 1 && value.text_at("equals-ignore-case").is_some();
            (!text(value) && !is_folded).then_some(TEXT)
        }
        "equals-ignore-case" => (!text(value)).then_some(TEXT),
        "wildcard" => value.text().map_or(Some(TEXT), wildcard),
        "cidr" => value.text().map_or(Some(TEXT), cidr),
        "exists" => (!matches!(value.value, Value::Flag(_)))
            .then_some("the value must be `true` or `false`"),
        "numeric" => Bounds::parse(value).err(),
        "anything-but" => anything_but(value),
        _ => Some(
            "EventBridge supports `prefix`, `suffix`, `equals-ignore-case`, `wildcard`, `anything-but`, `numeric`, `exists` and `cidr`",
        ),
    }
}

/// `*` stands for any characters, `\\*` and `\\\\` for themselves.
fn wildcard(text: &str) -> Option<&'static str> {
    let mut after_gap = false;
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        match char {
            '*' if after_gap => return Some("two `*` in a row are not allowed"),
            '\\' if !matches!(rest.next(), Some('*' | '\\')) => {
                return Some("only `\\*` and `\\\\` are allowed after a backslash");
            }
            _ => after_gap = char == '*',
        }
    }
    None
}

/// Whether a text fits one with `*`.
pub(super) fn wildcard_fits(text: &str, pattern: &str) -> bool {
    // Each piece is the text between two `*`, without the backslashes.
    let (mut pieces, mut signs) = (vec![String::new()], pattern.chars());
    while let Some(sign) = signs.next() {
        match (sign, pieces.last_mut()) {
            ('*', _) => pieces.push(String::new()),
            ('\\', Some(piece)) => piece.extend(signs.next()),
            (sign, Some(piece)) => piece.push(sign),
            (_, None) => {}
        }
    }
    let [first, between @ .., last] = pieces.as_slice() else { return text == pieces[0] };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for piece in between {
        let Some((_, after)) = rest.split_once(piece.as_str()) else { return false };
        rest = after;
    }
    rest.ends_with(last.as_str())
}

/// Whether a text is an address in a block, which is written as [`cidr`] wants it.
pub(super) fn is_within(text: &str, block: &str) -> bool {
    use std::net::IpAddr;
    let block = block.split_once('/');
    let parsed =
        block.and_then(|(address, bits)| Some((address.parse().ok()?, bits.parse().ok()?)));
    let (Some((block, bits)), Ok(address)) = (parsed, text.parse::<IpAddr>()) else { return false };
    let bits: u32 = bits;
    match (address, block) {
        (IpAddr::V4(one), IpAddr::V4(block)) => {
            let differs = u32::from(one) ^ u32::from(block);
            differs.checked_shr(32_u32.saturating_sub(bits)).unwrap_or_default() == 0
        }
        (IpAddr::V6(one), IpAddr::V6(block)) => {
            let differs = u128::from(one) ^ u128::from(block);
            differs.checked_shr(128_u32.saturating_sub(bits)).unwrap_or_default() == 0
        }
        _ => false,
    }
}

/// An address with the number of its leading bits.
fn cidr(text: &str) -> Option<&'static str> {
    let parsed = text.split_once('/').and_then(|(address, bits)| {
        Some((address.parse::<std::net::IpAddr>().ok()?, bits.parse::<u32>().ok()?))
    });
    match parsed {
        None => Some("write an IP address and a number of bits: `10.0.0.0/24`"),
        Some((address, bits)) => (bits > if address.is_ipv4() { 32 } else { 128 })
            .then_some("an IPv4 address has at most 32 bits, an IPv6 address at most 128"),
    }
}

fn anything_but(value: &Node) -> Option<&'static str> {
    let text = |node: &Node| node.text().is_some();
    let number = |node: &Node| node.number().is_some();
    let items = value.items();
    let list = !items.is_empty() && (items.iter().all(text) || items.iter().all(number));
    if !items.is_empty() && !list && items.iter().all(|item| text(item) || number(item)) {
        return Some("the list must contain either strings or numbers");
    }
    if let [entry] = value.entries() {
        let one = std::slice::from_ref(&entry.value);
        let values = if entry.value.items().is_empty() { one } else { entry.value.items() };
        let names = ["prefix", "suffix", "equals-ignore-case", "wildcard"];
        if names.contains(&entry.key.as_str()) && values.iter().all(text) {
            let is_empty = |value: &Node| value.text() == Some("");
            return match entry.key.as_str() {
                "prefix" | "suffix" if values.iter().any(is_empty) => {
                    Some("an empty string is the start and the end of every string")
                }
                "wildcard" => values.iter().filter_map(Node::text).find_map(wildcard),
                _ => None,
            };
        }
    }
    (!text(value) && !number(value) && !list).then_some(
        "the value must be a value, a list of values, or one `prefix`, `suffix`, `equals-ignore-case` or `wildcard`",
    )
}

/// One end of a range: the number, and whether it is outside itself.
type End = (Decimal, bool);

/// The numbers that `numeric` asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    low: Option<End>,
    high: Option<End>,
}

impl Bounds {
    /// `['=', 5]`, or `['>', 0, '<=', 5]`
    pub(super) fn parse(value: &Node) -> Result<Self, &'static str> {
        const FORM: &str = "write a list of operators and numbers: `['>', 0, '<=', 5]`";
        let limit = Decimal::from(5_000_000_000_i64);
        let mut bounds = Self { low: None, high: None };
        let pairs: Vec<_> = value.items().chunks(2).collect();
        for pair in &pairs {
            let [operator, number] = pair else { return Err(FORM) };
            let (Some(sign), Some(number)) = (operator.text(), number.number()) else {
                return Err(FORM);
            };
            let number = Decimal::parse(number)
                .filter(|number| *number <= limit && *number >= limit.negated())
                .ok_or("EventBridge compares numbers from -5e9 to 5e9")?;
            let end = Some((number, !sign.ends_with('=')));
            match sign {
                "=" if pairs.len() == 1 => bounds = Self { low: end, high: end },
                ">" | ">=" if bounds.low.is_none() && bounds.high.is_none() => bounds.low = end,
                "<" | "<=" if bounds.high.is_none() => bounds.high = end,
                _ => return Err(FORM),
            }
        }
        match (bounds.low, bounds.high) {
            (None, None) => Err(FORM),
            (Some((low, _)), Some((high, _))) if pairs.len() == 2 && low >= high => {
                Err("the lower bound must be less than the upper one")
            }
            _ => Ok(bounds),
        }
    }

    /// Whether a scalar has a number within.
    pub(super) fn meet(self, scalar: &Scalar) -> bool {
        let rules = &scalar.number;
        if !rules.one_of.is_empty() {
            return rules.one_of.iter().any(|one| self.holds(Decimal::from(*one)));
        }
        let end =
            |bound: &crate::model::Bound| Some((Decimal::parse(&bound.value)?, bound.exclusive));
        let low = [self.low, rules.minimum.as_ref().and_then(end)];
        let high = [self.high, rules.maximum.as_ref().and_then(end)];
        // Of two ends the one that leaves less counts; of equal ones the one that is outside.
        let low = low.into_iter().flatten().max_by_key(|(number, open)| (*number, *open));
        let high = high.into_iter().flatten().min_by_key(|(number, open)| (*number, !*open));
        let (Some((low, low_open)), Some((high, high_open))) = (low, high) else {
            return true;
        };
        if scalar.kind.is_integer() {
            let one = Decimal::from(1_i64);
            let (least, most) = (low.ceil(), high.floor());
            let next = if low_open && least == low { least.checked_add(one) } else { Some(least) };
            let last = if high_open && most == high { most.checked_sub(one) } else { Some(most) };
            return next.zip(last).is_none_or(|(least, most)| least <= most);
        }
        if let Some(step) = rules.multiple_of.as_deref().and_then(Decimal::parse)
            && low == high
        {
            return !low_open && !high_open && low.is_multiple_of(step);
        }
        low < high || (low == high && !low_open && !high_open)
    }

    fn holds(self, number: Decimal) -> bool {
        let above = self.low.is_none_or(|(low, open)| number > low || (number == low && !open));
        let below = self.high.is_none_or(|(high, open)| number < high || (number == high && !open));
        above && below
    }
}

/// Whether a text of a type may begin or end like this, or be an address. Said of types whose texts are of one form.
pub(super) fn affix_fits(scalar: &Scalar, key: &str, text: &str) -> bool {
    let form = match scalar.kind {
        ScalarKind::Uuid => "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh",
        ScalarKind::Date => "dddd-dd-dd",
        // Signs of its fraction and its offset may follow.
        ScalarKind::DateTime => "dddd-dd-ddTdd:dd:dd",
        _ => {
            let fits =
                scalar.text.max_length.is_none_or(|most| text.chars().count() as u64 <= most);
            return fits || !matches!(key, "prefix" | "suffix" | "equals-ignore-case");
        }
    };
    let is_like = |(sign, form): (char, char)| match form {
        'h' => sign.is_ascii_hexdigit(),
        'd' => sign.is_ascii_digit(),
        form => sign.eq_ignore_ascii_case(&form),
    };
    let is_open = scalar.kind == ScalarKind::DateTime;
    let fits = is_open || text.len() <= form.len();
    match key {
        "cidr" => false,
        "prefix" => fits && text.chars().zip(form.chars()).all(is_like),
        "suffix" => is_open || (fits && text.chars().rev().zip(form.chars().rev()).all(is_like)),
        "equals-ignore-case" => {
            text.chars().zip(form.chars()).all(is_like)
                && (text.len() == form.len() || (is_open && text.len() > form.len()))
        }
        _ => true,
    }
}

/// Why a scalar never has a value that a pattern names; nothing where it may have it.
pub(super) fn misfit(scalar: &Scalar, item: &Node) -> Option<String> {
    if let Some(number) = item.number() {
        return values::number_faults(number, scalar).into_iter().next();
    }
    item.text().and_then(|text| values::text_fault(text, scalar))
}
