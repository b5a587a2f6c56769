//! Texts: lengths, patterns and formats, compared as languages where they are regular.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use scalars::{Pattern, format};

use super::{other_kind, pattern, text_format};
use crate::model::{EnumType, Scalar, ScalarKind};

/// Why a text is no value of a scalar; nothing where it is one.
pub(crate) fn text_fault(text: &str, scalar: &Scalar) -> Option<String> {
    let kind_fault = match scalar.kind {
        ScalarKind::Uuid => (!format::is_uuid(text)).then_some("a UUID"),
        ScalarKind::DateTime => {
            (!format::is_date_time(text)).then_some("a date and time (RFC 3339)")
        }
        ScalarKind::Date => (!format::is_date(text)).then_some("a date"),
        ScalarKind::Bytes => (!format::is_base64(text)).then_some("base64"),
        _ => None,
    };
    if let Some(kind) = kind_fault {
        return Some(format!("`{text}` is not {kind}"));
    }
    let rules = &scalar.text;
    let length = text.chars().count() as u64;
    if let Some(least) = rules.min_length.filter(|least| length < *least) {
        return Some(format!("{length} characters are fewer than the minimum of {least}"));
    }
    if let Some(greatest) = rules.max_length.filter(|greatest| length > *greatest) {
        return Some(format!("{length} characters are more than the maximum of {greatest}"));
    }
    let pattern = rules.pattern.as_ref().and_then(|pattern| compiled(pattern));
    if pattern.is_some_and(|pattern| pattern.is_match(text) != Ok(true)) {
        return Some(format!("`{text}` does not match the pattern"));
    }
    let format = rules.format.filter(|format| !format.is_met_by(text))?;
    Some(format!("`{text}` is not {} ({})", format.what(), format.source()))
}

/// A pattern, compiled. The last ones are kept, because each is asked about many texts.
pub(super) fn compiled(pattern: &str) -> Option<Rc<Pattern>> {
    const MOST_KEPT: usize = 32;
    type Kept = BTreeMap<String, Option<Rc<Pattern>>>;
    thread_local!(static KEPT: RefCell<Kept> = const { RefCell::new(Kept::new()) });
    KEPT.with_borrow_mut(|kept| {
        if let Some(known) = kept.get(pattern) {
            return known.clone();
        }
        if kept.len() == MOST_KEPT {
            kept.clear();
        }
        let compiled = Pattern::new(pattern).ok().map(Rc::new);
        kept.insert(pattern.to_owned(), compiled.clone());
        compiled
    })
}

/// What one scalar of texts allows beyond another, in words.
pub(super) fn excess(from: &Scalar, to: &Scalar) -> Vec<String> {
    let mut found = vec![];
    let has_type = |kind| kind != ScalarKind::String;
    if !format_fits(from, to) {
        found.push(match has_type(from.kind) || has_type(to.kind) {
            true => other_kind(from.kind, to.kind),
            false => "the sender does not require the format".to_owned(),
        });
    }
    let (sent, taken) = (&from.text, &to.text);
    if let Some(least) = taken.min_length.filter(|least| sent.min_length.unwrap_or(0) < *least)
        && !is_within(from, &length_pattern(least, None))
    {
        found.push(format!("fewer than {least} characters may be sent"));
    }
    if let Some(most) =
        taken.max_length.filter(|most| sent.max_length.is_none_or(|sent| sent > *most))
        && !is_within(from, &length_pattern(0, Some(most)))
    {
        found.push(format!("more than {most} characters may be sent"));
    }
    if let Some(pattern) =
        taken.pattern.as_ref().filter(|taken| sent.pattern.as_ref() != Some(taken))
        && !is_within(from, pattern)
    {
        found.push("the sender does not require the pattern".to_owned());
    }
    found
}

/// Whether every text of the first has the format that the second asks for.
fn format_fits(from: &Scalar, to: &Scalar) -> bool {
    /// The formats that are part of others.
    const PARTS: &[(&str, &[&str])] = &[
        ("email", &["idn-email"]),
        ("hostname", &["idn-hostname"]),
        ("uri", &["uri-reference", "iri", "iri-reference"]),
        ("uri-reference", &["iri-reference"]),
        ("iri", &["iri-reference"]),
        ("json-pointer", &["uri-template"]),
    ];
    let (sent, taken) = (text_format(from.kind, &from.text), text_format(to.kind, &to.text));
    let Some(taken) = taken else { return true };
    let is_part = |sent: &str| {
        sent == taken || PARTS.iter().any(|(part, wholes)| *part == sent && wholes.contains(&taken))
    };
    // Of the formats only this one is regular and written down to its end.
    sent.is_some_and(is_part) || (taken == "uuid" && is_within(from, UUID))
}

const UUID: &str = "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";

/// A pattern that every text of a format matches.
fn pattern_of(format: &str) -> Option<&'static str> {
    Some(match format {
        "uuid" => UUID,
        "date" => "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$",
        "date-time" => {
            "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[Tt]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)\
             (\\.\\d{1,9})?([Zz]|[+\\-]([01]\\d|2[0-3]):[0-5]\\d)$"
        }
        "time" => {
            "^([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?([Zz]|[+\\-]([01]\\d|2[0-3]):[0-5]\\d)$"
        }
        "duration" => "^P[0-9TYMWDHS]+$",
        "byte" => "^([A-Za-z0-9+\\/]{4})*([A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=)?$",
        "decimal" => "^-?(0|[1-9]\\d*)(\\.\\d+)?([Ee][+\\-]?\\d+)?$",
        "ipv4" => "^\\d{1,3}(\\.\\d{1,3}){3}$",
        "ipv6" => "^[0-9A-Fa-f:.]{2,45}$",
        "email" | "idn-email" => "^[^]+@[^]+$",
        "hostname" => "^[A-Za-z0-9\\-.]{1,254}$",
        "uri" | "iri" => "^[A-Za-z][A-Za-z0-9+\\-.]*:",
        _ => return None,
    })
}

/// The pattern of texts of some length.
fn length_pattern(least: u64, most: Option<u64>) -> String {
    let most = most.map_or(String::new(), |most| most.to_string());
    format!("^[^]{{{least},{most}}}$")
}

/// The longest text whose length is compared with a pattern.
const LONGEST: u64 = 1_000;

/// Whether every text of a scalar matches a pattern; what nobody can tell is a no.
pub(super) fn is_within(from: &Scalar, taken: &str) -> bool {
    let rules = &from.text;
    let own = rules.pattern.iter().cloned();
    let format = text_format(from.kind, rules).and_then(pattern_of).map(str::to_owned);
    let (least, most) = (rules.min_length.unwrap_or(0), rules.max_length);
    let is_short = least <= LONGEST && most.is_none_or(|most| most <= LONGEST);
    let length = (is_short && (least > 0 || most.is_some())).then(|| length_pattern(least, most));
    let sent: Vec<String> = own.chain(format).chain(length).collect();
    pattern::is_within(&sent, taken) == Some(true)
}

/// The pattern of a closed set.
pub(super) fn listed(set: &EnumType) -> String {
    let escaped = |text: &str| {
        let mut out = String::new();
        for char in text.chars() {
            if "^$\\.*+?()[]{}|/".contains(char) {
                out.push('\\');
            }
            out.push(char);
        }
        out
    };
    let values: Vec<String> = set.variants.iter().map(|variant| escaped(&variant.wire)).collect();
    format!("^(?:{})$", values.join("|"))
}
