//! Routes of HTTP APIs, as pure data: of all routes that fit a request, the most specific counts, and `$default` takes
//! what no other does.

use super::state::Match;
use crate::template::Route;

const DEFAULT: &str = "$default";

/// Parameters of a path by name.
type Parameters<'r> = Vec<(&'r str, String)>;

/// How specific a fit is, the least the most: the kinds of its segments from left to right, then the method.
type Rank = (Vec<u8>, u8);

/// The route of a request; `path` is without the stage.
pub(super) fn find<'r>(routes: &'r [Route], method: &str, path: &str) -> Option<Match<'r>> {
    let mut best: Option<(Rank, Match<'r>)> = None;
    for route in routes.iter().filter(|route| route.path != DEFAULT) {
        let by_method = match route.method.as_str() {
            "ANY" => 1,
            known if known == method => 0,
            _ => continue,
        };
        let Some((kinds, parameters)) = fit(&route.path, path) else { continue };
        let rank = (kinds, by_method);
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, found(route, parameters)));
        }
    }
    let default = || routes.iter().find(|route| route.path == DEFAULT);
    best.map(|(_, found)| found).or_else(|| default().map(|route| found(route, Vec::new())))
}

fn found<'r>(route: &'r Route, parameters: Parameters<'r>) -> Match<'r> {
    Match {
        resource: &route.path,
        key: &route.method,
        integration: &route.integration,
        guard: &route.guard,
        format: route.format,
        checks: &route.checks,
        parameters,
    }
}

/// A literal segment, a parameter, a greedy one.
const LITERAL: u8 = 0;
const PARAMETER: u8 = 1;
const GREEDY: u8 = 2;

/// The kinds of the segments of a route that fits a path, and its parameters.
fn fit<'r>(route: &'r str, path: &str) -> Option<(Vec<u8>, Parameters<'r>)> {
    let mut kinds = Vec::new();
    let mut parameters = Vec::new();
    let mut rest: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    rest.reverse();
    for segment in route.trim_start_matches('/').split('/') {
        let sent = rest.pop()?;
        let name = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}'));
        match name {
            None if segment == sent => kinds.push(LITERAL),
            None => return None,
            Some(_) if sent.is_empty() => return None,
            Some(name) => match name.strip_suffix('+') {
                Some(name) => {
                    rest.push(sent);
                    rest.reverse();
                    parameters.push((name, rest.join("/")));
                    kinds.push(GREEDY);
                    return Some((kinds, parameters));
                }
                None => {
                    parameters.push((name, sent.to_owned()));
                    kinds.push(PARAMETER);
                }
            },
        }
    }
    rest.is_empty().then_some((kinds, parameters))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::template::{Checks, Integration, PayloadFormat, RouteGuard};

    fn routes(keys: &[&str]) -> Vec<Route> {
        let route = |key: &&str| {
            let (method, path) = key.split_once(' ').unwrap_or(("ANY", key));
            Route {
                path: path.to_owned(),
                method: method.to_owned(),
                integration: Integration::Function {
                    name: (*key).to_owned(),
                    timeout: Duration::ZERO,
                    with_role: false,
                },
                guard: RouteGuard::default(),
                format: PayloadFormat::V2,
                checks: Checks::default(),
            }
        };
        keys.iter().map(route).collect()
    }

    #[track_caller]
    fn check(keys: &[&str], request: (&str, &str), expected: Option<&str>) {
        let routes = routes(keys);
        let found = find(&routes, request.0, request.1).map(|found| match found.integration {
            Integration::Function { name, .. } => name.clone(),
            _ => String::new(),
        });
        assert_eq!(found.as_deref(), expected, "{request:?}");
    }

    #[test]
    fn the_most_specific_route_counts_and_the_default_takes_the_rest() {
        let keys =
            ["ANY /{proxy+}", "GET /pets/{id}", "GET /pets/dog", "ANY /pets/dog", "$default"];
        check(&keys, ("GET", "/pets/dog"), Some("GET /pets/dog"));
        check(&keys, ("POST", "/pets/dog"), Some("ANY /pets/dog"));
        check(&keys, ("GET", "/pets/cat"), Some("GET /pets/{id}"));
        check(&keys, ("POST", "/pets/cat"), Some("ANY /{proxy+}"));
        check(&keys, ("GET", "/a/b/c"), Some("ANY /{proxy+}"));
        check(&keys, ("GET", "/"), Some("$default"));
        check(&["GET /", "GET /a"], ("GET", "/"), Some("GET /"));
        check(&["GET /a"], ("GET", "/b"), None);
        check(&["GET /a/{p+}"], ("GET", "/a"), None);
    }

    #[test]
    fn parameters_are_what_stands_in_their_place() {
        let routes = routes(&["GET /a/{one}/{rest+}"]);
        let found = find(&routes, "GET", "/a/1/b/c").map(|found| found.parameters);
        assert_eq!(found, Some(vec![("one", "1".to_owned()), ("rest", "b/c".to_owned())]));
    }
}
