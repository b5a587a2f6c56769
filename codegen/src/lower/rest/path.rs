//! Path templates.

use std::collections::BTreeSet;

use crate::diag::catalog::rest as fault;
use crate::lower::Scope;
use crate::model::{PathTemplate, Piece, Segment};
use crate::parse::Entry;

/// A path: segments of text, of a parameter, or of both. A slash at the end is a segment without text.
///
/// A fragment, by which some documents describe one route more than once, is no part of a request.
pub(super) fn lower_path(scope: Scope<'_>, path: &Entry) -> Option<PathTemplate> {
    let served = without_fragment(&path.key);
    match template(&plain(served)) {
        Ok(template) => {
            if served != path.key {
                scope.sink.report(fault::fragment_in_path(path.named(), served));
            }
            Some(template)
        }
        Err(why) => {
            scope.sink.report(fault::bad_path(path.named(), why));
            None
        }
    }
}

/// What of a path a request can have.
pub(super) fn without_fragment(path: &str) -> &str {
    path.split_once('#').map_or(path, |(path, _)| path)
}

/// A path without the escapes that say nothing: of letters, digits and `-._~` (RFC 3986, section 6.2.2.2).
fn plain(path: &str) -> String {
    let mut parts = path.split('%');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.map(char::from) {
            Some(char) if char.is_ascii_alphanumeric() || "-._~".contains(char) => {
                plain.push(char);
                plain.push_str(&part[2..]);
            }
            _ => {
                plain.push('%');
                plain.push_str(part);
            }
        }
    }
    plain
}

fn template(path: &str) -> Result<PathTemplate, &'static str> {
    let Some(rest) = path.strip_prefix('/') else { return Err("a path must start with `/`") };
    let mut segments = vec![];
    let mut seen = BTreeSet::new();
    let parts: Vec<&str> = rest.split('/').filter(|_| !rest.is_empty()).collect();
    for (at, text) in parts.iter().enumerate() {
        if text.is_empty() && at + 1 < parts.len() {
            return Err("a path segment is empty");
        }
        let segment = segment(text)?;
        if !segment.parameters().into_iter().all(|name| seen.insert(name.to_owned())) {
            return Err("the same parameter occurs twice");
        }
        segments.push(segment);
    }
    Ok(PathTemplate { text: path.to_owned(), segments })
}

fn segment(text: &str) -> Result<Segment, &'static str> {
    let mut pieces = vec![];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err("write a parameter as `{name}`");
        };
        if name.is_empty() || name.contains('{') {
            return Err("write a parameter as `{name}`");
        }
        if name.ends_with('+') {
            return Err("a parameter that matches several segments is not supported");
        }
        if !before.is_empty() {
            pieces.push(literal(before)?);
        } else if !pieces.is_empty() {
            return Err("two adjacent parameters cannot be separated");
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(literal(rest)?);
    }
    Ok(match pieces.as_slice() {
        [] => Segment::Literal(String::new()),
        [Piece::Text(text)] => Segment::Literal(text.clone()),
        [Piece::Parameter(name)] => Segment::Parameter(name.clone()),
        _ => Segment::Mixed(pieces),
    })
}

fn literal(text: &str) -> Result<Piece, &'static str> {
    match text {
        _ if text.contains('}') => Err("write a parameter as `{name}`"),
        _ if text.contains('?') => Err(
            "a query string does not belong in the path; describe it with `in: query` parameters",
        ),
        _ if text.contains(' ') => Err("a URL cannot contain a space; write `%20`"),
        _ => Ok(Piece::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_counts() {
        let of = |path: &str| template(path).map(|template| template.shape());
        assert_eq!(of("/"), Ok(vec![]));
        assert_eq!(of("/a"), Ok(vec!["a".to_owned()]));
        assert_eq!(of("/a/"), Ok(vec!["a".to_owned(), String::new()]));
        assert!(of("/a//b").is_err() && of("a").is_err());
    }

    #[test]
    fn escapes_of_plain_signs_say_nothing() {
        assert_eq!(plain("/user/%61b%63"), "/user/abc");
        assert_eq!(plain("/a%2Fb/%7e/%/%4/%zz/%C3%A9"), "/a%2Fb/~/%/%4/%zz/%C3%A9");
    }

    #[test]
    fn parameters_may_stand_in_a_segment() {
        let of = |path: &str| template(path).map(|template| template.shape().join("/"));
        assert_eq!(of("/{a}.json"), Ok("{}.json".to_owned()));
        assert_eq!(of("/x/{a}-{b}"), Ok("x/{}-{}".to_owned()));
        for wrong in ["/{a}{b}", "/{a", "/a}", "/{}", "/{{a}}", "/{a+}", "/{a}/{a}", "/a?b"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
