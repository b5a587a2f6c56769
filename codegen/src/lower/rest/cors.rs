//! `x-cors`: which pages of other origins may call.

use crate::diag::catalog::security as fault;
use crate::lower::{Reported, Scope};
use crate::model::Cors;
use crate::parse::{Node, Value};

/// How long a browser keeps the answer to a preflight unless the contract says otherwise, in seconds.
const MAX_AGE_SECONDS: u32 = 600;

/// The setting of a document, where it has one.
pub(crate) fn lower_cors(scope: Scope<'_>, document: &Node) -> Result<Option<Cors>, Reported> {
    let Some(node) = document.get("x-cors") else { return Ok(None) };
    if node.text().is_none() && !matches!(node.value, Value::Map(_)) {
        scope.sink.report(fault::no_origins(node.span));
        return Err(Reported);
    }
    let listed: Vec<&Node> = match node.text() {
        Some(_) => vec![node],
        None => node.get("origins").map(Node::items).unwrap_or_default().iter().collect(),
    };
    let mut sound = true;
    let mut origins = vec![];
    for one in &listed {
        let text = one.text().unwrap_or_default();
        if is_origin(text) && (text != "*" || listed.len() == 1) {
            origins.push(text.to_owned());
        } else {
            scope.sink.report(fault::bad_origin(one.span, text));
            sound = false;
        }
    }
    let credentials = node.flag_at("credentials").unwrap_or(false);
    if listed.is_empty() {
        scope.sink.report(fault::no_origins(node.span));
        sound = false;
    }
    if credentials && origins == ["*"] {
        scope.sink.report(fault::every_origin_with_credentials(node.span));
        sound = false;
    }
    let max_age = node.count_at("maxAgeSeconds").map_or(Some(MAX_AGE_SECONDS), |seconds| {
        u32::try_from(seconds).ok().filter(|seconds| *seconds <= 86_400)
    });
    let Some(max_age_seconds) = max_age else {
        scope.sink.report(fault::bad_max_age(node.span));
        return Err(Reported);
    };
    let origin = scope.origin(node.span);
    sound.then_some(Some(Cors { origins, credentials, max_age_seconds, origin })).ok_or(Reported)
}

/// `*`, or scheme, host and port of a page, as browsers send them in `Origin` (RFC 6454, section 6.2).
fn is_origin(text: &str) -> bool {
    if text == "*" {
        return true;
    }
    let Some((scheme, host)) = text.split_once("://") else { return false };
    let is_host =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte);
    ["http", "https"].contains(&scheme) && !host.is_empty() && host.bytes().all(is_host)
}
