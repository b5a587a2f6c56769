//! Discriminators as conditions of JSON Schema: a value that names a schema must fit it.

use serde_json::{Map, Value as Json, json};

use super::{Definitions, Way, add_parts};
use crate::lower::schema::children::Children;
use crate::lower::schema::parts::{Parts, is_null};
use crate::lower::schema::tags::{are_objects, default_of, tags, untagged};
use crate::parse::Node;

impl<'a> Definitions<'a> {
    /// Adds what the discriminator of a schema asks for.
    pub(super) fn discriminator(
        &mut self,
        node: &'a Node,
        way: Way,
        whole: bool,
        out: &mut Map<String, Json>,
    ) {
        let Some(discriminator) = node.get("discriminator") else { return };
        let named = discriminator.get("propertyName").unwrap_or(discriminator);
        let Some(property) = named.text() else { return };
        let list = ["oneOf", "anyOf"].into_iter().find_map(|key| node.get(key));
        let children = match list {
            Some(list) => {
                let nodes = list.items().iter().filter(|node| !is_null(node));
                let nodes: Vec<&'a Node> = nodes.collect();
                let Some(parts) = Parts::of(self.scope, &[node]) else { return };
                // Else the alternatives count as they are.
                let is_told = match discriminator.get("defaultMapping") {
                    Some(default) => {
                        default_of(self.scope, default, &nodes).is_some()
                            && are_objects(self.scope, &parts, &nodes)
                    }
                    None => untagged(self.scope, &parts, property, &nodes).is_none(),
                };
                if !is_told {
                    return;
                }
                let Some(found) = tags(self.scope, discriminator, &nodes) else { return };
                let pairs = found.into_iter().zip(&nodes);
                let tags = pairs
                    .flat_map(|(tags, at)| tags.texts.into_iter().map(move |text| (text, *at)));
                Some(Children { tags: tags.collect(), is_closed: true })
            }
            None if whole => Children::of(self.scope, node, discriminator),
            None => None,
        };
        let Some(children) = children else { return };
        let parts = match discriminator.get("defaultMapping") {
            Some(default) => {
                let nodes: Vec<&'a Node> = match list {
                    Some(list) => list.items().iter().collect(),
                    None => children.tags.iter().map(|(_, target)| *target).collect(),
                };
                let Some(default) = default_of(self.scope, default, &nodes) else { return };
                self.by_tag_or_default(node, property, &children.tags, default, way, out)
            }
            None => self.by_tag(node, property, &children, way, out),
        };
        add_parts(out, parts);
    }

    /// What the property says where it has to name one.
    fn by_tag(
        &mut self,
        node: &'a Node,
        property: &str,
        children: &Children<'a>,
        way: Way,
        out: &mut Map<String, Json>,
    ) -> Vec<Json> {
        // Which alternative a value is, the property tells where it is there.
        let union = ["oneOf", "anyOf"].into_iter().find_map(|key| Some((key, out.remove(key)?)));
        let names: Vec<&str> = children.tags.iter().map(|(name, _)| name.as_str()).collect();
        let names = children.is_closed.then_some(names).into_iter();
        let mut parts: Vec<Json> =
            names.map(|names| json!({ "properties": { property: { "enum": names } } })).collect();
        for (name, target) in &children.tags {
            let tag =
                json!({ "required": [property], "properties": { property: { "const": name } } });
            let then = self.tagged(node, target, way);
            parts.extend(then.map(|then| json!({ "if": tag, "then": then })));
        }
        if let Some((key, alternatives)) = union {
            let tagged = json!({ "type": "object", "required": [property] });
            parts.push(json!({ "if": tagged, "else": { key: alternatives } }));
        }
        parts
    }

    /// The same with a schema for objects that name none, or that are without the property.
    fn by_tag_or_default(
        &mut self,
        node: &'a Node,
        property: &str,
        tags: &[(String, &'a Node)],
        default: &'a Node,
        way: Way,
        out: &mut Map<String, Json>,
    ) -> Vec<Json> {
        let union = ["oneOf", "anyOf"].into_iter().find_map(|key| Some((key, out.remove(key)?)));
        let (mut parts, mut names) = (vec![], vec![]);
        for (name, target) in tags.iter().filter(|(_, target)| target.span != default.span) {
            let tag =
                json!({ "required": [property], "properties": { property: { "const": name } } });
            let then = self.tagged(node, target, way);
            parts.extend(then.map(|then| json!({ "if": tag, "then": then })));
            names.push(name);
        }
        let named =
            json!({ "required": [property], "properties": { property: { "enum": names } } });
        let other = json!({ "type": "object", "not": named });
        let then = self.tagged(node, default, way);
        parts.extend(then.map(|then| json!({ "if": other, "then": then })));
        if let Some((key, alternatives)) = union {
            parts.push(json!({ "if": { "type": "object" }, "else": { key: alternatives } }));
        }
        parts
    }

    /// The schema that a discriminator leads to; nothing for the base itself, which is checked anyway.
    fn tagged(&mut self, base: &'a Node, target: &'a Node, way: Way) -> Option<Json> {
        if target.span == base.span {
            return None;
        }
        let then = self.schema(target, way, true, false);
        Some(match target.reference() {
            Some(_) => then,
            None => json!({ "$ref": format!("#/$defs/{}", self.name_of(target, way, true)) }),
        })
    }
}
