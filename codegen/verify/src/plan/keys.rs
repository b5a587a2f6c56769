//! Keys that stand in a parameter and in the body: a bound operation takes them only when they are equal.

use serde_json::Value;

use super::Planner;
use crate::request::{Body, Input};
use crate::value::{Sender, violations};

impl Planner<'_> {
    /// The place of each parameter that is a key, with the property that an item has it in.
    fn keys(&self) -> Vec<(usize, &str)> {
        let Some(binding) = &self.operation.binding else { return Vec::new() };
        let Some(source) = binding.action.key() else { return Vec::new() };
        let key = &self.service.table(binding.table).key;
        let sort = source.sort.zip(key.sort.as_ref());
        let all = std::iter::once((source.partition, &key.partition)).chain(sort);
        all.map(|(place, attribute)| (place, attribute.name.wire.as_str())).collect()
    }

    /// The same with the keys of the parameters in the body, where it has them.
    pub(super) fn with_keys_of_parameters(&self, mut input: Input) -> Input {
        let Body::Json(Value::Object(body)) = &mut input.body else { return input };
        for (place, property) in self.keys() {
            if let (Some(held), Some(Some(said))) =
                (body.get_mut(property), input.parameters.get(place))
            {
                held.clone_from(said);
            }
        }
        input
    }

    /// The same with the keys of the body in the parameters; none where they cannot be sent there.
    pub(super) fn with_keys_of_body(&self, mut input: Input) -> Option<Input> {
        let Body::Json(Value::Object(body)) = &input.body else { return Some(input) };
        for (place, property) in self.keys() {
            let Some(held) = body.get(property) else { continue };
            let parameter = self.operation.parameters.get(place)?;
            let wrong =
                violations(self.service, Sender::Client, &parameter.ty, &parameter.origin, held);
            if !wrong.is_empty() || !self.can_be_sent(parameter, held) {
                return None;
            }
            input.parameters[place] = Some(held.clone());
        }
        Some(input)
    }
}
