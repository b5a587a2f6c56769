//! Event patterns: the examples of the user guide, refusals, and a matcher of another kind to agree
//! with. The other one flattens event and pattern into paths, as AWS describes its own, and tries
//! every choice of values.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stage::bus::Pattern;

fn check(pattern: &Value, event: &Value) -> bool {
    Pattern::parse(&pattern.to_string()).unwrap().matches(event)
}

/// Which of the values match the tests of one field.
fn matching(tests: Value, values: &[Value]) -> Vec<Value> {
    let pattern = json!({"f": tests});
    values.iter().filter(|value| check(&pattern, &json!({"f": value}))).cloned().collect()
}

fn values() -> Vec<Value> {
    vec![
        json!("us-east-1"),
        json!("US-EAST-1"),
        json!("eu-west-1"),
        json!(""),
        json!("100"),
        json!(100),
        json!(100.0),
        json!(-1),
        json!(10),
        json!(10.5),
        json!(true),
        json!(false),
        json!(null),
    ]
}

#[test]
fn values_are_matched_exactly() {
    assert_eq!(matching(json!(["us-east-1"]), &values()), [json!("us-east-1")]);
    assert_eq!(matching(json!([""]), &values()), [json!("")]);
    assert_eq!(matching(json!([100]), &values()), [json!(100), json!(100.0)]);
    assert_eq!(matching(json!([1e2]), &values()), [json!(100), json!(100.0)]);
    assert_eq!(matching(json!(["100"]), &values()), [json!("100")]);
    assert_eq!(matching(json!([true, null]), &values()), [json!(true), json!(null)]);
    let wide = [json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64)];
    assert_eq!(matching(json!([9_007_199_254_740_993_i64]), &wide), wide[..1]);
}

#[test]
fn texts_are_matched_by_their_parts() {
    let us = json!("us-east-1");
    let both = [json!("us-east-1"), json!("US-EAST-1")];
    let all = [json!("us-east-1"), json!("US-EAST-1"), json!("eu-west-1")];
    assert_eq!(matching(json!([{"prefix": "us-"}]), &values()), [us]);
    assert_eq!(matching(json!([{"prefix": {"equals-ignore-case": "Us-"}}]), &values()), both);
    assert_eq!(matching(json!([{"suffix": "-1"}]), &values()), all);
    assert_eq!(matching(json!([{"suffix": {"equals-ignore-case": "EAST-1"}}]), &values()), both);
    assert_eq!(matching(json!([{"equals-ignore-case": "uS-eAsT-1"}]), &values()), both);
    assert_eq!(matching(json!([{"wildcard": "*-*-1"}]), &values()), all);
    assert_eq!(matching(json!([{"exactly": "eu-west-1"}]), &values()), all[2..]);
    let folded = [json!("STRASSE"), json!("Straße"), json!("ΣΟΣ"), json!("σος"), json!("İ")];
    assert_eq!(matching(json!([{"equals-ignore-case": "straßE"}]), &folded), [json!("Straße")]);
    assert_eq!(matching(json!([{"prefix": {"equals-ignore-case": "Σο"}}]), &folded).len(), 2);
}

#[test]
fn anything_but_takes_the_rest_but_not_what_is_absent() {
    let n = values().len();
    assert_eq!(matching(json!([{"anything-but": "us-east-1"}]), &values()).len(), n - 1);
    assert_eq!(matching(json!([{"anything-but": ["us-east-1", ""]}]), &values()).len(), n - 2);
    assert_eq!(matching(json!([{"anything-but": 100}]), &values()).len(), n - 2);
    assert_eq!(matching(json!([{"anything-but": [100, 10]}]), &values()).len(), n - 3);
    assert_eq!(matching(json!([{"anything-but": {"prefix": "us-"}}]), &values()).len(), n - 1);
    assert_eq!(
        matching(json!([{"anything-but": {"prefix": ["us-", "eu-"]}}]), &values()).len(),
        n - 2
    );
    assert_eq!(matching(json!([{"anything-but": {"suffix": "-1"}}]), &values()).len(), n - 3);
    assert_eq!(
        matching(json!([{"anything-but": {"wildcard": "*-east-*"}}]), &values()).len(),
        n - 1
    );
    // An empty wildcard is the empty text, of which there is one.
    assert_eq!(matching(json!([{"anything-but": {"wildcard": ""}}]), &values()).len(), n - 1);
    let ignore = json!([{"anything-but": {"equals-ignore-case": ["US-east-1", "EU-west-1"]}}]);
    assert_eq!(matching(ignore, &values()).len(), n - 3);
    assert!(!check(&json!({"f": [{"anything-but": "x"}]}), &json!({})));
    // Of an array, one element that is something else is enough.
    assert!(check(&json!({"f": [{"anything-but": "x"}]}), &json!({"f": ["x", "y"]})));
    assert!(!check(&json!({"f": [{"anything-but": "x"}]}), &json!({"f": ["x"]})));
}

