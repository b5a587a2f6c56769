//! The route table of one API, as pure data: which route a method and path lead to.
//!
//! Resources are found first and methods second, as in API Gateway: a path that exists without the method is as
//! unknown as one that does not exist. Segments are compared as they are sent, percent-encoding included.

use std::collections::BTreeMap;

use super::specific;
use crate::template::{Checks, Integration, PayloadFormat, Route, RouteGuard};

/// Routes by path and method.
#[derive(Debug, Clone, Default)]
pub(super) struct Routes {
    root: Branch,
    /// The routes of an HTTP API, which selects among them otherwise.
    by_specificity: Option<Vec<Route>>,
}

#[derive(Debug, Clone, Default)]
struct Branch {
    literals: BTreeMap<String, Branch>,
    parameter: Option<(String, Box<Branch>)>,
    greedy: Option<(String, Resource)>,
    resource: Option<Resource>,
}

#[derive(Debug, Clone, Default)]
struct Resource {
    path: String,
    methods: BTreeMap<String, (Integration, RouteGuard, Checks)>,
}

/// Where a request goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Match<'r> {
    /// The path as the template writes it: `/order/{userName}`.
    pub(super) resource: &'r str,
    /// The method as the template writes it, which may be `ANY`.
    pub(super) key: &'r str,
    /// What answers it.
    pub(super) integration: &'r Integration,
    /// What stands before it.
    pub(super) guard: &'r RouteGuard,
    /// The form of the event.
    pub(super) format: PayloadFormat,
    /// What is checked of a request.
    pub(super) checks: &'r Checks,
    /// The parameters, as they were sent.
    pub(super) parameters: Vec<(&'r str, String)>,
}

impl Routes {
    /// The table of these routes.
    #[must_use]
    pub(super) fn new(routes: &[Route]) -> Self {
        let mut table = Self::default();
        for route in routes {
            table.root.insert(&mut segments(&route.path), route);
        }
        table
    }

    /// The table of the routes of an HTTP API.
    #[must_use]
    pub(super) fn of_http_api(routes: &[Route]) -> Self {
        Self { by_specificity: Some(routes.to_vec()), ..Self::default() }
    }

    /// The route of a request; `path` is without the stage.
    #[must_use]
    pub(super) fn find(&self, method: &str, path: &str) -> Option<Match<'_>> {
        if let Some(routes) = &self.by_specificity {
            return specific::find(routes, method, path);
        }
        let segments: Vec<&str> = segments(path).collect();
        let mut parameters = Vec::new();
        // A slash at the end counts only where a path of the template has it.
        let resource = match segments.strip_suffix(&[""]) {
            None => self.root.find(&segments, &mut parameters)?,
            Some(without_slash) => {
                let exact = self.root.find(&segments, &mut parameters);
                match exact.filter(|resource| resource.path.ends_with('/')) {
                    Some(resource) => resource,
                    None => {
                        parameters.clear();
                        self.root.find(without_slash, &mut parameters)?
                    }
                }
            }
        };
        let methods = &resource.methods;
        let (key, found) =
            methods.get_key_value(method).or_else(|| methods.get_key_value("ANY"))?;
        let (integration, guard, checks) = found;
        Some(Match {
            resource: &resource.path,
            key,
            integration,
            guard,
            format: PayloadFormat::V1,
            checks,
            parameters,
        })
    }
}

/// The segments of a path; the last is empty where the path ends in a slash.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('/').filter(move |_| !path.is_empty())
}

impl Branch {
    fn insert<'p>(&mut self, rest: &mut impl Iterator<Item = &'p str>, route: &Route) {
        let Some(segment) = rest.next() else {
            return self.resource.get_or_insert_default().insert(route);
        };
        let name = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}'));
        match name {
            None => self.literals.entry(segment.to_owned()).or_default().insert(rest, route),
            Some(name) => match name.strip_suffix('+') {
                Some(name) => {
                    let (_, resource) =
                        self.greedy.get_or_insert_with(|| (name.to_owned(), Resource::default()));
                    resource.insert(route);
                }
                None => {
                    let (_, branch) =
                        self.parameter.get_or_insert_with(|| (name.to_owned(), Box::default()));
                    branch.insert(rest, route);
                }
            },
        }
    }

    /// Static before parameter before greedy, at each segment; a branch that leads nowhere is left again.
    fn find<'r>(
        &'r self,
        rest: &[&str],
        parameters: &mut Vec<(&'r str, String)>,
    ) -> Option<&'r Resource> {
        let Some((segment, further)) = rest.split_first() else { return self.resource.as_ref() };
        let literal =
            self.literals.get(*segment).and_then(|branch| branch.find(further, parameters));
        // Only a path that ends in a slash itself takes the empty segment behind it.
        if literal.is_some() || segment.is_empty() {
            return literal;
        }
        if let Some((name, branch)) = &self.parameter {
            let kept = parameters.len();
            parameters.push((name, (*segment).to_owned()));
            if let Some(resource) = branch.find(further, parameters) {
                return Some(resource);
            }
            parameters.truncate(kept);
        }
        let (name, resource) = self.greedy.as_ref()?;
        parameters.push((name, rest.join("/")));
        Some(resource)
    }
}

