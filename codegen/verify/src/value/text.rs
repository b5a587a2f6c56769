//! Texts: their constraints and formats, and values at and beyond them.

use codegen::model::{Scalar, ScalarKind, TextFormat, TextRules};
use scalars::Pattern;

use super::conform::clipped;
use super::pattern;

/// The longest text that is made to reach a bound.
const MAX_LENGTH: u64 = 100_000;

/// Tells every rule that a text violates.
pub(super) fn check_text(
    text: &str,
    rules: &TextRules,
    say: &mut impl FnMut(&'static str, String),
) {
    let length = text.chars().count() as u64;
    if let Some(least) = rules.min_length.filter(|least| length < *least) {
        say("minLength", format!("{length} characters are fewer than the minimum of {least}"));
    }
    if let Some(most) = rules.max_length.filter(|most| length > *most) {
        say("maxLength", format!("{length} characters are more than the maximum of {most}"));
    }
    let breaks =
        |pattern: &&str| Pattern::new(pattern).is_ok_and(|p| p.is_match(text) == Ok(false));
    if let Some(pattern) = rules.pattern.as_deref().filter(breaks) {
        say("pattern", format!("`{}` does not match `{pattern}`", clipped(text)));
    }
    if let Some(expected) = rules.format.and_then(|format| format_fault(format, text)) {
        say("format", format!("`{}` is not {expected}", clipped(text)));
    }
}

/// What a text should be, where it is not: for the formats that have a type of their own.
pub(super) fn kind_fault(kind: ScalarKind, text: &str) -> Option<&'static str> {
    match kind {
        ScalarKind::Uuid => (!is_uuid(text)).then_some("a UUID"),
        ScalarKind::DateTime => (!is_date_time(text)).then_some("a date and time of RFC 3339"),
        ScalarKind::Date => (!is_date(text)).then_some("a date of RFC 3339"),
        ScalarKind::Bytes => (!is_base64(text)).then_some("base64"),
        _ => None,
    }
}

fn format_fault(format: TextFormat, text: &str) -> Option<&'static str> {
    let (met, expected) = match format.name() {
        "email" => (is_email(text), "an email address"),
        "uri" => (is_uri(text), "a URI"),
        "uri-reference" => (is_uri_reference(text), "a URI reference"),
        "hostname" => (is_hostname(text), "a host name"),
        "ipv4" => (text.parse::<std::net::Ipv4Addr>().is_ok(), "an IPv4 address"),
        "ipv6" => (text.parse::<std::net::Ipv6Addr>().is_ok(), "an IPv6 address"),
        "time" => (is_date_time(&format!("2026-11-01T{text}")), "a time"),
        "duration" => (is_duration(text), "a duration"),
        // Grammars too long to be written twice.
        _ => (format.is_met_by(text), format.what()),
    };
    (!met).then_some(expected)
}

fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

fn is_date(text: &str) -> bool {
    let shaped = text.len() == 10 && text.bytes().all(|b| b == b'-' || b.is_ascii_digit());
    shaped && text.parse::<jiff::civil::Date>().is_ok()
}

/// RFC 3339: full date, `T`, full time with an offset.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let shaped = time.len() > 8 && time.is_char_boundary(8) && time[..8].split(':').count() == 3;
    // `jiff` knows no leap second, and not the end of the year 9999.
    let civil = time.split_at_checked(8).is_some_and(|(clock, _)| {
        let clock =
            clock.strip_suffix(":60").map_or(clock.to_owned(), |start| format!("{start}:59"));
        clock.parse::<jiff::civil::Time>().is_ok()
    });
    let near = text.replacen(date, "2016-12-31", 1);
    is_date(date) && shaped && civil && near.parse::<jiff::Timestamp>().is_ok()
}

pub(crate) fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let atom = |part: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
        !part.is_empty() && part.bytes().all(allowed)
    };
    local.len() <= 64
        && local.split('.').all(atom)
        && (is_hostname(domain) || (domain.starts_with('[') && domain.ends_with(']')))
}

