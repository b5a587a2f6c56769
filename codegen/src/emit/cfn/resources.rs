//! The resources of the API: how API Gateway names the paths of the contracts.
//!
//! A resource has segments of text and segments that are a parameter, and below one resource a parameter has one name.
//! So neighbours whose contracts name it differently get the name of the first, and a segment that is neither (text
//! around a parameter, signs that a resource cannot have) is a parameter to the gateway. The function, which matches
//! the path itself where the gateway names it otherwise, has the names of the contract.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{PathTemplate, Segment};

/// A resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GatewayResource {
    /// Its path: `/order/{userName}`.
    pub(super) path: String,
    /// The parameters of the path in order, each with the parameter of the contract that it is, if it is one.
    pub(super) parameters: Vec<(String, Option<String>)>,
}

/// Makes resources of paths, and remembers the names that parameters got.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// The name of the parameter below a resource.
    names: BTreeMap<String, String>,
}

impl Naming {
    /// The resource of a path.
    pub(super) fn resource(&mut self, template: &PathTemplate) -> GatewayResource {
        let mut resource = GatewayResource { path: String::new(), parameters: Vec::new() };
        let mut taken = BTreeSet::new();
        for (segment, text) in template.segments.iter().zip(template.gateway_shape()) {
            if let Some(text) = text {
                resource.path.push('/');
                resource.path.push_str(text);
                continue;
            }
            let name = self.name(&resource.path, segment, &taken);
            taken.insert(name.clone());
            resource.path.push_str(&format!("/{{{name}}}"));
            let own = match segment {
                Segment::Parameter(name) => Some(name.clone()),
                Segment::Literal(_) | Segment::Mixed(_) => None,
            };
            resource.parameters.push((name, own));
        }
        if resource.path.is_empty() {
            resource.path.push('/');
        }
        resource
    }

    fn name(&mut self, above: &str, segment: &Segment, taken: &BTreeSet<String>) -> String {
        if let Some(name) = self.names.get(above) {
            return name.clone();
        }
        let wanted = segment.parameters().first().map_or("segment", |name| *name);
        let is_taken = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
        let plain: String =
            wanted.chars().map(|char| if is_taken(char) { char } else { '_' }).collect();
        let mut name = plain.clone();
        let mut number = 2;
        while taken.contains(&name) {
            name = format!("{plain}{number}");
            number += 1;
        }
        self.names.insert(above.to_owned(), name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Piece;

    fn template(segments: Vec<Segment>) -> PathTemplate {
        PathTemplate { text: String::new(), segments }
    }

    fn text(text: &str) -> Segment {
        Segment::Literal(text.to_owned())
    }

    fn parameter(name: &str) -> Segment {
        Segment::Parameter(name.to_owned())
    }

    #[test]
    fn neighbours_share_a_name() {
        let mut naming = Naming::default();
        let mut path = |segments| naming.resource(&template(segments)).path;
        assert_eq!(path(vec![text("a"), parameter("x")]), "/a/{x}");
        assert_eq!(path(vec![text("a"), parameter("y"), text("b")]), "/a/{x}/b");
        assert_eq!(path(vec![text("a"), parameter("y"), parameter("x")]), "/a/{x}/{x2}");
        assert_eq!(path(vec![text("c"), parameter("y")]), "/c/{y}");
        assert_eq!(path(vec![]), "/");
        assert_eq!(path(vec![text("a"), text("")]), "/a/");
    }

    #[test]
    fn what_a_resource_cannot_have_is_a_parameter() {
        let mut naming = Naming::default();
        let json = Segment::Mixed(vec![
            Piece::Parameter("user name".to_owned()),
            Piece::Text(".json".to_owned()),
        ]);
        let resource = naming.resource(&template(vec![text("users"), json, text("@me")]));
        assert_eq!(resource.path, "/users/{user_name}/{segment}");
        assert_eq!(
            resource.parameters,
            [("user_name".to_owned(), None), ("segment".to_owned(), None)]
        );
    }
}
