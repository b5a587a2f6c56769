//! Which routes a decision counts for.
//!
//! Where one kind of token is the only credential, what a token allows depends on nothing else. The answer then speaks
//! of every route, so the gateway asks once for a token and not once for each route. A policy compares paths as text,
//! in which `*` goes past `/`; what it cannot say exactly is left to the route's own check behind the gateway.

use super::Guarded;
use crate::caller::{Means, Requirement};

/// The effects of a policy, each with the routes that it speaks of: `GET/order/*`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) allows: Vec<String>,
    pub(super) denies: Vec<String>,
}

/// A route with one of its methods.
type MethodOf<'a> = (&'static str, &'a Guarded);

impl Policy {
    /// The policy of a caller with these scopes.
    pub(super) fn of(routes: &[Guarded], scopes: &[String]) -> Self {
        let by_token = routes.iter().filter(|route| is_by_token(route));
        let by_method =
            by_token.flat_map(|route| route.methods.iter().map(move |one| (*one, route)));
        let (allowed, denied): (Vec<MethodOf<'_>>, Vec<MethodOf<'_>>) =
            by_method.partition(|(_, route)| allows(route, scopes));
        if denied.is_empty() {
            return Self { allows: vec!["*".to_owned()], denies: Vec::new() };
        }
        // A denial that a path of an allowed route matches, too, would refuse it.
        let is_apart = |(method, route): &&MethodOf<'_>| {
            let mut same = allowed.iter().filter(|(other, _)| other == method);
            !same.any(|(_, other)| may_match(route.resource, other.resource))
        };
        Self {
            allows: allowed.iter().flat_map(patterns).collect(),
            denies: denied.iter().filter(is_apart).flat_map(patterns).collect(),
        }
    }
}

/// Whether a token is all that a route asks for.
pub(super) fn is_by_token(route: &Guarded) -> bool {
    let one = |all: &&[Requirement]| matches!(all, [only] if only.means == Means::Token);
    !route.access.is_empty() && route.access.iter().all(one)
}

fn allows(route: &Guarded, scopes: &[String]) -> bool {
    let has = |scope: &&str| scopes.iter().any(|granted| granted == scope);
    route.access.iter().any(|all| all.iter().flat_map(|one| one.scopes).all(has))
}

fn patterns((method, route): &MethodOf<'_>) -> Vec<String> {
    patterns_of(method, route.resource)
}

/// What the paths of a route match: `GET/order/*`, or `GET/order` and `GET/order/`, as the gateway serves a path with a
/// slash at its end as the one without.
pub(super) fn patterns_of(method: &str, resource: &str) -> Vec<String> {
    let segment = |text| if is_open(text) { "*" } else { text };
    let path = resource.split('/').map(segment).collect::<Vec<_>>().join("/");
    let pattern = format!("{method}{path}");
    match path.ends_with(['*', '/']) {
        true => vec![pattern],
        false => vec![format!("{pattern}/"), pattern],
    }
}

fn is_open(segment: &str) -> bool {
    segment.contains('{')
}

/// Whether the pattern of one route matches a path of another one.
fn may_match(pattern: &str, other: &str) -> bool {
    let of = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
    fn matches(pattern: &[String], other: &[String]) -> bool {
        match (pattern.split_first(), other.split_first()) {
            (None, None) => true,
            (Some((first, rest)), Some(_)) if is_open(first) => {
                (1..=other.len()).any(|n_taken| matches(rest, &other[n_taken..]))
            }
            (Some((first, rest)), Some((own, others))) => {
                (first == own || is_open(own)) && matches(rest, others)
            }
            _ => false,
        }
    }
    matches(&of(pattern), &of(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANYBODY: Requirement = Requirement::token("jwt", &[]);
    const STAFF: Requirement = Requirement { scopes: &["all"], ..ANYBODY };

    const fn route(resource: &'static str, access: &'static crate::Access) -> Guarded {
        Guarded::new(&["GET"], resource, access)
    }

    #[track_caller]
    fn check(routes: &[Guarded], allows: &[&str], denies: &[&str]) {
        let found = Policy::of(routes, &[]);
        assert_eq!((found.allows, found.denies), (owned(allows), owned(denies)));
    }

    fn owned(all: &[&str]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn who_may_do_everything_needs_one_line() {
        let routes = [route("/order/{id}", &[&[ANYBODY]]), route("/order", &[&[STAFF]])];
        assert_eq!(Policy::of(&routes, &owned(&["all"])).allows, ["*"]);
        check(&routes, &["GET/order/*"], &["GET/order/", "GET/order"]);
    }

    #[test]
    fn a_route_below_an_allowed_one_is_denied() {
        let below = [route("/show/{id}", &[&[ANYBODY]]), route("/show/{id}/sales", &[&[STAFF]])];
        check(&below, &["GET/show/*"], &["GET/show/*/sales/", "GET/show/*/sales"]);
        let named = [route("/show/{id}", &[&[ANYBODY]]), route("/show/next", &[&[STAFF]])];
        // `next` might be an id; the route itself knows that it is not.
        check(&named, &["GET/show/*"], &[]);
    }

    #[test]
    fn a_denial_never_refuses_what_is_allowed() {
        let above = [route("/show/{id}", &[&[STAFF]]), route("/show/{id}/poster", &[&[ANYBODY]])];
        check(&above, &["GET/show/*/poster/", "GET/show/*/poster"], &[]);
        let beside = [route("/show/{id}", &[&[STAFF]]), route("/show/next", &[&[ANYBODY]])];
        check(&beside, &["GET/show/next/", "GET/show/next"], &[]);
    }

    #[test]
    fn the_root_has_one_path() {
        check(
            &[route("/", &[&[ANYBODY]]), route("/a", &[&[STAFF]])],
            &["GET/"],
            &["GET/a/", "GET/a"],
        );
    }

    #[test]
    fn routes_with_other_ways_in_are_asked_for_each_request() {
        const KEY: Requirement = Requirement::api_key("key", &[]);
        let others: [&crate::Access; 4] =
            [&[], &[&[ANYBODY], &[]], &[&[ANYBODY], &[KEY]], &[&[ANYBODY, KEY]]];
        for access in others {
            assert!(!is_by_token(&route("/a", access)), "{access:?}");
        }
        assert!(is_by_token(&route("/a", &[&[ANYBODY], &[STAFF]])));
    }
}
