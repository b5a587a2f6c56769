//! The route of a request: its path against the path templates of the service.
//!
//! Owns the match, whose time is linear in the length of the path, and the base path of a custom domain, which AWS puts
//! before the paths of events. Which templates there are, and when a path is matched at all, is the caller's affair.

use std::borrow::Cow;

use scalars::percent::decode_text;

/// The parameters of a path, as they were sent.
pub(crate) type Parameters = Vec<(String, String)>;

/// Names and values of parameters that are still parts of template and path.
type Found<'t, 'p> = Vec<(&'t str, &'p str)>;

/// The template that a path matches: at each segment, text counts before text with parameters in it, and that before
/// a parameter. A slash at the end of the path counts where a template has it.
pub(crate) fn best_match<'a>(resources: &[&'a str], path: &str) -> Option<(&'a str, Parameters)> {
    let without_slash = || path.strip_suffix('/').filter(|path| !path.is_empty());
    let (template, parameters) =
        exact_match(resources, path).or_else(|| exact_match(resources, without_slash()?))?;
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Some((template, parameters.into_iter().map(owned).collect()))
}

fn exact_match<'a, 'p>(resources: &[&'a str], path: &'p str) -> Option<(&'a str, Found<'a, 'p>)> {
    let fitting = resources.iter().filter_map(|template| Some((*template, fit(template, path)?)));
    fitting.max_by(|(one, _), (other, _)| {
        let exactness = |template: &'a str| template.split('/').map(exactness);
        exactness(one).cmp(exactness(other))
    })
}

/// How much of a segment is text: all, some, none.
fn exactness(segment: &str) -> u8 {
    let is_parameter = segment.starts_with('{') && segment.find('}') == Some(segment.len() - 1);
    match segment.contains('{') {
        false => 2,
        true if !is_parameter => 1,
        true => 0,
    }
}

/// The parameters of a path that fits a template segment by segment.
fn fit<'t, 'p>(template: &'t str, path: &'p str) -> Option<Found<'t, 'p>> {
    let mut parameters = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        fit_segment(expected, segments.next()?, &mut parameters)?;
    }
    segments.next().is_none().then_some(parameters)
}

/// Fits a segment to its template, in which parameters may stand with text between them: each is as short as it can
/// be, and none is empty. The last text is the end of the segment.
///
/// Nothing is tried twice: the first place of a text leaves the most for what follows, so if the rest does not fit
/// there, it fits nowhere.
fn fit_segment<'t, 'p>(
    template: &'t str,
    found: &'p str,
    parameters: &mut Found<'t, 'p>,
) -> Option<()> {
    let Some((text, mut template)) = template.split_once('{') else {
        let is_same = template == found || decode_text(template) == decode_text(found);
        return is_same.then_some(());
    };
    let mut rest = found.strip_prefix(text)?;
    loop {
        let (name, after) = template.split_once('}')?;
        let second = rest.chars().next()?.len_utf8();
        let Some((text, next)) = after.split_once('{') else {
            let value = rest.strip_suffix(after).filter(|value| !value.is_empty())?;
            parameters.push((name, value));
            return Some(());
        };
        let end = second + rest.get(second..)?.find(text)?;
        parameters.push((name, rest.get(..end)?));
        rest = rest.get(end + text.len()..)?;
        template = next;
    }
}

/// A path as an event has it, in two: the base path of the domain that the client called, which the API's resources do
/// not have, and the path that the service knows. The greedy parameter (`{proxy+}`) of a resource is passed by name and
/// value.
///
/// **Source** AWS sends the base path of a custom domain's mapping in `path`, and neither in `resource` nor in
/// `pathParameters`.
pub(crate) fn without_base<'a>(
    path: &'a str,
    resource: Option<&'a str>,
    greedy: impl FnOnce(&str) -> Option<&'a str>,
) -> (&'a str, &'a str) {
    let split = || {
        let template = filled(resource.filter(|resource| resource.starts_with('/'))?, greedy)?;
        let trimmed = path.trim_end_matches('/');
        // `/` has no segment, and all of a path may be base path.
        let (at, own) = match template.as_ref() {
            "/" => (trimmed.len(), "/"),
            template => {
                let (at, _) = trimmed.rmatch_indices('/').nth(template.matches('/').count() - 1)?;
                (at, path.get(at..)?)
            }
        };
        fit(&template, if own == "/" { own } else { own.trim_end_matches('/') })?;
        Some((path.get(..at)?, own))
    };
    split().unwrap_or(("", path))
}

