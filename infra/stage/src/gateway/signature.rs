//! AWS Signature Version 4 on requests to an API or a function URL (`AWS_IAM`).
//!
//! Verified against the stage's own credentials: the access key of a function, or `local`; the secret of all is `local`.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use hyper::HeaderMap;
use jiff::Timestamp;
use jiff::tz::Offset;

use crate::percent;
use crate::query::field;

/// The secret of every access key of the stage.
pub(crate) const SECRET: &str = "local";

/// The access key of people who call.
pub(crate) const ACCESS_KEY: &str = "local";

/// How old a signature may be, in seconds.
const MAX_AGE_SECONDS: i64 = 300;

/// How long a signature in a query may be valid, in seconds.
const WEEK_SECONDS: i64 = 604_800;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const SIGNATURE: &str = "X-Amz-Signature";

/// A request as far as its signature depends on it.
pub(super) struct Signed<'a> {
    /// The service in the scope of the signature: `execute-api`, or `lambda` for function URLs.
    pub(super) service: &'a str,
    pub(super) method: &'a str,
    /// The path as it was sent, with the stage.
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
    pub(super) now: Timestamp,
}

/// Why a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsigned {
    /// There is none.
    Missing,
    /// It is malformed, or not the right one.
    Wrong,
    /// It is too old, or not valid yet.
    Expired,
}

/// The parts of a signature, of the `Authorization` header or of the query.
struct Authorization {
    access_key: String,
    scope: String,
    signed_headers: String,
    signature: String,
    date: String,
    /// How long it is valid, in seconds.
    lifetime: i64,
}

impl Authorization {
    fn of_header(header: &str, headers: &HeaderMap) -> Option<Self> {
        let rest = header.strip_prefix(ALGORITHM)?;
        let part = |name: &str| {
            let mut parts = rest.split(',').map(str::trim);
            parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        };
        let (access_key, scope) = part("Credential")?.split_once('/')?;
        Some(Self {
            access_key: access_key.to_owned(),
            scope: scope.to_owned(),
            signed_headers: part("SignedHeaders")?.to_owned(),
            signature: part("Signature")?.to_owned(),
            date: headers.get("x-amz-date")?.to_str().ok()?.to_owned(),
            lifetime: MAX_AGE_SECONDS,
        })
    }

    fn of_query(query: &str) -> Option<Self> {
        let credential = field(query, "X-Amz-Credential")?;
        let (access_key, scope) = credential.split_once('/')?;
        let lifetime = field(query, "X-Amz-Expires")?.parse().ok()?;
        (field(query, "X-Amz-Algorithm")? == ALGORITHM && (1..=WEEK_SECONDS).contains(&lifetime))
            .then_some(())?;
        Some(Self {
            access_key: access_key.to_owned(),
            scope: scope.to_owned(),
            signed_headers: field(query, "X-Amz-SignedHeaders")?,
            signature: field(query, SIGNATURE)?,
            date: field(query, "X-Amz-Date")?,
            lifetime,
        })
    }

    /// Refuses a signature that is no longer valid, or not yet.
    fn check_age(&self, now: Timestamp) -> Result<(), Unsigned> {
        let signed = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", &self.date);
        let signed = signed.and_then(|date| Offset::UTC.to_timestamp(date));
        let signed = signed.map_err(|_| Unsigned::Wrong)?;
        let age = now.as_second() - signed.as_second();
        if age > self.lifetime || age < -MAX_AGE_SECONDS { Err(Unsigned::Expired) } else { Ok(()) }
    }
}

/// The access key that signed a request.
pub(super) fn verify(request: &Signed<'_>) -> Result<String, Unsigned> {
    let header = super::authorize::single(request.headers, "authorization");
    let authorization = match header {
        Some(header) => Authorization::of_header(header, request.headers),
        None if field(request.query, SIGNATURE).is_none() => return Err(Unsigned::Missing),
        None => Authorization::of_query(request.query),
    };
    let authorization = authorization.ok_or(Unsigned::Wrong)?;
    authorization.check_age(request.now)?;
    let Authorization { access_key, scope, signed_headers, signature, date, .. } = authorization;
    let mut parts = scope.split('/');
    let (Some(day), Some(region), Some(service), Some("aws4_request"), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Unsigned::Wrong);
    };
    let names: Vec<&str> = signed_headers.split(';').collect();
    if !date.starts_with(day) || service != request.service || !names.contains(&"host") {
        return Err(Unsigned::Wrong);
    }
    let canonical = canonical(request, &names).ok_or(Unsigned::Wrong)?;
    let text = format!(
        "{ALGORITHM}\n{date}\n{scope}\n{}",
        hex(digest(&SHA256, canonical.as_bytes()).as_ref())
    );
    let mut key = mac(format!("AWS4{SECRET}").as_bytes(), day);
    for part in [region, service, "aws4_request"] {
        key = mac(&key, part);
    }
    let expected = hex(&mac(&key, &text));
    verify_slices_are_equal(expected.as_bytes(), signature.as_bytes())
        .map_err(|_| Unsigned::Wrong)?;
    Ok(access_key)
}

/// The canonical request (IAM user guide, "Create a signed AWS API request"). Paths of an API are encoded twice.
fn canonical(request: &Signed<'_>, names: &[&str]) -> Option<String> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for pair in request.query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if name == SIGNATURE {
            continue;
        }
        pairs.push((normal(name), normal(value)));
    }
    pairs.sort();
    let query: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut headers = String::new();
    for name in names {
        let values = request.headers.get_all(*name).iter();
        let values: Vec<String> =
            values.map(|value| value.to_str().ok().map(collapsed)).collect::<Option<_>>()?;
        if values.is_empty() {
            return None;
        }
        headers.push_str(&format!("{name}:{}\n", values.join(",")));
    }
    let sent = request.headers.get("x-amz-content-sha256").and_then(|value| value.to_str().ok());
    let hash = hex(digest(&SHA256, request.body).as_ref());
    if sent.is_some_and(|sent| sent != hash && sent != "UNSIGNED-PAYLOAD") {
        return None;
    }
    Some(format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method,
        percent::encoded_path(request.path),
        query.join("&"),
        names.join(";"),
        sent.unwrap_or(&hash)
    ))
}

/// Spaces around and between words of a header's value count once.
fn collapsed(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A part of a query, decoded and encoded as signers do it.
fn normal(text: &str) -> String {
    percent::encoded(&percent::bytes(text))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
