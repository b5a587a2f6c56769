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
        Err((why, help)) => {
            scope.sink.report(fault::bad_path(path.named(), why, help));
            None
        }
    }
}

/// What of a path a request can have.
pub(super) fn without_fragment(path: &str) -> &str {
    let fragment = path.match_indices('#').find(|(at, _)| !path[..*at].ends_with('{'));
    fragment.map_or(path, |(at, _)| &path[..at])
}

/// Why a path is not served, and what to write instead.
type Wrong = (&'static str, Option<&'static str>);

const NO_NAME: Wrong = ("write a parameter as `{name}`", None);

/// What is wrong with the name of a parameter: OpenAPI has none of the operators of RFC 6570, and other tools have signs
/// of their own for a parameter of several segments.
fn wrong_name(name: &str) -> Option<Wrong> {
    let is_rest = |sign| name.starts_with(sign) || name.ends_with(sign);
    Some(match name.chars().next() {
        None => NO_NAME,
        Some('?' | '&') => (
            "a query parameter does not belong in the path",
            Some("take it out of the path, and describe it with `in: query`"),
        ),
        Some(';') => (
            "how a parameter is written does not belong in the path",
            Some("write `{name}` in the path, and `style: matrix` in the parameter"),
        ),
        Some('.') => (
            "how a parameter is written does not belong in the path",
            Some("write `{name}` in the path, and `style: label` in the parameter"),
        ),
        Some('#') => ("clients do not send a fragment", Some("take it out of the path")),
        _ if name.contains('{') => NO_NAME,
        _ if is_rest('*') || is_rest('+') || name.ends_with("...") => (
            "a parameter that matches several segments is not supported",
            Some(
                "write one parameter for each segment, such as `/{a}/{b}`, or take the rest in a \
                 query parameter",
            ),
        ),
        _ if name.rsplit_once(':').is_some_and(|(_, n)| n.parse::<u32>().is_ok()) => (
            "how long a parameter is does not belong in the path",
            Some("write `{name}` in the path, and `maxLength` in the schema of the parameter"),
        ),
        _ if name.contains(',') => (
            "a pair of braces holds one parameter",
            Some("write `{a},{b}`, with a description of each parameter"),
        ),
        _ => return None,
    })
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

fn template(path: &str) -> Result<PathTemplate, Wrong> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err(("a path must start with `/`", None));
    };
    let mut segments = vec![];
    let mut seen = BTreeSet::new();
    let parts: Vec<&str> = rest.split('/').filter(|_| !rest.is_empty()).collect();
    for (at, text) in parts.iter().enumerate() {
        if text.is_empty() && at + 1 < parts.len() {
            return Err(("a path segment is empty", None));
        }
        let segment = segment(text)?;
        if !segment.parameters().into_iter().all(|name| seen.insert(name.to_owned())) {
            return Err(("the same parameter occurs twice", None));
        }
        segments.push(segment);
    }
    Ok(PathTemplate { text: path.to_owned(), segments })
}

fn segment(text: &str) -> Result<Segment, Wrong> {
    let mut pieces = vec![];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(NO_NAME);
        };
        if let Some(wrong) = wrong_name(name) {
            return Err(wrong);
        }
        if !before.is_empty() {
            pieces.push(literal(before)?);
        } else if !pieces.is_empty() {
            return Err(("two adjacent parameters cannot be separated", None));
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

fn literal(text: &str) -> Result<Piece, Wrong> {
    match text {
        _ if text.contains('}') => Err(NO_NAME),
        _ if text.contains('?') => Err((
            "a query string does not belong in the path; describe it with `in: query` parameters",
            None,
        )),
        _ if text.contains(' ') => Err(("a URL cannot contain a space; write `%20`", None)),
        _ => Ok(Piece::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

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
        for wrong in ["/{a}{b}", "/{a", "/a}", "/{}", "/{{a}}", "/{a}/{a}", "/a?b"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn operators_are_no_part_of_a_name() {
        let signs =
            ["a*", "*a", "**a", "+a", "a+", "a...", "?a", "&a", ";a", ".a", "#a", "a,b", "a:3"];
        for name in signs {
            let wrong = template(without_fragment(&format!("/x/{{{name}}}"))).unwrap_err();
            assert!(wrong.1.is_some(), "{name}: {wrong:?}");
            assert_eq!(template(&format!("/x{{{name}}}")), Err(wrong));
        }
        for name in ["a-b", "a.b", "a:b", "a_b", "$a", "@a", "a b"] {
            assert!(template(&format!("/x/{{{name}}}")).is_ok(), "{name}");
        }
        assert_eq!(without_fragment("/a/{#b}#c#d"), "/a/{#b}");
    }
}