fn is_hostname(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn is_uri_reference(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    let encoded = text.split('%').skip(1).all(|rest| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    text.bytes().all(allowed) && encoded && text.matches('#').count() <= 1
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(allowed)
        && is_uri_reference(text)
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').unwrap_or((rest, "0S"));
    let units = |part: &str, units: &str| {
        let mut left = units;
        let mut digits = 0;
        part.chars().all(|c| {
            if c.is_ascii_digit() {
                digits += 1;
                return true;
            }
            let place = left.find(c).filter(|_| std::mem::take(&mut digits) > 0);
            left = place.map_or("", |place| &left[place + 1..]);
            place.is_some()
        }) && digits == 0
    };
    !rest.is_empty() && !time.is_empty() && units(date, "YMWD") && units(time, "HMS")
}

/// A text on one side of a constraint.
pub(super) struct Candidate {
    pub(super) keyword: &'static str,
    pub(super) keeps: bool,
    /// None where no such text was found.
    pub(super) text: Option<String>,
}

/// Texts at every bound and just beyond it, and some that break pattern and format. Whether each does what it is
/// meant to is for the caller to check.
pub(super) fn candidates(scalar: &Scalar) -> Vec<Candidate> {
    let rules = &scalar.text;
    let mut out = Vec::new();
    let mut add = |keyword, keeps, text: Option<String>| {
        out.push(Candidate { keyword, keeps, text });
    };
    if let Some(least) = rules.min_length.filter(|least| (1..=MAX_LENGTH).contains(least)) {
        add("minLength", true, of_length(scalar, least));
        let cut =
            |text: String| text.chars().take(usize::try_from(least - 1).unwrap_or(0)).collect();
        add("minLength", false, of_length(scalar, least - 1).or_else(|| sample(scalar).map(cut)));
    }
    if let Some(most) = rules.max_length.filter(|most| *most <= MAX_LENGTH) {
        add("maxLength", true, of_length(scalar, most));
        add("maxLength", false, of_length(scalar, most + 1));
    }
    let some = sample(scalar);
    if rules.pattern.is_some() {
        add("pattern", true, some.clone());
        for text in broken(some.as_deref().unwrap_or("text")) {
            add("pattern", false, Some(text));
        }
    }
    let has_format = rules.format.is_some() || plain(scalar.kind) != "text";
    if has_format {
        add("format", true, some.clone());
        for text in ["no such format", "-", "1"].map(str::to_owned) {
            add("format", false, Some(text));
        }
        for text in broken(some.as_deref().unwrap_or("text")) {
            add("format", false, Some(text));
        }
    }
    out
}

/// A text with one thing wrong, in every place that patterns and formats usually look at.
fn broken(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for strange in ['!', ' ', '#', '\u{e9}', '\n'] {
        for place in [text.chars().count().saturating_sub(1), 0] {
            let mut changed: Vec<char> = text.chars().collect();
            match changed.get_mut(place) {
                Some(one) => *one = strange,
                None => changed.push(strange),
            }
            out.push(changed.into_iter().collect());
        }
        out.push(format!("{text}{strange}"));
    }
    out
}

/// A text that obeys the rules, if one is near at hand.
pub(super) fn sample(scalar: &Scalar) -> Option<String> {
    let rules = &scalar.text;
    let base = match (&rules.pattern, rules.format) {
        (Some(pattern), _) => pattern::shortest(pattern)?,
        (None, Some(format)) => format.example().to_owned(),
        (None, None) => plain(scalar.kind).to_owned(),
    };
    let length = base.chars().count() as u64;
    let wanted =
        length.max(rules.min_length.unwrap_or(0)).min(rules.max_length.unwrap_or(u64::MAX));
    let text = if wanted == length { base } else { of_length(scalar, wanted)? };
    Some(text)
}

/// A text of so many characters that obeys the other rules, if there is a way to make one.
pub(super) fn of_length(scalar: &Scalar, length: u64) -> Option<String> {
    let length = usize::try_from(length.min(MAX_LENGTH + 1)).ok()?;
    if let Some(pattern) = &scalar.text.pattern {
        return pattern::of_length(pattern, length);
    }
    match scalar.text.format {
        None if scalar.kind == ScalarKind::String => {
            Some("text".chars().cycle().take(length).collect())
        }
        Some(format) => match format.name() {
            "email" | "idn-email" => lengthened("a@", ".example", length),
            "uri" | "iri" => lengthened("https://example.com/", "", length),
            "uri-reference" | "iri-reference" | "json-pointer" => lengthened("/", "", length),
            _ => None,
        },
        None => None,
    }
}

/// Both ends with as much between them as the length asks for, in labels that are short enough for a host name.
fn lengthened(start: &str, end: &str, length: usize) -> Option<String> {
    let between = length.checked_sub(start.len() + end.len()).filter(|between| *between > 0)?;
    let filler = (1..=between).map(|at| if at % 60 == 0 && at < between { '.' } else { 'a' });
    Some(start.chars().chain(filler).chain(end.chars()).collect())
}

fn plain(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::Uuid => "5f4ad1f6-8a7e-4f26-b7c0-3c5ad36f9a01",
        ScalarKind::DateTime => "2026-11-01T12:00:00Z",
        ScalarKind::Date => "2026-11-01",
        ScalarKind::Bytes => "aGVsbG8=",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(is_met: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(is_met(text), "{text:?} is refused");
        }
        for text in bad {
            assert!(!is_met(text), "{text:?} is taken");
        }
    }

    #[test]
    fn formats_are_told_from_what_only_looks_like_them() {
        check(
            is_uuid,
            &["5f4ad1f6-8a7e-4f26-b7c0-3c5ad36f9a01"],
            &["", "5f4ad1f6", "5f4ad1f6-8a7e-4f26-b7c0-3c5ad36f9a0z"],
        );
        check(
            is_date,
            &["2026-11-01"],
            &["2026-11-31", "20261101", "2026-1-1", "2026-11-01T00:00:00Z"],
        );
        check(
            is_date_time,
            &["2026-11-01T12:00:00Z", "2026-11-01T12:00:00.5+01:00"],
            &["2026-11-01", "2026-11-01T12:00:00", "2026-11-01T12Z", "é"],
        );
        check(is_base64, &["", "aGk=", "aGVsbG8="], &["a", "aGk", "a===", "aG k="]);
        check(is_email, &["a@b.example", "a.b+c@d"], &["a", "@b", "a@", "a b@c", "a..b@c", "a@-b"]);
        check(is_hostname, &["a", "a-b.example"], &["", "-a", "a-", "a..b", "a_b"]);
        check(is_uri, &["https://example.com/a?b#c", "urn:a"], &["/a", "a b:c", "1a:b", ":"]);
        check(is_uri_reference, &["", "/a", "a%20b", "about:blank"], &["a b", "%2", "a#b#c", "é"]);
        check(
            is_duration,
            &["P1D", "PT15M", "P2W", "P1DT2H"],
            &["", "P", "PT", "15M", "P1H", "PM", "PT1M2H", "P1"],
        );
    }

    #[test]
    fn texts_of_a_format_reach_a_length() {
        for format in [TextFormat::EMAIL, TextFormat::URI, TextFormat::URI_REFERENCE] {
            let text = TextRules { format: Some(format), ..TextRules::default() };
            let scalar = Scalar { kind: ScalarKind::String, text, number: Default::default() };
            let made = of_length(&scalar, 200).unwrap_or_default();
            assert_eq!((made.len(), format_fault(format, &made)), (200, None), "{made}");
        }
    }
}
