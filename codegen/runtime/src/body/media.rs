//! Media types, and which of several a client prefers (RFC 9110, sections 8.3.1 and 12.5.1).

use scalars::media::range_has;
pub(crate) use scalars::media::{bare, narrowest};

/// Whether a `Content-Type` is this media type, or within this range; in UTF-8 where it names a character set and
/// `is_text` says that it matters.
pub(crate) fn is_media_type(content_type: &str, media_type: &str, is_text: bool) -> bool {
    let charset = parameter(content_type, "charset");
    let is_utf8 = |name: &str| {
        ["utf-8", "utf8", "us-ascii"].iter().any(|known| name.eq_ignore_ascii_case(known))
    };
    range_has(media_type, bare(content_type)) && (!is_text || charset.is_none_or(is_utf8))
}

/// Whether the text of a media type is read as UTF-8, so that another character set matters: all but bytes.
pub(crate) fn is_text(media_type: &str) -> bool {
    let is_json = media_type == "application/json" || media_type.ends_with("+json");
    is_json || media_type.starts_with("text/") || media_type == "application/x-www-form-urlencoded"
}

/// A parameter of a media type, without quotes.
pub(crate) fn parameter<'a>(media_type: &'a str, name: &str) -> Option<&'a str> {
    let parameters = media_type.split(';').skip(1).filter_map(|text| text.trim().split_once('='));
    let mut found = parameters.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim().trim_matches('"'))
}

/// The media type that a client likes best of those that are offered, as an index; of equals the first. None where it
/// takes none of them. Without `Accept` anything will do.
pub(crate) fn preferred<'a>(
    accept: impl Iterator<Item = &'a str>,
    offered: &[&str],
) -> Option<usize> {
    let ranges: Vec<(&str, u16)> = accept
        .flat_map(|line| line.split(','))
        .filter(|range| !range.trim().is_empty())
        .map(|range| (bare(range), parameter(range, "q").map_or(1000, thousandths)))
        .collect();
    if ranges.is_empty() {
        return Some(0);
    }
    let quality = |media_type: &str| {
        let fitting = ranges
            .iter()
            .filter(|(range, _)| range_has(range, media_type) || range_has(media_type, range));
        let narrowness =
            |range: &str| usize::from(!range.ends_with('*')) + usize::from(!range.starts_with('*'));
        fitting.max_by_key(|(range, quality)| (narrowness(range), *quality)).map_or(0, |(_, q)| *q)
    };
    let qualities = offered.iter().map(|media_type| quality(bare(media_type))).enumerate();
    let best =
        qualities.filter(|(_, quality)| *quality > 0).rev().max_by_key(|(_, quality)| *quality);
    best.map(|(index, _)| index)
}

/// A weight of up to three decimals, in thousandths; what is no weight counts as 1.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction:0<3.3}");
    digits.parse().unwrap_or(1000).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_media_types_as_http_does() {
        assert!(is_media_type("Application/JSON; charset=UTF-8", "application/json", true));
        assert!(is_media_type("application/json", "application/json", true));
        assert!(!is_media_type("application/json; charset=latin1", "application/json", true));
        assert!(is_media_type("text/csv; charset=latin1", "text/csv", false));
        assert!(!is_media_type("application/jsonx", "application/json", true));
        assert!(is_media_type("image/png", "image/*", false));
        assert!(is_media_type("application/vnd.a+json; v=1", "application/*+json", true));
        assert!(is_media_type("application/json", "application/*+json", true));
        assert!(!is_media_type("application/json-seq", "application/*+json", true));
        assert!(!is_media_type("application/xml", "application/*+json", true));
        assert!(is_media_type("anything/at-all", "*/*", false));
    }

    #[test]
    fn the_best_weight_wins_and_of_equals_the_first() {
        const OFFERED: [&str; 3] = ["application/json", "text/csv", "application/pdf"];
        let choose = |accept: &[&str]| preferred(accept.iter().copied(), &OFFERED);
        assert_eq!(choose(&[]), Some(0));
        assert_eq!(choose(&["*/*"]), Some(0));
        assert_eq!(choose(&["text/csv"]), Some(1));
        assert_eq!(choose(&["text/csv;q=0.5, application/pdf"]), Some(2));
        assert_eq!(choose(&["text/*;q=0.5", "application/pdf;q=0.2"]), Some(1));
        assert_eq!(choose(&["*/*, application/json;q=0"]), Some(1));
        assert_eq!(choose(&["application/json;q=0.2, */*;q=0.1, text/csv;q=0.15"]), Some(0));
        assert_eq!(choose(&["image/png"]), None);
        let labelled = ["application/json; v=1"];
        assert_eq!(preferred(["application/json"].into_iter(), &labelled), Some(0));
        assert_eq!(preferred(["application/json;v=1"].into_iter(), &labelled), Some(0));
        assert_eq!(choose(&["text/csv;q=0"]), None);
        assert_eq!(choose(&["text/csv;q=nonsense"]), Some(1));
    }
}
