//! Names of media types: whether one can be what was meant.
//!
//! Owns a guess about misspellings, and which parameters are sent. What becomes of a media type is decided elsewhere.

use crate::diag::catalog::{rest as fault, shape};
use crate::lower::Scope;
use crate::lower::token::is_token;
use crate::parse::Entry;
use crate::source::Span;

/// The families that IANA has registered.
const FAMILIES: [&str; 12] = [
    "application",
    "audio",
    "chemical",
    "example",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
];

/// What most contracts use.
const USUAL: [&str; 14] = [
    "application/json",
    "application/problem+json",
    "application/merge-patch+json",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/yaml",
    "application/pdf",
    "application/zip",
    "application/octet-stream",
    "multipart/form-data",
    "text/plain",
    "text/csv",
    "text/html",
    "image/png",
];

/// How long a subtype must be for one within two letters of it to be a slip, and not another type.
const LONG_BYTES: usize = 8;

/// Subtypes that resemble JSON and are others.
const NOT_JSON: [&str; 4] = ["json5", "jsonl", "bson", "cson"];

/// A media type as it is sent: with the parameters that the contract writes. Of text, only UTF-8 is written.
pub(super) fn with_parameters(scope: Scope<'_>, entry: &Entry, mut sent: String) -> String {
    for parameter in entry.key.split(';').skip(1).map(str::trim).filter(|text| !text.is_empty()) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let (name, value) = (name.trim(), value.trim());
        let inner = value.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let is_quoted = inner.is_some_and(|text| {
            text.chars().all(|char| matches!(char, ' '..='~') && !matches!(char, '"' | '\\'))
        });
        let is_utf8 = || {
            let name = inner.unwrap_or(value);
            ["utf-8", "utf8", "us-ascii"].iter().any(|known| name.eq_ignore_ascii_case(known))
        };
        let why = match () {
            () if !is_token(name) || !(is_token(value) || is_quoted) => "it is no `name=value`",
            () if name.eq_ignore_ascii_case("charset") && !is_utf8() => "all text is UTF-8",
            () => {
                sent.push_str("; ");
                sent.push_str(&format!("{name}={value}"));
                continue;
            }
        };
        scope.sink.report(fault::media_type_parameter(entry.named(), parameter, why));
    }
    sent
}

/// Warns of a name that is no media type or a misspelled one.
pub(super) fn check(scope: Scope<'_>, at: Span, name: &str) {
    let essence = scalars::media::essence(name);
    let (family, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let is_known = FAMILIES.contains(&family) || family.starts_with("x-") || family == "*";
    let json = shape::resembling(&essence, ["application/json"]);
    let is_slip = json.is_some_and(|(changes, _)| changes == 1) && !NOT_JSON.contains(&subtype);
    let is_usual = USUAL.contains(&essence.as_str());
    let long = USUAL
        .into_iter()
        .filter(|one| one.rsplit('/').next().is_some_and(|of| of.len() > LONG_BYTES));
    let long = shape::resembling(&essence, long).filter(|(changes, _)| !is_usual && *changes <= 2);
    let is_token = is_token(family) && is_token(subtype);
    if is_known && is_token && !is_slip && long.is_none() {
        return;
    }
    let of_subtype = USUAL.into_iter().find(|usual| usual.split('/').nth(1) == Some(subtype));
    let near = long
        .or(json)
        .map(|(_, near)| near)
        .or(of_subtype)
        .or_else(|| shape::nearest(&essence, USUAL));
    scope.sink.report(fault::media_type_odd(at, name, near));
}