#[test]
fn numbers_are_matched_by_ranges() {
    let range = |terms: Value| matching(json!([{"numeric": terms}]), &values()).len();
    assert_eq!(range(json!(["=", 100])), 2);
    assert_eq!(range(json!([">", 10])), 3);
    assert_eq!(range(json!([">=", 10])), 4);
    assert_eq!(range(json!(["<", 10])), 1);
    assert_eq!(range(json!(["<=", 10])), 2);
    assert_eq!(range(json!([">", 10, "<=", 100])), 3);
    assert_eq!(range(json!([">=", 10, "<", 100])), 2);
    assert_eq!(range(json!([">", -5e9])), 5);
    assert!(!check(&json!({"f": [{"numeric": [">", 0]}]}), &json!({"f": 5e9 + 1.0})));
}

#[test]
fn addresses_are_matched_by_blocks() {
    let addresses =
        ["10.0.0.0", "10.0.0.255", "10.0.1.0", "11.0.0.1", "2001:db8::1", "x", "10.0.0"]
            .map(Value::from);
    let within = |cidr: &str| matching(json!([{"cidr": cidr}]), &addresses).len();
    assert_eq!(within("10.0.0.0/24"), 2);
    assert_eq!(within("10.0.0.7/24"), 2);
    assert_eq!(within("10.0.0.0/8"), 3);
    assert_eq!(within("0.0.0.0/0"), 4);
    assert_eq!(within("10.0.1.0/32"), 1);
    assert_eq!(within("2001:db8::/32"), 1);
    assert_eq!(within("::/0"), 1);
}

#[test]
fn existence_concerns_leaves() {
    let there = json!({"f": [{"exists": true}]});
    let absent = json!({"f": [{"exists": false}]});
    for leaf in [json!(null), json!(""), json!(false), json!([1]), json!([[], [1]])] {
        assert!(check(&there, &json!({"f": leaf})), "{leaf}");
        assert!(!check(&absent, &json!({"f": leaf})), "{leaf}");
    }
    for none in [json!({}), json!([]), json!({"a": 1}), json!([{"a": 1}])] {
        assert!(!check(&there, &json!({"f": none})), "{none}");
        assert!(check(&absent, &json!({"f": none})), "{none}");
    }
    assert!(check(&absent, &json!({})));
    assert!(check(&json!({"a": {"b": {"c": [{"exists": false}]}}}), &json!({"a": 1})));
    assert!(check(&json!({"f": [{"exists": false}, "x"]}), &json!({"f": "x"})));
    assert!(check(&json!({"f": [{"exists": false}, "x"]}), &json!({"g": "x"})));
}

#[test]
fn fields_within_an_array_must_be_found_in_one_element() {
    let event = json!({"employees": [
        {"firstName": "John", "lastName": "Doe"},
        [{"firstName": "Anna", "lastName": "Smith"}, {"firstName": "Peter", "lastName": "Jones"}],
    ]});
    let names = |first: &str, last: &str| {
        check(&json!({"employees": {"firstName": [first], "lastName": [last]}}), &event)
    };
    assert!(names("Anna", "Smith"));
    assert!(names("John", "Doe"));
    assert!(!names("Anna", "Jones"));
    assert!(!names("John", "Smith"));
    let across = json!({
        "employees": {"firstName": ["Anna"]},
        "$or": [{"employees": {"lastName": ["Jones"]}}, {"employees": {"lastName": ["Doe"]}}],
    });
    assert!(!check(&across, &event), "an $or is spread before arrays are looked at");
}