/// A resource with the value of its greedy parameter in place; nothing where there is none.
fn filled<'a>(
    resource: &'a str,
    greedy: impl FnOnce(&str) -> Option<&'a str>,
) -> Option<Cow<'a, str>> {
    let last = resource.strip_suffix("+}").and_then(|resource| resource.rsplit_once("/{"));
    let Some((before, name)) = last else { return Some(Cow::Borrowed(resource)) };
    Some(Cow::Owned(format!("{before}/{}", greedy(name)?.trim_end_matches('/'))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::time::{Duration, Instant};

    use super::*;

    fn matched<'a>(resources: &[&'a str], path: &str) -> (&'a str, String) {
        let (template, parameters) = best_match(resources, path).unwrap();
        let shown: Vec<String> =
            parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (template, shown.join(" "))
    }

    #[test]
    fn parameters_are_as_short_as_they_can_be() {
        let all = [
            "/{id}",
            "/{name}.json",
            "/x-{a}-{b}",
            "/{a}-{b}-{c}.zip",
            "/é{a}é{b}",
            "/me",
            "/{id}/b",
        ];
        let check = |path: &str, expected: &str, parameters: &str| {
            assert_eq!(matched(&all, path), (expected, parameters.to_owned()), "{path}");
        };
        check("/a.json", "/{name}.json", "name=a");
        check("/a.json.json", "/{name}.json", "name=a.json");
        check("/.json", "/{id}", "id=.json");
        check("/x-1-2-3", "/x-{a}-{b}", "a=1 b=2-3");
        check("/x--1-2", "/x-{a}-{b}", "a=-1 b=2");
        check("/x--", "/{id}", "id=x--");
        check("/1-2-3-4.zip.zip", "/{a}-{b}-{c}.zip", "a=1 b=2 c=3-4.zip");
        check("/---2-3.zip", "/{a}-{b}-{c}.zip", "a=- b=-2 c=3");
        check("/---2-.zip", "/{id}", "id=---2-.zip");
        check("/me", "/me", "");
        check("/m%65", "/me", "");
        check("/q/b", "/{id}/b", "id=q");
        check("/-----.zip", "/{a}-{b}-{c}.zip", "a=- b=- c=-");
        check("/----.zip", "/{id}", "id=----.zip");
        check("/ééé.", "/é{a}é{b}", "a=é b=.");
        check("/éaé", "/{id}", "id=éaé");
    }

    #[test]
    fn no_path_takes_long() {
        let templates = ["/{owner}-{repo}-{sha}.zip", "/{a}--{b}--{c}--{d}", "/{a}-{b}x"];
        let started = Instant::now();
        for n in [10_000, 1_000_000] {
            let dashes = "-".repeat(n);
            for path in [format!("/{dashes}"), format!("/{dashes}.zi"), format!("/a{dashes}-y")] {
                best_match(&templates, &path);
            }
        }
        assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    }

    #[test]
    fn the_base_path_of_a_domain_is_none_of_the_service() {
        let check = |path: &str, resource: &str, rest: Option<&str>, expected: (&str, &str)| {
            let greedy = |name: &str| rest.filter(|_| name == "proxy");
            assert_eq!(without_base(path, Some(resource), greedy), expected, "{path} {resource}");
        };
        check("/product/7", "/product/{x}", None, ("", "/product/7"));
        check("/shop/product/7", "/product/{x}", None, ("/shop", "/product/7"));
        check("/shop/v1/product/7/", "/product/{x}", None, ("/shop/v1", "/product/7/"));
        check("/product/product", "/product", None, ("/product", "/product"));
        check("/a/a%20b/c", "/a b/{x}", None, ("/a", "/a%20b/c"));
        // The root.
        check("/", "/", None, ("", "/"));
        check("/shop", "/", None, ("/shop", "/"));
        check("/shop/", "/", None, ("/shop", "/"));
        // Greedy parameters.
        check("/product/7", "/{proxy+}", Some("product/7"), ("", "/product/7"));
        check("/shop/product/7", "/{proxy+}", Some("product/7"), ("/shop", "/product/7"));
        check("/shop/product/7/", "/{proxy+}", Some("product/7/"), ("/shop", "/product/7/"));
        check("/shop/product/7/", "/{proxy+}", Some("product/7"), ("/shop", "/product/7/"));
        check("/shop/a/b%2Fc", "/a/{proxy+}", Some("b%2Fc"), ("/shop", "/a/b%2Fc"));
        check("/basket//", "/{proxy+}", Some("basket/"), ("", "/basket//"));
        // What does not fit is left alone.
        check("/shop/product", "/{proxy+}", None, ("", "/shop/product"));
        check("/shop/other/7", "/product/{x}", None, ("", "/shop/other/7"));
        check("/7", "/product/{x}", None, ("", "/7"));
        check("", "/product", None, ("", ""));
        check("/shop/product", "$default", None, ("", "/shop/product"));
        assert_eq!(without_base("/a/b", None, |_| None), ("", "/a/b"));
    }
}
