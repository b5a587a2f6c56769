//! Media types and their ranges (RFC 9110, section 8.3.1; OpenAPI, Response Object).

/// A media type without its parameters, in lower case.
#[must_use]
pub fn essence(media_type: &str) -> String {
    bare(media_type).to_ascii_lowercase()
}

/// A media type without its parameters, as it is written.
#[must_use]
pub fn bare(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether a range has a media type, or is one: `image/*` has `image/png`, `application/*+json` has `application/ld+json`
/// and `application/json`, and `*/*` and `*` have all. Neither has parameters; case makes no difference.
#[must_use]
pub fn range_has(range: &str, media_type: &str) -> bool {
    let open = if range == "*" { "*" } else { "" };
    let (family, subtype) = range.split_once('/').unwrap_or((range, open));
    let (own_family, own) = media_type.split_once('/').unwrap_or((media_type, ""));
    let has_suffix =
        |suffix: &str| own.rsplit('+').next().is_some_and(|own| own.eq_ignore_ascii_case(suffix));
    (family == "*" || family.eq_ignore_ascii_case(own_family))
        && (subtype == "*"
            || subtype.eq_ignore_ascii_case(own)
            || subtype.strip_prefix("*+").is_some_and(has_suffix))
}

/// A media type of a range, for what has none of its own. One that is no range is itself.
#[must_use]
pub fn one_of(range: &str) -> String {
    let (family, subtype) = range.split_once('/').unwrap_or(("*", range));
    match (family, subtype) {
        _ if !range.contains('*') => range.to_owned(),
        ("*", _) | ("application", "*") => "application/octet-stream".to_owned(),
        ("image", "*") => "image/png".to_owned(),
        ("audio", "*") => "audio/mpeg".to_owned(),
        ("video", "*") => "video/mp4".to_owned(),
        ("text", "*") => "text/plain".to_owned(),
        (family, "*") => format!("{family}/x-example"),
        (family, subtype) => format!("{family}/{}", subtype.trim_start_matches("*+")),
    }
}

/// The narrowest of the media types and ranges that fit, as an index; the first of equals.
pub fn narrowest<'a>(
    known: impl IntoIterator<Item = &'a str>,
    fits: impl Fn(&str) -> bool,
) -> Option<usize> {
    let openness = |range: &str| match range.split_once('/') {
        Some(("*", _)) => 3,
        Some((_, "*")) => 2,
        _ => u8::from(range.contains('*')),
    };
    let fitting = known.into_iter().enumerate().filter(|(_, range)| fits(range));
    fitting.min_by_key(|(_, range)| openness(range)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_range_has_the_media_type_that_is_taken_of_it() {
        for range in ["*/*", "*", "application/*", "image/*", "font/*", "application/*+json"] {
            let one = one_of(range);
            assert!(range_has(range, &one) && !one.contains('*'), "{range}: {one}");
        }
        assert_eq!(one_of("text/csv"), "text/csv");
    }

    #[test]
    fn the_narrowest_range_has_a_media_type() {
        let known = ["*/*", "text/*", "application/*", "application/*+json", "application/json"];
        let of = |found: &str| narrowest(known, |range| range_has(range, found));
        assert_eq!(of("application/json"), Some(4));
        assert_eq!(of("application/ld+json"), Some(3));
        assert_eq!(of("Application/XML"), Some(2));
        assert_eq!(of("text/html"), Some(1));
        assert_eq!(of("image/png"), Some(0));
        assert_eq!(narrowest(["text/*"], |range| range_has(range, "image/png")), None);
    }

    #[test]
    fn parameters_and_case_make_no_other_media_type() {
        assert_eq!(essence(" Text/CSV ; charset=utf-8"), "text/csv");
        assert_eq!(bare("Text/CSV;header=present"), "Text/CSV");
        assert_eq!(essence(""), "");
        assert!(range_has("*", "image/png") && !range_has("image", "image/png"));
        assert!(range_has("application/*+json", "application/json"));
        assert!(!range_has("application/*+json", "application/json-seq"));
    }
}