#[test]
fn or_takes_either_branch_at_any_depth() {
    let pattern = json!({
        "source": ["aws.cloudwatch"],
        "$or": [
            {"metricName": ["CPU"]},
            {"metricType": ["T"], "$or": [{"metricId": [1]}, {"spaceId": [2]}]},
        ],
        "detail": {"$or": [{"a": [{"prefix": "x"}]}, {"b": {"c": [{"exists": false}]}}]},
    });
    let event = |more: Value| {
        let mut event = json!({"source": "aws.cloudwatch", "detail": {"b": {"c": 1}}});
        for (name, value) in more.as_object().unwrap() {
            event[name] = value.clone();
        }
        event
    };
    assert!(check(&pattern, &event(json!({"metricName": "CPU", "detail": {}}))));
    assert!(check(
        &pattern,
        &event(json!({"metricType": "T", "spaceId": 2, "detail": {"a": "xy", "b": {"c": 1}}}))
    ));
    assert!(!check(&pattern, &event(json!({"metricType": "T", "detail": {}}))));
    assert!(!check(&pattern, &event(json!({"metricName": "CPU"}))));
    assert!(!check(&pattern, &event(json!({"source": "x", "metricName": "CPU", "detail": {}}))));
}

#[test]
fn or_is_a_name_where_it_cannot_be_an_operator() {
    let nested = json!({"$or": {"a": [1]}});
    assert!(check(&nested, &json!({"$or": {"a": 1}})));
    let leaf = json!({"$or": ["x"]});
    assert!(check(&leaf, &json!({"$or": "x"})));
}

