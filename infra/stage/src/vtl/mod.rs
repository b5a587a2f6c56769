//! The mapping templates of API Gateway: the part of the Velocity Template Language that they use.
//!
//! Owns reading and filling: references with properties, indexes and methods, `#set`, `#if`, `#foreach`. Whoever fills a
//! template says what `$input`, `$context` and the like are. Refuses macros, `#include` and `#parse`, as API Gateway does,
//! `#stop` and `#break`.
//!
//! **Source**: API Gateway developer guide, "Mapping template transformations" and "$context variables".

mod fill;
mod read;

use serde_json::Value;

pub(crate) use fill::{Filled, written};
pub(crate) use read::parse;

/// A template that was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Template(Vec<Node>);

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Text(String),
    /// A reference, with its source: what leads nowhere is written as it stands, unless it is quiet (`$!`).
    Reference(Reference, String),
    Set(Reference, Expression),
    If(Vec<(Expression, Vec<Node>)>, Vec<Node>),
    Each(String, Expression, Vec<Node>),
}

/// `$input.path('$.a').b[0]`
#[derive(Debug, Clone, PartialEq)]
struct Reference {
    name: String,
    is_quiet: bool,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Property(String),
    Index(Expression),
    Call(String, Vec<Expression>),
}

#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Literal(Value),
    /// A text in double quotes, which is a template itself.
    Text(Vec<Node>),
    Reference(Reference),
    List(Vec<Expression>),
    /// Whole numbers from one to another, both included: `[1..5]`.
    Range(Box<Expression>, Box<Expression>),
    Map(Vec<(Expression, Expression)>),
    Not(Box<Expression>),
    Binary(Box<Expression>, Operator, Box<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Operator {
    Or,
    And,
    Equal,
    Differs,
    Less,
    More,
    AtMost,
    AtLeast,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
}

/// What a template is filled from: the names that are there from the beginning.
pub(crate) trait Source {
    /// The value of a name: `context`, `stageVariables`.
    fn value(&self, name: &str) -> Option<Value>;

    /// What a method of a name answers: `input.json("$")`.
    fn call(&self, name: &str, method: &str, arguments: &[Value]) -> Option<Value>;
}

/// Whether a method of this name is answered: one of `$input` and `$util`, or one of texts, numbers, lists and maps. A
/// template that calls another one would write the call itself.
fn is_method(name: &str) -> bool {
    const OF_NAMES: [&str; 10] = [
        "body",
        "json",
        "params",
        "path",
        "escapeJavaScript",
        "urlEncode",
        "urlDecode",
        "base64Encode",
        "base64Decode",
        "parseJson",
    ];
    OF_NAMES.contains(&name) || fill::METHODS.contains(&name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use serde_json::json;

    struct Given;

    impl Source for Given {
        fn value(&self, name: &str) -> Option<Value> {
            (name == "context")
                .then(|| json!({ "requestId": "r", "identity": { "sourceIp": "1" } }))
        }

        fn call(&self, name: &str, method: &str, arguments: &[Value]) -> Option<Value> {
            match (name, method, arguments.first().and_then(Value::as_str)) {
                ("input", "path", _) => {
                    Some(json!({ "items": [{ "n": 1 }, { "n": 2 }], "name": "anna" }))
                }
                ("input", "params", Some(name)) => Some(name.to_uppercase().into()),
                _ => None,
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(parse(text).unwrap().fill(&Given, None).text, expected, "{text}");
    }

    #[test]
    fn references_are_replaced_and_what_leads_nowhere_stays() {
        check("a ${context.requestId}-b", "a r-b");
        check("${context.identity.sourceIp}x", "1x");
        check("$nothing.at.all $!nothing.", "$nothing.at.all .");
        check("costs $5 and $ alone", "costs $5 and $ alone");
        check("$input.params('id')$input.params(\"a\")", "IDA");
        check("$input.path('$').items[1].n $input.path('$').items.size()", "2 2");
        check(
            "Action=Send&Body=$input.path('$')",
            "Action=Send&Body={items=[{\"n\":1},{\"n\":2}], name=anna}",
        );
    }

    #[test]
    fn deep_expressions_end() {
        let lists = |depth: usize| {
            format!("#set($a = {}1{})$a.size()", "[".repeat(depth), "]".repeat(depth))
        };
        check(&lists(40), "1");
        assert!(parse(&lists(60)).is_err());
        assert!(parse(&format!("#if({}true)a#end", "!".repeat(200_000))).is_err());
        check("#if(!!true)a#end#if(not false)b#end", "ab");
    }

    #[test]
    fn each_loop_is_cut_after_a_thousand_rounds() {
        let list = (0..40).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        let nested = format!("#set($l = [{list}])#foreach($a in $l)#foreach($b in $l)x#end#end");
        check(&nested, &"x".repeat(1_600));
        let long = (0..1_200).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        check(&format!("#foreach($a in [{long}])x#end"), &"x".repeat(1_000));
    }

    #[test]
    fn methods_are_those_of_java() {
        let text = "#set($t = 'Abcabc')";
        check(
            &format!("{text}$t.equalsIgnoreCase('aBCABC')|$t.lastIndexOf('b')|$t.charAt(1)"),
            "true|4|b",
        );
        check(
            &format!("{text}$t.replaceFirst('b.', '-')|$t.compareTo('Abe')|$t.compareTo('Ab')"),
            "A-abc|-2|4",
        );
        check(
            "#set($l = [1, 2, 3])$l.indexOf(2)|$l.subList(1, 3)|#set($x = $l.addAll([4]))$l.size()",
            "1|[2,3]|4",
        );
        check("#set($l = [1, 2])#set($x = $l.remove(0))$x$l", "1[2]");
        check(
            "#set($m = {'a': 1})$m.getOrDefault('b', 2)#set($x = $m.putAll({'c': 3}))#set($x = $m.remove('a'))$m.keySet()",
            "2[\"c\"]",
        );
        for method in fill::METHODS {
            assert!(is_method(method));
        }
    }

    #[test]
    fn what_a_context_lacks_is_empty() {
        check("\"$context.nothing\" \"$context.identity.caller.at.all\"", "\"\" \"\"");
        check("#set($a = \"<$context.nothing>\")$a $nothing", "<> $nothing");
    }

    #[test]
    fn what_a_value_lacks_is_empty_and_equal_to_empty_text() {
        let told = "$r|$r.n|#if($r == '')e#end#if($r == $null)n#end";
        check(&format!("#set($r = $input.path('$').nothing){told}"), "||en");
        check(&format!("#set($r = []){told}"), "[]||");
        check("$input.path('$').nothing.at.get()", "");
        check("$input.path('$').items", r#"[{"n":1},{"n":2}]"#);
        check("$input.parseJson('$')", "$input.parseJson('$')");
        let refused = parse("a\n#if($a.tidy('x'))b#end").unwrap_err();
        assert!(refused.contains("`tidy`"), "{refused}");
    }

    #[test]
    fn what_is_set_of_the_answer_is_told_and_the_context_stays() {
        let text = "#set($context.responseOverride.status = 409)\
                    #set($context.responseOverride.header.X-Why = \"of $context.requestId\")\
                    #set($context.responseOverride.header['X-Two'] = 2)$context.requestId";
        let filled = parse(text).unwrap().fill(&Given, None);
        assert_eq!(filled.text, "r");
        let headers = json!({ "X-Why": "of r", "X-Two": 2 });
        let context = filled.context.unwrap();
        assert_eq!(context["responseOverride"], json!({ "status": 409, "header": headers }));
        let next = parse("$context.responseOverride.status").unwrap().fill(&Given, Some(context));
        assert_eq!(next.text, "409");
        assert_eq!(parse("a").unwrap().fill(&Given, None).context, None);
    }

    #[test]
    fn directives_choose_and_repeat() {
        check("#set($a = $input.path('$'))$a.name", "anna");
        check("#set($a = 'x')#set($b = \"$a-$a\")$b", "x-x");
        check("#if($context.requestId == 'r')yes#{else}no#end", "yes");
        check("#if($nothing)a#elseif(1 > 2)b#else c#end", " c");
        check("#if(!$nothing && true)a#end", "a");
        check("#if(not $nothing and 1 lt 2 or false)a#end#if('x' eq 'x')b#end", "ab");
        check(
            "[#foreach($item in $input.path('$').items)$item.n#if($foreach.hasNext),#end#end]",
            "[1,2]",
        );
        check("#set($m = {'a': 1})#foreach($k in $m.keySet())$k#end", "a");
        check("#foreach($n in [1, 2])$foreach.index$n#end", "0112");
        check("## a comment\nafter #* another *#end", "after end");
        check("#set($list = [])#set($x = $list.add('a'))$list.size()", "1");
        check("#set($map = {})#set($map.key = 'v')$map.key $map.get('key')", "v v");
    }

    #[test]
    fn numbers_are_reckoned_with_as_velocity_does() {
        check("#set($a = 7 / 2)$a #set($a = 7 % 4)$a #set($a = 2 * 3 - 1)$a", "3 3 5");
        check("#set($a = 7.0 / 2)$a #set($a = 1 + 2 * 3)$a #set($a = (1 + 2) * 3)$a", "3.5 7 9");
        check("#set($a = 5)#set($b = $a - 1)$b #set($b = $a -1)$b #set($b = -1)$b", "4 4 -1");
        check("#set($a = 10 / 0)[$!a] #set($a = 'x' * 2)[$!a]", "[] []");
        check("#foreach($n in [1..3])$n#end #foreach($n in [2..0])$n#end", "123 210");
        check("#foreach($n in [-1..1])$n,#end", "-1,0,1,");
    }

    #[test]
    fn texts_have_methods() {
        check("#set($t = 'a-b')$t.replaceAll('-', '+') $t.length() $t.toUpperCase()", "a+b 3 A-B");
        check("#set($t = 'a,b')#foreach($p in $t.split(','))[$p]#end", "[a][b]");
    }

    #[test]
    fn what_is_not_supported_is_an_error() {
        for text in [
            "#macro(a)#end",
            "#if($a)",
            "#foreach($a $b)#end",
            "#set($a)",
            "$input.path(",
            "#parse('a')",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
