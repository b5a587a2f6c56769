//! Expressions that DynamoDB refuses and the engine takes: a path that is compared with itself, `BETWEEN` with ends in the
//! wrong order or of different types, `IN` with more than 100
//! operands, `attribute_type` with a type that there is not, a key that is compared with an empty text, and placeholders of
//! a transaction of which there are none.
//!
//! Owns no grammar: it looks at the words of an expression, and the request as a whole is read only where those words may
//! be one of these faults. Everything else about expressions is the engine's.

use dynoxide::types::normalize_number_for_sort;
use serde_json::{Map, Value};

use super::projection;

/// The expressions that can hold a condition.
const KINDS: [&str; 2] = ["ConditionExpression", "FilterExpression"];

/// The most operands behind `IN`.
const MAX_OPERANDS: usize = 100;

const TYPES: [&str; 10] = ["B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M"];

/// What is wrong with the expressions of a request, in DynamoDB's words.
pub(super) fn fault(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let is_suspicious =
        text.split("Expression\"").skip(1).any(|rest| literal(rest).is_none_or(may_be_wrong));
    let asks_for_keys = text.contains("\"KeyConditionExpression\"");
    let is_transaction = text.contains("\"TransactItems\"");
    let may_be_empty = (asks_for_keys && text.contains("\"\""))
        || (is_transaction && text.contains("\"ExpressionAttribute"));
    if !is_suspicious && !may_be_empty {
        return None;
    }
    let request: Value = serde_json::from_str(text).ok()?;
    fault_in(&request)
}

/// The text literal behind the name of a field; none where it holds an escape.
fn literal(rest: &str) -> Option<&str> {
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let text = &rest[..rest.find('"')?];
    (!text.contains('\\')).then_some(text)
}

/// Whether an expression has a form in which it may be refused.
fn may_be_wrong(expression: &str) -> bool {
    let words = words(expression);
    words.iter().enumerate().any(|(at, word)| match *word {
        "attribute_type" => true,
        word if is_word(word, "BETWEEN") || is_word(word, "IN") => true,
        word if is_comparator(word) => {
            is_path(at.checked_sub(1).and_then(|at| words.get(at))) && is_path(words.get(at + 1))
        }
        "begins_with" | "contains" => is_path(words.get(at + 2)) && is_path(words.get(at + 4)),
        _ => false,
    })
}

fn fault_in(request: &Value) -> Option<String> {
    match request {
        Value::Object(fields) => {
            let here = KINDS.iter().find_map(|kind| {
                let expression = fields.get(*kind)?.as_str()?;
                Some(format!("Invalid {kind}: {}", reason(expression, fields)?))
            });
            let here = here.or_else(|| empty_key(fields)).or_else(|| empty_placeholders(fields));
            // Items are values and hold no expressions.
            let below = fields.iter().filter(|(name, _)| *name != "Item" && *name != "Key");
            here.or_else(|| below.map(|(_, value)| value).find_map(fault_in))
        }
        Value::Array(items) => items.iter().find_map(fault_in),
        _ => None,
    }
}

/// A key that is compared with an empty text or no bytes, which no key is.
fn empty_key(fields: &Map<String, Value>) -> Option<String> {
    let expression = fields.get("KeyConditionExpression")?.as_str()?;
    let words = words(expression);
    let values = fields.get("ExpressionAttributeValues")?;
    let is_empty = |word: &str| {
        let value = values.get(word).and_then(Value::as_object)?.iter().next()?;
        (matches!(value.0.as_str(), "S" | "B") && value.1 == "").then_some(value.0)
    };
    words.iter().enumerate().find_map(|(at, word)| {
        let kind = if is_empty(word)? == "S" { "string" } else { "binary" };
        let is_name = |word: &&&str| is_path(Some(word)) && !is_word(word, "AND") && !is_word(word, "BETWEEN");
        let path = words[..at].iter().rev().find(is_name)?;
        Some(format!(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
             {kind} value. Key: {}",
            resolved(path, fields)?.join(".")
        ))
    })
}

/// Placeholders of an item of a transaction that are given, but empty.
fn empty_placeholders(fields: &Map<String, Value>) -> Option<String> {
    let items = fields.get("TransactItems")?.as_array()?;
    let actions = items.iter().filter_map(Value::as_object).flat_map(Map::values);
    actions.into_iter().find_map(|action| {
        let names = ["ExpressionAttributeNames", "ExpressionAttributeValues"];
        let is_empty =
            |name: &&str| action.get(*name).and_then(Value::as_object).is_some_and(Map::is_empty);
        names.into_iter().find(is_empty).map(|name| format!("{name} must not be empty"))
    })
}