#[test]
fn unsound_patterns_are_refused_with_the_fault_and_its_place() {
    for (pattern, reason) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[]", "Filter is not an object"),
        ("{}", "Empty objects are not allowed"),
        (r#"{"a": {}}"#, "Empty objects are not allowed at `a`"),
        (r#"{"a": []}"#, "Empty arrays are not allowed at `a`"),
        (r#"{"a": "x"}"#, "\"a\" must be an object or an array at `a`"),
        (r#"{"a": {"b": 1}}"#, "\"b\" must be an object or an array at `a.b`"),
        (r#"{"a": [["x"]]}"#, "Match value must be String, number, true, false, or null at `a`"),
        (r#"{"a": [{}]}"#, "Match expression name not found at `a`"),
        (r#"{"a": [{"like": "x"}]}"#, "Unrecognized match type like at `a`"),
        (
            r#"{"a": [{"prefix": "x", "suffix": "y"}]}"#,
            "Only one key allowed in match expression at `a`",
        ),
        (r#"{"a": [{"prefix": 1}]}"#, "prefix match pattern must be a string at `a`"),
        (
            r#"{"a": [{"prefix": {"wildcard": "x"}}]}"#,
            "Unsupported prefix pattern: wildcard at `a`",
        ),
        (
            r#"{"a": [{"exists": "yes"}]}"#,
            "exists match pattern must be either true or false at `a`",
        ),
        (
            r#"{"a": [{"wildcard": "a**b"}]}"#,
            "Consecutive wildcard characters are not allowed at `a`",
        ),
        (r#"{"a": [{"cidr": "10.0.0.0"}]}"#, "Malformed CIDR, one '/' required at `a`"),
        (
            r#"{"a": [{"cidr": "10.0.0.0/33"}]}"#,
            "Malformed CIDR, more mask bits than the address has at `a`",
        ),
        (r#"{"a": [{"numeric": 5}]}"#, "Value of numeric must be an array at `a`"),
        (r#"{"a": [{"numeric": []}]}"#, "Invalid member in numeric match: there is none at `a`"),
        (r#"{"a": [{"numeric": ["!", 5]}]}"#, "Unrecognized numeric range operator: ! at `a`"),
        (
            r#"{"a": [{"numeric": [">", "5"]}]}"#,
            "numeric takes an operator and a number, once or twice at `a`",
        ),
        (r#"{"a": [{"numeric": [">", 5, "<", 5]}]}"#, "Bottom must be less than top at `a`"),
        (
            r#"{"a": [{"numeric": ["<", 5, ">", 1]}]}"#,
            "Bad numeric range: a lower bound, then an upper one at `a`",
        ),
        (
            r#"{"a": [{"numeric": ["=", 5000000001]}]}"#,
            "Value must be between -5.0E9 and 5.0E9, inclusive at `a`",
        ),
        (r#"{"a": [{"anything-but": {"prefix": ""}}]}"#, "Empty prefix not allowed at `a`"),
        (
            r#"{"a": [{"anything-but": {"numeric": [">", 1]}}]}"#,
            "Unsupported anything-but pattern: numeric at `a`",
        ),
        (
            r#"{"a": [1], "a": [2]}"#,
            "Path `a` cannot be allowed multiple times at line 1 column 20",
        ),
        (
            r#"{"a": [1], "$or": [{"a": [2]}, {"b": [1]}]}"#,
            "Path `a` cannot be allowed multiple times",
        ),
        (
            r#"{"d": {"a": {"b": [1]}}, "$or": [{"d": {"a": {"b": [2]}}}, {"b": [1]}]}"#,
            "Path `d.a.b` cannot be allowed multiple times",
        ),
        (
            r#"{"$or": [{"a": {"prefix": [1]}}, {"b": [1]}]}"#,
            "`prefix` is reserved and cannot be used inside $or at `a.prefix`",
        ),
    ] {
        let refused = Pattern::parse(pattern).unwrap_err().to_string();
        assert_eq!(refused, format!("Event pattern is not valid. Reason: {reason}"), "{pattern}");
    }
    for pattern in [
        r#"{"a": [{"anything-but": [1, "x"]}]}"#,
        r#"{"a": [{"anything-but": []}]}"#,
        r#"{"a": [{"anything-but": null}]}"#,
    ] {
        assert!(Pattern::parse(pattern).is_err(), "{pattern}");
    }
    let deep = "{\"a\":".repeat(200) + "[1]" + &"}".repeat(200);
    assert!(Pattern::parse(&deep).is_err());
    let branches: Vec<Value> = (0..10).map(|n| json!({format!("f{n}"): [1]})).collect();
    let product = json!({"x": {"$or": branches}, "y": {"$or": branches}, "z": {"$or": branches}, "w": {"$or": branches}});
    let reason = Pattern::parse(&product.to_string()).unwrap_err().to_string();
    assert!(reason.contains("$or makes more than 1000 combinations"), "{reason}");
    let long = json!({"a": ["x".repeat(4_096)]}).to_string();
    assert!(Pattern::parse(&long).is_err());
}

/// A value of an event, with where it stands: its path, and which element of each array it is in.
struct Leaf {
    path: String,
    within: Vec<(String, usize)>,
    value: Value,
}

fn flatten(value: &Value, path: &str, within: &[(String, usize)], leaves: &mut Vec<Leaf>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(value, &format!("{path}/{name}"), within, leaves);
            }
        }
        Value::Array(items) => {
            // An array is known by its path and by what it is itself an element of.
            let array = format!("{path}@{within:?}");
            for (index, item) in items.iter().enumerate() {
                let mut within = within.to_vec();
                within.push((array.clone(), index));
                flatten(item, path, &within, leaves);
            }
        }
        _ => leaves.push(Leaf {
            path: path.to_owned(),
            within: within.to_vec(),
            value: value.clone(),
        }),
    }
}

fn is_consistent(one: &[(String, usize)], other: &[(String, usize)]) -> bool {
    one.iter().all(|(array, index)| {
        other.iter().all(|(other, other_index)| array != other || index == other_index)
    })
}

type Conditions = Vec<(String, Vec<Value>)>;

/// A pattern as alternatives of conditions, each on one path.
fn spread(pattern: &Map<String, Value>, path: &str) -> Vec<Conditions> {
    let mut all: Vec<Conditions> = vec![Vec::new()];
    for (name, value) in pattern {
        let choices = match value {
            Value::Array(branches) if name == "$or" => branches
                .iter()
                .flat_map(|branch| spread(branch.as_object().unwrap(), path))
                .collect(),
            Value::Array(tests) => vec![vec![(format!("{path}/{name}"), tests.clone())]],
            Value::Object(inner) => spread(inner, &format!("{path}/{name}")),
            _ => unreachable!("the generator makes none"),
        };
        all = all
            .iter()
            .flat_map(|one| choices.iter().map(move |other| [one.clone(), other.clone()].concat()))
            .collect();
    }
    all
}

fn reference(pattern: &Value, event: &Value) -> bool {
    let mut leaves = Vec::new();
    flatten(event, "", &[], &mut leaves);
    spread(pattern.as_object().unwrap(), "").iter().any(|conditions| {
        let (absent, present): (Vec<_>, Vec<_>) =
            conditions.iter().partition(|(_, tests)| tests == &[json!({"exists": false})]);
        choose(&present, &absent, &leaves, &[])
    })
}

/// Tries every leaf for the first condition and goes on with the next.
fn choose(
    present: &[&(String, Vec<Value>)],
    absent: &[&(String, Vec<Value>)],
    leaves: &[Leaf],
    within: &[(String, usize)],
) -> bool {
    let Some(((path, tests), rest)) = present.split_first() else {
        return absent.iter().all(|(path, _)| {
            !leaves.iter().any(|leaf| leaf.path == *path && is_consistent(&leaf.within, within))
        });
    };
    leaves.iter().any(|leaf| {
        leaf.path == *path
            && is_consistent(&leaf.within, within)
            && tests.iter().any(|test| holds(test, &leaf.value))
            && choose(rest, absent, leaves, &[within, &leaf.within].concat())
    })
}

/// What an operator means, as plainly as it can be written.
fn holds(test: &Value, value: &Value) -> bool {
    let Some(operator) = test.as_object() else { return test == value };
    let (name, operand) = operator.iter().next().unwrap();
    let text = value.as_str();
    let wanted = || operand.as_str().unwrap();
    match name.as_str() {
        "exists" => operand == &json!(true),
        "prefix" => text.is_some_and(|text| text.find(wanted()) == Some(0)),
        "suffix" => text.is_some_and(|text| {
            text.len() >= wanted().len()
                && text.rfind(wanted()) == Some(text.len() - wanted().len())
        }),
        "equals-ignore-case" => {
            text.is_some_and(|text| text.to_lowercase() == wanted().to_lowercase())
        }
        "wildcard" => text.is_some_and(|text| glob(wanted().as_bytes(), text.as_bytes())),
        "numeric" => value.as_f64().is_some_and(|number| {
            operand.as_array().unwrap().chunks(2).all(|term| {
                let bound = term[1].as_f64().unwrap();
                match term[0].as_str().unwrap() {
                    "=" => number == bound,
                    "<" => number < bound,
                    "<=" => number <= bound,
                    ">" => number > bound,
                    _ => number >= bound,
                }
            })
        }),
        "anything-but" => match operand {
            Value::Array(all) => !all.iter().any(|one| one == value),
            Value::Object(_) => !holds(operand, value),
            one => one != value,
        },
        _ => unreachable!("the generator makes none"),
    }
}

/// The usual recursion, which takes its time.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|skip| glob(rest, &text[skip..])),
        Some((byte, rest)) => text.first() == Some(byte) && glob(rest, &text[1..]),
    }
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => "[xyX]{0,3}".prop_map(Value::from),
        2 => (-1..3_i32).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

fn event() -> impl Strategy<Value = Value> {
    let value = scalar().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            2 => proptest::collection::btree_map("[abc]", inner.clone(), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    });
    proptest::collection::btree_map("[abc]", value, 0..4)
        .prop_map(|fields| Value::Object(fields.into_iter().collect()))
}

fn test() -> impl Strategy<Value = Value> {
    let text = || "[xyX]{0,2}";
    prop_oneof![
        3 => scalar(),
        1 => Just(json!({"exists": true})),
        1 => text().prop_map(|text| json!({"prefix": text})),
        1 => text().prop_map(|text| json!({"suffix": text})),
        1 => text().prop_map(|text| json!({"equals-ignore-case": text})),
        1 => "[xyX]?[*]?[xyX]{1,2}[*]?[xyX]?".prop_map(|text| json!({"wildcard": text})),
        1 => (prop_oneof!["=", "<", "<=", ">", ">="], -1..3_i32)
            .prop_map(|(operator, bound)| json!({"numeric": [operator, bound]})),
        1 => proptest::collection::vec(text(), 1..3).prop_map(|texts| json!({"anything-but": texts})),
        1 => (-1..3_i32).prop_map(|number| json!({"anything-but": number})),
        1 => "[xy]".prop_map(|text| json!({"anything-but": {"prefix": text}})),
    ]
}

fn tests() -> impl Strategy<Value = Value> {
    prop_oneof![
        5 => proptest::collection::vec(test(), 1..3).prop_map(Value::Array),
        1 => Just(json!([{"exists": false}])),
    ]
}

fn pattern() -> impl Strategy<Value = Value> {
    let field = tests().prop_recursive(4, 16, 3, |inner| {
        let object = proptest::collection::btree_map("[abc]", inner, 1..3)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()));
        let or = proptest::collection::vec(object.clone(), 2..3)
            .prop_map(|branches| json!({"$or": branches.into_iter().filter(Value::is_object).collect::<Vec<_>>()}));
        prop_oneof![3 => object, 1 => or]
    });
    proptest::collection::btree_map("[abc]", field, 1..4)
        .prop_map(|fields| Value::Object(fields.into_iter().collect()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_agrees_with_the_plain_one(pattern in pattern(), event in event()) {
        let parsed = Pattern::parse(&pattern.to_string()).unwrap();
        prop_assert_eq!(parsed.matches(&event), reference(&pattern, &event), "{} on {}", pattern, event);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = Pattern::parse(&text);
    }

    #[test]
    fn any_json_is_read_or_refused_and_what_is_read_matches_without_panic(pattern in event(), event in event()) {
        if let Ok(pattern) = Pattern::parse(&pattern.to_string()) {
            pattern.matches(&event);
        }
    }
}

#[test]
fn the_generators_make_both_matches_and_mismatches() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut n_matches = 0;
    for _ in 0..4_000 {
        let pattern = pattern().new_tree(&mut runner).unwrap().current();
        let event = event().new_tree(&mut runner).unwrap().current();
        n_matches += usize::from(reference(&pattern, &event));
    }
    assert!((200..3_800).contains(&n_matches), "{n_matches} of 4000 match");
}

#[test]
fn a_name_with_dots_is_a_way_through_names() {
    let pattern = json!({ "detail.state": ["running"], "detail": { "a.b": [1] } });
    assert!(check(&pattern, &json!({ "detail": { "state": "running", "a": { "b": 1 } } })));
    assert!(check(&pattern, &json!({ "detail.state": "running", "detail": { "a.b": 1 } })));
    assert!(check(&pattern, &json!({ "detail.state": "running", "detail.a": { "b": [0, 1] } })));
    assert!(!check(&pattern, &json!({ "detail": { "state": "stopped", "a.b": 1 } })));
    assert!(!check(&pattern, &json!({ "detail": { "state": "running" } })));
    let absent = json!({ "a": { "b": [{ "exists": false }] } });
    assert!(!check(&absent, &json!({ "a.b": 1 })));
    assert!(check(&absent, &json!({ "a.c": 1 })));
    let twice = json!({ "a.b": [1], "a": { "b": [2] } });
    assert!(Pattern::parse(&twice.to_string()).is_err());
}

#[test]
fn a_field_may_be_asked_for_itself_and_for_what_is_inside_it() {
    let both = json!({ "a": ["x"], "a.b": [1] });
    assert!(check(&both, &json!({ "a": ["x", { "b": 1 }] })));
    assert!(!check(&both, &json!({ "a": "x" })));
    assert!(!check(&both, &json!({ "a": { "b": 1 } })));
    let or = json!({ "a": ["x"], "$or": [{ "a.b": [1] }, { "c": [2] }] });
    assert!(check(&or, &json!({ "a": "x", "c": 2 })));
}

#[test]
fn values_beside_objects_in_an_array_have_nothing_inside() {
    let pattern = json!({ "a": { "b": ["x", { "exists": false }] } });
    assert!(!check(&pattern, &json!({ "a": [1, { "b": "y" }] })));
    assert!(check(&pattern, &json!({ "a": [1, { "c": "y" }] })));
    assert!(check(&pattern, &json!({ "a": [] })));
    assert!(!check(&pattern, &json!({ "a": true, "a.b": "y" })));
}
