//! A key of its own for each request that repeats no other (`Idempotency-Key`): with the key of another, it would get that
//! one's answer, or be refused.

use std::time::{SystemTime, UNIX_EPOCH};

use codegen::model::{Operation, Parameter, ParameterLocation, Service};
use serde_json::Value;

use super::{OperationIndex, Runner, Wanted};
use crate::request::Input;
use crate::value::{Dice, Sender, violations};

impl Runner<'_> {
    /// What is sent instead of an input with a key: the same with a key that was never sent.
    pub(super) fn with_own_key(
        &self,
        place: OperationIndex,
        input: &Input,
        wanted: Wanted<'_>,
    ) -> Option<Input> {
        let (service, operation) = self.of(place);
        let at = operation.parameters.iter().position(|one| is_key(operation, one))?;
        let parameter = &operation.parameters[at];
        // A case that is about the header itself says what it wants to say.
        if input.parameters.get(at)?.is_none() || wanted.span == parameter.origin.span {
            return None;
        }
        let mut own = input.clone();
        own.parameters[at] = Some(new_key(service, parameter)?);
        Some(own)
    }
}

/// A key that the contract allows; nothing where it wants another form than keys usually have.
fn new_key(service: &Service, parameter: &Parameter) -> Option<Value> {
    // Not the run's seed: a stage remembers the keys of the run before.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut dice = Dice::new(u64::try_from(now.as_nanos() % u128::from(u64::MAX)).unwrap_or(0));
    let [high, low] = [dice.roll(), dice.roll()];
    let digits = format!("{high:016x}{low:016x}");
    let [a, b, c, d] = [&digits[..8], &digits[8..12], &digits[13..16], &digits[17..20]];
    let uuid = format!("{a}-{b}-4{c}-8{d}-{}", &digits[20..]);
    let is_fit = |key: &Value| {
        violations(service, Sender::Client, &parameter.ty, &parameter.origin, key).is_empty()
    };
    [uuid.as_str(), &digits, &digits[..16], &digits[..8]].map(Value::from).into_iter().find(is_fit)
}

fn is_key(operation: &Operation, parameter: &Parameter) -> bool {
    let declared = operation.idempotency.as_ref().map(|one| one.header.as_str());
    let name = declared.unwrap_or("idempotency-key");
    parameter.location == ParameterLocation::Header
        && parameter.name.wire.eq_ignore_ascii_case(name)
}