fn reason(expression: &str, fields: &Map<String, Value>) -> Option<String> {
    let words = words(expression);
    (0..words.len()).find_map(|at| {
        let word = words[at];
        let before = at.checked_sub(1).and_then(|at| words.get(at).copied());
        if is_comparator(word) {
            return same(word, before, &[words.get(at + 1).copied()], fields);
        }
        if is_word(word, "BETWEEN") {
            let bounds = [words.get(at + 1).copied(), words.get(at + 3).copied()];
            let ends = bounds.map(|bound| value(bound?, fields));
            return same("BETWEEN", before, &bounds, fields)
                .or_else(|| no_range(ends[0]?, ends[1]?));
        }
        if is_word(word, "IN") {
            let operands = operands(&words[at + 1..]);
            if operands.len() > MAX_OPERANDS {
                let n = operands.len();
                return Some(format!(
                    "The IN operator is provided with too many operands; number of operands: {n}"
                ));
            }
            let operands: Vec<Option<&str>> = operands.into_iter().map(Some).collect();
            return same("IN", before, &operands, fields);
        }
        match word {
            "begins_with" => {
                same(word, words.get(at + 2).copied(), &[words.get(at + 4).copied()], fields)
            }
            "attribute_type" => unknown_type(words.get(at + 4)?, fields),
            _ => None,
        }
    })
}

/// The type and the value behind a placeholder.
fn value<'f>(mark: &str, fields: &'f Map<String, Value>) -> Option<(&'f str, &'f str)> {
    let value = fields.get("ExpressionAttributeValues")?.get(mark)?.as_object()?;
    let (kind, value) = value.iter().next()?;
    Some((kind, value.as_str()?))
}

/// Ends between which nothing is.
fn no_range(least: (&str, &str), greatest: (&str, &str)) -> Option<String> {
    let wrong = match (least, greatest) {
        (("S", least), ("S", greatest)) if least > greatest => true,
        (("N", least), ("N", greatest)) => {
            normalize_number_for_sort(least) > normalize_number_for_sort(greatest)
        }
        ((one, _), (other, _)) if one != other => {
            return Some(ends("same data type for lower and upper bounds", least, greatest));
        }
        _ => false,
    };
    let asked = "upper bound to be greater than or equal to lower bound";
    wrong.then(|| ends(asked, least, greatest))
}

fn ends(asked: &str, least: (&str, &str), greatest: (&str, &str)) -> String {
    format!(
        "The BETWEEN operator requires {asked}; lower bound operand: AttributeValue: {{{}:{}}}, upper bound operand: \
         AttributeValue: {{{}:{}}}",
        least.0, least.1, greatest.0, greatest.1
    )
}

/// A first operand that is one of the others, too.
fn same(
    operator: &str,
    first: Option<&str>,
    others: &[Option<&str>],
    fields: &Map<String, Value>,
) -> Option<String> {
    let first = resolved(first?, fields)?;
    let is_same = |other: &Option<&str>| {
        other.and_then(|other| resolved(other, fields)).as_ref() == Some(&first)
    };
    others.iter().any(is_same).then(|| {
        format!(
            "The first operand must be distinct from the remaining operands for this operator or function; \
             operator: {operator}, first operand: [{}]",
            first.join(", ")
        )
    })
}

fn unknown_type(operand: &str, fields: &Map<String, Value>) -> Option<String> {
    let value = fields.get("ExpressionAttributeValues")?.get(operand)?.as_object()?;
    let (kind, value) = value.iter().next()?;
    if kind != "S" {
        return Some(format!(
            "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {kind}"
        ));
    }
    let name = value.as_str()?;
    (!TYPES.contains(&name)).then(|| {
        format!(
            "Invalid attribute type name found; type: {name}, valid types: {{{}}}",
            TYPES.join(",")
        )
    })
}

/// The steps of a path, names put in for their placeholders; none for what is no path.
fn resolved(operand: &str, fields: &Map<String, Value>) -> Option<Vec<String>> {
    if !is_path(Some(&operand)) {
        return None;
    }
    let names = fields.get("ExpressionAttributeNames");
    let step = |step: &str| {
        let name = step.starts_with('#').then(|| names?.get(step)?.as_str()).flatten();
        name.unwrap_or(step).to_owned()
    };
    Some(operand.split('.').map(step).collect())
}

/// The attributes in which the paths of a condition begin.
pub(super) fn roots(condition: &str, names: Option<&Value>) -> Vec<String> {
    const KEYWORDS: [&str; 5] = ["AND", "OR", "NOT", "BETWEEN", "IN"];
    let words = words(condition);
    let is_operand = |at: usize, word: &str| {
        let is_called = words.get(at + 1).is_some_and(|next| *next == "(");
        is_path(Some(&word)) && !is_called && !KEYWORDS.iter().any(|one| is_word(word, one))
    };
    let paths = words.iter().enumerate().filter(|(at, word)| is_operand(*at, word));
    paths.map(|(_, path)| projection::root(path, names)).collect()
}

/// The operands in the parentheses behind `IN`.
fn operands<'e>(words: &[&'e str]) -> Vec<&'e str> {
    let inside = words.iter().skip_while(|word| **word == "(").take_while(|word| **word != ")");
    inside.filter(|word| **word != ",").copied().collect()
}

fn is_comparator(word: &str) -> bool {
    matches!(word, "=" | "<>" | "<" | "<=" | ">" | ">=")
}

