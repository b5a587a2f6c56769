//! Chosen pairs of schemas: those that random changes meet too seldom.

use codegen::compat::{Direction, compare, parse_date};
use serde_json::{Value, json};

use super::{errors, system};

/// Whether a change of requests is breaking, and whether the same change backwards is; of responses, the other one is.
fn breaks(old: &Value, new: &Value) -> [bool; 2] {
    let system = |schema| system(schema).unwrap_or_else(|| panic!("{schema} is refused"));
    let [before, after] = [old, new].map(system);
    let today = parse_date("2026-11-29").unwrap();
    let broken = |before, after, direction| {
        let findings = compare(before, after, today);
        !errors(&findings, direction).is_empty()
    };
    let forth = broken(&before, &after, Direction::Request);
    let back = broken(&after, &before, Direction::Request);
    for (breaks, before, after) in [(forth, &after, &before), (back, &before, &after)] {
        assert_eq!(breaks, broken(before, after, Direction::Response), "{old} and {new}");
    }
    [forth, back]
}

fn check(pairs: &[(Value, Value)], expected: [bool; 2]) {
    let told: Vec<String> = pairs
        .iter()
        .map(|(old, new)| (old, new, breaks(old, new)))
        .filter(|(.., found)| *found != expected)
        .map(|(old, new, found)| format!("{old} => {new}: {found:?}"))
        .collect();
    assert!(told.is_empty(), "not {expected:?}:\n{}", told.join("\n"));
}

/// `null` alone is one value.
#[test]
fn null_is_less_than_any_value() {
    let below = |schema: &Value| {
        [
            schema.clone(),
            json!({"type": "object", "properties": {"a": schema}}),
            json!({"type": "array", "items": schema}),
            json!({"type": "object", "additionalProperties": schema}),
        ]
    };
    let pairs = |old: Value, new: Value| -> Vec<(Value, Value)> {
        below(&old).into_iter().zip(below(&new)).collect()
    };
    for null in
        [json!({"type": "null"}), json!({"type": ["null"]}), json!({"oneOf": [{"type": "null"}]})]
    {
        check(&pairs(json!({}), null.clone()), [true, false]);
        check(
            &pairs(json!({"oneOf": [{"type": "null"}, {"type": "number"}]}), null),
            [true, false],
        );
    }
}
