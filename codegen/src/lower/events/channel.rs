//! The channel of an operation: its bus, its bindings and its messages.

use std::collections::BTreeMap;

use crate::diag::catalog::events as fault;
use crate::lower::{Reported, Scope};
use crate::parse::Node;

/// The channel of an operation.
pub(super) struct Channel<'a> {
    pub(super) node: &'a Node,
    /// Where the operation names it.
    pub(super) named: &'a Node,
    /// What it is called.
    pub(super) name: String,
    /// Its bindings, if it has any.
    pub(super) bindings: Option<&'a Node>,
}

impl<'a> Channel<'a> {
    pub(super) fn of(scope: Scope<'a>, operation: &'a Node) -> Option<Self> {
        let named = operation.get("channel")?;
        let node = scope.docs.target(named)?;
        let bindings = match node.get("bindings") {
            Some(bindings) => Some(scope.docs.target(bindings)?),
            None => None,
        };
        Some(Self { node, named, name: scope.docs.name_of(node), bindings })
    }

    /// A binding of the channel, where it has one.
    pub(super) fn binding(
        &self,
        scope: Scope<'a>,
        key: &str,
    ) -> Result<Option<&'a Node>, Reported> {
        let Some(node) = self.bindings.and_then(|bindings| bindings.get(key)) else {
            return Ok(None);
        };
        scope.docs.target(node).map(Some).ok_or(Reported)
    }

    /// The name of its bus: the one that it names, or the system's.
    pub(super) fn bus<'t>(&self, scope: Scope<'t>) -> &'t str
    where
        'a: 't,
    {
        let binding = self.bindings.and_then(|bindings| bindings.get("x-eventbridge"));
        let binding = binding.and_then(|node| scope.docs.target(node));
        let named = binding.and_then(|binding| binding.text_at("bus"));
        let is_schedule = binding.is_some_and(|binding| binding.get("schedule").is_some());
        named.unwrap_or(if is_schedule { "default" } else { &scope.defaults.bus })
    }

    /// Its address, where it has one.
    pub(super) fn address(&self) -> &'a str {
        self.node.text_at("address").unwrap_or_default()
    }

    /// Warns of a detail-type with an address that is none of an event: a template of one, or nothing.
    pub(super) fn check_detail_type(&self, scope: Scope<'a>, message: &str, detail_type: &str) {
        let address = self.address();
        if scope.defaults.tells_addresses() && (address.is_empty() || address.contains('{')) {
            let at = self.node.get("address").map_or(self.named.span, |node| node.span);
            scope.sink.report(fault::template_in_detail_type(at, message, detail_type));
        }
    }

    /// The messages that an operation takes of its channel: those it lists, or all.
    pub(super) fn messages_of(
        &self,
        scope: Scope<'a>,
        operation: &'a Node,
    ) -> Option<Vec<&'a Node>> {
        let own = self.node.get("messages").into_iter().flat_map(Node::entries);
        let own: BTreeMap<_, &Node> = own
            .filter_map(|entry| Some((scope.docs.target(&entry.value)?.span, &entry.value)))
            .collect();
        let Some(list) = operation.get("messages") else {
            let all = self.node.get("messages").into_iter().flat_map(Node::entries);
            return Some(all.map(|entry| &entry.value).collect());
        };
        let mut messages = vec![];
        let mut sound = true;
        for listed in list.items() {
            let Some(target) = scope.docs.target(listed) else {
                sound = false;
                continue;
            };
            if !own.contains_key(&target.span) {
                scope.sink.report(fault::message_of_other_channel(listed.span, self.node.span));
                sound = false;
                continue;
            }
            messages.push(listed);
        }
        sound.then_some(messages)
    }

    /// Says which parts of the address no payload repeats: an event has no address that could tell them.
    pub(super) fn check_parameters(&self, scope: Scope<'a>) {
        let in_address = self.check_address(scope);
        for entry in self.node.get("parameters").into_iter().flat_map(Node::entries) {
            let Some(parameter) = scope.docs.target(&entry.value) else { continue };
            if !in_address.contains(&entry.key.as_str()) {
                let address = self.address();
                scope.sink.report(fault::parameter_not_in_address(entry.named(), address));
                continue;
            }
            let location = parameter.text_at("location").unwrap_or_default();
            if !location.starts_with("$message.payload") {
                scope.sink.report(fault::parameter_in_address(entry.named()));
            }
            if let (Some(default), Some(all)) = (parameter.get("default"), parameter.get("enum")) {
                let text = default.text().unwrap_or_default();
                if all.items().iter().all(|one| one.text() != Some(text)) {
                    scope.sink.report(fault::parameter_default(default.span, &entry.key, text));
                }
            }
        }
    }

    /// The parameters that stand in the address; those that are not declared are reported.
    fn check_address(&self, scope: Scope<'a>) -> Vec<&'a str> {
        let Some(node) = self.node.get("address") else { return vec![] };
        let declares =
            |name| self.node.get("parameters").is_some_and(|all| all.get(name).is_some());
        let mut found = vec![];
        let text = node.text().unwrap_or_default();
        for (at, _) in text.match_indices('{') {
            let Some((name, _)) = text[at + 1..].split_once('}') else {
                scope.sink.report(fault::address_unclosed(scope.docs.within(node, at, 1)));
                break;
            };
            found.push(name);
            if !declares(name) {
                let at = scope.docs.within(node, at, name.len() + 2);
                scope.sink.report(fault::parameter_undeclared(at, name));
            }
        }
        found
    }

    /// Says which parameters no event of a message has where they say, and which of their bounds it lacks: `lacks` is the
    /// first step of a pointer that its payload lacks, `schema` what the payload has there.
    pub(super) fn check_places(
        &self,
        scope: Scope<'a>,
        message: &str,
        lacks: impl Fn(&str) -> Option<String>,
        schema: impl Fn(&str) -> Option<&'a Node>,
    ) {
        for entry in self.node.get("parameters").into_iter().flat_map(Node::entries) {
            let location = scope.docs.target(&entry.value).and_then(|one| one.get("location"));
            let Some(location) = location else { continue };
            let text = location.text().unwrap_or_default();
            let Some(pointer) = text.strip_prefix("$message.payload#") else { continue };
            if let Some(step) = lacks(pointer) {
                let fault = fault::parameter_nowhere(location.span, &entry.key, message, &step);
                scope.sink.report(fault);
                continue;
            }
            let parameter = scope.docs.target(&entry.value);
            let Some(schema) = schema(pointer) else { continue };
            let bounds = ["enum", "default"].into_iter().filter(|key| schema.get(key).is_none());
            for bound in bounds.filter_map(|key| parameter?.entry(key)) {
                scope.sink.report(fault::parameter_bound_lost(bound.named(), &entry.key));
            }
        }
    }
}
