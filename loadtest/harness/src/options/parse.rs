//! What one argument says.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;

use super::{Mix, StageChoice};
use crate::arrivals::Part;

pub(super) fn stage(text: &str) -> Result<StageChoice, String> {
    if text == "local" {
        return Ok(StageChoice::Local);
    }
    if is_stack(text) {
        return Ok(StageChoice::Stack(text.to_owned()));
    }
    url(text).map(StageChoice::Url).map_err(|_| {
        "expected `local`, the name of a stack, or the URL of an API that starts with `http://` or `https://`"
            .to_owned()
    })
}

/// Whether the text is a stack name as CloudFormation allows it, or an ARN.
fn is_stack(text: &str) -> bool {
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 128
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_arn = text.starts_with("arn:")
        && text.contains(":cloudformation:")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || ":/-".contains(c));
    is_name || is_arn
}

pub(super) fn url(text: &str) -> Result<String, String> {
    let found = reqwest::Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    match found {
        Some(_) => Ok(text.trim_end_matches('/').to_owned()),
        None => Err("expected a URL that starts with `http://` or `https://`".to_owned()),
    }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.parse().ok().map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
    port.or_else(|| text.parse().ok())
        .ok_or_else(|| "expected a port, or an address and a port: `127.0.0.1:9464`".to_owned())
}

pub(super) fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (0.01..=100_000.0).contains(rate));
    rate.ok_or_else(|| "expected a number from 0.01 to 100000".to_owned())
}

pub(super) fn mix(text: &str) -> Result<Mix, String> {
    let mut mix = Mix::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, share) = part.split_once('=').ok_or_else(|| format!("`{part}` has no `=`"))?;
        let (name, share) = (name.trim(), share.trim());
        let share = share.parse().ok().filter(|share| (0.0..=100.0).contains(share));
        let share: f64 =
            share.ok_or_else(|| format!("`{part}`: expected a number from 0 to 100"))?;
        if mix.iter().any(|(known, _)| known == name) {
            return Err(format!("`{name}` occurs twice"));
        }
        mix.push((name.to_owned(), share));
    }
    Ok(mix)
}

pub(super) fn part(text: &str) -> Result<Part, String> {
    let part = text
        .split_once('/')
        .and_then(|(index, of)| Some(Part { index: index.parse().ok()?, of: of.parse().ok()? }));
    part.filter(|part| part.index < part.of && part.of <= 10_000).ok_or_else(|| {
        "expected the index of the worker and the number of workers: `0/4` is the first of four"
            .to_owned()
    })
}

pub(crate) fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "expected an RFC 3339 timestamp: `2026-12-01T12:00:00Z`".to_owned())
}

pub(super) fn skew(text: &str) -> Result<(String, f64), String> {
    let (name, exponent) = text.split_once('=').ok_or("expected `NAME=EXPONENT`")?;
    let exponent = exponent.parse().ok().filter(|exponent| (0.0..=10.0).contains(exponent));
    let exponent = exponent.ok_or("expected an exponent from 0 to 10")?;
    Ok((name.to_owned(), exponent))
}

pub(super) fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected `NAME=VALUE`")?;
    Ok((name.to_owned(), value.to_owned()))
}

pub(super) fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("expected `name: value`")?;
    let (name, value) = (name.trim(), value.trim());
    let is_name = reqwest::header::HeaderName::from_bytes(name.as_bytes()).is_ok();
    let is_value = reqwest::header::HeaderValue::from_str(value).is_ok();
    if !is_name || !is_value {
        return Err("this is not a valid HTTP header".to_owned());
    }
    // A wrong one makes the target wait for a body, or take a part of it for the next request.
    if ["content-length", "transfer-encoding"].iter().any(|one| name.eq_ignore_ascii_case(one)) {
        return Err(format!("`{name}` follows from the body of each request; leave it out"));
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// A bearer token. An empty one is that of a variable that is not set.
pub(super) fn token(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.is_empty() {
        true => Ok(text.to_owned()),
        false => Err("expected a token: visible ASCII characters without a space".to_owned()),
    }
}

/// Reads `90`, `90s`, `1.5m`, `250ms`, `1h`; a number without a unit is in seconds.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let seconds_per_unit = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(format!("unknown unit `{unit}`; use `ms`, `s`, `m` or `h`")),
    };
    let number: f64 = number.trim().parse().map_err(|_| format!("`{number}` is not a number"))?;
    let seconds = number * seconds_per_unit;
    if !(0.1..=86_400.0).contains(&seconds) {
        return Err("expected a duration from 100ms to 24h".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}