impl Resource {
    fn insert(&mut self, route: &Route) {
        self.path.clone_from(&route.path);
        let found = (route.integration.clone(), route.guard.clone(), route.checks.clone());
        self.methods.insert(route.method.clone(), found);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use std::time::Duration;

    fn routes(list: &[(&str, &str)]) -> Routes {
        let route = |(method, path): &(&str, &str)| Route {
            path: (*path).to_owned(),
            method: (*method).to_owned(),
            integration: Integration::Function {
                name: format!("{method} {path}"),
                timeout: Duration::from_secs(29),
                with_role: false,
            },
            guard: RouteGuard::default(),
            format: PayloadFormat::V1,
            checks: Checks::default(),
        };
        Routes::new(&list.iter().map(route).collect::<Vec<_>>())
    }

    #[track_caller]
    fn check(routes: &Routes, request: (&str, &str), expected: Option<(&str, &[(&str, &str)])>) {
        let found = routes.find(request.0, request.1);
        let found = found.map(|found| (found.resource, found.parameters));
        let expected = expected.map(|(resource, parameters)| {
            let parameters = parameters.iter().map(|(name, value)| (*name, (*value).to_owned()));
            (resource, parameters.collect::<Vec<_>>())
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn static_segments_come_before_parameters_and_those_before_greedy_ones() {
        let routes = routes(&[
            ("POST", "/basket/checkout"),
            ("GET", "/basket/{userName}"),
            ("GET", "/{proxy+}"),
            ("GET", "/basket/{userName}/items"),
        ]);
        check(&routes, ("POST", "/basket/checkout"), Some(("/basket/checkout", &[])));
        check(
            &routes,
            ("GET", "/basket/anna"),
            Some(("/basket/{userName}", &[("userName", "anna")])),
        );
        check(
            &routes,
            ("GET", "/basket/checkout/items"),
            Some(("/basket/{userName}/items", &[("userName", "checkout")])),
        );
        check(&routes, ("GET", "/a/b/c"), Some(("/{proxy+}", &[("proxy", "a/b/c")])));
    }

    #[test]
    fn a_known_path_with_another_method_is_unknown() {
        let routes = routes(&[("POST", "/basket/checkout"), ("GET", "/basket/{userName}")]);
        check(&routes, ("GET", "/basket/checkout"), None);
        check(&routes, ("GET", "/"), None);
    }

    #[test]
    fn any_takes_what_no_method_of_its_own_takes() {
        let routes = routes(&[("GET", "/product"), ("ANY", "/product")]);
        let name = |method: &str| match routes.find(method, "/product").unwrap().integration {
            Integration::Function { name, .. } => name.clone(),
            _ => String::new(),
        };
        assert_eq!(name("GET"), "GET /product");
        assert_eq!(name("PATCH"), "ANY /product");
    }

    #[test]
    fn parameters_stay_encoded_and_a_slash_at_the_end_counts_where_a_path_has_it() {
        let routes = routes(&[
            ("GET", "/order/{userName}"),
            ("GET", "/"),
            ("GET", "/items"),
            ("GET", "/items/"),
            ("GET", "/slash/"),
        ]);
        check(&routes, ("GET", "/items"), Some(("/items", &[])));
        check(&routes, ("GET", "/items/"), Some(("/items/", &[])));
        check(&routes, ("GET", "/slash"), None);
        check(&routes, ("GET", "/order/"), None);
        check(
            &routes,
            ("GET", "/order/a%2Fb+c/"),
            Some(("/order/{userName}", &[("userName", "a%2Fb+c")])),
        );
        check(&routes, ("GET", "/"), Some(("/", &[])));
    }

    #[test]
    fn a_slash_at_the_end_belongs_to_no_greedy_parameter() {
        let routes = self::routes(&[("GET", "/fixed"), ("GET", "/{proxy+}")]);
        check(&routes, ("GET", "/fixed/"), Some(("/fixed", &[])));
        check(&routes, ("GET", "/a/"), Some(("/{proxy+}", &[("proxy", "a")])));
        check(&routes, ("GET", "/a//b"), Some(("/{proxy+}", &[("proxy", "a//b")])));
    }
}