fn is_word(word: &str, keyword: &str) -> bool {
    word.eq_ignore_ascii_case(keyword)
}

fn is_path(word: Option<&&str>) -> bool {
    word.is_some_and(|word| {
        word.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '#' | '_'))
    })
}

/// The words of an expression: operands, operators, parentheses and commas.
pub(super) fn words(expression: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let of_operand =
            |c: char| c.is_alphanumeric() || matches!(c, '#' | ':' | '_' | '-' | '.' | '[' | ']');
        let n_bytes = match first {
            '<' | '>' if rest[1..].starts_with(['=', '>']) => 2,
            first if of_operand(first) => rest.find(|c| !of_operand(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        words.push(&rest[..n_bytes]);
        rest = rest[n_bytes..].trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(expression: &str, part: Option<&str>) {
        let request = json!({
            "TableName": "t",
            "Item": { "ConditionExpression": { "S": "s = s" } },
            "ConditionExpression": expression,
            "ExpressionAttributeNames": { "#s": "s", "#t": "t" },
            "ExpressionAttributeValues": { ":s": { "S": "S" }, ":w": { "S": "STRING" }, ":n": { "N": "1" }, ":ten": { "N": "10" } },
        });
        let found = fault(request.to_string().as_bytes());
        match part {
            None => assert_eq!(found, None, "{expression}"),
            Some(part) => assert!(
                found.as_ref().is_some_and(|found| found.contains(part)),
                "{expression}: {found:?}"
            ),
        }
    }

    #[test]
    fn what_dynamodb_refuses_is_refused() {
        let distinct = Some("The first operand must be distinct");
        for expression in [
            "s = s",
            "#s=s",
            "a.b[1] <= a.b[1]",
            "NOT (s <> #s)",
            "s between :s AND s",
            "s IN (:s, s)",
            "begins_with(s, #s)",
        ] {
            check(expression, distinct);
        }
        let many: Vec<String> = (0..101).map(|n| format!(":v{n}")).collect();
        check(&format!("s in ({})", many.join(", ")), Some("number of operands: 101"));
        check(&format!("s IN ({})", many[1..].join(",")), None);
        check("attribute_type(s, :w)", Some("type: STRING, valid types"));
        check("s BETWEEN :w AND :s", Some("lower bound operand: AttributeValue: {S:STRING}"));
        check("s between :n and :s", Some("same data type"));
        check("s BETWEEN :ten AND :n", Some("upper bound operand: AttributeValue: {N:1}"));
        check("a = :s AND (s BETWEEN :n AND :ten)", None);
        check("attribute_type (s, :n)", Some("operand type: N"));
        check("a = :s AND attribute_type(s, :s)", None);
    }

    #[test]
    fn what_it_takes_is_taken() {
        for expression in [
            "s = :s",
            ":s = :s",
            "#s = #t",
            "a.s = s",
            "size(s) = size(s)",
            "contains(s, :s)",
            "attribute_not_exists(s)",
            "s BETWEEN a AND b",
            "begins_with(s, t)",
            "",
            "<",
            "IN",
            "s IN (",
            "ä = ö",
        ] {
            check(expression, None);
        }
        assert!(fault(br#"{"ConditionExpression":"s = \u0073"}"#).is_some());
        let within = br#"{"TransactItems":[{"Put":{"ConditionExpression":"s = s"}}]}"#;
        assert!(fault(within).is_some());
    }

    #[test]
    fn a_key_is_not_compared_with_an_empty_value() {
        let fault_of = |expression: &str, filter: &str| {
            let request = json!({
                "KeyConditionExpression": expression,
                "FilterExpression": filter,
                "ExpressionAttributeNames": { "#h": "hk" },
                "ExpressionAttributeValues": { ":e": { "S": "" }, ":b": { "B": "" }, ":v": { "S": "v" } },
            });
            fault(request.to_string().as_bytes())
        };
        for (expression, end) in [
            ("hk = :e", "empty string value. Key: hk"),
            ("#h = :v AND rk BETWEEN :e and :v", "empty string value. Key: rk"),
            ("#h = :b", "empty binary value. Key: hk"),
            ("hk = :v AND begins_with(rk, :e)", "empty string value. Key: rk"),
        ] {
            let found = fault_of(expression, "a = :v").unwrap_or_default();
            assert!(found.ends_with(end), "{expression}: {found}");
        }
        assert_eq!(fault_of("#h = :v", "a = :e"), None);
    }

    #[test]
    fn placeholders_of_a_transaction_are_not_empty() {
        let fault_of = |action: Value| {
            fault(json!({ "TransactItems": [{ "Put": action }] }).to_string().as_bytes())
        };
        for name in ["ExpressionAttributeNames", "ExpressionAttributeValues"] {
            assert_eq!(fault_of(json!({ name: {} })), Some(format!("{name} must not be empty")));
        }
        assert_eq!(fault_of(json!({ "Item": { "ExpressionAttributeNames": { "M": {} } } })), None);
        assert_eq!(fault_of(json!({ "ExpressionAttributeValues": { ":a": { "N": "1" } } })), None);
    }
}
